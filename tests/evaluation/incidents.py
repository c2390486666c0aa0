"""Figures of reading incidents, by halves: ``python -m tests.evaluation.incidents [CORPUS…] [--shared ../shared]``.

Each document goes through the finder of places and the reader of incidents, with the profile of counts that the
corpus's coders followed; what comes out goes through the scorer beside the corpora, and for countries, cities and the
templates of MUC-4 through :mod:`tests.evaluation.attack_places` and :mod:`tests.evaluation.muc4`. Documents fall into
two halves by a hash of their id: rules are made on failures of the first. ``--raise-floors`` writes what rose.
"""

import argparse
import importlib.util
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from geoevents.articles import read_articles
from geoevents.incidents import IncidentReader
from geoevents.jsonl import incident_row, read_jsonl
from geoevents.model import Document
from geoevents.places import PlaceFinder
from geoevents.settings import ArticleSettings, CountProfile, IncidentSettings, PlaceSettings
from tests.evaluation import attack_places, muc4
from training.corpora import half

ROOT: Final = Path(__file__).resolve().parents[2]
FLOORS: Final = Path(__file__).with_name("incident_floors.json")
MARGIN: Final = 0.005  # a floor stands this much below what was measured

Json = dict[str, Any]
Figures = dict[str, float]


@dataclass(frozen=True)
class Corpus:
    """How a corpus is read and scored.

    Attributes
    ----------
    counts
        The profile its coders' numbers for vague words come nearest to.
    score
        From the scorer's module, gold and predicted rows to figures.
    """

    counts: CountProfile
    score: Callable[[ModuleType, Sequence[Json], Sequence[Json]], Figures]
    background: bool = False


def _common(scorer: ModuleType, gold: Sequence[Json], rows: Sequence[Json]) -> Figures:
    scored = scorer.score_incidents(gold, rows)
    names = ("low_exact", "range_exact", "range_exact_where_any", "overlap")
    figures = {f"{harm}.{name}": scored[harm][name] for harm in ("killed", "injured") for name in names}
    return {**figures, "incidents_per_doc": scored["incidents_per_doc"]}


def _rdwti(scorer: ModuleType, gold: Sequence[Json], rows: Sequence[Json]) -> Figures:
    return {**_common(scorer, gold, rows), **attack_places.measure(gold, rows)[0]}


def _airwars(scorer: ModuleType, gold: Sequence[Json], rows: Sequence[Json]) -> Figures:
    within = scorer.score_incidents(gold, rows)["place"]["within_25km"]
    return {**_common(scorer, gold, rows), "within_25km": within}


def _muc4(_: ModuleType, gold: Sequence[Json], rows: Sequence[Json]) -> Figures:
    return muc4.measure(gold, rows)[0]


CORPORA: Final[Mapping[str, Corpus]] = {
    "rdwti": Corpus("gtd", _rdwti),
    "airwars": Corpus("airwars", _airwars),
    "muc4_dev": Corpus("ranges", _muc4, background=True),
}
#: figures that are to fall, or that count cases: no floors
NO_FLOORS: Final = frozenset({"incidents_per_doc", "cases"})


def measure(name: str, shared: Path, folder: Path) -> dict[str, Figures]:
    """Figures of a corpus: ``all``, and each half."""
    corpus = CORPORA[name]
    file = shared / "corpora" / "incidents" / f"{name}.jsonl"
    scorer = _module(shared / "score" / "score.py")
    gold = list(read_jsonl(file))
    articles = folder / f"{name}.jsonl"
    scorer.write_docs(gold, articles)
    find = PlaceFinder.from_settings(PlaceSettings())
    reader = IncidentReader.from_settings(IncidentSettings(counts=corpus.counts, background=corpus.background))
    rows: list[Json] = []
    for document in read_articles([articles], ArticleSettings()):
        if isinstance(document, Document):
            rows.extend(incident_row(incident) for incident in reader(document, find(document)))
    parts = {"all": (0, 1), "first half": (0,), "second half": (1,)}
    return {
        part: corpus.score(
            scorer, [g for g in gold if half(g["id"]) in wanted], [r for r in rows if half(r["doc_id"]) in wanted]
        )
        for part, wanted in parts.items()
    }


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def raised(floors: Mapping[str, Figures], figures: Mapping[str, Figures]) -> dict[str, Figures]:
    """Floors after these measurements: none is lower than it was."""
    return {
        name: {
            figure: max(floors.get(name, {}).get(figure, 0.0), round(value - MARGIN, 3))
            for figure, value in figures[name].items()
            if figure not in NO_FLOORS
        }
        if name in figures
        else floors[name]
        for name in {**floors, **figures}
    }


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", choices=[[], *CORPORA], default=[])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    measured: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in options.corpora or CORPORA:
            parts = measure(name, options.shared.resolve(), Path(folder))
            measured[name] = parts["all"]
            for part, figures in parts.items():
                print(json.dumps({name: part, **figures}), flush=True)
    if options.raise_floors:
        floors = raised(json.loads(FLOORS.read_text(encoding="utf-8")), measured)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
