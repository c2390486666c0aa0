"""What sources call countries and divisions, and where GeoNames puts them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import outlines
import sources
from alternates import wanted_area_name
from gathered import table
from sources import ListedPlace, Packages

from geoevents.geo import distance_km
from geoevents.places.names import core, key, transliterated


def area_names(packages: Packages, more_names: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Names of countries and first-order divisions by code, from every source, without repeats."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in table("country_names"):
        found[row["place"]] += row["names"].split("|")
    for language, code, name in sources.translations(packages):
        if wanted_area_name(language, name):
            found[code].append(name)
    for code, name in _territories():
        found[code].append(name)
    own = sources.divisions(packages, 1)
    for code, names in more_names.items():
        if _meet(names, [own.get(code, ""), *found[code]]):
            found[code] += names
    for code, name in own.items():
        found[code] += _other_compass(code, [name, *found[code]])
    own_forms = _own_forms(own)
    return {code: _not_others(code, names, own_forms) for code, names in found.items()}


def _own_forms(own: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """Codes of the divisions that have a form for their own name, by country and form."""
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name in own.items():
        for spelling in (name, *_other_compass(code, [name])):
            for form in outlines.forms(spelling):
                forms[code.partition(".")[0], form].add(code)
    return forms


def _not_others(code: str, names: Iterable[str], own_forms: Mapping[tuple[str, str], set[str]]) -> list[str]:
    """Names of an area without repeats and, for a division, without the own names of its neighbours.

    Sources that are older than a division call it by the one it was parted from.
    """
    country = code.partition(".")[0]
    kept = []
    for name in dict.fromkeys(names):
        owners = [own_forms.get((country, form), set()) for form in outlines.forms(name)] if code != country else []
        if all(not codes or code in codes for codes in owners):
            kept.append(name)
    return kept


#: "South Kordofan" and "Southern Kordofan" are one
_COMPASS = {"north": "northern", "south": "southern", "east": "eastern", "west": "western"}
_OTHER_COMPASS = _COMPASS | {long: short for short, long in _COMPASS.items()}


def _other_compass(code: str, names: Iterable[str]) -> list[str]:
    """Names with "Northern" for "North" and back, where names are translated; not of a "Northern Province"."""
    parts = [key(name).partition(" ") for name in names] if transliterated(code.partition(".")[0]) else []
    return [
        f"{_OTHER_COMPASS[first]} {rest}"
        for first, _, rest in parts
        if first in _OTHER_COMPASS and rest and core(f"x {rest}") is None
    ]


def _meet(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether a name and another are spellings of one: else an outline is older than the division ("West Darfur")."""
    return not {form for name in names for form in outlines.forms(name)}.isdisjoint(
        form for name in others for form in outlines.forms(name)
    )


def _territories() -> Iterator[tuple[str, str]]:
    from babel import Locale
    from babel.localedata import locale_identifiers

    for identifier in sorted(locale_identifiers(), key=lambda name: (name != "en", name)):
        if "_" in identifier:
            continue
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == 2 and wanted_area_name(identifier, name):
                yield code, name


@dataclass(frozen=True)
class Listed:
    """GeoNames' own points: by id, and by country and sound for what is no populated place."""

    by_id: Mapping[int, ListedPlace]
    by_form: Mapping[tuple[str, str], list[ListedPlace]]
    taken: set[int] = field(default_factory=set)

    def division(
        self, country: str, forms: Iterable[str], near: tuple[float, float], within_km: float
    ) -> ListedPlace | None:
        """Find the listed division that goes by one of these forms and lies within so many km; each but once."""
        for form in forms:
            for place in self.by_form.get((country, form), ()):
                away = distance_km(*near, place.latitude, place.longitude)
                if place.identifier not in self.taken and away <= within_km:
                    self.taken.add(place.identifier)
                    return place
        return None


def listed_points(packages: Packages, populated: Collection[int]) -> Listed:
    """Read the list of points; `populated` are ids of populated places, which are no divisions."""
    by_id = {place.identifier: place for place in sources.listed_places(packages)}
    by_form: defaultdict[tuple[str, str], list[ListedPlace]] = defaultdict(list)
    for place in by_id.values():
        if place.identifier not in populated:
            for form in outlines.forms(place.name):
                by_form[place.country_code, form].append(place)
    return Listed(by_id, by_form)
