"""The readers alone on the project's gold incidents: ``python tests/benchmarks/gold.py [-v]``.

No places, no numbers, no assembly: of each text with one incident, whether its days are among the dates found, if
the triggers joined to the first strong one give its sub-event type, and if sides and target are named; of each text
without an incident, whether no trigger of at least `STRONG` is taken for real. ``-v`` prints what is wrong.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parents[1] / "gold"
sys.path.insert(0, str(GOLD))

from naming import same_name  # noqa: E402  # the gold folder is no package

from geoevents.incidents.actors import Sides, find_actors, find_attributions, sides  # noqa: E402
from geoevents.incidents.dates import DatePhrase, find_dates  # noqa: E402
from geoevents.incidents.deciding import decide_kind, joinable  # noqa: E402
from geoevents.incidents.kinds import Trigger, find_triggers  # noqa: E402
from geoevents.incidents.reality import judge  # noqa: E402
from geoevents.text.sentences import split_sentences  # noqa: E402
from geoevents.text.words import Words, read_words  # noqa: E402

STRONG = 0.5
Json = dict[str, Any]


def any_of(value: Any) -> list[Any]:
    return value["any"] if isinstance(value, dict) and "any" in value else [value]


def read(row: Json) -> tuple[Words, tuple[DatePhrase, ...], list[Trigger]]:
    published = date.fromisoformat(row["date"]) if row["date"] else None
    words = read_words(row["text"], split_sentences(row["text"]))
    dates = find_dates(words, published)
    triggers = find_triggers(words)
    verdicts = judge(words, triggers, dates, published)
    return words, dates, [t for t, v in zip(triggers, verdicts, strict=True) if v.verdict == "happened"]


def event_of(triggers: list[Trigger]) -> list[Trigger]:
    lead = triggers[0] if triggers[0].strength >= STRONG else max(triggers, key=lambda t: t.strength)
    return sorted((t for t in triggers if joinable(lead.family, t.family)), key=lambda t: -t.strength)


def named(wanted: Any, found: Iterable[str | None]) -> bool:
    names = [name for value in any_of(wanted) for name in (value if isinstance(value, list) else [value])]
    told = [name for name in found if name]
    if None in names and not told:
        return True
    return any(same_name(name, other) for name in names if name for other in told)


def marks(row: Json) -> Iterator[tuple[str, bool, object]]:
    words, dates, triggers = read(row)
    if not row["incidents"]:
        strong = [t.text for t in triggers if t.strength >= STRONG]
        yield "no incident", not strong, strong
        return
    if len(row["incidents"]) > 1:
        return
    (incident,) = row["incidents"]
    start, end = incident.get("date_start"), incident.get("date_end")
    if start is not None:
        days = [(p.when.start.isoformat(), p.when.end.isoformat()) for p in dates]
        yield "date", any(a in any_of(start) and b in any_of(end) for a, b in days), days
    yield "met at all", bool(triggers), row["text"]
    if not triggers:
        return
    event = event_of(triggers)
    focus = [code for code in any_of(incident.get("country")) if code]
    actors = find_actors(words, focus)
    who: Sides = sides(event, actors, find_attributions(words, actors), words)
    kind = decide_kind(event, who.mention_a, who.mention_b or who.target_mention).sub_event_type
    yield "sub-event type", kind in any_of(incident["sub_event_type"]), kind
    if "side_a" in incident:
        found = (who.side_a.name, who.side_a.text) if who.side_a else ()
        yield "side A", named(incident["side_a"], found), found
    if incident.get("target"):
        yield "target", named(incident["target"], [who.target]), who.target


if __name__ == "__main__":
    hits: dict[str, Counter[bool]] = {}
    for line in (GOLD / "incidents.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for field, right, told in marks(row):
            hits.setdefault(field, Counter())[right] += 1
            if not right and "-v" in sys.argv:
                print(f"{field}: {told} | {row['text'][:300]!r}")
    for field, counts in hits.items():
        print(f"{field}: {counts[True]}/{counts.total()} = {counts[True] / counts.total():.3f}")
