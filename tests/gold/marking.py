"""Marked text → documents with toponyms and spatial phrases at their offsets.

    python -m tests.gold.marking

writes ``places.jsonl`` from ``places.marked.txt`` and ``places.csv``. The marks are explained at the top of the former.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
KINDS: Final = {"p": "place", "d": "demonym", "m": "metonym", "o": "organisation", "x": "person"}
#: kinds that stand for a point on the map; the others are names that are no place where they stand
PLACED: Final = ("place", "demonym", "metonym")
_HEAD: Final = re.compile(r"^=== (?P<id>\S+) \| (?P<rule>\S+) \| (?P<date>\S+)\n", re.M)
_MARK: Final = re.compile(r"\[\[|\]\]|<<|>>")
_POINT: Final = re.compile(
    r"(?P<lat>-?[\d.]+),(?P<lon>-?[\d.]+) p(?P<prec>[\d/]+) r(?P<least>[\d.]+)-(?P<most>[\d.]+) t(?P<tolerance>[\d.]+)"
)


def documents(marked: str, places: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Gold documents in the order they are written in."""
    heads = list(_HEAD.finditer(marked))
    ends = [head.start() for head in heads[1:]] + [len(marked)]
    for head, end in zip(heads, ends, strict=True):
        text, toponyms, locations = unmark(marked[head.end() : end].strip(), places)
        yield {
            "id": head["id"],
            "rule": head["rule"],
            "title": None,
            "date": None if head["date"] == "-" else head["date"],
            "text": text,
            "toponyms": toponyms,
            "locations": locations,
        }


def unmark(marked: str, places: dict[str, dict[str, Any]]) -> tuple[str, list[dict[str, Any]], list[dict[str, Any]]]:
    """Plain text, toponyms and spatial phrases of one document."""
    text, toponyms, locations, starts, at = "", [], [], [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[0] in ("[[", "<<"):
            starts.append(len(text))
            continue
        start = starts.pop()
        surface, _, said = text[start:].rpartition("=") if "=" in text[start:] else (text[start:], "", "")
        text = text[:start] + surface.rstrip()
        span = {"start": start, "end": len(text), "text": text[start:]}
        if mark[0] == "]]":
            toponyms.append({**span, **_toponym(said or surface, places)})
        else:
            locations.append({**span, **_location(said)})
    return text + marked[at:], toponyms, locations


def _toponym(said: str, places: dict[str, dict[str, Any]]) -> dict[str, Any]:
    codes, _, key = said.rpartition(":")
    if said in ("x", "o"):
        codes, key = said, ""
    kinds = [KINDS[code] for code in (codes or "p").split("/")]
    found = {"kind": kinds[0], "kinds": kinds}
    if not key:
        return {**found, "lat": None, "lon": None, "country": None}
    place = places[key]
    return {
        **found,
        "lat": float(place["latitude"]),
        "lon": float(place["longitude"]),
        "country": place["country"] or None,
        "tolerance_km": float(place["tolerance_km"]),
    }


def _location(said: str) -> dict[str, Any]:
    point = _POINT.fullmatch(said.strip())
    assert point, said
    return {
        "lat": float(point["lat"]),
        "lon": float(point["lon"]),
        "where_prec": [int(prec) for prec in point["prec"].split("/")],
        "radius_km": [float(point["least"]), float(point["most"])],
        "tolerance_km": float(point["tolerance"]),
    }


def build() -> str:
    """Content of ``places.jsonl``."""
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        places = {row["key"]: row for row in csv.DictReader(file)}
    marked = (HERE / "places.marked.txt").read_text(encoding="utf-8")
    return "".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in documents(marked, places))


if __name__ == "__main__":
    (HERE / "places.jsonl").write_text(build(), encoding="utf-8")
