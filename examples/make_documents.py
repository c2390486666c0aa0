"""Write the two example articles that are no text files: a Word document and a PDF, the same bytes every time.

    python examples/make_documents.py

needs python-docx, which geoevents itself needs. Their texts stand below and, like all examples, are fictional.
"""

import io
import textwrap
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent / "articles"

KORDOFAN_TITLE: Final = "Kordofan: situation report 9"
KORDOFAN: Final = """\
Relief Watch Network, 5 March 2024
At least 19 people were killed and 74 wounded when shells fell on the southern market of El Obeid, the capital \
of North Kordofan, on Saturday, our partners in the hospital report. The shelling lasted from ten in the morning \
until the afternoon prayer. Both the army and the Rapid Support Forces have artillery within range of the \
market, and each accuses the other.
About 4,300 people have left the southern quarters since Saturday. Most of them walked to Bara, 55 kilometres to \
the north, where a family now receives nine litres of water a day.
In Er Rahad, armed men looted our food warehouse on Monday and took 600 tonnes of sorghum. Nobody was hurt. Two \
lorries were found on the road to Tendelti without their wheels.
The rains are expected in three months. If the road from the Nile is not opened before then, we fear that \
thousands of children will die of hunger and measles. A convoy of 22 lorries is planned for 20 March.
Needs: 40 surgical kits, 3,000 tents, 12,000 doses of vaccine. Staff: 214, of whom 9 are on leave.
[Fictional report, written as an example for geoevents.]"""

NUSEIRAT_TITLE: Final = "House in Nuseirat hit from the air"
NUSEIRAT: Final = """\
15 February 2024
By Rania Tibi-Larsen

An Israeli air strike on a three-storey house in the Nuseirat refugee camp, in the middle of the Gaza Strip, \
killed between 9 and 13 people on Wednesday evening, according to neighbours, the civil defence and two \
hospitals.

The civil defence said that it had recovered nine bodies by midnight. A nurse at a hospital in Deir al-Balah, to \
which most of the victims were taken, counted 13 dead, but thought that some had come from another place. At \
least 20 people were injured. Six of the dead belonged to one family: a couple, their three daughters and a \
grandmother.

The Israeli military said on Thursday that it had struck a commander of Hamas and that it was looking into \
reports of harm to civilians. Neighbours said that the house belonged to a dentist.

The front of the house had fallen into the street, and two boys were selling the unbroken tiles. A bakery 80 \
metres away opened at six the next morning as it does every day, with a queue of 200 people.

[Fictional article, written as an example for geoevents.]"""

#: the earliest time a ZIP archive can hold: the real time of writing would change the bytes
ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
LINE_CHARACTERS: Final = 88
LINE_POINTS: Final = 14
TOP_POINTS: Final = 780


def word_document(title: str, text: str, published: datetime) -> bytes:
    """Make a .docx with a heading and a paragraph for each line of `text`."""
    import docx

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = "Relief Watch Network"
    document.core_properties.created = document.core_properties.modified = published
    document.add_heading(title, level=1)
    for line in text.splitlines():
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written)


def _without_times(archive: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            new.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pdf(title: str, text: str) -> bytes:
    """Make a PDF of one page in Helvetica, wrapped at :data:`LINE_CHARACTERS`."""
    lines = [title, ""]
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(paragraph, LINE_CHARACTERS) or [""]
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    content = f"BT /F1 11 Tf {LINE_POINTS} TL 56 {TOP_POINTS} Td\n{shown}\nET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 7 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(title)}) /Author (Rania Tibi-Larsen) >>".encode("latin-1"),
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    return _assembled(objects)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def documents() -> dict[str, bytes]:
    """File name → bytes of each document made here."""
    return {
        "sudan-situation-report.docx": word_document(KORDOFAN_TITLE, KORDOFAN, datetime(2024, 3, 5, tzinfo=UTC)),
        "gaza-nuseirat.pdf": pdf(NUSEIRAT_TITLE, NUSEIRAT),
    }


if __name__ == "__main__":
    for name, data in documents().items():
        (HERE / name).write_bytes(data)
