"""Events as CSV tables.

A cell never starts a formula: text that begins with a character that spreadsheets take for one gets an apostrophe
before it (OWASP, "CSV Injection"). Numbers are written as they are.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from geoevents.exports.dialects import BY_NAME, HXL_TAGS, Cell
from geoevents.files import replacing
from geoevents.model import Event

#: the characters themselves and their full-width forms
_FORMULA_STARTS: Final = frozenset("=+-@＝＋－＠")
#: white space that some spreadsheets cut off and others take for the start of a formula
_CONTROL_STARTS: Final = ("\t", "\r", "\n")


def safe_cell(value: Cell) -> Cell:
    """Make text harmless to spreadsheets: no formula, no NUL, no lone surrogate."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value[:1].isalnum() and "\x00" not in value:  # most cells: nothing to look for
        return value
    text = value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    first_seen = next((c for c in text if c.isprintable() and c != " "), "")
    return "'" + text if first_seen in _FORMULA_STARTS or text.startswith(_CONTROL_STARTS) else text


def write_table(events: Sequence[Event], path: Path, dialect: str = "geoevents") -> None:
    """Write one row an event in the columns of `dialect`; for ``hxl`` a row of tags follows the header."""
    columns = BY_NAME[dialect]
    with replacing(path) as file:
        # CRLF as RFC 4180 has it: only then does the module quote a cell that holds a lone CR
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        if dialect == "hxl":
            writer.writerow(HXL_TAGS.values())
        for event in events:
            writer.writerow([safe_cell(value(event)) for value in columns.values()])
