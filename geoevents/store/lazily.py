"""Records that are read from their rows when they are asked for: a run over a large store needs few of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

Record = TypeVar("Record")


class Decoded(Mapping[str, Record], Generic[Record]):
    """Records by name.

    Parameters
    ----------
    rows
        Name → row.
    decode
        Makes the record of a name and a row.
    """

    def __init__(self, rows: Mapping[str, str], decode: Callable[[str, str], Record]) -> None:
        self._rows, self._decode = rows, decode

    def __getitem__(self, name: str) -> Record:
        return self._decode(name, self._rows[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class DecodedRows(Sequence[Record], Generic[Record]):
    """Records in order; parameters as of :class:`Decoded`."""

    def __init__(self, rows: Sequence[str], decode: Callable[[str], Record]) -> None:
        self._rows, self._decode = rows, decode

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        if isinstance(index, slice):
            return DecodedRows(self._rows[index], self._decode)
        return self._decode(self._rows[index])

    def __len__(self) -> int:
        return len(self._rows)
