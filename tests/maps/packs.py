"""The data of a page, read as its script reads it."""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoevents.maps.packing import NUMBERS

Columns = dict[str, Any]


def block(html: str) -> Any:
    """The JSON block of a page."""
    found = re.search(r'<script type="application/json" id="geoevents-data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def unpack_bytes(text: str) -> bytes:
    """Bytes of a pack."""
    return zlib.decompress(base64.b64decode(text))


def unpack(text: str) -> Any:
    """Value of a pack."""
    return json.loads(unpack_bytes(text))


def unpack_columns(text: str) -> tuple[Any, Columns]:
    """Value and columns of a pack."""
    data = unpack_bytes(text)
    at = 4 + int.from_bytes(data[:4], "little")
    head = json.loads(data[4:at])
    columns: Columns = {}
    for name, (kind, given) in head["columns"].items():
        if kind == "json":
            columns[name] = given
            continue
        part = data[at : at + given]
        assert len(part) == given
        columns[name] = part.decode().split("\0") if kind == "text" else np.frombuffer(part, NUMBERS[kind]).tolist()
        at += given
    assert at == len(data)
    return head["value"], columns


def whole(column: Any, count: int) -> list[Any]:
    """A column with a value for each record."""
    assert len(column) in (1, count)
    return list(column) if len(column) == count else list(column) * count


@dataclass(frozen=True)
class Chunk:
    """Details of some events."""

    count: int
    columns: Columns

    def row(self, kind: str, at: int) -> dict[str, Any]:
        """One record of a kind."""
        members = {
            name.partition(".")[2]: column for name, column in self.columns.items() if name.startswith(f"{kind}.")
        }
        return {name: column[0 if len(column) == 1 else at] for name, column in members.items()}

    def rows(self, kind: str, event: int) -> list[dict[str, Any]]:
        """The records of a kind that an event has."""
        counts = whole(self.columns[kind], self.count)
        start = sum(counts[:event])
        return [self.row(kind, start + i) for i in range(counts[event])]
