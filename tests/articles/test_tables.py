"""JSON Lines and CSV, read row by row and in the encodings that spreadsheets write."""

import tracemalloc
from pathlib import Path

import pytest

from geoevents.articles import find_articles, read_articles
from geoevents.model import Article, Document, Problem
from geoevents.settings import ArticleSettings

SETTINGS = ArticleSettings()


def rows(path: Path, data: bytes | str, settings: ArticleSettings = SETTINGS) -> list[Document | Problem]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_articles([path], settings))


def test_columns_become_fields_and_others_are_kept(tmp_path: Path) -> None:
    data = 'id,title,text,date,url,source,region\n7,A clash,"Two died;\r\none ""fled"".",22/08/2014,http://x,HP,North\n'
    (found,) = rows(tmp_path / "a.csv", data)
    assert isinstance(found, Document)
    assert (found.id, found.title, found.text) == ("7", "A clash", 'Two died;\r\none "fled".')
    assert (str(found.published), found.url, found.publisher) == ("2014-08-22", "http://x", "HP")
    assert found.extra == {"region": "North"}
    assert found.name.endswith("a.csv, row 2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = [
        ["ID", "Text", "Date"],
        ["1", "Sept morts à Tillabéri, près de la frontière.", "2017-02-01"],
        ["2", "Été.", ""],
    ]
    data = "\r\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\r\n"
    found = rows(tmp_path / "a.csv", data.encode(encoding))
    assert [(d.id, d.text) for d in found if isinstance(d, Document)] == [(line[0], line[1]) for line in lines[1:]]


def test_bad_rows_are_told_by_their_number_and_the_rest_is_read(tmp_path: Path) -> None:
    data = 'id,text\n1,One died.\n2,\n\n3,"bad" quote\n4,Four died.,extra\n5,"open quote\n6,lost\n'
    found = rows(tmp_path / "a.csv", data)
    texts = [d.text for d in found if isinstance(d, Document)]
    assert texts == ["One died.", "Four died."]
    assert [p.source.rpartition(" ")[2] for p in found if isinstance(p, Problem)] == ["3", "5", "7"]
    assert next(d for d in found if isinstance(d, Document) and d.id == "4").extra == {"column 3": "extra"}


@pytest.mark.parametrize("data", ["a,b\n1,2\n", "just words\n", "\n\n", "1,2,3\n4,5,6\n", '"open\n'])
def test_a_table_without_a_text_column_is_a_problem(tmp_path: Path, data: str) -> None:
    (found,) = rows(tmp_path / "a.csv", data)
    assert isinstance(found, Problem)


def test_long_fields_are_read_and_longer_ones_are_problems(tmp_path: Path) -> None:
    text = "Two died. " * 50_000
    (found,) = rows(tmp_path / "a.csv", f"id,text\n1,{text}\n")
    assert isinstance(found, Document)
    found_small = rows(tmp_path / "b.csv", f"id,text\n1,{text}\n2,x y\n", ArticleSettings(max_bytes=1000))
    assert all(isinstance(record, Problem) for record in found_small)


def test_json_lines_go_on_after_a_bad_one(tmp_path: Path) -> None:
    data = '{"id": 1, "text": "One died."}\nnot json\n\n[1]\n{"id": 2, "text": "Two died."}'
    found = rows(tmp_path / "a.jsonl", data)
    assert [d.id for d in found if isinstance(d, Document)] == ["1", "2"]
    assert [p.source.rpartition(" ")[2] for p in found if isinstance(p, Problem)] == ["2", "4"]


def test_a_line_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    data = '{"text": "One died."}\n' + '{"text": "' + "x" * 5000 + '"}\n' + '{"text": "Two died."}\n'
    found = rows(tmp_path / "a.jsonl", data, ArticleSettings(max_bytes=1000))
    assert [d.text for d in found if isinstance(d, Document)] == ["One died.", "Two died."]
    assert sum(isinstance(p, Problem) for p in found) == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    (found,) = rows(tmp_path / "a.jsonl", '{"text": "Zwölf Tote."}\n'.encode(encoding))
    assert isinstance(found, Document)
    assert found.text == "Zwölf Tote."


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_large_table_is_never_in_memory_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    row = "Two died. " * 1000
    with path.open("w") as file:
        file.write("id,text\n" if suffix == "csv" else "")
        for number in range(3000):  # 30 MB
            file.write(f"{number},{row}\n" if suffix == "csv" else f'{{"id": {number}, "text": "{row}"}}\n')
    tracemalloc.start()
    count = sum(isinstance(found, Article) for found in find_articles([path], SETTINGS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3000
    assert peak < 3_000_000
