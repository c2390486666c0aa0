"""How well triggers agree with what the corpora say was done: ``python tests/benchmarks/kinds.py ../shared/corpora``.

airwars: the sub-event type of the document against `type`; rdwti: the weapon's class against `weapon`; muc4_dev:
whether each accomplished template's `type` is told by some sentence.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from geoevents.incidents.actors import find_actors, find_attributions, sides
from geoevents.incidents.dates import find_dates
from geoevents.incidents.deciding import decide_kind, joinable
from geoevents.incidents.kinds import Trigger, families, find_triggers
from geoevents.incidents.reality import judge
from geoevents.text.sentences import split_sentences
from geoevents.text.words import read_words

#: what an ACLED kind or a family is in the corpus's own terms
AIRWARS: Mapping[str, frozenset[str]] = {
    "Airstrike": frozenset({"Air/drone strike"}),
    "Drone Strike": frozenset({"Air/drone strike"}),
    "Artillery": frozenset({"Shelling/artillery/missile attack"}),
    "Airstrike and/or Artillery": frozenset({"Air/drone strike", "Shelling/artillery/missile attack"}),
    "Ground operation": frozenset({"Attack", "Armed clash"}),
    "Counter-Terrorism Action (Ground)": frozenset({"Attack", "Armed clash"}),
}
RDWTI: Mapping[str, frozenset[str]] = {
    "Explosives": frozenset("bombing blast suicide shelling grenade disrupted air".split()),
    "Remote-detonated explosive": frozenset("bombing blast suicide disrupted".split()),
    "Firearms": frozenset("shooting clash execution".split()),
    "Fire or Firebomb": frozenset("arson".split()),
    "Knives & sharp objects": frozenset("melee execution".split()),
    "Chemical Agent": frozenset("chemical".split()),
}
MUC: Mapping[str, frozenset[str]] = {
    "BOMBING": frozenset("bombing blast suicide grenade air shelling arson".split()),
    "KIDNAPPING": frozenset("abduction".split()),
    "ATTACK": frozenset(
        "killing assault shooting clash melee execution harm death found_dead air shelling grenade abuse mob".split()
    ),
    "ARSON": frozenset("arson".split()),
}
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def told(text: str, published: date | None) -> list[Trigger]:
    """Triggers of a text that tell of something that happened."""
    words = read_words(text, split_sentences(text))
    triggers = find_triggers(words)
    verdicts = judge(words, triggers, find_dates(words, published), published)
    return [t for t, v in zip(triggers, verdicts, strict=True) if v.verdict == "happened"]


def main_event(triggers: list[Trigger]) -> list[Trigger]:
    """Triggers joined to the document's first strong one."""
    strong = [t for t in triggers if t.strength >= 0.5] or triggers
    if not strong:
        return []
    first = strong[0]
    return [t for t in triggers if joinable(first.family, t.family)]


def kind_of(text: str, triggers: list[Trigger]) -> str:
    words = read_words(text, split_sentences(text))
    actors = find_actors(words)
    event = sorted(main_event(triggers), key=lambda t: -t.strength)
    who = sides(event, actors, find_attributions(words, actors))
    return decide_kind(event, who.mention_a, who.target_mention).sub_event_type


def airwars(path: Path, wrong: list[str]) -> str:
    hits = Counter[bool]()
    for row in rows(path):
        wanted = frozenset().union(*(AIRWARS.get(part, frozenset()) for part in (row["type"] or "").split(", ")))
        if wanted:
            triggers = told(row["text"], None)
            kind = kind_of(row["text"], triggers) if triggers else "none"
            hits[kind in wanted] += 1
            if kind not in wanted:
                wrong.append(f"{row['id']} {row['type']} | {kind} | {row['text'][:160]!r}")
    return share(hits)


def rdwti(path: Path, wrong: list[str], half: Callable[[int], bool]) -> str:
    hits = Counter[bool]()
    for number, row in enumerate(rows(path)):
        wanted = RDWTI.get(row["weapon"])
        if wanted is None or not half(number):
            continue
        found = told(row["text"], date.fromisoformat(row["date"]) if row["date"] else None)
        ranked = sorted({effective(t) for t in found}, key=lambda f: -families()[f].rank)
        hit = bool(ranked) and any(f in wanted for f in ranked[:2])
        hits[hit] += 1
        if not hit:
            wrong.append(f"{row['weapon']} | {ranked} | {row['text'][:300]!r}")
    return share(hits)


def effective(trigger: Trigger) -> str:
    """Family of a trigger, as the weapon beside it refines it."""
    if trigger.sub_event_type == families()[trigger.family].sub_event_type:
        by_weapon = {"firearms": "shooting", "incendiary": "arson", "knife": "melee"}
        vague = trigger.family in ("assault", "killing", "harm", "death", "found_dead", "disrupted")
        return by_weapon.get(trigger.weapon or "", trigger.family) if vague else trigger.family
    return next(f.name for f in families().values() if f.sub_event_type == trigger.sub_event_type)


def muc4(path: Path, wrong: list[str]) -> str:
    found_templates = templates = 0
    for row in rows(path):
        stamp = re.search(r"(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\w* (\d\d)", row["text"][:150])
        published = date(1900 + int(stamp[3]), MONTHS.index(stamp[2]) + 1, int(stamp[1])) if stamp else None
        kinds = {t.family for t in told(row["text"], published)}
        for template in row["templates"]:
            wanted = MUC.get(template["type"][0])
            if wanted is None or "ACCOMPLISHED" not in template["stage"][0]:
                continue
            templates += 1
            found_templates += bool(kinds & wanted)
            if not kinds & wanted:
                wrong.append(f"{template['type']} {sorted(kinds)} | {' '.join(row['text'][:400].split())!r}")
    return f"{found_templates / templates:.3f} of {templates}"


def share(hits: Counter[bool]) -> str:
    return f"{hits[True] / hits.total():.3f} of {hits.total()}"


if __name__ == "__main__":
    corpora = Path(sys.argv[1])
    verbose = len(sys.argv) > 2
    for name, run in (
        ("airwars: sub-event type", lambda out: airwars(corpora / "incidents/airwars.jsonl", out)),
        ("rdwti: weapon, even rows", lambda out: rdwti(corpora / "incidents/rdwti.jsonl", out, lambda n: n % 2 == 0)),
        ("rdwti: weapon, odd rows", lambda out: rdwti(corpora / "incidents/rdwti.jsonl", out, lambda n: n % 2 == 1)),
        (
            "muc4_dev: accomplished templates whose type is told",
            lambda out: muc4(corpora / "incidents/muc4_dev.jsonl", out),
        ),
    ):
        mistakes: list[str] = []
        print(name, run(mistakes))
        if verbose:
            print(*mistakes[: int(sys.argv[2])], sep="\n")
