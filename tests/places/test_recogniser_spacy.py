"""The recogniser on spaCy: a tiny pipeline, trained here, in place of a user's model."""

import sys
from pathlib import Path

import pytest

from geoevents.errors import RecogniserError
from geoevents.model import Document
from geoevents.places import PlaceFinder
from geoevents.settings import PlaceSettings
from geoevents.text.sentences import split_sentences

spacy = pytest.importorskip("spacy")

TRAINING = (
    ("Shells fell on {} at dawn.", "GPE", ("Aleppo", "Kharkiv", "Mosul", "Goma")),
    ("The minister met {} on Monday.", "PERSON", ("Rhodes", "Martin", "Houston", "Lincoln")),
    ("The {} army moved north.", "NORP", ("Syrian", "Iraqi", "Malian", "Libyan")),
)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a pipeline that has learned a dozen sentences by heart."""
    from spacy.training import Example
    from spacy.util import fix_random_seed

    fix_random_seed(1)
    pipeline = spacy.blank("en")
    pipeline.add_pipe("ner")
    examples = []
    for sentence, label, names in TRAINING:
        start = sentence.index("{}")
        for name in names:
            entities = [(start, start + len(name), label)]
            examples.append(Example.from_dict(pipeline.make_doc(sentence.format(name)), {"entities": entities}))
    pipeline.initialize(lambda: examples)
    for _ in range(30):
        pipeline.update(examples)
    folder = tmp_path_factory.mktemp("model")
    pipeline.to_disk(folder)
    return folder


def test_entities_become_mentions_of_our_kinds(model: Path) -> None:
    finder = PlaceFinder.from_settings(PlaceSettings(recogniser=f"spacy:{model}"))
    text = "Shells fell on Aleppo at dawn. The minister met Houston on Monday. The Syrian army moved north."
    found = finder(Document(id="d", text=text, sentences=split_sentences(text))).resolved
    assert [(r.mention.text, r.mention.kind, r.place and r.place.country_code) for r in found] == [
        ("Aleppo", "place", "SY"),
        ("Syrian", "demonym", "SY"),
    ]
    assert all(text[r.mention.start : r.mention.end] == r.mention.text for r in found)


def test_a_missing_model_says_what_to_install() -> None:
    with pytest.raises(RecogniserError, match="spacy download no_such_model"):
        PlaceFinder.from_settings(PlaceSettings(recogniser="spacy:no_such_model"))


def test_missing_spacy_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(RecogniserError, match=r"geoevents\[spacy\]"):
        PlaceFinder.from_settings(PlaceSettings(recogniser="spacy:en_core_web_sm"))
