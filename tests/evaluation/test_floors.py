"""Accuracy may only rise: what the gold corpora measured stands in ``floors.json``."""

import json
from pathlib import Path

import pytest

from geoevents.pipeline import run
from tests.evaluation.examples import ARTICLES, score_examples
from tests.evaluation.measure import CORPORA, FLOORS, at, measure, raised

STANDING = json.loads(FLOORS.read_text(encoding="utf-8"))


def test_floors_name_corpora_that_are_measured() -> None:
    assert set(STANDING) <= {*CORPORA, "examples"}
    assert all(0 < floor <= 1 for paths in STANDING.values() for floor in paths.values())


def test_raising_never_lowers_a_floor() -> None:
    floors = {"a": {"x.y": 0.5, "z": 0.5}, "b": {"z": 0.1}}
    assert raised(floors, {"a": {"x": {"y": 0.75}, "z": 0.2}}) == {"a": {"x.y": 0.74, "z": 0.5}, "b": {"z": 0.1}}


@pytest.mark.shared
@pytest.mark.parametrize("corpus", [corpus for corpus in STANDING if corpus in CORPORA])
def test_corpus_is_read_at_least_as_well_as_before(corpus: str, shared: Path, tmp_path: Path) -> None:
    figures = measure(corpus, shared, tmp_path)
    below = {
        path: (at(figures, path), floor)
        for path, floor in STANDING[corpus].items()
        if (at(figures, path) or 0.0) < floor
    }
    assert not below


def test_examples_are_read_at_least_as_well_as_before() -> None:
    assert score_examples(run([ARTICLES])).share >= STANDING["examples"]["fields"]
