"""Online geocoders, against a local server that speaks as Nominatim does; never the net."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

from geoevents.errors import GeocoderError, SettingsError
from geoevents.model import Document, PlaceMention, Problem, ResolvedPlace
from geoevents.pipeline import Reading, read
from geoevents.places import PlaceFinder
from geoevents.places.atlas import Atlas
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.online import GIVE_UP_AFTER, OnlineGeocoder
from geoevents.places.online_help import OnlineHelp
from geoevents.settings import PlaceSettings, Settings
from tests.nominatim import HAMLET, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def connect(server: Server, cache: Path | None = None, timeout: float = 5.0) -> OnlineGeocoder:
    return OnlineGeocoder.from_spec(
        server.spec, cache=cache, timeout=timeout, min_delay_seconds=0.0, error_wait_seconds=0.0
    )


def test_an_answer_becomes_a_place(server: Server) -> None:
    (place,) = connect(server).find("Tell Nowhere", country_codes=["IQ"])
    assert (place.id, place.name, place.feature_code) == ("osm:node/77", "Tell Nowhere", "PPL")
    assert (place.latitude, place.longitude, place.country_code) == (33.9, 44.7, "IQ")
    question, agent = server.asked[0]
    assert question["q"] == ["Tell Nowhere"]
    assert question["countrycodes"] == ["iq"]
    assert agent.startswith("geoevents")


def test_answers_are_kept_also_that_nothing_was_found(server: Server, tmp_path: Path) -> None:
    cache = tmp_path / "folder" / "cache.sqlite"
    first = connect(server, cache).find("Tell Nowhere")
    server.body = "[]"
    assert connect(server, cache).find("Nowhere at all") == ()
    assert len(server.asked) == 2
    server.status = 500
    assert connect(server, cache).find("Tell Nowhere") == first
    assert connect(server, cache).find("Nowhere at all") == ()
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_error_codes(server: Server, status: int) -> None:
    server.status = status
    with pytest.raises(GeocoderError, match="nominatim failed for 'Tell Nowhere'"):
        connect(server).find("Tell Nowhere")
    assert 1 <= len(server.asked) <= 2  # asked again at most once


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<html>busy</html>",
        "{",
        "null and void",
        '[{"lat": "north", "lon": "1", "display_name": "x"}]',
        '[{"lat": 1}]',
        "[7]",
    ],
)
def test_rubbish(server: Server, tmp_path: Path, body: str) -> None:
    server.body = body
    cache = tmp_path / "cache.sqlite"
    with pytest.raises(GeocoderError):
        connect(server, cache).find("Tell Nowhere")
    server.body = json.dumps([HAMLET])
    assert connect(server, cache).find("Tell Nowhere")  # rubbish was not kept


def test_a_time_out(server: Server) -> None:
    server.silent = True
    with pytest.raises(GeocoderError, match="nominatim failed"):
        connect(server, timeout=0.1).find("Tell Nowhere")


def test_a_service_that_keeps_failing_is_left_alone(server: Server) -> None:
    server.status = 500
    online = connect(server)
    for i in range(GIVE_UP_AFTER):
        with pytest.raises(GeocoderError, match="failed for"):
            online.find(f"Place {i}")
    asked = len(server.asked)
    with pytest.raises(GeocoderError, match="is not asked"):
        online.find("Another place")
    assert len(server.asked) == asked
    assert online.left_alone


def test_a_service_left_alone_is_told_once(server: Server) -> None:
    server.status = 500
    help_ = OnlineHelp(connect(server), Atlas(Gazetteer.open()), threshold=0.2)
    iraq = ResolvedPlace(mention=mention("Iraq"), place=help_.atlas.gazetteer.find("Iraq")[0], confidence=1, reason="")
    told = []
    for i in range(6):
        name = f"Tell Nowhere {i}"
        unknown = PlaceMention(doc_id="d", start=0, end=len(name), text=name)
        result = ResolvedPlace(mention=unknown, place=None, confidence=0.0, reason="unknown")
        told += help_(Document(id="d", text=name), [iraq, result])[1]
    assert len(told) == GIVE_UP_AFTER
    assert "asked no more" in told[-1].reason


def test_nobody_there() -> None:
    online = OnlineGeocoder.from_spec(
        "nominatim:domain=127.0.0.1:9,scheme=http", timeout=0.5, min_delay_seconds=0.0, error_wait_seconds=0.0
    )
    with pytest.raises(GeocoderError):
        online.find("Tell Nowhere")


TEXT = "Shells killed three farmers at Tell Nowhere on Friday, police in Baquba, Iraq, said."


def mention(text: str, kind: Literal["place", "demonym"] = "place") -> PlaceMention:
    start = TEXT.find(text)
    return PlaceMention(doc_id="d", start=start, end=start + len(text), text=text, kind=kind)


def fill(server: Server, *known: str) -> tuple[tuple[ResolvedPlace, ...], tuple[Problem, ...]]:
    atlas = Atlas(Gazetteer.open())
    resolved = [
        ResolvedPlace(mention=mention(name), place=atlas.gazetteer.find(name)[0], confidence=0.9, reason="known")
        for name in known
    ]
    unknown = ResolvedPlace(mention=mention("Tell Nowhere"), place=None, confidence=0.0, reason="unknown")
    help_ = OnlineHelp(connect(server), atlas, threshold=0.2)
    filled, problems = help_(Document(id="d", text=TEXT, name="a.txt"), [*resolved, unknown, unknown])
    assert filled[: len(known)] == tuple(resolved)
    return filled[len(known) :], problems


def test_it_fills_what_the_gazetteer_lacks(server: Server) -> None:
    (first, second), problems = fill(server, "Baquba", "Iraq")
    assert first == second
    assert first.place
    assert (first.place.id, first.place.country_code, first.place.admin1) == ("osm:node/77", "IQ", "Diyala")
    assert first.confidence == 0.5
    assert "nominatim" in first.reason
    assert problems == ()
    assert {tuple(question["countrycodes"]) for question, _ in server.asked} == {("iq",)}


def test_several_answers_share_the_belief(server: Server) -> None:
    server.body = json.dumps([HAMLET, HAMLET | {"osm_id": 78, "lat": "34.9"}, HAMLET | {"osm_id": 79, "lat": "48.9"}])
    (result, _), _ = fill(server, "Iraq")
    assert result.confidence == 0.25  # the third lies in no country of the document
    assert [candidate.place.id for candidate in result.alternatives] == ["osm:node/78"]
    server.body = json.dumps([HAMLET | {"osm_id": i} for i in range(4)])
    (result, _), _ = fill(server, "Iraq")
    assert (result.place, len(result.alternatives)) == (None, 4)


def test_without_a_country_nobody_is_asked(server: Server) -> None:
    (result, _), _ = fill(server)
    assert (result.place, server.asked) == (None, [])


def test_what_fails_is_a_problem_told_once_and_the_gazetteers_result_stands(server: Server) -> None:
    server.status = 500
    (first, second), problems = fill(server, "Iraq")
    assert (first.place, first.reason, second) == (None, "unknown", first)
    assert [(problem.source, problem.stage) for problem in problems] == [("a.txt", "geocoder")]


def test_a_run_asks_if_told_to(server: Server, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT.replace("Tell Nowhere", "Tell Nowherabad"), encoding="utf-8")
    server.body = json.dumps([HAMLET | {"name": "Tell Nowherabad"}])
    settings = Settings(places=PlaceSettings(geocoder=server.spec, geocoder_cache=tmp_path / "cache.sqlite"))
    (reading,) = read([article], settings=settings, jobs=2)
    assert isinstance(reading, Reading)
    places = {result.mention.text: result.place and result.place.id for result in reading.places.resolved}
    assert places["Tell Nowherabad"] == "osm:node/77"
    assert "osm:node/77" in {location.place.id for location in reading.places.locations}
    assert (tmp_path / "cache.sqlite").is_file()


def test_nobody_is_asked_by_default() -> None:
    assert PlaceSettings().geocoder is None
    assert PlaceFinder.from_settings(PlaceSettings()).help is None


def test_a_damaged_cache_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(GeocoderError, match="delete it"):
        connect(server, tmp_path / "cache.sqlite").find("Tell Nowhere")


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("nobody", "it has"),
        ("geonames", "username"),
        ("nominatim:domain", "option=value"),
        ("nominatim:planet=mars", "planet"),
        ("", "it has"),
    ],
)
def test_settings_that_make_no_sense(spec: str, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason):
        OnlineGeocoder.from_spec(spec)


@pytest.mark.parametrize("places", [PlaceSettings(geocoder="nobody"), PlaceSettings(recogniser="nobody")])
def test_settings_that_cannot_be_met_end_the_run(tmp_path: Path, places: PlaceSettings) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(SettingsError):
        list(read([tmp_path], settings=Settings(places=places)))
