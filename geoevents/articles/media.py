"""What an input is: by its first bytes where they tell, else by its name, else by what its text looks like."""

import re
from typing import Final

from geoevents.errors import UnknownFormatError

PLAIN: Final = "text/plain"
MARKDOWN: Final = "text/markdown"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON: Final = "application/json"
JSON_LINES: Final = "application/jsonl"
CSV: Final = "text/csv"

_SUFFIXES: Final = {
    **dict.fromkeys((".txt", ".text", ".asc"), PLAIN),
    **dict.fromkeys((".md", ".markdown", ".mkd", ".mdown"), MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), HTML),
    ".pdf": PDF,
    ".docx": DOCX,
    ".json": JSON,
    **dict.fromkeys((".jsonl", ".ndjson", ".jl"), JSON_LINES),
    **dict.fromkeys((".csv", ".tsv"), CSV),
}
#: What to do with files that people have and that are not read here.
_ADVICE: Final = {
    **dict.fromkeys((".doc", ".rtf", ".odt", ".pages", ".wps"), "save it as .docx or .txt"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), "save it as .csv"),
    **dict.fromkeys((".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst"), "unpack it first"),
    **dict.fromkeys((".epub", ".mobi", ".eml", ".msg", ".mht", ".mhtml"), "save its text as .txt or .html"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".webp", ".bmp"), "pictures are not read"),
}
#: How many first bytes are looked at.
HEAD: Final = 4096
_HTML_START = re.compile(
    rb"(?:<\?xml[^>]{0,200}>|<!--.{0,2000}?-->|\s){0,20}<(?:!doctype\s+html|html[\s>])", re.I | re.S
)
_CSV_HEADER = re.compile(rb"[^\r\n]{0,500}?\btext\b[\"']?[,;\t][^\r\n]|[^\r\n]{0,500}?[,;\t][\"']?text\b", re.I)


def media_type(name: str, head: bytes) -> str:
    """Media type of an input by its first bytes, :data:`HEAD` of them, and its name.

    Raises
    ------
    UnknownFormatError
        If nothing tells; the message says what to do about formats that are not read.
    """
    suffix = name[dot:].lower() if (dot := name.rfind(".")) > 0 else ""
    if head.startswith(b"PK\x03\x04"):
        if suffix in (".docx", ""):
            return DOCX
    elif b"%PDF-" in head[:1024]:
        return PDF
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnknownFormatError("it is an old or encrypted Office document; save it as .docx or .csv")
    elif suffix not in (".md", ".json", ".jsonl", ".csv") and _HTML_START.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if suffix and suffix[1:].isalnum():
        advice = _ADVICE.get(suffix, "articles are .txt, .md, .html, .pdf, .docx, .json, .jsonl or .csv")
        raise UnknownFormatError(f"files of type {suffix} are not read; {advice}")
    return _by_looks(head)


def _by_looks(head: bytes) -> str:
    """Type of an input without a telling name, such as standard input."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{"):
        line = start.split(b"\n", 1)
        return JSON_LINES if line[0].rstrip().endswith(b"}") and line[1:] else JSON
    if start.startswith(b"["):
        return JSON
    return CSV if _CSV_HEADER.match(start) else PLAIN
