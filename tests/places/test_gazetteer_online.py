"""Online geocoders, against a local server that speaks as Nominatim does; never the net."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from geoevents.errors import GeocoderError, SettingsError
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.online import GIVE_UP_AFTER, OnlineGeocoder, WithOnline

HAMLET = {
    "place_id": 1, "osm_type": "node", "osm_id": 77, "lat": "33.9", "lon": "44.7", "class": "place", "type": "hamlet",
    "addresstype": "hamlet", "name": "Tell Nowhere", "display_name": "Tell Nowhere, Diyala, Iraq", "importance": 0.2,
}  # fmt: skip


class Server(ThreadingHTTPServer):
    """Answers with what the test set; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.body = 200, json.dumps([HAMLET])
        self.asked: list[tuple[dict[str, list[str]], str]] = []
        self.release = threading.Event()
        self.silent = False

    @property
    def spec(self) -> str:
        return f"nominatim:domain=127.0.0.1:{self.server_port},scheme=http"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((parse_qs(urlparse(self.path).query), self.headers["User-Agent"]))
        if self.server.silent:
            self.server.release.wait(10)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            running.release.set()
            running.shutdown()
            thread.join()


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


def test_nobody_there() -> None:
    online = OnlineGeocoder.from_spec(
        "nominatim:domain=127.0.0.1:9,scheme=http", timeout=0.5, min_delay_seconds=0.0, error_wait_seconds=0.0
    )
    with pytest.raises(GeocoderError):
        online.find("Tell Nowhere")


def test_it_fills_what_the_gazetteer_lacks(server: Server) -> None:
    both = WithOnline(Gazetteer.open(), connect(server))
    assert both.find("Baquba")[0].id == "gn:97990"
    assert server.asked == []
    assert both.find("Tell Nowhere")[0].id == "osm:node/77"
    server.status = 500
    assert both.find("Tell Elsewhere") == ()
    assert [(problem.source, problem.stage) for problem in both.problems] == [("Tell Elsewhere", "geocoder")]
    assert both.id.endswith("+nominatim")


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
