"""Figures of the program on gold corpora: ``python -m tests.evaluation.measure [CORPUS…] [--shared ../shared]``.

Each corpus goes through ``geoevents extract`` with default settings, the gold answers left out, and what comes out
through the scorer that lies beside the corpora. Prints one line of JSON a corpus; ``--keep FOLDER`` keeps the
predictions to look at; ``--raise-floors`` writes figures that rose (less :data:`MARGIN`) into ``floors.json``.
The corpora of incidents have floors of their own, with the profile their coders followed: see
:mod:`tests.evaluation.incidents`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
FLOORS: Final = Path(__file__).with_name("floors.json")
#: a floor stands this much below what was measured, so that a change elsewhere of a case or two does not stop the work
MARGIN: Final = 0.01

#: corpus → (file, level, options of the scorer)
CORPORA: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "lgl": ("geoparsing/lgl.jsonl", "places", ("--with-demonyms",)),
    "trnews": ("geoparsing/trnews.jsonl", "places", ("--with-demonyms",)),
    "rdwti": ("incidents/rdwti.jsonl", "incidents", ()),
    "airwars": ("incidents/airwars.jsonl", "incidents", ()),
    "gva": ("merging/gva.jsonl", "events", ()),
}

Figures = dict[str, Any]


def measure(corpus: str, shared: Path, folder: Path) -> Figures:
    """Run one corpus and score it; `folder` takes the articles and the predictions."""
    file, level, options = CORPORA[corpus]
    gold = shared / "corpora" / file
    articles, found = folder / f"{corpus}.articles.jsonl", folder / f"{corpus}.{level}.jsonl"
    scorer = str(shared / "score" / "score.py")
    _python(scorer, "docs", str(gold), str(articles))
    _python("-m", "geoevents", "extract", str(articles), "--level", level, "-o", str(found), "-q", "-j", "0")
    figures: Figures = json.loads(_python(scorer, level, str(gold), str(found), *options))
    return figures


def at(figures: Figures, path: str) -> float | None:
    """Figure at a dotted path: ``killed.range_exact``."""
    value: Any = figures
    for key in path.split("."):
        value = value[key]
    return None if value is None else float(value)


def raised(floors: Mapping[str, Mapping[str, float]], figures: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """Floors after these measurements: none is lower than it was."""
    return {
        corpus: {
            path: max(floor, round((at(figures[corpus], path) or 0) - MARGIN, 3)) if corpus in figures else floor
            for path, floor in paths.items()
        }
        for corpus, paths in floors.items()
    }


def _python(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode or "geoevents failed on it" in done.stderr:
        raise RuntimeError(f"{' '.join(arguments)}:\n{done.stderr}")
    return done.stdout


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", choices=[[], *CORPORA], default=[])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    figures: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for corpus in options.corpora or CORPORA:
            figures[corpus] = measure(corpus, options.shared.resolve(), folder.resolve())
            print(json.dumps({corpus: figures[corpus]}), flush=True)
    if options.raise_floors:
        floors = raised(json.loads(FLOORS.read_text(encoding="utf-8")), figures)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
