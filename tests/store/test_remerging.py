"""Merging over a store: whatever came, changed or went, the events are those that merging all at once gives."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoevents.events import Decisions, blocking, columns, decisions_of, earlier, merge
from geoevents.jsonl import event_row
from geoevents.model import CloseCall, Incident, Problem, Source
from geoevents.remerging import Outcome, merge_kept
from geoevents.settings import EventSettings
from geoevents.store import KeptArticle, KeptDocument, Store
from tests.events.making import DAY, TOWNS, appeared, at, on, people, told

SETTINGS = EventSettings()
Collection = Mapping[str, tuple[Incident, ...]]
WORDS = ("stall", "awning", "grocer", "mosque", "truck", "bakery", "bridge")


@pytest.fixture(autouse=True, scope="module")
def _small_world() -> object:
    """Few incidents make a crowd, few articles a boilerplate, and no number of touched ones is too many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "_CROWD", np.array([5, 3, 3, 3]))
        patch.setattr(columns, "_FEW_ARTICLES", 3)
        patch.setattr(earlier, "_MOST", 1.0)
        yield


def sources(collection: Collection) -> dict[str, Source]:
    """Articles, published a day after one another; one that changed its publisher says so by its first incident."""
    found = {}
    for name, incidents in collection.items():
        day = DAY + timedelta(days=len(incidents[0].keywords) if incidents else 0)
        found[name] = Source(doc_id=name, title=name, published=day)
    return found


def bring(store: Store, before: Collection, now: Collection) -> None:
    """Make a store's articles those of a collection: take out, add, read anew what is another."""
    store.forget(name for name in before if before[name] != now.get(name))
    of = sources(now)
    for name, incidents in now.items():
        if before.get(name) != incidents:
            document = KeptDocument(text_hash=name, source=of[name], incidents=incidents)
            store.keep(KeptArticle(key=name, path=f"/{name}", config="c", documents=(document,)))


Found = tuple[list[dict[str, object]], list[CloseCall], list[Problem]]


def merged(store: Store, decisions: Decisions, how: EventSettings = SETTINGS) -> tuple[Found, Outcome]:
    outcome = merge_kept(store, how, decisions)
    return ([event_row(e) for e in store.events()], list(store.close_calls()), list(outcome.problems)), outcome


def merged_at_once(collection: Collection, decisions: Decisions, how: EventSettings = SETTINGS) -> Found:
    incidents = [incident for told_there in collection.values() for incident in told_there]
    found = merge(incidents, sources(collection), how, decisions)
    return [event_row(event) for event in found.events], list(found.close_calls), list(found.problems)


incidents_of = st.lists(
    st.builds(
        lambda town, day, killed, words, prec, clarity: told(
            "?",
            town,
            DAY + timedelta(days=day),
            killed,
            keywords=(town.lower(), *words),
            where=at(town, where_prec=prec, radius_km=3.0**prec),
            event_clarity=clarity,
        ),
        st.sampled_from(sorted(TOWNS)),
        st.integers(0, 3),
        st.none() | st.builds(people, st.integers(0, 9)),
        st.lists(st.sampled_from(WORDS), unique=True),
        st.integers(1, 4),
        st.sampled_from((1, 1, 1, 2)),
    ),
    max_size=2,
)


def named(doc_id: str, incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    return tuple(
        replace(
            one,
            id=f"inc-{doc_id}-{number}",
            doc_id=doc_id,
            quotes=tuple(replace(quote, doc_id=doc_id) for quote in one.quotes),
            where=one.where and replace(one.where, doc_id=doc_id),
        )
        for number, one in enumerate(incidents)
    )


collections = st.dictionaries(st.sampled_from([f"d{n:02}" for n in range(16)]), incidents_of, max_size=14).map(
    lambda found: {name: named(name, incidents) for name, incidents in found.items()}
)
#: what happens to a collection: articles go, articles come or change
steps = st.lists(
    st.tuples(st.sets(st.sampled_from([f"d{n:02}" for n in range(16)]), max_size=4), collections), max_size=3
)
rows = st.lists(
    st.builds(
        lambda action, target, other: {
            "action": action,
            "target": f"inc-{target}-0" if other % 2 else target,
            "value": {"killed": "7", "join": f"inc-d{other:02}-0", "split": f"d{other:02}"}.get(action, ""),
            "country": "",
            "who": "Ann",
            "when": "2024-01-02",
            "why": "a test",
        },
        st.sampled_from(("killed", "join", "split", "drop", "confirm")),
        st.sampled_from([f"d{n:02}" for n in range(16)]),
        st.integers(0, 15),
    ),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(collections, steps, st.lists(rows, min_size=4, max_size=4))
def test_any_runs_make_the_events_that_one_run_makes(
    first: Collection, changes: list[tuple[set[str], Collection]], people_say: list[list[dict[str, str]]]
) -> None:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db", write=True) as store:
        before: Collection = {}
        now = first
        for number, (gone, come) in enumerate([(set(), {}), *changes]):
            now = {**{name: told_there for name, told_there in now.items() if name not in gone}, **come}
            bring(store, before, now)
            decisions = decisions_of(people_say[number])
            assert merged(store, decisions)[0] == merged_at_once(now, decisions)
            before = now


def test_only_what_is_touched_is_put_together_anew() -> None:
    """Two bombings hundreds of km apart: a third article about the one leaves the other as it is."""
    towns = {f"{town}-{n}": named(f"{town}-{n}", [told("?", town, killed=people(4))]) for town in TOWNS for n in "ab"}
    later = {**towns, "Alpha-c": named("Alpha-c", [told("?", "Alpha", killed=people(5))])}
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db", write=True) as store:
        bring(store, {}, towns)
        assert (
            merged(store, Decisions())[1].note
            == "6 of 6 incidents put together anew, for nothing was put together before"
        )
        assert merged(store, Decisions())[1].note == "0 of 6 incidents put together anew"
        bring(store, towns, later)
        found, outcome = merged(store, Decisions())
        assert [event.doc_ids for event in outcome.events] == [("Alpha-a", "Alpha-b", "Alpha-c")]
        assert outcome.note == "3 of 7 incidents put together anew"
        assert found == merged_at_once(later, Decisions())


def test_other_settings_put_all_together_anew() -> None:
    towns = {town: named(town, [told("?", town, killed=people(4))]) for town in TOWNS}
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db", write=True) as store:
        bring(store, {}, towns)
        merged(store, Decisions())
        for how in (EventSettings(merge=0.8), EventSettings(merge=0.8, counts="gtd")):
            found, outcome = merged(store, Decisions(), how)
            assert outcome.note == "3 of 3 incidents put together anew, for other settings"
            assert found == merged_at_once(towns, Decisions(), how)


def test_columns_come_back_from_their_bytes() -> None:
    made = [told("a", killed=people(4)), told("b", "Beta", keywords=()), told("c", where=None, when=on(DAY, ""))]
    table = columns.all_columns_of(made, appeared(made))
    back = columns.unpacked(list(columns.packed(table)))
    assert back.table.tobytes() == table.table.tobytes()
    for name in ("words", "weights", "rarities", "ends"):
        np.testing.assert_array_equal(getattr(back, name), getattr(table, name))
    with pytest.raises(ValueError, match="cut off"):
        columns.unpacked([b"short"])


def test_a_merging_that_is_killed_leaves_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    from geoevents.store import store as writing

    towns = {f"{town}-{n}": named(f"{town}-{n}", [told("?", town, killed=people(4))]) for town in TOWNS for n in "ab"}
    later = {**towns, "Alpha-c": named("Alpha-c", [told("?", "Alpha", killed=people(5))])}
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "s.db", write=True) as store:
        bring(store, {}, towns)
        before, _ = merged(store, Decisions())
        bring(store, towns, later)
        with monkeypatch.context() as patch:
            patch.setattr(writing, "write_event", _killed)
            with pytest.raises(KeyboardInterrupt):
                merge_kept(store, SETTINGS, Decisions())
        assert [event_row(event) for event in store.events()] == before[0]
        assert merged(store, Decisions())[0] == merged_at_once(later, Decisions())


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
