"""Small PDF files, written by hand, so that tests need no library that makes them."""

import zlib
from collections.abc import Sequence


def pdf(streams: Sequence[bytes], *, title: str = "", compressed: bool = False) -> bytes:
    """A file with one page for each content stream, in Helvetica as ``/F1``."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for stream in streams:
        data = zlib.compress(stream, 9) if compressed else stream
        filtered = b"/Filter /FlateDecode " if compressed else b""
        objects.append(b"<< %b/Length %d >>\nstream\n%b\nendstream" % (filtered, len(data), data))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(page + b" /Contents %d 0 R >>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%b) /CreationDate (D:20200102030405Z) >>" % title.encode("latin-1"))
    return _file(objects)


def page_of(lines: Sequence[str]) -> bytes:
    """Content stream that draws `lines` one below the other."""
    drawn = b"".join(b"(%b) Tj T*\n" % _escaped(line) for line in lines)
    return b"BT /F1 11 Tf 72 720 Td 14 TL\n" + drawn + b"ET"


def _escaped(line: str) -> bytes:
    data = line.encode("cp1252")
    for mark in (b"\\", b"(", b")"):
        data = data.replace(mark, b"\\" + mark)
    return data


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    xref = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + xref + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(out)
