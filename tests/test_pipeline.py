"""The whole line: what every run must keep, whatever the articles say."""

import pkgutil
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles import document_from_text
from geoevents.errors import GazetteerError
from geoevents.model import Count, Document, Problem
from geoevents.outputs import total
from geoevents.pipeline import Reading, Result, place_finder, read, read_document, run
from geoevents.places.building import build_gazetteer
from geoevents.settings import PlaceSettings, Settings

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "articles"

#: pieces that sentences of reports are made of, put together at random; numbers, places and traps among them
PIECES = (
    "Gunmen|A suicide bomber|The army|Police|Two brothers|Nobody|The Syrian Observatory|"
    "killed|wounded|said|denied|were shot dead|were hurt|threatened|attacked|bombed|"
    "at least 19|between 64 and 75|scores of|up to 30|1,200|three|no one|a dozen|$500 million|"
    "people|soldiers|civilians|strikes|miles|houses|years|his wife and two sons|"
    "in Mosul|near Baquba|75 miles northeast of Baghdad|in Martin|between Goma and Rutshuru|"
    "on Friday|last week|in 2006|on 5 May 2021|yesterday|,|.|\n\n|and|of|\u202e|«|\x00"
).split("|")
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join) | st.text(max_size=80)


def document(text: str) -> Document:
    return document_from_text("made", text)


@given(text=texts)
def test_every_span_slices_back_to_the_text(text: str) -> None:
    found = read_document(document(text), Settings())
    spans = [(m.mention.start, m.mention.end, m.mention.text) for m in found.places.resolved]
    spans += [(at.start, at.end, at.text) for at in found.places.locations]
    for incident in found.incidents:
        spans += [(quote.start, quote.end, quote.text) for quote in incident.quotes]
        spans += [(claim.quote.start, claim.quote.end, claim.quote.text) for claim in incident.claims]
        counts = [incident.killed, incident.injured, *(claim.count for claim in incident.claims)]
        spans += [(count.start, count.end, count.text) for count in counts if count]
        spans += [(a.start, a.end, a.text) for a in (incident.side_a, incident.side_b) if a]
        if incident.when:
            spans.append((incident.when.text_start, incident.when.text_end, incident.when.text))
    for start, end, words in spans:
        assert text[start:end] == words


@given(text=texts)
def test_places_and_ranges_are_whole(text: str) -> None:
    found = read_document(document(text), Settings())
    for incident in found.incidents:
        for count in (incident.killed, incident.injured):
            assert count is None or count.high is None or count.low <= count.best <= count.high
        if incident.where:
            # never a place that the text does not name
            assert incident.where.place.id in {r.place.id for r in found.places.resolved if r.place} | {
                anchor.id for anchor in incident.where.anchors
            }


@given(text=texts)
def test_same_text_gives_the_same_records(text: str) -> None:
    assert read_document(document(text), Settings()) == read_document(document(text), Settings())


@pytest.fixture(scope="module")
def result() -> Result:
    return run([EXAMPLES])


def test_order_of_input_changes_nothing(result: Result) -> None:
    files = sorted(path for path in EXAMPLES.iterdir())
    random.Random(7).shuffle(files)
    shuffled = run(files)
    assert shuffled.events == result.events
    assert set(shuffled.incidents) == set(result.incidents)


def test_two_processes_find_what_one_finds(result: Result) -> None:
    assert run([EXAMPLES], jobs=2) == result


def test_every_claim_of_an_event_stands_in_one_of_its_articles(result: Result) -> None:
    assert result.events
    for event in result.events:
        assert {claim.doc_id for claim in event.claims} <= set(event.doc_ids)
        assert {source.doc_id for source in event.sources} == set(event.doc_ids)
    told = [incident for event in result.events for incident in event.incident_ids]
    assert len(told) == len(set(told))


def test_one_bad_article_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(
        "PARIS, 5 May 2021 - A bomb killed two people in Mosul on Monday.", encoding="utf-8"
    )
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 but not really")
    found = list(read([tmp_path]))
    assert [type(item) for item in found] == [Problem, Reading]


def test_totals_keep_open_ends_open() -> None:
    def count(low: int, high: int | None) -> Count:
        return Count(low=low, best=low, high=high, qualifier="range", text="", start=0, end=0)

    assert total([]) is None
    assert total([None]) is None
    assert str(total([count(3, 3), None])) == "3"
    assert str(total([count(64, 75), count(1, 1)])) == "65–76"
    assert str(total([count(19, None), count(2, 4)])) == "21–23 or more"


@pytest.mark.parametrize(
    "stage", ["geoevents.places.finder.locations_of", "geoevents.pipeline.IncidentReader.__call__"]
)
def test_an_article_that_a_stage_fails_on_is_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stage: str
) -> None:
    works = pkgutil.resolve_name(stage)

    def fails(*given: object) -> object:
        if any("second" in each.text for each in given if isinstance(each, Document)):
            raise ZeroDivisionError("of the stage")
        return works(*given)

    monkeypatch.setattr(stage, fails)
    for name in ("first", "second", "third"):
        (tmp_path / f"{name}.txt").write_text(
            f"The {name} article. A bomb killed two people in Mosul.", encoding="utf-8"
        )
    result = run([tmp_path])
    assert len(result.sources) == 2
    (problem,) = result.problems
    assert "second" in problem.source
    assert "ZeroDivisionError: of the stage" in problem.reason


def test_a_gazetteer_built_anew_at_the_same_path_is_used(tmp_path: Path) -> None:
    table, output = tmp_path / "places.csv", tmp_path / "my.gaz"
    settings = PlaceSettings(gazetteer=output)

    def point_of_zenda(latitude: float) -> float:
        table.write_text(f"name,latitude,longitude\nZenda,{latitude},44.1\n", encoding="utf-8")
        build_gazetteer(output, csv_files=[table])
        gazetteer = place_finder(settings).atlas.gazetteer
        assert place_finder(settings).atlas.gazetteer is gazetteer
        return gazetteer.find("Zenda")[0].latitude

    assert [point_of_zenda(34.1), point_of_zenda(35.2)] == [34.1, 35.2]
    output.unlink()
    with pytest.raises(GazetteerError, match="cannot read gazetteer"):
        place_finder(settings)
