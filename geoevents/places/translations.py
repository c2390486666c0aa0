"""What countries and first-order divisions are called in other languages (``area_names.json``)."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from geoevents.errors import GazetteerError
from geoevents.files import bundled

AREA_NAMES: Final = "area_names.json"
FORMAT: Final = "geoevents-area-names-1"
#: what the gazetteer's own names are, as far as English has one
OWN_LANGUAGE: Final = "en"


def area_names(languages: Iterable[str]) -> Mapping[str, str]:
    """Names by code (``IQ``, ``IQ.15``) in the first of these languages that is known; empty for English or none."""
    known = _names()
    first = next((language for language in languages if language in known or language == OWN_LANGUAGE), OWN_LANGUAGE)
    return known.get(first, {})


def preferred(language: str) -> list[str]:
    """Languages of a list as HTTP's ``Accept-Language`` has it ("de-CH, de;q=0.9, en;q=0.5"), the preferred first."""
    weighed = []
    for part in language.split(","):
        tag, _, parameter = part.strip().partition(";")
        weight = parameter.strip().removeprefix("q=")
        weighed.append((-float(weight) if _is_weight(weight) else -1.0, tag.strip().lower().partition("-")[0]))
    return [tag for _, tag in sorted(weighed, key=lambda one: one[0]) if tag]


def _is_weight(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[str, str]]:
    path = bundled(AREA_NAMES)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"cannot read names of areas {path}: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise GazetteerError(f"{path} holds no names of areas of format {FORMAT}; install geoevents again")
    names: Mapping[str, Mapping[str, str]] = document["names"]
    return names
