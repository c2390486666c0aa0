"""MUC-4: templates whose numbered dead or injured are found: ``python -m tests.evaluation.muc4 GOLD.jsonl PRED.jsonl``.

A case is a template of something that happened, and one effect on people in it (``DEATH`` or ``INJURY``), where the
template numbers all whom it befell; they add up. It is found where an incident of the document, of a kind that the
template's may be, states that number as low, best or high of its killed or injured. MUC-4 fills templates for history
told in passing too: extract with ``--background``. ``--misses`` lists what is not found.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, Final

from geoevents.jsonl import read_jsonl

Record = Mapping[str, Any]

HARMS: Final[Mapping[str, str]] = {"DEATH": "killed", "INJURY": "injured"}
#: MUC-4's kinds → ACLED's event types and sub-event types that they may be
KINDS: Final[Mapping[str, frozenset[str]]] = {
    "ATTACK": frozenset(
        {"Battles", "Explosions/Remote violence", "Attack", "Mob violence", "Violent demonstration", "Sexual violence"}
        | {"Excessive force against protesters"}
    ),
    "BOMBING": frozenset({"Explosions/Remote violence"}),
    "KIDNAPPING": frozenset({"Abduction/forced disappearance", "Attack"}),
    "ARSON": frozenset({"Looting/property destruction", "Attack", "Explosions/Remote violence", "Riots"}),
    "FORCED WORK STOPPAGE": frozenset({"Protests", "Riots", "Attack"}),
    "ROBBERY": frozenset({"Looting/property destruction", "Attack"}),
}
#: an entry is "filler: "STRING" / "ANOTHER STRING""; only the strings tell which entries speak of the same people
_STRINGS: Final = re.compile(r'"([^"]*)"')


def numbers_of(filler: str) -> frozenset[int]:
    """Numbers a filler allows: ``6``, ``10-``, ``-26``, ``~6``, ``6-8``, alternatives divided by a slash."""
    return frozenset(int(digits) for digits in re.findall(r"\d+", filler))


def effects(template: Record) -> Iterator[tuple[str, frozenset[int]]]:
    """Harms of a template, each with the numbers that are right."""
    numbered = {key: filler for entry in template["hum_number"] for filler, key in [_entry(entry)]}
    for effect, harm in HARMS.items():
        hurt = [key for entry in template["hum_effect"] for filler, key in [_entry(entry)] if filler == effect]
        choices = [numbers_of(numbered.get(key, "")) for key in hurt]
        if hurt and all(choices):
            yield harm, frozenset(sum(choice) for choice in product(*choices))


def _entry(entry: str) -> tuple[str, frozenset[str]]:
    return entry.split(":")[0].strip(), frozenset(_STRINGS.findall(entry))


def cases(gold: Iterable[Record]) -> Iterator[tuple[str, str, str, frozenset[int]]]:
    """Document, kind, harm and right numbers of every case."""
    for document in gold:
        for template in document["templates"]:
            if template["stage"] == ["ACCOMPLISHED"]:
                for harm, numbers in effects(template):
                    yield document["id"], template["type"][0], harm, numbers


def is_found(incidents: Iterable[Record], kind: str, harm: str, numbers: frozenset[int]) -> bool:
    """Whether one of a document's incidents states the number."""
    return any(
        incident[harm] is not None
        and not KINDS[kind].isdisjoint((incident["event_type"], incident["sub_event_type"]))
        and not numbers.isdisjoint(incident[harm][end] for end in ("low", "best", "high"))
        for incident in incidents
    )


def measure(gold: Iterable[Record], found: Iterable[Record]) -> tuple[dict[str, float], list[str]]:
    """Shares found, overall and by harm; and what is not found, in words."""
    by_document: dict[str, list[Record]] = {}
    for incident in found:
        by_document.setdefault(incident["doc_id"], []).append(incident)
    right, total, missed = Counter[str](), Counter[str](), []
    for document, kind, harm, numbers in cases(gold):
        here = by_document.get(document, [])
        ok = is_found(here, kind, harm, numbers)
        for name in ("all", harm):
            total[name] += 1
            right[name] += ok
        if not ok:
            told = [(i["sub_event_type"], i[harm] and i[harm]["text"]) for i in here]
            missed.append(f"{document} {kind} {harm} {sorted(numbers)}; found {told}")
    return {"cases": total["all"], **{name: round(right[name] / total[name], 4) for name in total}}, missed


def main() -> None:
    """Measure one file of incidents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("found", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    shares, missed = measure(list(read_jsonl(options.gold)), read_jsonl(options.found))
    print(shares)
    if options.misses:
        print("\n".join(missed))


if __name__ == "__main__":
    main()
