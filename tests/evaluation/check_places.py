"""How far the gazetteer's places lie from where coders of conflict data set them: ``check_places.py FILE.csv``.

FILE has the columns name, admin1, country, latitude, longitude. Each name is looked up in its country; where more
places bear it, the nearest counts. It agrees within 5 km or the place's own reach. ``--list`` shows what disagrees,
the nearest first: most are other villages of the same name, the rest is for a person to look at.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geoevents.geo import distance_km
from geoevents.places.gazetteer import Gazetteer, Match

AGREE_KM = 5.0
#: country as the list spells it → codes its places may have in the gazetteer; others are looked up by name
COUNTRIES = {
    "Bosnia-Herzegovina": ("BA",),
    "Cambodia (Kampuchea)": ("KH",),
    "DR Congo (Zaire)": ("CD",),
    "Israel": ("IL", "PS"),
    "Kingdom of eSwatini (Swaziland)": ("SZ",),
    "Macedonia, FYR": ("MK",),
    "Myanmar (Burma)": ("MM",),
    "Russia (Soviet Union)": ("RU",),
    "Serbia (Yugoslavia)": ("RS", "XK", "ME"),
    "Sudan": ("SD", "SS"),
    "Yemen (North Yemen)": ("YE",),
}


@dataclass(frozen=True)
class Checked:
    """A listed place, the nearest place of that name, and the distance in km; None where no place bears it."""

    row: dict[str, str]
    match: Match | None
    km: float

    @property
    def agrees(self) -> bool:
        """Whether both mean the same spot."""
        return self.match is not None and self.km <= max(AGREE_KM, self.match.place.radius_km)


def check(path: Path, gazetteer: Gazetteer) -> Iterator[Checked]:
    """Look every listed place up."""
    codes = dict(COUNTRIES)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = row["country"]
            if country not in codes:
                codes[country] = (gazetteer.match(country, limit=1)[0].place.country_code,)
            latitude, longitude = float(row["latitude"]), float(row["longitude"])
            found = [
                (distance_km(latitude, longitude, match.place.latitude, match.place.longitude), match)
                for match in gazetteer.match(row["name"], country_codes=codes[country])
            ]
            km, match = min(found, key=lambda pair: pair[0], default=(0.0, None))
            yield Checked(row, match, km)


def main() -> None:
    """Count, and list what disagrees."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--list", action="store_true", help="show what disagrees")
    options = parser.parse_args()
    checked = list(check(options.file, Gazetteer.open(options.gazetteer)))
    known = [one for one in checked if one.match]
    print(f"{len(checked)} places, {len(known)} of a name the gazetteer knows in that country")
    counts = Counter((one.match.kind, one.agrees) for one in known if one.match)
    for kind in sorted({kind for kind, _ in counts}):
        print(f"  met {kind}: {counts[kind, True]} agree, {counts[kind, False]} lie elsewhere")
    apart = sorted((one for one in known if not one.agrees), key=lambda one: one.km)
    for one in apart if options.list else ():
        assert one.match
        place = one.match.place
        where = "{name}, {admin1}, {country} ({latitude}, {longitude})".format(**one.row)
        print(
            f"{one.km:6.0f} km  {where}: {one.match.kind} {place.name}, {place.admin1} {place.id} {place.feature_code}"
        )


if __name__ == "__main__":
    main()
