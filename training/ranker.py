"""Train the resolver's ranker: ``python -m training ranker CORPORA``.

Learns from the toponyms of LGL and TR-News as their editors marked them: which of the gazetteer's candidates is the
place meant. Everything reported is cross-validated over documents; the ranker that is shipped is fitted to all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression

from geoevents.geo import EARTH_KM
from geoevents.model import PlaceMention
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.resolver.candidates import KIND, STATIC, CandidateFinder, Floats, unit_vectors
from geoevents.places.resolver.evidence import Columns
from geoevents.places.resolver.ranker import Ranker, save_ranker, shares
from geoevents.places.resolver.resolver import RANKER
from training.corpora import GoldDocument, load_geoparsing, load_ner

CORPORA: Final = ("lgl", "trnews")
FOLDS: Final = 5
ROUNDS: Final = 3
PENALTY: Final = 1.0
#: stretches of GMB used, what each name in them weighs beside one of LGL or TR-News, and how important a famous place
#: is
SILVER_STRETCHES: Final = 500
SILVER_WEIGHT: Final = 0.3
FAMOUS: Final = 0.5
#: least weight of a sense that style guides prescribe: two dozen cases in two corpora shall not weaken a convention
#: (with what they teach, 4, "Washington" became the state where an article names the country often)
USUAL: Final = STATIC.index("usual sense")
USUAL_AT_LEAST: Final = 8.0
#: a candidate is the place meant if it has its GeoNames id; else within 25 km; else within 161 km
EXACT_KM: Final = 25.0
NEAR_KM: Final = 161.0


@dataclass(frozen=True)
class Target:
    """One toponym: its name's number and the distance of each candidate from where it is."""

    name: int
    km: Floats
    same: npt.NDArray[np.bool_]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Candidates that count as the place meant."""
        for choice in (self.same, self.km <= EXACT_KM):
            if choice.any():
                return choice
        return self.km <= NEAR_KM


@dataclass(frozen=True)
class Case:
    """A document with its candidates and toponyms."""

    corpus: str
    identifier: str
    columns: Columns
    targets: tuple[Target, ...]
    toponyms: int
    weight: float = 1.0


def load_cases(corpora: Path, gazetteer: Gazetteer) -> list[Case]:
    """Documents of both corpora."""
    finder = CandidateFinder(gazetteer)
    documents = [gold for name in CORPORA for gold in load_geoparsing(corpora / "geoparsing" / f"{name}.jsonl")]
    return [_case(gold, finder, gazetteer) for gold in documents]


def _case(gold: GoldDocument, finder: CandidateFinder, gazetteer: Gazetteer) -> Case:
    toponyms = sorted(gold.extra["toponyms"], key=lambda t: (t["start"], t["end"]))
    mentions = []
    for t in toponyms:
        kind = "demonym" if _is_demonym(t["text"], gazetteer) else "place"
        mentions.append(
            PlaceMention(
                doc_id=gold.document.id,
                start=t["start"],
                end=t["end"],
                text=gold.document.text[t["start"] : t["end"]],
                kind=kind,
            )
        )
    columns = Columns(gold.document.text, mentions, finder)
    number = {m: i for i, name in enumerate(columns.names) for m in name.mentions}
    located = [i for i, t in enumerate(toponyms) if t["lat"] is not None]
    targets = tuple(_target(columns, number[i], toponyms[i], gazetteer) for i in located if i in number)
    return Case(gold.corpus, gold.document.id, columns, targets, len(located))


def _is_demonym(text: str, gazetteer: Gazetteer) -> bool:
    hits = gazetteer.hits(text)
    return bool(hits) and max(hits, key=lambda hit: gazetteer.importance(hit.row)).kind == "demonym"


def _target(columns: Columns, name: int, toponym: dict[str, Any], gazetteer: Gazetteer) -> Target:
    span = columns.of(name)
    point = unit_vectors(np.array([toponym["lat"]]), np.array([toponym["lon"]]))[0]
    km = EARTH_KM * np.arccos(np.clip(columns.vectors[span] @ point, -1, 1))
    identifier = f"gn:{toponym.get('geonameid')}"
    return Target(name, km, np.array([gazetteer.place(int(row)).id == identifier for row in columns.rows[span]]))


def load_silver(corpora: Path, gazetteer: Gazetteer) -> list[Case]:
    """Stretches of GMB's world news with the names in them that can mean but one place.

    LGL and TR-News were collected for names that famous and obscure places share, so that the obscure ones are far too
    many. In plain world news a famous place is meant where its country is named beside it.
    """
    finder = CandidateFinder(gazetteer)
    cases = []
    for gold in load_ner(corpora / "ner", "gmb-train")[:SILVER_STRETCHES]:
        mentions = [
            PlaceMention(
                doc_id=gold.document.id,
                start=start,
                end=end,
                text=gold.document.text[start:end],
                kind="demonym" if kind == "DEM" else "place",
            )
            for start, end, kind in gold.names
            if kind in ("LOC", "DEM")
        ]
        columns = Columns(gold.document.text, mentions, finder)
        cases.append(Case("silver", gold.document.id, columns, tuple(_famous(columns)), 0, SILVER_WEIGHT))
    return cases


def _famous(columns: Columns) -> Iterator[Target]:
    """Names whose most important place is famous and lies in a country that another name of the document names."""
    country = KIND["country"]
    named: dict[int, set[int]] = {}
    for i in range(len(columns)):
        span = columns.of(i)
        if columns.kind[span][0] == country:
            named.setdefault(int(columns.rows[span][0]), set()).add(i)
    for i in range(len(columns)):
        span = columns.of(i)
        importance, areas = columns.static[span][:, 0], columns.areas[span]
        usual = columns.static[span][:, STATIC.index("usual sense")]
        best = int((importance + usual).argmax())
        if importance[best] >= FAMOUS and len(importance) > 1 and named.get(int(areas[best, 0]), {i}) - {i}:
            vectors = columns.vectors[span]
            km = EARTH_KM * np.arccos(np.clip(vectors @ vectors[best], -1, 1))
            yield Target(i, km, np.arange(len(km)) == best)


def fit_round(cases: Sequence[Case], features: Sequence[Floats]) -> Floats:
    """Weights that make the right candidates likeliest (conditional logit with a penalty on squared weights)."""
    pieces, right, sizes, weights = [], [], [], []
    for case, columns in zip(cases, features, strict=True):
        for target in case.targets:
            choice = target.right
            if 0 < choice.sum() < len(choice):
                pieces.append(columns[case.columns.of(target.name)])
                right.append(choice)
                sizes.append(len(choice))
                weights.append(case.weight)
    x, y = np.concatenate(pieces), np.concatenate(right).astype(float)
    scale = x.std(axis=0) + 1e-6
    x = x / scale
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    item = np.repeat(np.arange(len(sizes)), sizes)

    each = np.array(weights)

    def loss(vector: Floats) -> tuple[float, Floats]:
        share = shares(x @ vector, item, offsets)
        hit = np.add.reduceat(share * y, offsets[:-1]) + 1e-12
        slope = x.T @ ((share - share * y / hit[item]) * each[item]) + PENALTY * vector
        return float(-(np.log(hit) * each).sum() + 0.5 * PENALTY * vector @ vector), slope

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x / scale
    best[USUAL] = max(best[USUAL], USUAL_AT_LEAST)
    return best


def fit_rounds(cases: Sequence[Case]) -> tuple[Floats, ...]:
    """Weights of all rounds, each fitted to the beliefs of the one before."""
    cases = [case for case in cases if len(case.columns)]
    rounds = [fit_round(cases, [case.columns.static for case in cases])]
    for _ in range(ROUNDS):
        ranker = Ranker(tuple(rounds), (np.array([0.0, 1.0]), np.array([0.0, 1.0])), {})
        features = [
            np.hstack([case.columns.static, case.columns.dynamic(ranker.beliefs(case.columns))]) for case in cases
        ]
        rounds.append(fit_round(cases, features))
    return tuple(rounds)


@dataclass(frozen=True)
class Outcome:
    """What became of one toponym: the share of its best candidate, and how far off that is."""

    corpus: str
    share: float
    km: float


def outcomes(cases: Sequence[Case], rounds: tuple[Floats, ...]) -> list[Outcome]:
    """Outcome of each toponym that has candidates."""
    ranker = Ranker(rounds, (np.array([0.0, 1.0]), np.array([0.0, 1.0])), {})
    found = []
    for case in cases:
        if len(case.columns):
            belief = ranker.beliefs(case.columns)
            for target in case.targets:
                share = belief[case.columns.of(target.name)]
                best = int(share.argmax())
                found.append(Outcome(case.corpus, float(share[best]), float(target.km[best])))
    return found


def folds(cases: Sequence[Case], silver: Sequence[Case]) -> Iterator[tuple[tuple[Floats, ...], list[Case]]]:
    """Weights fitted to all documents but some, and these."""
    for fold in range(FOLDS):
        rounds = fit_rounds([*(case for i, case in enumerate(cases) if i % FOLDS != fold), *silver])
        yield rounds, [case for i, case in enumerate(cases) if i % FOLDS == fold]


def cross_validated(cases: Sequence[Case], silver: Sequence[Case]) -> list[Outcome]:
    """Outcomes of each document under weights fitted to the others."""
    return [outcome for rounds, held_out in folds(cases, silver) for outcome in outcomes(held_out, rounds)]


@lru_cache(maxsize=1)
def fold_rankers(corpora: Path, gazetteer: Gazetteer) -> tuple[tuple[Ranker, frozenset[tuple[str, str]]], ...]:
    """Rankers of the folds, each with the documents that it has not seen; calibrated on those it has."""
    cases = load_cases(corpora, gazetteer)
    parted = list(folds(cases, load_silver(corpora, gazetteer)))
    found = [outcomes(held_out, rounds) for rounds, held_out in parted]
    rankers = []
    for i, (rounds, held_out) in enumerate(parted):
        others = [outcome for j, own in enumerate(found) if j != i for outcome in own]
        ranker = Ranker(rounds, calibration(others), {})
        rankers.append((ranker, frozenset((case.corpus, case.identifier) for case in held_out)))
    return tuple(rankers)


def calibration(found: Sequence[Outcome]) -> tuple[Floats, Floats]:
    """Points of the curve from share to how often it was right: isotonic, smoothed into deciles of the data."""
    share = np.array([o.share for o in found])
    right = np.array([o.km <= NEAR_KM for o in found], float)
    order = np.argsort(share, kind="stable")
    bins = np.array_split(order, 25)
    x = np.array([share[b].mean() for b in bins])
    y = np.array([(right[b].sum() + 1) / (len(b) + 2) for b in bins])
    fitted = IsotonicRegression(y_min=0, y_max=1).fit_transform(x, y)
    return np.concatenate([[0.0], x]), np.concatenate([[0.0], fitted])


def report(cases: Sequence[Case], found: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """acc161 over the toponyms that have candidates, and over all that have coordinates."""
    table = {}
    for corpus in CORPORA:
        total = sum(case.toponyms for case in cases if case.corpus == corpus)
        own = [o for o in found if o.corpus == corpus]
        near = sum(o.km <= NEAR_KM for o in own)
        table[corpus] = {
            "toponyms": total,
            "acc161 of candidates": round(near / len(own), 4),
            "acc161 of all": round(near / total, 4),
        }
    return table


def train(corpora: Path, out: Path, say: Any = print) -> None:
    """Fit the ranker, report its cross-validated accuracy, write it into `out`."""
    gazetteer = Gazetteer.open()
    cases = load_cases(corpora, gazetteer)
    silver = load_silver(corpora, gazetteer)
    found = cross_validated(cases, silver)
    scores = report(cases, found)
    say(scores)
    made = {
        "corpora": list(CORPORA),
        "gazetteer": gazetteer.id,
        "silver": ["gmb-train", SILVER_STRETCHES, SILVER_WEIGHT],
        "folds": FOLDS,
        "penalty": PENALTY,
        "cross-validated": scores,
    }
    out.mkdir(parents=True, exist_ok=True)
    save_ranker(out / RANKER, Ranker(fit_rounds([*cases, *silver]), calibration(found), made))
