"""What the ranker learns from: documents with the candidates of each name, and which of these is the place meant."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoevents.geo import EARTH_KM, distance_km
from geoevents.model import Document, Place, PlaceMention
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.names import key
from geoevents.places.recogniser.learned import LearnedRecogniser
from geoevents.places.resolver.candidates import KIND, STATIC, CandidateFinder, Floats, unit_vectors
from geoevents.places.resolver.evidence import Columns
from geoevents.text.sentences import split_sentences
from training.corpora import GoldDocument, codes_of, half, load_geoparsing, load_ner

Record = Mapping[str, Any]

CORPORA: Final = ("lgl", "trnews")
#: stretches of GMB used, what each name in them weighs beside one of LGL or TR-News, and how important a famous place
#: is
SILVER_STRETCHES: Final = 500
SILVER_WEIGHT: Final = 0.3
FAMOUS: Final = 0.5
#: what each name in the attacks weighs: with 1 fewer of the attacks' other half are right, with 5 fewer of LGL
ATTACK_WEIGHT: Final = 3.0
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


def load_added(corpora: Path, gazetteer: Gazetteer) -> list[Case]:
    """Cases that are learned from and not reported on."""
    return [*load_silver(corpora, gazetteer), *load_attacks(corpora, gazetteer)]


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


def load_attacks(corpora: Path, gazetteer: Gazetteer) -> list[Case]:
    """First halves of RDWTI and Airwars: attacks of the whole world, told by those who study them.

    RDWTI tells the city and its country: of a name that is the city's, the candidates in that country are right.
    Airwars tells the point: so are candidates near it. Names are those that the recogniser finds.
    """
    finder, recognise = CandidateFinder(gazetteer), LearnedRecogniser(gazetteer)
    return [
        _attack(name, row, is_meant, recognise, finder, gazetteer)
        for name, is_meant in _IS_MEANT.items()
        for row in map(json.loads, (corpora / "incidents" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
        if half(row["id"]) == 0
    ]


#: whether a candidate of a name is the place that a row of gold tells
IsMeant = Callable[[Record, str, Place], bool]


def _is_in_country_of_city(row: Record, name: str, place: Place) -> bool:
    return key(row["city"] or "") == name and place.country_code in codes_of(row["country"])


def _is_near_point(row: Record, _: str, place: Place) -> bool:
    if row["lat"] is None or place.feature_code.startswith("PCL"):
        return False
    return distance_km(place.latitude, place.longitude, row["lat"], row["lon"]) <= EXACT_KM


_IS_MEANT: Final[Mapping[str, IsMeant]] = {"rdwti": _is_in_country_of_city, "airwars": _is_near_point}


def _attack(
    corpus: str,
    row: Record,
    is_meant: IsMeant,
    recognise: LearnedRecogniser,
    finder: CandidateFinder,
    gazetteer: Gazetteer,
) -> Case:
    document = Document(id=row["id"], text=row["text"], sentences=split_sentences(row["text"]))
    mentions = recognise(document)
    columns = Columns(document.text, mentions, finder)
    targets = []
    for i, name in enumerate(columns.names) if len(columns) else ():
        if mentions[name.mentions[0]].kind == "demonym":
            continue
        places = [gazetteer.place(int(candidate)) for candidate in name.candidates.rows]
        meant = np.array([is_meant(row, name.key, place) for place in places])
        targets.append(Target(i, np.where(meant, 0.0, np.inf), meant))
    return Case(corpus, document.id, columns, tuple(targets), 0, ATTACK_WEIGHT)
