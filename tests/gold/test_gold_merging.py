"""Our own merging set: every pair of incidents is rightly joined or kept apart."""

from pathlib import Path

import pytest

from geoevents.jsonl import event_row, incident_row
from geoevents.pipeline import run
from tests.gold.reading import write
from tests.gold.scoring import read
from tests.gold.scoring_merging import MergeScore, score_merging

GOLD = Path(__file__).with_name("merging.jsonl")
#: may only fall: killed ranges that gold does not allow, and events that nobody is found to tell of
MOST_RANGES_WRONG, MOST_MISSING = 2, 1


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> MergeScore:
    gold = list(read(GOLD))
    articles = tmp_path_factory.mktemp("merging") / "articles.jsonl"
    write(gold, articles)
    result = run([articles])
    return score_merging(
        gold, [incident_row(incident) for incident in result.incidents], [event_row(event) for event in result.events]
    )


def test_every_pair_is_right(score: MergeScore) -> None:
    assert score.joined_right > 50
    assert (score.wrongly_joined, score.wrongly_parted) == ([], [])


def test_ranges_and_events(score: MergeScore) -> None:
    assert len(score.ranges_wrong) <= MOST_RANGES_WRONG
    assert len(score.events_missing) <= MOST_MISSING
