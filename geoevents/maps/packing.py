"""Data inside a page: deflated and in base64, so that no text of an article ever stands in the page's source.

:func:`pack` takes a JSON value. :func:`pack_columns` takes a JSON value and columns, which make up nearly all of a
large page and are quicker to write and to read as they lie in memory than as JSON::

    length of the head (4 bytes), head as JSON in UTF-8: {"value": …, "columns": {name: [kind, size in bytes], …}},
    the columns one after the other

Numbers take the least of the widths in NUMBERS that holds all of a column; texts are joined by NUL. A column that this
does not fit (a text holds NUL or half a surrogate pair, a number is beyond 64 bits) stands in the head as
``["json", values]``. A column of one value for all records holds that value once. All numbers are little-endian.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

#: A varint's bytes hold seven bits each; all but the last have the eighth set.
_LOW: Final = 0x7F
_MORE: Final = 0x80

T = TypeVar("T", bound=Hashable)
#: All texts, or all numbers.
Column = Sequence[str] | Sequence[int] | npt.NDArray[Any]

#: Kinds of number, and numpy's types of them; the last holds what no other does, exact to 53 bits as in any script.
NUMBERS: Final[Mapping[str, str]] = {"u1": "|u1", "i1": "|i1", "i2": "<i2", "i4": "<i4", "f8": "<f8"}
_RANGES: Final = {kind: np.iinfo(dtype) for kind, dtype in NUMBERS.items() if kind != "f8"}
_JOINT: Final = "\0"

#: zlib's level. On events written from templates, 3 makes the page 6 % smaller than 2 and takes half as long again, 6
#: makes it 9 % smaller than 3 and takes 2.4 times as long.
LEVEL: Final = 2
#: For what is small or the same in every page.
LEVEL_SMALL: Final = 9


def pack(value: Any, level: int = LEVEL) -> str:
    """`value` as JSON in UTF-8, deflated (zlib), in base64; lone surrogates become JSON escapes."""
    return pack_bytes(_json(value), level)


def pack_columns(value: Any, columns: Mapping[str, Column], level: int = LEVEL) -> str:
    """`value` as JSON, and columns beside it; see the module's docstring."""
    specs, parts = {}, []
    for name, column in columns.items():
        specs[name], data = _column(column)
        parts.append(data)
    head = _json({"value": value, "columns": specs})
    return pack_bytes(b"".join([len(head).to_bytes(4, "little"), head, *parts]), level)


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def _column(column: Column) -> tuple[list[Any], bytes]:
    """Kind and size of a column, or its values; and its bytes."""
    if not len(column):
        return ["json", []], b""
    if isinstance(column, np.ndarray):
        return _numbers(column)
    first: Any = column[0]
    if first == column[-1] and column.count(first) == len(column):
        column = column[:1]
    return _texts(cast(Sequence[str], column)) if isinstance(first, str) else _numbers(np.asarray(column))


def _texts(texts: Sequence[str]) -> tuple[list[Any], bytes]:
    joined = _JOINT.join(texts)
    if joined.count(_JOINT) == len(texts) - 1:
        try:
            data = joined.encode("utf-8")
        except UnicodeEncodeError:
            pass
        else:
            return ["text", len(data)], data
    return ["json", texts], b""


def _numbers(values: npt.NDArray[Any]) -> tuple[list[Any], bytes]:
    if values.dtype.kind not in "iuf":
        return ["json", values.tolist()], b""
    low, high = values.min(), values.max()
    if low == high:
        values = values[:1]
    fits = [kind for kind, limit in _RANGES.items() if limit.min <= low and high <= limit.max]
    fraction = values.dtype.kind == "f" and bool((np.rint(values) != values).any())
    kind = "f8" if fraction or not fits else fits[0]
    data = values.astype(NUMBERS[kind]).tobytes()
    return [kind, len(data)], data


def pack_bytes(data: bytes, level: int = LEVEL) -> str:
    """Deflate `data` (zlib) and write it in base64."""
    return b64encode(zlib.compress(data, level)).decode("ascii")


def varints(values: Iterable[int]) -> bytes:
    """Integers of less than 31 bits as zigzag varints: small numbers of either sign take one byte."""
    found = bytearray()
    for value in values:
        rest = value << 1 if value >= 0 else ~(value << 1)
        while rest > _LOW:
            found.append(rest & _LOW | _MORE)
            rest >>= 7
        found.append(rest)
    return bytes(found)


def read_varints(data: bytes) -> npt.NDArray[np.int64]:
    """Read the integers that :func:`varints` wrote."""
    raw = np.frombuffer(data, dtype=np.uint8)
    last = np.flatnonzero(raw <= _LOW)
    first = np.concatenate([[0], last[:-1] + 1])
    place = np.arange(len(raw)) - np.repeat(first, last - first + 1)
    zigzag = np.add.reduceat((raw & _LOW).astype(np.int64) << (7 * place), first)
    return (zigzag >> 1) ^ -(zigzag & 1)


class Table(dict[T, int]):
    """Rows each stored once: ``table[row]`` is the row's number, and a new row takes the next."""

    def __missing__(self, row: T) -> int:
        """Add a row that is new."""
        number = self[row] = len(self)
        return number

    @property
    def rows(self) -> list[T]:
        """All rows, in the order of their numbers."""
        return list(self)
