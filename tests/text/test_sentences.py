"""Sentence spans: what must hold for any text, and what must come out for news."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.text.sentences import sentence_index, split_sentences


def sentences(text: str, breaks: tuple[int, ...] = ()) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, breaks)]


INK = """. ... ! ? " ” ( | U.S. Gen. No. a.m. He police THE 5 ، 。 é , from"""
GAPS = (" ", "\n", "\n\n", "\r\n", "\t", "- ", "1. ", "# ", "[1]", "\u2028", "\x00", "\ud800", "by ")
PIECES = st.sampled_from((*INK.split(), *GAPS))
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS, st.lists(st.integers(-3, 200), max_size=4))
def test_spans_are_ordered_trimmed_and_cover_all_ink(text: str, breaks: list[int]) -> None:
    spans = split_sentences(text, breaks)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
    assert all(not start < b < end for b in breaks for start, end in spans)


@given(TEXTS, st.integers(0, 100))
def test_sentence_index_finds_the_sentence_of_an_offset(text: str, offset: int) -> None:
    spans = split_sentences(text)
    index = sentence_index(spans, offset)
    assert index == max((i for i, (start, _) in enumerate(spans) if start <= offset), default=-1)


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Anwar Haddad met Lt. Col. Peter Boyle of the U.S. Army near Gov. Amin's house.",
        "The convoy left at 5 a.m. Monday for St. Clair.",
        "Shells hit No. 12 Harbour Rd. shortly after dawn.",
        "The bank of J. P. Morgan closed its branch.",
        "It fell to Maj. Gen. R. H. Osei to reply.",
        "Troops reached Charleston, W.Va. at noon.",
        "The mayor, who was in Aug. 22 custody, was freed.",
        '"Where are they?" she asked.',
        "They waited ... and then they fled.",
        "EAST ORANGE, N.J. -- Two men died.",
        "Introduction . . . . . .",
        "Prices rose 3.5 percent to $1.20 a loaf.",
        "It is cited on p. 12 of the report (cf. Annex 2).",
        "He wrote to www.example.org about it.",
        "Exxel Corp. Chairman Ana Ruiz resigned.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["Two died.", "Five were hurt."],
        ["They serve in the U.S.", "The others left."],
        ["It began at 9 p.m.", "Police came late."],
        ['"We saw smoke."', "He ran."],
        ["He said no.", "Nobody believed him."],
        ["She left.", "12 others stayed."],
        ["Was it true?", "“Yes!”", "So it was."],
        ["The list was long.[4]", "It grew."],
        ["He fled (to the U.S.)", "Her son stayed."],
        ["Шесть человек погибли.", "Двое ранены."],
        ["قتل خمسة أشخاص.", "وأصيب اثنان؟", "نعم."],
    ],
)
def test_sentences_part_at_their_full_stops(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_a_full_stop_without_a_space_after_it_still_ends_a_sentence() -> None:
    assert sentences("Four were killed.The army denied it. See Mrs.Smith at news.Example now.") == [
        "Four were killed.",
        "The army denied it.",
        "See Mrs.Smith at news.",
        "Example now.",
    ]


def test_chinese_and_japanese_need_no_space() -> None:
    assert sentences("五人死亡。「为什么？」他问。") == ["五人死亡。", "「为什么？」", "他问。"]


def test_a_closing_quote_after_a_space_belongs_to_its_sentence() -> None:
    assert sentences("It was “ calm . ” The town slept.") == ["It was “ calm . ”", "The town slept."]


def test_hard_wrapped_lines_do_not_break_sentences() -> None:
    text = (
        "Rebels of the northern front said on Tuesday that they had taken the\n"
        "bridge at Karsa. Eleven soldiers were killed. The command of Gen.\n"
        "Peter Okoro denied the loss, and said that its units still held the\n"
        "eastern bank.\n\nThe river is 2 km wide there."
    )
    assert sentences(text) == [
        "Rebels of the northern front said on Tuesday that they had taken the\nbridge at Karsa.",
        "Eleven soldiers were killed.",
        "The command of Gen.\nPeter Okoro denied the loss, and said that its units still held the\neastern bank.",
        "The river is 2 km wide there.",
    ]


def test_capitals_alone_still_make_sentences() -> None:
    text = (
        "PORT KARSA, 3 JAN 90 (XYZ) -- [TEXT] TWO SOLDIERS WERE KILLED TODAY IN AN\n"
        "ATTACK ON A CONVOY NEAR THE COAST.  MAJ. GEN. OKORO SAID THAT THE\n"
        "ATTACKERS FLED.\n\n   NOBODY ELSE WAS HURT."
    )
    assert sentences(text)[1:] == ["MAJ. GEN. OKORO SAID THAT THE\nATTACKERS FLED.", "NOBODY ELSE WAS HURT."]


def test_text_without_capitals_still_makes_sentences() -> None:
    assert sentences("a bomb went off in karsa. two people died, gen. okoro said. nobody claimed it.") == [
        "a bomb went off in karsa.",
        "two people died, gen. okoro said.",
        "nobody claimed it.",
    ]


def test_headline_byline_date_items_and_cells_stand_alone() -> None:
    body = (
        "A mine killed two farmers near Karsa on Monday, the provincial police said in a statement that gave no names. "
        * 2
    )
    text = f"# Mine kills two near Karsa\n\nJane Doe  \n3 May 2015\n{body}\n- two dead\n- one hurt\n"
    text += "1. First\n2) Second\n| Name | Age |\n| Ali | 5 |\na\tb"
    first, *rest = sentences(text)
    assert first == "# Mine kills two near Karsa"
    assert rest[:2] == ["Jane Doe", "3 May 2015"]
    assert rest[4:] == [
        "- two dead",
        "- one hurt",
        "1. First",
        "2) Second",
        "| Name |",
        "Age |",
        "| Ali |",
        "5 |",
        "a",
        "b",
    ]


def test_lines_that_are_paragraphs_end_sentences_without_a_full_stop() -> None:
    long = "The ministry said that the shelling of the eastern districts went on through the night, "
    long += "and that all work in the ruins had to be stopped."
    assert sentences(f"{long}\nFighting in the east\n{long}") == [long, "Fighting in the east", long]


def test_a_blank_line_in_mid_sentence_is_bridged() -> None:
    text = "The party wants to win over members of\n\nthe council before the vote.\n\nal-Karsa is calm"
    assert sentences(text) == [
        "The party wants to win over members of\n\nthe council before the vote.",
        "al-Karsa is calm",
    ]


def test_breaks_cut_sentences() -> None:
    text = "KARSA – Two died. One fled."
    assert sentences(text, (8,)) == ["KARSA –", "Two died.", "One fled."]


HOSTILE = {
    "stops": ".",
    "stops and letters": ".a",
    "stops and spaces": ". ",
    "capitals": "A.",
    "capitals and stops": "A. ",
    "closers": '."',
    "spaced closers": '." ',
    "footnotes": ".[1]",
    "open footnotes": ".[",
    "spaces": " ",
    "lines": "\n",
    "spaced lines": " \n",
    "crlf": "\r\n",
    "tabs": "\t",
    "pipes": " |",
    "bars": "|",
    "numbers": "1. ",
    "hashes": "#",
    "dashes": "- ",
    "wide": "。」",
    "openers": '. "“',
    "word": "a",
    "lower-case lines": "of\n",
    "full lines": "word " * 15 + "\n",
}


@pytest.mark.parametrize("seed", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("ending", ["", "x The end"])
def test_time_grows_with_the_text_and_no_faster(seed: str, ending: str) -> None:
    def seconds(n: int) -> float:
        text = (seed * n)[:n] + ending
        best = float("inf")
        for _ in range(2):
            begun = time.process_time()
            split_sentences(text)
            best = min(best, time.process_time() - begun)
        return best

    # quadratic work would take 16 times as long; four times is linear, and the rest is noise on a busy machine
    assert seconds(40_000) < 10 * seconds(10_000) + 0.02


@pytest.mark.shared
def test_the_real_article_reads_as_a_person_would_read_it(shared: Path) -> None:
    path = next((shared / "articles").glob("2014-08-23*"))
    found = sentences(path.read_text(encoding="utf-8"))
    assert len(found) == 42
    assert sum("\n" in sentence for sentence in found) == 1  # the paragraph that a blank line cuts in two


@pytest.mark.shared
def test_capitals_of_muc_part_into_sentences_of_common_length(shared: Path) -> None:
    lengths = []
    with (shared / "corpora/incidents/muc4_dev.jsonl").open(encoding="utf-8") as file:
        for line in file:
            lengths += [len(s) for s in sentences(json.loads(line)["text"])]
    assert 100 < sorted(lengths)[len(lengths) // 2] < 160
    assert sum(length > 700 for length in lengths) < 0.002 * len(lengths)
