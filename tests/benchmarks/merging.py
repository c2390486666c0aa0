"""``python -m tests.benchmarks.merging [SIZES…]``: time and memory of merging synthetic incidents of a known truth.

The incidents are made by rule from numbers alone: events spread over days, towns, kinds and tolls as a war's are, each
told by one to six articles that differ in toll, kind, words and now and then in date and place. Prints for each size
the seconds of making, of merging, the peak memory of the process, and how many pairs were joined rightly.
"""

import argparse
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import comb

from geoevents.events import merge
from geoevents.model import Count, Incident, Location, Place, Quote, Source, When
from geoevents.settings import EventSettings

_FIRST = date(2012, 1, 1)
_KINDS = (
    "Armed clash",
    "Attack",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Suicide bomb",
)
#: incidents a day and the number of towns grow with the collection as they would with more countries and years
_EVENTS_A_DAY = 60
_TOWNS = 4000
#: words of the news (shared by many) and of an event (its own: names, streets)
_COMMON_WORDS = 3000


def towns(chance: random.Random) -> list[Place]:
    """Towns in clusters, as countries at war have them."""
    centres = [(chance.uniform(-35, 55), chance.uniform(-100, 120)) for _ in range(40)]
    found = []
    for number in range(_TOWNS):
        latitude, longitude = centres[number % len(centres)]
        found.append(
            Place(
                id=f"t:{number}",
                name=f"Town{number}",
                latitude=latitude + chance.gauss(0, 1.5),
                longitude=longitude + chance.gauss(0, 1.5),
                feature_code="PPL",
                country_code="XX",
                radius_km=2.0,
            )
        )
    return found


def make(size: int, seed: int = 7) -> Iterator[tuple[Incident, Source, int]]:
    """Incidents with their articles and the numbers of the events they tell of."""
    chance = random.Random(seed)  # a benchmark, not a secret
    places = towns(chance)
    made = event = 0
    while made < size:
        day = _FIRST + timedelta(days=event // _EVENTS_A_DAY)
        place = places[int(_TOWNS * chance.random() ** 3)]
        facts = (day, place, chance.choice(_KINDS), int(chance.paretovariate(0.8)), chance.randrange(60))
        own = [f"w{event}x{number}" for number in range(6)]
        for _ in range(min(6, int(chance.paretovariate(1.0)), size - made)):
            yield (*_report(chance, made, facts, own), event)
            made += 1
        event += 1


def _report(
    chance: random.Random, number: int, facts: tuple[date, Place, str, int, int], own: list[str]
) -> tuple[Incident, Source]:
    day, place, kind, killed, injured = facts
    doc = f"doc-{number}"
    published = day + timedelta(days=chance.choice((0, 0, 1, 1, 1, 2, 3, 30)))
    stated = chance.random() < 0.85
    start = day if stated else published - timedelta(days=3)
    dead = max(0, killed + chance.choice((0, 0, 0, 0, -1, 1, 2)))
    words = [*chance.sample(own, 4), place.name.lower()]
    words += [f"c{int(chance.paretovariate(0.7)) % _COMMON_WORDS}" for _ in range(15)]
    incident = Incident(
        id=f"inc-{number:08x}",
        doc_id=doc,
        sub_event_type=kind if chance.random() < 0.9 else "Attack",
        when=When(
            start=start,
            end=day if stated else published,
            prec=1 if stated else 2,
            text="Friday" if stated else "",
            text_end=6 if stated else 0,
        ),
        where=_at(doc, place) if chance.random() < 0.9 else None,
        killed=_count(dead) if chance.random() < 0.8 else None,
        injured=_count(injured) if chance.random() < 0.5 else None,
        quotes=(Quote(doc_id=doc, start=0, end=4, text="bomb"),),
        keywords=tuple(dict.fromkeys(words)),
    )
    return incident, Source(doc_id=doc, published=published)


def _at(doc: str, place: Place) -> Location:
    return Location(
        doc_id=doc,
        start=0,
        end=len(place.name),
        text=place.name,
        mention_start=0,
        mention_end=len(place.name),
        relation="at",
        latitude=place.latitude,
        longitude=place.longitude,
        radius_km=place.radius_km,
        where_prec=1,
        place=place,
        confidence=0.95,
    )


def _count(people: int) -> Count:
    return Count(low=people, best=people, high=people, qualifier="exact", text="", start=0, end=0)


def score(truth: dict[str, int], events: list[tuple[str, ...]]) -> tuple[float, float]:
    """Share of joined pairs that are one event, and of the pairs of one event that are joined."""
    joined = sum(comb(len(event), 2) for event in events)
    right = sum(comb(n, 2) for event in events for n in Counter(truth[key] for key in event).values())
    wanted = sum(comb(n, 2) for n in Counter(truth.values()).values())
    return right / max(1, joined), right / max(1, wanted)


def main() -> None:
    """Measure each size in turn; memory is the peak so far, so sizes should rise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 30_000, 100_000])
    for size in parser.parse_args().sizes:
        began = time.process_time()
        made = list(make(size))
        incidents, sources = [one for one, _, _ in made], {source.doc_id: source for _, source, _ in made}
        truth = {one.id: event for one, _, event in made}
        del made
        between, wall = time.process_time(), time.perf_counter()
        merged = merge(incidents, sources, EventSettings())
        spent, waited = time.process_time() - between, time.perf_counter() - wall
        precision, recall = score(truth, [event.incident_ids for event in merged.events])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size:>9} incidents: made in {between - began:.0f} s, merged in {spent:.1f} s of processor "
            f"({waited:.1f} s by the clock), {spent / size * 1e6:.0f} µs each, peak {peak:.2f} GB; "
            f"{len(merged.events)} events, {len(merged.close_calls)} close calls, "
            f"pairs right {precision:.3f}, found {recall:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
