"""Makes ``area_names.json``: what countries and first-order divisions are called in other languages."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sources
from sources import Packages

from geoevents.places.names import core, key
from geoevents.places.translations import FORMAT

#: languages of the countries that conflict reporting is about, and of its readers
LANGUAGES = ("ar", "de", "el", "es", "fa", "fr", "he", "hi", "hu", "hy", "id", "it", "ja", "ka", "ko", "nl", "pl", "pt",
             "ro", "ru", "sr", "sv", "sw", "tr", "uk", "ur", "vi", "zh")  # fmt: skip


def write_area_names(path: Path, packages: Packages, cities: Sequence[Mapping[str, Any]]) -> None:
    """Write ``{"format": …, "names": {"ar": {"IQ": "العراق", "IQ.10": "ديالى", …}, …}}``."""
    own, bearers = sources.divisions(packages, 1), _bearers(cities)
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for language, code, name in sources.translations(packages):
        if language in LANGUAGES and ("." not in code or _means(code, name, own.get(code, ""), bearers)):
            names[language][code] = name
    document = {"format": FORMAT, "names": {language: dict(sorted(names[language].items())) for language in LANGUAGES}}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _bearers(cities: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], set[int]]:
    """Ids of the cities of a country that bear a name."""
    found: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            found[city["countrycode"], key(name)].add(city["geonameid"])
    return found


def _means(code: str, name: str, own: str, bearers: Mapping[tuple[str, str], set[int]]) -> bool:
    """Whether a translation is of the division's name: Nineveh's in Arabic is "Mosul", of when it was called that."""
    country, own_key = code.partition(".")[0], key(own)
    towns = bearers.get((country, key(name)), set())
    bare = core(own_key)
    own_towns = bearers.get((country, own_key), set()) | bearers.get((country, bare[0] if bare else own_key), set())
    return bool(own) and (not towns or bool(towns & own_towns))
