"""Reading incidents may only get better: what the corpora measured stands in ``incident_floors.json``."""

import json
from pathlib import Path

import pytest

from tests.evaluation.incidents import CORPORA, FLOORS, NO_FLOORS, measure, raised
from tests.evaluation.muc4 import cases, is_found, numbers_of
from training.corpora import half

STANDING = json.loads(FLOORS.read_text(encoding="utf-8"))


def test_every_corpus_has_floors() -> None:
    assert set(STANDING) == set(CORPORA)
    assert all(0 < floor <= 1 for figures in STANDING.values() for floor in figures.values())
    assert not any(NO_FLOORS & set(figures) for figures in STANDING.values())


def test_floors_only_rise() -> None:
    assert raised({"a": {"x": 0.5, "y": 0.5}}, {"a": {"x": 0.7, "y": 0.2, "cases": 9}}) == {"a": {"x": 0.695, "y": 0.5}}


def test_halves_do_not_depend_on_the_run() -> None:
    assert [half(f"doc-{n}") for n in range(6)] == [half(f"doc-{n}") for n in range(6)]
    assert {half(f"doc-{n}") for n in range(20)} == {0, 1}


def test_templates_are_read_as_muc4_wrote_them() -> None:
    template = {
        "type": ["BOMBING"],
        "stage": ["ACCOMPLISHED"],
        "hum_number": ['2: "GUARDS"', '1: "CLERK" / "MAN"', 'PLURAL: "PASSERSBY"'],
        "hum_effect": ['DEATH: "CLERK" / "MAN"', 'DEATH: "GUARDS"', 'INJURY: "PASSERSBY"'],
    }
    gold = [{"id": "d", "templates": [template, {**template, "stage": ["THREATENED"]}]}]
    assert list(cases(gold)) == [("d", "BOMBING", "killed", frozenset({3}))]
    assert numbers_of("-80 / 47-") == {80, 47}
    count = {"low": 3, "best": 3, "high": None}
    told = {"event_type": "Explosions/Remote violence", "sub_event_type": "Grenade", "killed": count}
    assert is_found([told], "BOMBING", "killed", frozenset({3}))
    assert not is_found([told], "KIDNAPPING", "killed", frozenset({3}))


@pytest.mark.shared
@pytest.mark.parametrize("corpus", CORPORA)
def test_corpus_is_read_at_least_as_well_as_before(corpus: str, shared: Path, tmp_path: Path) -> None:
    figures = measure(corpus, shared, tmp_path)["all"]
    assert not {name: (figures[name], floor) for name, floor in STANDING[corpus].items() if figures[name] < floor}
