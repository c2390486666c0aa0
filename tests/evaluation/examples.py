"""The map of the examples against what its README promises; ``python -m tests.evaluation.examples`` lists misses."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from geoevents.jsonl import event_row
from geoevents.pipeline import Result, run
from tests.gold.scoring import Score, assign, compare, read

ROOT: Final = Path(__file__).resolve().parents[2]
ARTICLES: Final = ROOT / "examples" / "articles"
GOLD: Final = ROOT / "tests" / "gold" / "examples.jsonl"

Row = Mapping[str, Any]


def score_examples(result: Result) -> Score:
    """Fields of the gold events that came out right; an event too many is a field wrong."""
    names = {doc_id: Path(source.name).name for doc_id, source in result.sources.items()}
    rows = [event_row(event) for event in result.events]
    left = set(range(len(rows)))
    score = Score()
    for wanted in _by_articles(read(GOLD)):
        docs = set(wanted[0]["docs"])
        near = [i for i in sorted(left) if docs & {n for d in rows[i]["doc_ids"] for n in (d, names[d])}]
        for want, index in zip(wanted, assign(wanted, [rows[i] for i in near]), strict=True):
            told = {"id": want["id"], "rule": "examples"}
            row = rows[near[index]] if index is not None else None
            if index is not None:
                left.discard(near[index])
            for name, ok, expected, got in compare(want, row):
                score.add(told, name, ok, expected, got)
    for i in sorted(left):
        extra = {"id": ", ".join(names[d] for d in rows[i]["doc_ids"]), "rule": "examples"}
        score.add(extra, "extra", False, None, rows[i]["quotes"][0]["text"][:80])
    return score


def _by_articles(events: Iterable[Row]) -> list[list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for event in events:
        groups.setdefault(tuple(event["docs"]), []).append(event)
    return list(groups.values())


def main() -> None:
    """Print the share of fields right, and what is wrong."""
    score = score_examples(run([ARTICLES]))
    for miss in score.misses:
        print(f"{miss.doc_id}: {miss.field}: {miss.predicted!r}, not {miss.gold!r}")
    print(f"{score.share:.3f} of {sum(score.total.values())} fields")


if __name__ == "__main__":
    main()
