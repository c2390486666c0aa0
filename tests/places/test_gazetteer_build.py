"""User-built gazetteers: GeoNames dumps, alternate names, CSV."""

import gzip
import zipfile
from pathlib import Path

import pytest

from geoevents.errors import GazetteerError
from geoevents.places.building import build_gazetteer
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.geonames import is_name
from geoevents.places.reading import LONGEST_LINE


def place(identifier: int, name: str, **more: object) -> str:
    """One line of a GeoNames dump."""
    columns = {
        "ascii": name, "others": "", "lat": 10.0, "lon": 20.0, "letter": "P", "code": "PPL", "country": "RR", "cc2": "",
        "admin1": "", "admin2": "", "admin3": "", "admin4": "", "population": 0, "elevation": "", "dem": "1",
        "zone": "Europe/Zenda", "changed": "2026-01-01",
    }  # fmt: skip
    assert more.keys() <= columns.keys()
    return "\t".join(str(value) for value in (identifier, name, *(columns | more).values()))


DUMP = "\n".join(
    [
        place(1, "Ruritania", letter="A", code="PCLI", population=5_000_000),
        place(2, "Strelsau Province", letter="A", code="ADM1", admin1="07", lat=10.5),
        place(3, "Upper Strelsau", letter="A", code="ADM2", admin1="07", admin2="3"),
        place(
            4, "Strelsau", code="PPLC", admin1="07", admin2="3", others="Strelzau,STR,strlsaw,Штрельзау", population=9
        ),
        place(5, "Zenda", admin1="00", ascii="Zenda"),
    ]
)
NAMES = "\n".join(
    [
        "1\t1\ten\tKingdom of Ruritania\t1\t\t\t\t\t",
        "2\t1\tlink\thttps://example.org/Ruritania",
        "3\t1\tabbr\tRUR",
        "4\t4\tar\tشترلساو",
        "5\t99\ten\tNowhere",
        "6\t4\tiata\tSTL",
    ]
)


def zipped(path: Path, text: str, inner: str = "RR.txt") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "Readme for GeoNames Gazetteer extract files " * 500)
        archive.writestr(inner, text)
    return path


def test_a_dump_and_its_alternate_names(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "RR.zip", DUMP)
    names = zipped(tmp_path / "alternateNamesV2.zip", NAMES, "alternateNamesV2.txt")
    steps: list[tuple[str, int, int]] = []
    reading = build_gazetteer(
        tmp_path / "my.gaz",
        geonames=[dump],
        alternate_names=[names],
        progress=lambda path, done, total: steps.append((path.name, done, total)),
    )
    assert (reading.taken, reading.passed_over) == (5 + 3, 0)
    assert steps == [
        ("RR.zip", len(DUMP.encode()), len(DUMP.encode())),
        ("alternateNamesV2.zip", len(NAMES.encode()), len(NAMES.encode())),
    ]
    gazetteer = Gazetteer.open(tmp_path / "my.gaz")
    assert gazetteer.id.startswith("my-")
    capital = gazetteer.place("gn:4")
    assert (capital.admin1, capital.admin2, capital.country_code) == ("Strelsau Province", "Upper Strelsau", "RR")
    assert gazetteer.find("شترلساو") == (capital,)
    assert [match.kind for match in gazetteer.match("RUR")] == ["code"]
    assert [found.id for found in gazetteer.find("kingdom of ruritania")] == ["gn:1"]
    assert gazetteer.find("Strelzau") == ()  # the dump's own column gave way to the file
    for name in ("STL", "Nowhere", "https://example.org/Ruritania"):
        assert gazetteer.find(name) == ()
    assert gazetteer.place("gn:5").admin1 == ""


@pytest.mark.parametrize("suffix", [".txt", ".txt.gz"])
def test_plain_and_gzipped_dumps_with_their_own_alternates(tmp_path: Path, suffix: str) -> None:
    dump = tmp_path / f"RR{suffix}"
    dump.write_bytes(gzip.compress(DUMP.encode()) if suffix.endswith("gz") else DUMP.encode())
    build_gazetteer(tmp_path / "my.gaz", geonames=[dump])
    gazetteer = Gazetteer.open(tmp_path / "my.gaz")
    assert {found.id for found in gazetteer.find("Штрельзау")} == {"gn:4"}
    assert {found.id for found in gazetteer.find("Strelzau")} == {"gn:4"}
    assert gazetteer.find("STR") == ()


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    dump = tmp_path / "RR.txt"
    bad = [place(6, ""), place(7, "Pole", lat=91), place(8, "Nought", lat="nan"), "9\ttoo few", place(0, "No id"), ""]
    dump.write_text(DUMP + "\n" + "\n".join(bad), encoding="utf-8")
    reading = build_gazetteer(tmp_path / "my.gaz", geonames=[dump])
    assert (reading.taken, reading.passed_over) == (5, 5)
    assert [problem.source for problem in reading.problems] == [f"RR.txt, line {n}" for n in (6, 7, 8, 9, 10)]
    assert "no name" in reading.problems[0].reason
    assert "no point on Earth" in reading.problems[1].reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no places"),
        (b"name,latitude\nBaghdad,33\n" * 30, "expected format"),
        (b"\x00\xff" * 5000 + b"\n", "no places"),
        (b"PK\x03\x04 not really a zip", "no places"),
        (b"\t" * (LONGEST_LINE + 1), "line 1 is longer than"),
    ],
)
def test_foreign_files_are_refused_and_nothing_is_left(tmp_path: Path, content: bytes, reason: str) -> None:
    dump = tmp_path / "RR.txt"
    dump.write_bytes(content)
    with pytest.raises(GazetteerError, match=reason):
        build_gazetteer(tmp_path / "my.gaz", geonames=[dump])
    assert [entry.name for entry in tmp_path.iterdir()] == ["RR.txt"]


def test_a_cut_zip_is_refused(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "RR.zip", DUMP)
    dump.write_bytes(dump.read_bytes()[:-30])
    with pytest.raises(GazetteerError, match=r"RR\.zip is cut, or no zip file"):
        build_gazetteer(tmp_path / "my.gaz", geonames=[dump])


def test_a_zip_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "RR.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("RR.txt", "w") as file,
    ):
        for _ in range(110):
            file.write(bytes(1 << 20))
    with pytest.raises(GazetteerError, match="unpacks to 110 MB"):
        build_gazetteer(tmp_path / "my.gaz", geonames=[tmp_path / "RR.zip"])


def test_a_table_of_one_endless_line_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,latitude,longitude\nZenda,1,2\n" + "x" * (LONGEST_LINE + 1), encoding="utf-8")
    with pytest.raises(GazetteerError, match="line 3 is longer than"):
        build_gazetteer(tmp_path / "my.gaz", csv_files=[table])


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "RR.zip", "\n".join(place(i, f"Place {i}") for i in range(1, 5000)))
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 0xFF
    dump.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"cannot read|expected format"):
        build_gazetteer(tmp_path / "my.gaz", geonames=[dump])


def test_an_empty_zip_and_a_missing_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "RR.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing else")
    with pytest.raises(GazetteerError, match=r"no \.txt"):
        build_gazetteer(tmp_path / "my.gaz", geonames=[tmp_path / "RR.zip"])
    with pytest.raises(GazetteerError, match="cannot read"):
        build_gazetteer(tmp_path / "my.gaz", geonames=[tmp_path / "missing.zip"])
    with pytest.raises(GazetteerError, match="no places"):
        build_gazetteer(tmp_path / "my.gaz")


def test_an_interrupted_build_leaves_the_old_gazetteer(tmp_path: Path) -> None:
    dump = zipped(tmp_path / "RR.zip", DUMP)
    build_gazetteer(tmp_path / "my.gaz", geonames=[dump])
    before = (tmp_path / "my.gaz").read_bytes()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_gazetteer(tmp_path / "my.gaz", geonames=[dump], progress=interrupt)
    assert (tmp_path / "my.gaz").read_bytes() == before
    assert {entry.name for entry in tmp_path.iterdir()} == {"RR.zip", "my.gaz"}


def test_a_csv_on_top_of_the_bundled_world(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text(
        "\ufeffPlace;Lat;Lon;Country;Admin1;Alternate_Names;Radius;Note\n"
        "Checkpoint Nine;34,1;44.1;IQ;Diyala;;;comma for a point\n"
        'Checkpoint "Nine";34.1;44.1;iq;Diyala;CP 9|Nine Mile Checkpoint;0.5;\n'
        "\n"
        "Farmhouse;34.2;44.2;IQ;Nowhere province\n",
        encoding="utf-8",
    )
    reading = build_gazetteer(tmp_path / "my.gaz", csv_files=[table], base=Gazetteer.open())
    assert [problem.source for problem in reading.problems] == ["places.csv, line 2"]
    world, mine = Gazetteer.open(), Gazetteer.open(tmp_path / "my.gaz")
    assert len(mine) == len(world) + 2
    found = mine.find("nine mile checkpoint")[0]
    assert (found.name, found.admin1, found.country_code, found.radius_km) == ('Checkpoint "Nine"', "Diyala", "IQ", 0.5)
    assert found.id.startswith("csv-")
    assert mine.find("Farmhouse", country_codes=["IQ"])[0].admin1 == ""
    for name in ("Baqouba", "Iraqi", "U.S.", "Nineveh province", "Fairfax County"):
        assert mine.match(name, limit=3) == world.match(name, limit=3)
    assert mine.starts("nine mile")
    assert mine.starts("new york")


def test_a_csv_without_the_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,where\nBaghdad,there\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match="no column latitude, longitude"):
        build_gazetteer(tmp_path / "my.gaz", csv_files=[table])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Baghdad", True),
        ("Багдад", True),
        ("al-Basra", True),
        ("BGW", False),
        ("IQBGW", False),
        ("bghdad", False),
        ("X", False),
    ],
)
def test_alternates_that_are_names(name: str, kept: bool) -> None:
    assert is_name(name) is kept
