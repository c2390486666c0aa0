"""A local server that speaks as Nominatim does."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

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


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server until the end of the block."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield running
        finally:
            running.release.set()
            running.shutdown()
            thread.join()
