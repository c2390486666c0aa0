"""The learned recogniser: decoding, weights on disk, any case of letters, hostile text."""

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.errors import RecogniserError
from geoevents.model import Document
from geoevents.places.gazetteer import Gazetteer
from geoevents.places.recogniser.features import describe
from geoevents.places.recogniser.learned import CASED, CASELESS, LearnedRecogniser, bundled_weights
from geoevents.places.recogniser.tagger import (
    LABELS,
    PAIRS,
    START,
    Weights,
    beliefs,
    compact,
    decode,
    emissions,
    load_weights,
    save_weights,
)
from geoevents.places.recogniser.vocabulary import Vocabulary
from geoevents.text.sentences import split_sentences
from tests.timing import grows_no_faster_than_its_input

RECOGNISER = LearnedRecogniser(Gazetteer.open())


def found(text: str) -> list[tuple[str, str]]:
    """Mentions of a text and their kinds."""
    document = Document(id="d", text=text, sentences=split_sentences(text))
    return [(mention.text, mention.kind) for mention in RECOGNISER(document)]


def opens(run: np.ndarray, at: int) -> bool:
    """Whether a position is the first of its run."""
    return at == 0 or run[at - 1] != run[at]


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 3), min_size=1, max_size=4))
def test_decoding_finds_the_best_labels_of_every_run(seed: int, lengths: list[int]) -> None:
    random = np.random.default_rng(seed)
    scores = random.normal(size=(sum(lengths), len(LABELS))).astype(np.float32)
    pairs = random.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    run = np.repeat(np.arange(len(lengths)), lengths)
    labels = decode(scores, pairs, run)
    for number, length in enumerate(lengths):
        own = scores[run == number]
        every = list(product(range(len(LABELS)), repeat=length))

        def worth(way: tuple[int, ...], own: np.ndarray = own) -> float:
            steps = sum((pairs + PAIRS)[a, b] for a, b in pairwise(way))
            return float(START[way[0]] + sum(own[i, label] for i, label in enumerate(way)) + steps)

        assert worth(tuple(labels[run == number])) == pytest.approx(max(map(worth, every)), abs=1e-3)
    at = np.flatnonzero(labels)
    weights = Weights(np.zeros(1, np.uint32), np.zeros((1, len(LABELS)), np.int16), 1.0, pairs, {})
    shares = beliefs(scores, weights, run, labels, at)
    assert (shares > 0).all()
    assert (shares < 1 + 1e-4).all()
    for share, i in zip(shares, at, strict=True):
        total = scores[i] + (START if opens(run, i) else (pairs + PAIRS)[labels[i - 1]])
        if i + 1 < len(run) and not opens(run, i + 1):
            total = total + (pairs + PAIRS)[:, labels[i + 1]]
        every = np.exp(total.astype(float))
        own = [label for label in range(len(LABELS)) if LABELS[label][1:] == LABELS[labels[i]][1:]]
        assert share == pytest.approx(every[own].sum() / every.sum(), abs=1e-4)


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    table = np.arange(3 * len(LABELS)).reshape(3, -1) - 9
    pairs = np.eye(len(LABELS), dtype=np.float32)
    weights = compact(64, np.array([3, 7, 63]), table, 0.04, pairs, {"seed": 1})
    save_weights(tmp_path / "a.bin", weights)
    save_weights(tmp_path / "b.bin", weights)
    read = load_weights(tmp_path / "a.bin")
    assert (tmp_path / "a.bin").read_bytes() == (tmp_path / "b.bin").read_bytes()
    assert (read.index == weights.index).all()
    assert (read.table == weights.table).all()
    rows = np.array([[3, 0], [7, 5]], np.uint32)
    assert emissions(read, rows)[0] == pytest.approx((table[0] + table[1]) * 0.04)
    assert not emissions(read, rows)[1].any()


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\x05\x00\x00\x00{}xyz", b"\x0e\x00\x00\x00" + b'{"format": 99}'])
def test_damaged_weights_say_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "w.bin").write_bytes(data)
    with pytest.raises(RecogniserError, match="reinstall"):
        load_weights(tmp_path / "w.bin")


def test_bundled_weights_tell_what_they_learned_from() -> None:
    for name in (CASED, CASELESS):
        made = bundled_weights(name).made
        assert {"gum-train", "ewt-train", "re3d-train", "gmb-train"} == set(made["corpora"])
        assert not {"lgl", "trnews"} & {*made["corpora"], *made["silver"]}


TEXT = "Rebels shelled the airport of Aleppo on Monday, officials in Damascus said. Two people died in Syria."


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), TEXT.lower()], ids=["as written", "capitals", "lower case"])
def test_places_are_found_in_any_case(text: str) -> None:
    names = {name.lower() for name, kind in found(text) if kind == "place"}
    assert {"aleppo", "syria"} <= names


def test_part_of_an_organisation_is_told_apart() -> None:
    kinds = dict(found("She teaches at the University of Mosul. The Bank of England raised its rate."))
    assert kinds.get("Mosul") != "place"
    assert kinds.get("England") != "place"


@pytest.mark.parametrize("unit", ["Paris ", "Paris, ", "of the ", "New York-", "U.S. ", "a", "PARIS\n", "(", "St. "])
def test_time_grows_with_the_text(unit: str) -> None:
    def work(n: int) -> None:
        RECOGNISER(Document(id="d", text=unit * (n // 4)))

    grows_no_faster_than_its_input(work)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two people died in Port-au-Prince on Friday.", "Port-au-Prince"),
        ("The convoy had left Deir ez-Zor by noon.", "Deir ez-Zor"),
        ("A refinery near Rostov-on-Don burned all night.", "Rostov-on-Don"),
        ("Shells killed three farmers in Iraq's Diyala province.", "Diyala"),
        ("The ship lay southwest of the port of Hodeidah.", "Hodeidah"),
        ("Shells killed three farmers at Tell Nowherabad on Friday, police in Baquba said.", "Tell Nowherabad"),
    ],
)
def test_names_the_model_cuts_or_overlooks_come_out_whole(text: str, name: str) -> None:
    assert (name, "place") in found(text)


@pytest.mark.parametrize("cased", [True, False])
def test_long_runs_are_cut(cased: bool) -> None:
    words = ["Paris"] * 1000
    described = describe(words, np.zeros(1000, np.int64), Vocabulary(Gazetteer.open()), cased=cased)
    assert np.bincount(described.run).tolist() == [300, 300, 300, 100]
    assert described.rows.shape[1] == 1000
