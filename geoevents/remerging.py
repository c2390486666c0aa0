"""Merging over a store: what came, changed or went since the last merging is joined anew, all else stays.

The store keeps, of every incident, the numbers that merging compares (:mod:`geoevents.events.columns`), its event and
its chain; so the records of the others need not be read. Where settings or program are others, all is merged anew.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from geoevents import __version__
from geoevents.events import Decisions
from geoevents.events.columns import KINDS, ROW, all_columns_of, packed, unpacked
from geoevents.events.earlier import Earlier, Mark, Told
from geoevents.events.merging import Records, Remerged, remerge
from geoevents.events.weighing import fitted_weights
from geoevents.model import Event, Incident, Problem, Source, content_id
from geoevents.settings import EventSettings
from geoevents.store import KeptCall, KeptIncident, KeptMerging, MergingChanges, Store

_BASIS: Final = ("version", "weights", "settings", "names")
_NUMBERS: Final = np.dtype("<i8")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a merging over a store found.

    Attributes
    ----------
    events
        Those that are new or have changed.
    problems
        Corrections that fit nothing, and why.
    note
        How much was joined anew, and why if it was all.
    """

    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    note: str


def merge_kept(store: Store, settings: EventSettings, decisions: Decisions) -> Outcome:
    """Bring the events of a store up to date with its documents; they are those that merging all anew would give."""
    basis = _basis(settings, decisions)
    kept = store.merging()
    why = _why_anew(kept.basis, basis)
    incidents: dict[str, Incident] = {}
    sources: dict[str, Source] = {}
    for document in store.documents(unmerged=not why):
        sources[document.source.doc_id] = document.source
        incidents |= {incident.id: incident for incident in document.incidents}
    if not (why or sources or kept.gone or decisions.of_events or _decided(kept)):
        return Outcome((), decisions.problems, _note(0, len(kept.incidents), why))
    merging = _Merging(store, kept if not why else _NOTHING, incidents, sources)
    found = remerge(merging.told, unpacked(merging.parts), merging.earlier, merging.load, settings, decisions)
    store.save(merging.changes(found, basis, settings.merge), anew=bool(why))
    note = _note(int(np.count_nonzero(found.anew)), len(merging.told), why)
    return Outcome(found.events, found.problems, note)


def _note(anew: int, all_there: int, why: str) -> str:
    return f"{anew} of {all_there} incidents put together anew{f', for {why}' if why else ''}"


def _decided(kept: KeptMerging) -> frozenset[str]:
    """Names by which decisions meant incidents."""
    return frozenset(json.loads(kept.basis.get("decided", b"[]")))


_NOTHING: Final = KeptMerging(basis={}, incidents=(), gone=(), events={}, reasons={})


def _basis(settings: EventSettings, decisions: Decisions) -> dict[str, bytes]:
    """All that merging depends on besides incidents and what people decided about events."""
    weights, names = fitted_weights(), [asdict(name) for name in decisions.of_names]
    parts: Mapping[str, Sequence[object]] = {
        "version": (__version__, ROW.descr, KINDS),
        "weights": (weights.intercept, sorted(weights.of.items())),
        "settings": (settings.merge, settings.counts),
        "names": (names,),
    }
    return {name: content_id(name, *part).encode() for name, part in parts.items()}


def _why_anew(before: Mapping[str, bytes], now: Mapping[str, bytes]) -> str:
    """Say why nothing of the last merging can stay; empty where it can."""
    if not before:
        return "nothing was put together before"
    changed = [name for name in _BASIS if before.get(name) != now[name]]
    return f"other {' and '.join(changed)}" if changed else ""


class _Merging:
    """The last merging of a store, and the incidents that it did not see."""

    def __init__(
        self, store: Store, kept: KeptMerging, fresh: Mapping[str, Incident], sources: Mapping[str, Source]
    ) -> None:
        self.store, self.kept, self.fresh, self.sources = store, kept, fresh, sources
        self.known = {one.id: one for one in kept.incidents if one.id not in fresh}
        ids = sorted([*self.known, *fresh])
        parts = dict(zip(fresh, packed(all_columns_of([*fresh.values()], sources)), strict=True))
        self.parts = [parts[name] if name in parts else self.known[name].columns for name in ids]
        doc_ids = [fresh[name].doc_id if name in fresh else self.known[name].document for name in ids]
        self.told = Told(ids, doc_ids)

    @property
    def earlier(self) -> Earlier:
        known = [self.known.get(name) for name in self.told.ids]
        numbers: dict[str, int] = {}
        chains = [numbers.setdefault(one.chain, len(numbers)) if one else -1 for one in known]
        broken = {one.chain for one in self.kept.gone}
        return Earlier(
            fresh=np.array([one is None for one in known], bool),
            chains=np.array(chains, np.int64),
            lost=np.array([one is not None and one.chain in broken for one in known], bool),
            events=[one.event if one else None for one in known],
            marks={name: Mark(*mark) for name, mark in self.kept.events.items()},
            reasons=self.kept.reasons,
            boilerplate=np.frombuffer(self.kept.basis.get("boilerplate", b""), _NUMBERS).astype(np.int64),
            crowded=np.frombuffer(self.kept.basis.get("crowded", b""), _NUMBERS).astype(np.int64),
            decided=_decided(self.kept),
        )

    def load(self, numbers: Collection[int]) -> Records:
        """Give records of incidents by number, and their articles."""
        names = {number: self.told.ids[number] for number in numbers}
        stored = [(self.known[name].document, name) for name in names.values() if name in self.known]
        incidents, sources = self.store.records(stored)
        found = {**incidents, **self.fresh}
        return {number: found[name] for number, name in names.items()}, {**sources, **self.sources}

    def changes(self, found: Remerged, basis: Mapping[str, bytes], least: float) -> MergingChanges:
        """Tell the store what is another now."""
        ids, anew = self.told.ids, np.flatnonzero(found.anew).tolist()
        now = {
            n: KeptIncident(ids[n], self.told.doc_ids[n], self.parts[n], found.event_of[n], ids[int(found.chains[n])])
            for n in anew
        }
        before = [one.event for one in self.kept.gone] + [
            self.known[ids[n]].event for n in anew if ids[n] in self.known
        ]
        return MergingChanges(
            basis={
                **basis,
                "boilerplate": found.touched.boilerplate.astype(_NUMBERS).tobytes(),
                "crowded": found.touched.crowded.astype(_NUMBERS).tobytes(),
                "decided": json.dumps(sorted(found.names)).encode(),
            },
            incidents=[one for one in now.values() if self.known.get(one.id) != one],
            gone={one.id for one in self.kept.gone} - set(ids),
            touched={ids[n] for n in anew},
            gone_events={event for event in before if event} - {event for event in found.event_of.values() if event},
            events=found.events,
            decided=found.decided,
            calls=[KeptCall(one.call, one.pair, abs(one.call.score - least)) for one in found.calls],
        )
