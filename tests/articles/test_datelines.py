"""Datelines in the forms of the agencies, and openings that only look like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles.datelines import find_dateline
from tests.timing import grows_no_faster_than_its_input

BODY = "Eleven people were killed on Friday, the police said."


@pytest.mark.parametrize(
    ("line", "place", "date_text", "agency"),
    [
        ("BAGHDAD, Aug 22 (Reuters) – ", "BAGHDAD", "Aug 22", "Reuters"),
        ("LONDON Jan 3 (Reuters) - ", "LONDON", "Jan 3", "Reuters"),
        ("KABUL, Afghanistan (AP) — ", "KABUL, Afghanistan", None, "AP"),
        ("CHARLESTON, W.Va. -- ", "CHARLESTON, W.Va.", None, None),
        ("BEIRUT/DAMASCUS, 5 Jan. 2015 (AFP) – ", "BEIRUT/DAMASCUS", "5 Jan. 2015", "AFP"),
        ("SAN SALVADOR, 3 JAN 90 -- [REPORT] [JOHN ROE] [TEXT] ", "SAN SALVADOR", "3 JAN 90", None),
        ("ROME (ITALY), 11 JAN 90 (ANSA) -- [TEXT] ", "ROME (ITALY)", "11 JAN 90", "ANSA"),
        ("NO CITY (PERU), NO DATE -- [SPEECH] ", "PERU", None, None),
        ("Mogadishu – ", "Mogadishu", None, None),
        ("GENEVA (22 August 2014) – ", "GENEVA", "22 August 2014", None),
        ("SRINAGAR: ", "SRINAGAR", None, None),
        ("BOGOTA, Monday, Aug. 4 (EFE) -- ", "BOGOTA", "Aug. 4", "EFE"),
        ("(Reuters) - ", None, None, "Reuters"),
        ("THE HAGUE, Netherlands (AP) — ", "THE HAGUE, Netherlands", None, "AP"),
        ("NEW DELHI: ", "NEW DELHI", None, None),
        ("EAST ORANGE, N.J. -- ", "EAST ORANGE, N.J.", None, None),
        ("DENVER (CBS4) ", "DENVER", None, "CBS4"),
    ],
)
def test_forms_of_the_agencies(line: str, place: str | None, date_text: str | None, agency: str | None) -> None:
    text = line + BODY
    found = find_dateline(text, 0, cased=True)
    assert found is not None
    dateline = found.dateline
    assert (dateline.place_text, dateline.date_text, dateline.agency) == (place, date_text, agency)
    assert text[found.body_start :] == BODY
    assert dateline.text == text[dateline.start : dateline.end]
    assert dateline.text == dateline.text.strip()


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "UPDATE – Eleven people were killed.",
        "VIDEO: Eleven people were killed.",
        "But – and this is sure – nobody came.",
        "The army – which denies it – has left.",
        "On Aug 22 – a Friday – eleven people were killed.",
        "Police (who came late) - and firemen - left.",
        "Baghdad - 12 dead, 30 hurt",
        "BAGHDAD, Aug 22 (Reuters) –",
        "Five people died (two of them children) - and more.",
        "CHILE.  Between May 1 and 3 there were attacks: no one was hurt.",
        "",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    assert find_dateline(text, 0, cased=True) is None


def test_capitals_alone_are_no_evidence_where_all_is_in_capitals() -> None:
    assert find_dateline("THE GOVERNMENT -- WHICH DENIES IT -- FELL.", 0, cased=False) is None
    assert find_dateline("KARSA -- TWO MEN DIED.", 0, cased=False) is None
    assert find_dateline("KARSA, 3 MAY -- TWO MEN DIED.", 0, cased=False) is not None


def test_a_dateline_does_not_reach_over_an_empty_line() -> None:
    assert find_dateline("Marco Roe\n\nKARSA (AP) – Two died.", 0, cased=True) is None
    assert find_dateline("JERUSALEM (ISRAEL), 2 OCT 89 (TV) --\n[TEXT] THEY CAME.", 0, cased=False) is not None


@given(st.text(st.sampled_from("AB ab12,.()[]–-:\n") | st.characters(), max_size=120), st.booleans())
def test_any_text_has_one_or_none(text: str, cased: bool) -> None:
    found = find_dateline(text, 0, cased=cased)
    if found:
        assert found.dateline.text == text[: found.dateline.end]
        assert found.dateline.end <= found.body_start <= len(text)
        assert text[found.body_start :].strip()


@pytest.mark.parametrize("seed", ["A", "(", "()", "- ", "A, ", "[a] ", "A (B) ", ": ", "May 1 "])
def test_time_is_bounded(seed: str) -> None:
    grows_no_faster_than_its_input(lambda n: find_dateline("KARSA -- " + seed * n, 0, cased=True))
