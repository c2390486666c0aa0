"""Whether the place of each attack is right: ``python tests/evaluation/attack_places.py GOLD.jsonl PRED.jsonl``.

For gold that names a country and a city (RDWTI) and no coordinates. The incident of a document is the one with most
killed, then injured, as in the scorer. A country is right where its code is one of those its gold name may stand for;
a city where the names are equal, or where the point lies within 25 km of a place of that name in that country.
``--misses`` lists what is wrong.
"""

import argparse
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from geoevents.countries import iso2
from geoevents.geo import distance_km
from geoevents.jsonl import read_jsonl
from geoevents.places.gazetteer import Gazetteer
from training.corpora import codes_of

Record = Mapping[str, Any]

WITHIN_KM: Final = 25.0


def principal(incidents: Iterable[Record]) -> Record | None:
    """The incident with most killed, then injured; the first of equals."""

    def size(incident: Record) -> tuple[int, int]:
        return tuple((incident[harm] or {}).get("low", 0) for harm in ("killed", "injured"))  # type: ignore[return-value]

    return max(incidents, key=size, default=None)


def plain(name: str) -> str:
    """A name without accents, case and punctuation."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def is_city(incident: Record, city: str, codes: Iterable[str], gazetteer: Gazetteer) -> bool:
    """Whether an incident lies in a city."""
    if incident["latitude"] is None:
        return False
    if plain(city) in (plain(incident["place_name"]), plain(incident["where"]["text"])):
        return True
    return any(
        match.place.country_code in codes
        and distance_km(incident["latitude"], incident["longitude"], match.place.latitude, match.place.longitude)
        <= WITHIN_KM
        for match in gazetteer.match(city)
    )


def measure(gold: Iterable[Record], found: Iterable[Record]) -> tuple[dict[str, float], list[str]]:
    """Shares of countries and cities that are right; and what is wrong, in words."""
    gazetteer = Gazetteer.open()
    by_document: dict[str, list[Record]] = {}
    for incident in found:
        by_document.setdefault(incident["doc_id"], []).append(incident)
    right, total, wrong = Counter[str](), Counter[str](), []
    for record in gold:
        codes = codes_of(record["country"])
        incident = principal(by_document.get(record["id"], ()))
        code = iso2(incident["iso3"] or "") if incident else None
        facts = {"country": code is not None and code in codes}
        if record["city"]:
            facts["city"] = incident is not None and is_city(incident, record["city"], codes, gazetteer)
        for name, is_right in facts.items():
            total[name] += 1
            right[name] += is_right
            if not is_right:
                told = incident["where"] and incident["where"]["text"] if incident else "no incident"
                asked = f"{record['id']} {name}: {record['city']}, {record['country']}"
                wrong.append(f"{asked}; found {told}, {code}\n    {record['text']}")
    return {name: round(right[name] / total[name], 4) for name in total}, wrong


def main() -> None:
    """Measure one file of incidents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    found = list(read_jsonl(options.found))
    known = {incident["doc_id"] for incident in found}
    gold = list(read_jsonl(options.gold))
    shares, wrong = measure(gold, found)
    print(len(gold), "documents,", len(known), "with incidents:", shares)
    if options.misses:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
