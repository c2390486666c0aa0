"""The gazetteer file: what is written is read, and nothing else is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.errors import ExportError, GazetteerError
from geoevents.places.builder import GazetteerBuilder, NewPlace
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.store import BLOCK, Store, write_store


def small_builder() -> GazetteerBuilder:
    builder = GazetteerBuilder()
    for place, names in (
        (NewPlace(identifier=1, name="Ruritania", latitude=50, longitude=20, feature_code="PCLI", country_code="RR",
                  area_code="RR", population=5_000_000), ("Руритания",)),
        (NewPlace(identifier="adm:RR.1", name="Strelsau Province", latitude=50.5, longitude=20.5, feature_code="ADM1",
                  country_code="RR", area="RR", area_code="RR.1", population=900_000), ()),
        (NewPlace(identifier=2, name="Strelsau", latitude=50.51, longitude=20.52, feature_code="PPLC",
                  country_code="RR", area="RR.1.7", population=800_000), ("Strelzau", "الشترلساو")),
        (NewPlace(identifier=3, name="Zenda", latitude=50.2, longitude=20.1, feature_code="PPL", country_code="RR",
                  area="RR.2", population=900), ()),
        (NewPlace(identifier=4, name="Zenda", latitude=-10, longitude=-60, feature_code="PPL", population=20_000), ()),
        (NewPlace(identifier="geo:zenda-castle", name="Castle of Zenda", latitude=50.21, longitude=20.11,
                  feature_code="CSTL", country_code="RR", area="RR", radius_km=0.3), ("Zenda Castle",)),
    ):  # fmt: skip
        row = builder.add(place)
        for name in names:
            builder.add_name(row, name)
    builder.add_form(0, "demonym", "Ruritanian")
    builder.add_form(0, "code", "RUR")
    builder.add_form(1, "abbreviation", "Str.")
    return builder


def write_small(path: Path) -> Path:
    small_builder().write(path, name="small", sources=[{"package": "novel", "licence": "public domain"}])
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("gazetteer") / "small.gaz")


@pytest.mark.parametrize("mapped_up_to", [1 << 30, 0], ids=["mapped", "paged"])
def test_everything_comes_back(small: Path, mapped_up_to: int) -> None:
    gazetteer = Gazetteer.open(small, mapped_up_to=mapped_up_to)
    assert len(gazetteer) == 6
    capital = gazetteer.find("strelzau")[0]
    assert (capital.id, capital.name, capital.latitude, capital.longitude) == ("gn:2", "Strelsau", 50.51, 20.52)
    assert (capital.admin1, capital.country_code, capital.population) == ("Strelsau Province", "RR", 800_000)
    assert [place.id for place in gazetteer.find("Zenda")] == ["gn:4", "gn:3"]
    assert [place.id for place in gazetteer.find("Zenda", country_codes=("rr",))] == ["gn:3"]
    assert gazetteer.find("الشترلساو") == (capital,)
    assert gazetteer.place("geo:zenda-castle").radius_km == 0.3
    assert gazetteer.place("gn:3").name == "Zenda"
    assert gazetteer.nearest(50.3, 20.2) == (gazetteer.place("gn:3"), pytest.approx(13.198, abs=0.001))
    castle = gazetteer.row("geo:zenda-castle")
    assert [gazetteer.place(row).id for row in gazetteer.areas(castle)] == ["gn:1"]
    records = gazetteer.records([castle, gazetteer.row("gn:2")])
    assert records["latitude"].tolist() == [5_021_000, 5_051_000]
    assert gazetteer.country_codes[records["country"][0]] == "RR"
    gazetteer.close()


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("Strelsau", "exact", "gn:2"),
        ("STRELZAU", "alternate", "gn:2"),
        ("Ruritanian", "demonym", "gn:1"),
        ("RUR", "code", "gn:1"),
        ("Str.", "abbreviation", "adm:RR.1"),
        ("Strelsau governorate", "generic", "adm:RR.1"),
        ("Castle of Zendah", "folded", "geo:zenda-castle"),
        ("Ruritanja", "fuzzy", "gn:1"),
    ],
)
def test_how_a_name_was_met(small: Path, name: str, kind: str, found: str) -> None:
    match = Gazetteer.open(small).match(name, fuzzy=True)[0]
    assert (match.place.id, match.kind) == (found, kind)


@pytest.mark.parametrize("name", ["rur", "str", "", "...", "Ruritanja", "zen", "x" * 5000, "\udc80"])
def test_what_is_not_found(small: Path, name: str) -> None:
    assert Gazetteer.open(small).find(name) == ()


def test_longest_names_are_found_word_by_word(small: Path) -> None:
    gazetteer = Gazetteer.open(small)
    assert gazetteer.starts("Castle")
    assert gazetteer.starts("castle of")
    assert gazetteer.knows("castle of zenda")
    assert not gazetteer.knows("castle of")
    assert not gazetteer.starts("castle of zenda")


@pytest.mark.parametrize("identifier", ["gn:99", "gn:0", "gn:x", "geo:nothing", ""])
def test_an_unknown_id_is_an_error(small: Path, identifier: str) -> None:
    with pytest.raises(GazetteerError, match="no place with the id"):
        Gazetteer.open(small).place(identifier)


def test_the_same_input_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    assert write_small(tmp_path / "again.gaz").read_bytes() == small.read_bytes()


def test_a_gazetteer_is_taken_into_a_larger_one(small: Path, tmp_path: Path) -> None:
    builder = GazetteerBuilder()
    builder.extend(Gazetteer.open(small))
    builder.add(NewPlace(identifier=2, name="Königsstadt", latitude=0, longitude=0, feature_code="PPL"))
    builder.add(NewPlace(identifier="geo:tarlenheim", name="Castle of Tarlenheim", latitude=50.3, longitude=20.3,
                         feature_code="CSTL", country_code="RR", area="RR.1"))  # fmt: skip
    builder.write(tmp_path / "large.gaz", name="large", sources=[])
    before, after = Gazetteer.open(small), Gazetteer.open(tmp_path / "large.gaz")
    assert len(after) == len(before) + 1
    for row in range(len(before)):
        place = before.place(row)
        assert after.place(place.id) == place
        assert place in after.find(place.name)
    for name in ("Strelzau", "Руритания", "Ruritanian", "RUR", "Str.", "Zenda Castle", "Strelsau governorate"):
        assert after.match(name) == before.match(name)
    assert [place.id for place in after.find("Königsstadt")] == ["gn:2"]  # one more name of a place that was there
    assert after.find("Castle of Tarlenheim")[0].admin1 == "Strelsau Province"
    assert after.starts("castle of")
    assert after.starts("Zenda")
    assert after.nearest(50.29, 20.29, classes="S") == (after.place("geo:tarlenheim"), pytest.approx(1.32, abs=0.01))


@pytest.mark.parametrize("mapped_up_to", [1 << 30, 0], ids=["mapped", "paged"])
def test_a_name_of_very_many_places(tmp_path: Path, mapped_up_to: int) -> None:
    builder = GazetteerBuilder()
    for i in range(1, 301):
        builder.add(NewPlace(identifier=i, name="Zenda", latitude=i / 10, longitude=0, feature_code="PPL",
                             country_code="RR" if i % 2 else "SS", population=1000 * i))  # fmt: skip
    builder.add(NewPlace(identifier=999, name="Strelsau", latitude=1, longitude=1, feature_code="PPL"))
    builder.write(tmp_path / "many.gaz", name="many", sources=[])
    gazetteer = Gazetteer.open(tmp_path / "many.gaz", mapped_up_to=mapped_up_to)
    found = gazetteer.find("Zenda")
    assert len(found) == 300
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)
    assert [place.id for place in gazetteer.find("zenda", limit=2)] == ["gn:300", "gn:299"]
    assert [place.id for place in gazetteer.find("zenda", limit=2, country_codes=["RR"])] == ["gn:299", "gn:297"]
    assert len(gazetteer.find("Strelsau")) == 1


def test_taking_in_comes_first(small: Path) -> None:
    with pytest.raises(GazetteerError, match="before other places"):
        small_builder().extend(Gazetteer.open(small))


def test_it_goes_to_another_process(small: Path) -> None:
    import pickle

    copy = pickle.loads(pickle.dumps(Gazetteer.open(small)))
    assert copy.find("Zenda") == Gazetteer.open(small).find("Zenda")


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_byte_changed_anywhere_is_noticed(
    small: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = bytearray(small.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    damaged = tmp_path_factory.getbasetemp() / "damaged.gaz"
    damaged.write_bytes(content)
    with pytest.raises(GazetteerError, match=r"damaged|no gazetteer|cut|format"):
        Store(damaged)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_cut_or_longer_file_is_noticed(
    small: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = small.read_bytes()
    length = data.draw(st.integers(0, len(content) - 1) | st.integers(len(content) + 1, len(content) + 5000))
    cut = tmp_path_factory.getbasetemp() / "cut.gaz"
    cut.write_bytes(content[:length].ljust(length, b"\0"))
    for mapped_up_to in (1 << 30, 0):
        with pytest.raises(GazetteerError, match=r"damaged|no gazetteer|cut"):
            Store(cut, mapped_up_to=mapped_up_to)


def test_a_large_file_is_checked_block_by_block(small: Path, tmp_path: Path) -> None:
    content = bytearray(small.read_bytes())
    offset, _ = Store(small).metadata["sections"]["entries"]
    content[offset] ^= 1
    damaged = tmp_path / "damaged.gaz"
    damaged.write_bytes(content)
    gazetteer = Gazetteer.open(damaged, mapped_up_to=0)
    assert gazetteer.place("gn:1").name == "Ruritania"  # another block
    with pytest.raises(GazetteerError, match=f"damaged at byte {offset}"):
        gazetteer.find("Zenda")


@pytest.mark.parametrize(
    "content", [b"", b"GeoEvents", b"\x89PNG\r\n\x1a\n" + bytes(5000), b"\x89GEOGAZ\n" + bytes(60)]
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.gaz"
    path.write_bytes(content)
    with pytest.raises(GazetteerError):
        Gazetteer.open(path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="cannot read"):
        Gazetteer.open(tmp_path / "missing.gaz")
    with pytest.raises(GazetteerError):
        Gazetteer.open(tmp_path)


@given(
    st.dictionaries(
        st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), st.binary(max_size=3 * BLOCK), max_size=4
    )
)
@settings(max_examples=50, deadline=None)
def test_sections_come_back(tmp_path_factory: pytest.TempPathFactory, sections: dict[str, bytes]) -> None:
    path = tmp_path_factory.getbasetemp() / "sections.gaz"
    sections.pop("checksums", None)
    write_store(path, {"name": "x"}, sections)
    for mapped_up_to in (1 << 30, 0):
        store = Store(path, mapped_up_to=mapped_up_to)
        for name, data in sections.items():
            section = store.section(name)
            assert bytes(section.read(0, section.size)) == data if data else section.size == 0


def test_a_failed_build_leaves_the_old_file(tmp_path: Path) -> None:
    path = write_small(tmp_path / "kept.gaz")
    before = path.read_bytes()
    with pytest.raises(GazetteerError, match="no places"):
        GazetteerBuilder().write(path, name="empty", sources=[])
    with pytest.raises(ExportError):
        small_builder().write(path / "below-a-file.gaz", name="small", sources=[])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["kept.gaz"]


def test_no_point_on_earth_is_refused() -> None:
    with pytest.raises(GazetteerError, match="no point on Earth"):
        GazetteerBuilder().add(NewPlace(identifier=1, name="Nowhere", latitude=91, longitude=0, feature_code="PPL"))
