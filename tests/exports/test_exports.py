"""Events in other people's formats: read back by other people's libraries."""

import csv
import json
from pathlib import Path

import geopandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import ExportError
from geoevents.exports import DIALECTS, FORMATS, export, exporter_for
from geoevents.exports.dialects import BY_NAME, HXL_TAGS
from geoevents.exports.regions import acled_region, ucdp_region
from geoevents.exports.tables import safe_cell
from geoevents.jsonl import event_from_row
from geoevents.model import Actor, Deaths, Event
from tests import records

PLACED = records.make_event()
UNPLACED = records.make_event(id="evt-2", where=None, when=None, killed=None)
OPEN = records.make_event(id="evt-3", killed=records.make_count(19, 19, None, qualifier="at_least", text="at least 19"))
EVENTS = (PLACED, UNPLACED, OPEN)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_geojson_holds_every_event_and_field(tmp_path: Path) -> None:
    export(EVENTS, tmp_path / "events.geojson")
    data = json.loads((tmp_path / "events.geojson").read_text(encoding="utf-8"))
    assert [feature["id"] for feature in data["features"]] == ["evt-1", "evt-2", "evt-3"]
    assert data["features"][0]["geometry"] == {"type": "Point", "coordinates": [44.64, 33.75]}
    assert data["features"][1]["geometry"] is None
    assert tuple(event_from_row(feature["properties"]) for feature in data["features"]) == EVENTS


def test_no_events_make_a_valid_file_in_each_format(tmp_path: Path) -> None:
    for ending in FORMATS:
        path = tmp_path / f"none{ending}"
        export((), path)
        assert path.is_file()
    assert json.loads((tmp_path / "none.geojson").read_text())["features"] == []
    assert geopandas.read_file(tmp_path / "none.gpkg").empty


def test_the_plain_table_keeps_ranges_and_open_ends(tmp_path: Path) -> None:
    export(EVENTS, tmp_path / "events.csv")
    first, second, third = rows(tmp_path / "events.csv")
    assert (first["killed_low"], first["killed_best"], first["killed_high"]) == ("12", "14", "17")
    assert first["killed_words"] == "between 12 and 17"
    assert (second["killed_low"], second["latitude"], second["date_start"]) == ("", "", "")
    assert (third["killed_low"], third["killed_high"]) == ("19", "")


def test_acled_takes_the_lowest_figure_and_its_own_words(tmp_path: Path) -> None:
    export(EVENTS, tmp_path / "acled.csv", "acled")
    row = rows(tmp_path / "acled.csv")[0]
    assert row["event_date"] == "22 August 2014"
    assert (row["fatalities"], row["tags"]) == ("12", "killed=12-17")
    assert (row["inter1"], row["iso"], row["region"]) == ("Political militia", "368", "Middle East")
    assert (row["geo_precision"], row["time_precision"]) == ("2", "1")


def test_ucdp_has_all_columns_of_ged(tmp_path: Path) -> None:
    ged = """id relid year active_year code_status type_of_violence conflict_name dyad_name side_a side_b
    number_of_sources source_article source_office source_date source_headline source_original where_prec
    where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt country country_id region event_clarity
    date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low""".split()
    deaths = Deaths(civilians=records.make_count())
    export([records.make_event(deaths=deaths)], tmp_path / "ged.csv", "ucdp")
    row = rows(tmp_path / "ged.csv")[0]
    assert list(row) == ged
    assert (row["low"], row["best"], row["high"], row["deaths_civilians"]) == ("12", "14", "17", "14")
    assert (row["geom_wkt"], row["source_original"]) == ("POINT (44.64 33.75)", "police")


@pytest.mark.parametrize(
    ("kinds", "kind_of_event", "expected"),
    [
        (("state", "rebel"), "Armed clash", "1"),
        (("rebel", "militia"), "Armed clash", "2"),
        (("rebel", "civilians"), "Suicide bomb", "3"),
        ((None, None), "Attack", "3"),
        (("rebel", None), "Armed clash", ""),
    ],
)
def test_ucdp_type_of_violence(
    tmp_path: Path, kinds: tuple[str | None, str | None], kind_of_event: str, expected: str
) -> None:
    side_a, side_b = (kind and Actor(name=kind, text="", start=0, end=0, kind=kind) for kind in kinds)
    export([records.make_event(sub_event_type=kind_of_event, side_a=side_a, side_b=side_b)], tmp_path / "t.csv", "ucdp")
    assert rows(tmp_path / "t.csv")[0]["type_of_violence"] == expected


def test_hxl_has_a_row_of_tags_under_the_header(tmp_path: Path) -> None:
    export(EVENTS, tmp_path / "hxl.csv", "hxl")
    tags = rows(tmp_path / "hxl.csv")[0]
    assert tags == HXL_TAGS
    assert tags["killed_low"] == "#affected+killed+min"


@pytest.mark.parametrize("ending", [".gpkg", ".kml", ".parquet"])
def test_layers_open_in_geopandas(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"events{ending}"
    export(EVENTS, path)
    frame = geopandas.read_parquet(path) if ending == ".parquet" else geopandas.read_file(path)
    assert len(frame) == 2  # the event without a place has no point
    assert frame.crs.to_epsg() == 4326
    assert (frame.geometry.iloc[0].x, frame.geometry.iloc[0].y) == (44.64, 33.75)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@given(st.lists(records.events, max_size=3), st.sampled_from(DIALECTS))
def test_any_event_makes_a_table_without_formulas(
    tmp_path_factory: pytest.TempPathFactory, events: list[Event], dialect: str
) -> None:
    path = tmp_path_factory.mktemp("table") / "events.csv"
    export(events, path, dialect)
    with path.open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    assert len(table) == len(events) + (2 if dialect == "hxl" else 1)
    numbers = {"latitude", "longitude"}
    for row in table[1:]:
        for column, cell in zip(table[0], row, strict=True):
            assert column in numbers or not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "  =1", "\ufeff=1", "\n=1"])
def test_text_that_would_be_a_formula_is_made_text(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


@pytest.mark.parametrize("value", ["plain", "a = b", -5.3, 0, None, ""])
def test_other_cells_stay_as_they_are(value: str | float | None) -> None:
    assert safe_cell(value) == value


@pytest.mark.parametrize(
    ("name", "dialect"), [("x.doc", "geoevents"), ("x", "geoevents"), ("x.csv", "gtd"), ("x.kml", "acled")]
)
def test_an_unknown_format_or_dialect_is_refused(name: str, dialect: str) -> None:
    with pytest.raises(ExportError, match=name):
        exporter_for(Path(name), dialect)


def test_an_old_file_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("old", encoding="utf-8")
    broken = [PLACED, "no event"]
    with pytest.raises(AttributeError):
        export(broken, path)  # type: ignore[arg-type]  # on purpose
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_an_export_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for ending in FORMATS:
        with pytest.raises(ExportError, match="cannot write"):
            export(EVENTS, tmp_path / "file" / f"events{ending}")


def test_every_dialect_has_a_table() -> None:
    assert tuple(BY_NAME) == DIALECTS


def test_regions_by_country() -> None:
    assert (acled_region("IQ"), ucdp_region("IQ")) == ("Middle East", "Middle East")
    assert (acled_region("GE"), ucdp_region("GE")) == ("Caucasus and Central Asia", "Europe")
    assert (acled_region("??"), ucdp_region("??")) == (None, None)


def test_country_of_an_event_without_a_place_is_told(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    export([records.make_event(where=None, country_code="NG")], path)
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["country"], row["latitude"]) == ("Nigeria", "")
