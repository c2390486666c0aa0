"""Types by first bytes, by name and by looks."""

import pytest

from geoevents.articles import media
from geoevents.errors import UnknownFormatError


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", b"Two died.", media.PLAIN),
        ("A.TXT", b"<!-- x -->\n<!DOCTYPE html><html>", media.HTML),
        ("a.txt", b"\xef\xbb\xbf<html lang='en'>", media.HTML),
        ("a.txt", b"junk %PDF-1.4", media.PDF),
        ("page.xhtml", b"<?xml version='1.0'?><html>", media.HTML),
        ("a.md", b"<html>", media.MARKDOWN),
        ("a.docx", b"PK\x03\x04", media.DOCX),
        ("", b"PK\x03\x04", media.DOCX),
        ("a.tsv", b"id\ttext", media.CSV),
        ("a.ndjson", b"{}", media.JSON_LINES),
        ("article", b"Two died.", media.PLAIN),
        ("12. May report", b"Two died.", media.PLAIN),
        ("", b'{"text": "x"}\n{"text": "y"}', media.JSON_LINES),
        ("", b'{\n "text": "x"}', media.JSON),
        ("", b' [{"text": "x"}]', media.JSON),
        ("", b"id,text,date\n1,x,y", media.CSV),
        ("", b"The text of it, and more", media.PLAIN),
        ("", b"", media.PLAIN),
    ],
)
def test_types(name: str, head: bytes, expected: str) -> None:
    assert media.media_type(name, head) == expected


@pytest.mark.parametrize(
    ("name", "head", "advice"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.rtf", b"{\\rtf1", "save it as .docx or .txt"),
        ("a.xlsx", b"PK\x03\x04", "save it as .csv"),
        ("a.zip", b"PK\x03\x04", "unpack it first"),
        ("a.jpg", b"\xff\xd8", "pictures are not read"),
        ("a.py", b"import os", ".txt, .md"),
    ],
)
def test_what_is_not_read_comes_with_advice(name: str, head: bytes, advice: str) -> None:
    with pytest.raises(UnknownFormatError) as error:
        media.media_type(name, head)
    assert advice in str(error.value)
