"""The gazetteer file: one format for the bundled world and for user-built ones of ten million places and more.

Layout, little-endian::

    magic (8) | version u32 | length of metadata u32 | length of file u64 | BLAKE2b-256 of metadata | metadata (JSON)
    sections, each from a multiple of 4,096: raw arrays, named and placed by the metadata
    checksums: a CRC-32 for every block of 4,096 bytes between the metadata and the checksums

A damaged, cut or foreign file is refused with a :class:`~geoevents.errors.GazetteerError`: a small file is checked
whole when it is opened and mapped into memory; of a large one every block is checked when it is first read, by
``pread``, so that its pages never count as memory of the process.
"""

import json
import mmap
import os
import zlib
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import IO, Any, Final, Protocol

from geoevents.errors import GazetteerError
from geoevents.files import replacing

MAGIC: Final = b"\x89GEOGAZ\n"
VERSION: Final = 2
BLOCK: Final = 4096
#: files up to this are checked whole and mapped; measured: 20 MB take 15 ms
MAPPED_UP_TO: Final = 64 << 20
_HEAD: Final = Struct("<8sIIQ32s")


class Source(Protocol):
    """Bytes of a file by offset."""

    def read(self, start: int, stop: int) -> bytes | memoryview:
        """Bytes ``[start, stop)``; checked."""
        ...

    def close(self) -> None:
        """Give the file back."""
        ...


class MappedSource:
    """A whole file in memory, checked when opened."""

    def __init__(self, file: IO[bytes]) -> None:
        self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._view = memoryview(self._map)

    def read(self, start: int, stop: int) -> memoryview:
        """Bytes ``[start, stop)``."""
        return self._view[start:stop]

    def close(self) -> None:
        """Give the map back; arrays that still look into it keep it alive."""
        try:
            self._view.release()
            self._map.close()
        except BufferError:
            pass  # somebody still reads: the map goes when the last view does


class PagedSource:
    """A large file read block by block; each block is checked when first read."""

    def __init__(self, path: Path, body: int, checksums: memoryview) -> None:
        self._path = path
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        self._body = body
        self._checksums = checksums
        self._checked = bytearray(len(checksums))

    def read(self, start: int, stop: int) -> bytes:
        """Bytes ``[start, stop)``.

        Raises
        ------
        GazetteerError
            If a block they lie in is damaged.
        """
        first, last = (start - self._body) // BLOCK, (stop - 1 - self._body) // BLOCK
        if self._checked[first] and (first == last or all(self._checked[first + 1 : last + 1])):
            return os.pread(self._descriptor, stop - start, start)
        base = self._body + first * BLOCK
        data = os.pread(self._descriptor, (last + 1 - first) * BLOCK, base)
        for i in range(first, last + 1):
            offset = (i - first) * BLOCK
            if zlib.crc32(data[offset : offset + BLOCK]) != self._checksums[i]:
                raise GazetteerError(f"{self._path} is damaged at byte {base + offset}; build or install it again")
            self._checked[i] = 1
        return data[start - base : stop - base]

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


class Store:
    """An opened gazetteer file: metadata, and sections by name.

    Attributes
    ----------
    metadata
        What the builder wrote: name, sources, counts, record layout, tables.
    digest
        Content hash of the whole file, 16 hexadecimal digits.
    """

    def __init__(self, path: Path, *, mapped_up_to: int = MAPPED_UP_TO) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._open(file, mapped_up_to)
        except OSError as error:
            raise GazetteerError(f"cannot read gazetteer {path}: {error.strerror or error}") from error

    def _open(self, file: IO[bytes], mapped_up_to: int) -> None:
        size = os.fstat(file.fileno()).st_size
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size or head[:8] != MAGIC:
            raise GazetteerError(f"{self.path} is no gazetteer file; build one with `geoevents gazetteer build`")
        _, version, length, total, digest = _HEAD.unpack(head)
        if version != VERSION:
            raise GazetteerError(f"{self.path} is a gazetteer of format {version}, this geoevents reads {VERSION}")
        if total != size or length > size:
            raise GazetteerError(f"{self.path} is cut: {size} bytes of {total}; build or install it again")
        text = file.read(length)
        if blake2b(head[:-32] + text, digest_size=32).digest() != digest:
            raise GazetteerError(f"{self.path} is damaged in its first {_HEAD.size + length} bytes; install it again")
        self.metadata: Mapping[str, Any] = json.loads(text)
        self.digest = digest.hex()[:16]
        self.size = size
        self._sections: Mapping[str, tuple[int, int]] = {
            name: (offset, size) for name, (offset, size) in self.metadata["sections"].items()
        }
        self._source = self._checked(file, size, mapped_up_to)

    def _checked(self, file: IO[bytes], size: int, mapped_up_to: int) -> Source:
        body = int(self.metadata["body"])
        if any(file.read(body - file.tell())):
            raise GazetteerError(f"{self.path} is damaged before byte {body}; install it again")
        offset, length = self._sections["checksums"]
        file.seek(offset)
        checksums = file.read(length)
        if blake2b(checksums, digest_size=16).hexdigest() != self.metadata["checksums"]:
            raise GazetteerError(f"{self.path} is damaged in its list of checksums; install it again")
        table = memoryview(checksums).cast("I")
        self.mapped = size <= mapped_up_to or not hasattr(os, "pread")
        if not self.mapped:
            return PagedSource(self.path, body, table)
        source = MappedSource(file)
        blocks = source.read(body, offset)
        damaged = next((i for i, crc in enumerate(table) if zlib.crc32(_block(blocks, i)) != crc), None)
        blocks.release()
        if damaged is not None:
            source.close()
            raise GazetteerError(f"{self.path} is damaged at byte {body + damaged * BLOCK}; build or install it again")
        return source

    def section(self, name: str) -> "Section":
        """Look up a section by name."""
        offset, size = self._sections[name]
        return Section(self._source, offset, size)

    def close(self) -> None:
        """Give the file back."""
        self._source.close()


class Section:
    """One section of a store."""

    __slots__ = ("_offset", "_source", "size")

    def __init__(self, source: Source, offset: int, size: int) -> None:
        self._source = source
        self._offset = offset
        self.size = size

    def read(self, start: int, stop: int) -> bytes | memoryview:
        """Bytes ``[start, stop)`` of the section."""
        return self._source.read(self._offset + start, self._offset + stop)

    def all(self) -> bytes | memoryview:
        """Read the whole section."""
        return self.read(0, self.size) if self.size else b""

    def numbers(self) -> memoryview:
        """Read a whole section of 32-bit numbers; of a paged file they are kept in memory from then on."""
        return memoryview(self.all()).cast("B").cast("I")


def _block(view: memoryview, i: int) -> memoryview:
    return view[i * BLOCK : (i + 1) * BLOCK]


def _padding(position: int) -> int:
    return -position % BLOCK


def write_store(path: Path, metadata: Mapping[str, Any], sections: Mapping[str, Any]) -> None:
    """Write a gazetteer file, whole or not at all; equal contents give equal bytes.

    Parameters
    ----------
    metadata
        JSON values; ``sections``, ``body`` and ``checksums`` are added.
    sections
        Buffers by name (bytes, arrays, memory maps), written in the order given.

    Raises
    ------
    ExportError
        If the file cannot be written.
    """
    views = {name: memoryview(buffer).cast("B") for name, buffer in sections.items()}
    sums = _checksums(views)
    body = _body_offset(metadata, views, sums)
    placed, end = _placed(views, body, sums)
    document = {
        **metadata,
        "sections": placed,
        "body": body,
        "checksums": blake2b(sums, digest_size=16).hexdigest(),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    head = _HEAD.pack(MAGIC, VERSION, len(text), end, bytes(32))[:-32]
    with replacing(path, "wb") as file:
        file.write(head + blake2b(head + text, digest_size=32).digest() + text)
        file.write(bytes(body - _HEAD.size - len(text)))
        for view in views.values():
            file.write(view)
            file.write(bytes(_padding(len(view))))
        file.write(sums)


def _checksums(views: Mapping[str, memoryview]) -> bytes:
    sums = bytearray()
    for view in views.values():
        for start in range(0, len(view), BLOCK):
            block = view[start : start + BLOCK]
            crc = zlib.crc32(block)
            if len(block) < BLOCK:
                crc = zlib.crc32(bytes(BLOCK - len(block)), crc)
            sums += crc.to_bytes(4, "little")
    return bytes(sums)


def _placed(views: Mapping[str, memoryview], body: int, sums: bytes) -> tuple[dict[str, list[int]], int]:
    placed, position = {}, body
    for name, view in views.items():
        placed[name] = [position, len(view)]
        position += len(view) + _padding(len(view))
    placed["checksums"] = [position, len(sums)]
    return placed, position + len(sums)


def _body_offset(metadata: Mapping[str, Any], views: Mapping[str, memoryview], sums: bytes) -> int:
    """First multiple of a block after the metadata, whose own length depends on it: room is left for long offsets."""
    placed, _ = _placed(views, 1 << 48, sums)
    longest = {**metadata, "sections": placed, "body": 1 << 48, "checksums": "0" * 32}
    size = _HEAD.size + len(json.dumps(longest, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode())
    return size + _padding(size)
