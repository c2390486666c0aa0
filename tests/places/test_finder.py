"""The place stage as others use it: text in, toponyms, places, locations and focus out."""

import pickle
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoevents.articles import read_articles
from geoevents.errors import SettingsError
from geoevents.geo import distance_km
from geoevents.model import Document, DocumentPlaces, PlaceMention, ResolvedPlace
from geoevents.places import PlaceFinder
from geoevents.places.resolver.evidence import FEATURES
from geoevents.settings import ArticleSettings, PlaceSettings
from geoevents.text.pages import CHARACTERS
from geoevents.text.sentences import split_sentences

FINDER = PlaceFinder.from_settings(PlaceSettings())


def read(text: str) -> DocumentPlaces:
    """Places of a text."""
    return FINDER(Document(id="d", text=text, sentences=split_sentences(text)))


def named(found: DocumentPlaces, *kinds: str) -> dict[str, ResolvedPlace]:
    """Results by the words of their mentions, of some kinds or all."""
    return {r.mention.text: r for r in found.resolved if not kinds or r.mention.kind in kinds}


def test_a_dam_is_not_the_town_it_is_named_after() -> None:
    result = named(read("Jets bombed militants near the Mosul dam in Iraq on Friday."))["Mosul dam"]
    assert result.place is not None
    assert (result.place.feature_code, result.place.country_code) == ("DAM", "IQ")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ben Rhodes, an adviser to the president, briefed reporters. Rhodes took two questions.", "Rhodes"),
        ("General Martin Dempsey met his colleagues. Dempsey said that he was content.", "Martin"),
        ("General Ricardo Santiago was received by the minister. Santiago carried a letter.", "Santiago"),
        ("Governor Paris Lincoln spoke in Boston. Lincoln promised more money for schools.", "Lincoln"),
    ],
)
def test_people_are_no_places(text: str, person: str) -> None:
    assert not any(person in name for name in named(read(text), "place", "demonym", "metonym"))


def test_peoples_are_demonyms_and_no_locations() -> None:
    found = read("Iraqi soldiers and Russian advisers reached Tikrit.")
    kinds = {r.mention.text: (r.mention.kind, r.place and r.place.country_code) for r in found.resolved}
    assert kinds["Iraqi"] == ("demonym", "IQ")
    assert kinds["Russian"] == ("demonym", "RU")
    assert {location.text for location in found.locations} == {"Tikrit"}


def test_a_village_near_a_town_is_not_the_town() -> None:
    found = read("Gunmen killed a teacher in a village near Baquba, in Iraq, on Friday.")
    (near,) = (location for location in found.locations if location.relation == "near")
    assert near.text == "a village near Baquba"
    assert near.where_prec == 2
    assert near.radius_km >= 20


def test_what_the_text_names_decides_between_namesakes() -> None:
    texas = named(read("A storm hit Paris, Texas, on Monday."))["Paris"].place
    france = named(read("The prime minister of France returned to Paris on Monday."))["Paris"].place
    assert texas is not None
    assert france is not None
    assert (texas.country_code, france.country_code) == ("US", "FR")


@pytest.mark.parametrize(
    ("publisher", "text", "country"),
    [
        ("Sentinel of Hebron, Nebraska", "Two barns burned in Hebron on Monday.", "US"),
        ("The Hebron Gazette (Hebron, Neb.)", "Two barns burned in Hebron on Monday.", "US"),
        (None, "Two barns burned in Hebron on Monday.", "PS"),
        ("Sentinel of Hebron", "Two barns burned in Hebron on Monday.", "PS"),
        ("Sentinel of Hebron, Nebraska", "A bus left Ramallah for Hebron in the West Bank.", "PS"),
        ("Sentinel of Mosul, Nebraska", "Two barns burned in Hebron on Monday.", "PS"),
    ],
)
def test_the_outlets_home_decides_where_the_text_does_not(publisher: str | None, text: str, country: str) -> None:
    found = FINDER(Document(id="d", text=text, publisher=publisher, sentences=split_sentences(text)))
    hebron = named(found)["Hebron"]
    assert hebron.place is not None
    assert hebron.place.country_code == country
    assert ("outlet's home" in hebron.reason) == (country == "US")
    assert all(text[r.mention.start : r.mention.end] == r.mention.text for r in found.resolved)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tehran has rejected the offer of the mediators.", "metonym"),
        ("The envoys hope that Tehran will not expel them.", "metonym"),
        ("Tehran's refusal came as no surprise.", "metonym"),
        ("Rain fell on Tehran all night.", "place"),
        ("A factory in Tehran has rejected the offer of the workers.", "place"),
        ("Tehran's bridges were closed on Monday.", "place"),
    ],
)
def test_a_capital_that_does_what_governments_do_is_a_metonym(text: str, kind: str) -> None:
    assert named(read(text))["Tehran"].mention.kind == kind


def test_what_towns_have_tells_a_town_from_a_person() -> None:
    found = named(read("A doctor at the hospital of Silvia, Elber Campo, was shot dead on Sunday by two men."))
    assert set(found) == {"Silvia"}


def test_a_district_of_a_town_does_not_make_the_town_a_division() -> None:
    first, *_ = (r for r in read("Shells hit the Qusour district of Homs on Friday.").resolved if r.place)
    assert first.place is not None
    assert first.place.feature_code == "PPLA"


def test_a_bare_capital_is_no_state_of_its_name_however_often_the_country_is_named() -> None:
    text = (
        "Washington said on Friday that the US would send aid to Iraq. The United States and US allies met. "
        "Officials in Washington declined to say more; a US general left Washington for Baghdad."
    )
    place = named(read(text))["Washington"].place
    assert place is not None
    assert place.id == "gn:4140963"
    state = named(read("Fires spread in Washington state, near Spokane in the US."))["Washington"].place
    assert state is not None
    assert state.feature_code == "ADM1"


def test_a_part_of_a_town_is_no_namesake_elsewhere() -> None:
    result = named(read("A drone hit the Dnipro district of Kherson on Monday."))["Dnipro"]
    assert result.place is None
    assert "part of Kherson" in result.reason


def test_the_province_of_a_people_is_a_province() -> None:
    text = "Guns fired into the Afghan province of Khost on Sunday. Three people died in the district of Gurbuz."
    place = named(read(text))["Khost"].place
    assert place is not None
    assert place.feature_code == "ADM1"


def test_unsure_is_unresolved_and_says_what_it_could_be() -> None:
    strict = PlaceFinder.from_settings(PlaceSettings(threshold=1.0))
    text = "The bus came from Springfield."
    (result,) = strict(Document(id="d", text=text, sentences=split_sentences(text))).resolved
    assert result.place is None
    assert len(result.alternatives) > 1
    assert "not sure enough" in result.reason


def test_focus_names_country_division_and_place() -> None:
    found = read("Shells fell on Kharkiv in Ukraine. Officials in Kharkiv said that Ukrainian crews were on their way.")
    best = {focus.level: focus.place.name for focus in reversed(found.focus)}
    assert best["country"] == "Ukraine"
    assert best["place"] == "Kharkiv"


@given(st.text(alphabet="IraqMosul LebnPris.,;:'’-–()[]\n\t\"0123…ÀéعЖ北\u200b\U0001f600", max_size=160))
def test_spans_slice_back_in_any_text(text: str) -> None:
    found = read(text) if text else read(" ")
    for result in found.resolved:
        assert text[result.mention.start : result.mention.end] == result.mention.text
    for location in found.locations:
        assert text[location.start : location.end] == location.text
    spans = [(r.mention.start, r.mention.end) for r in found.resolved]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@given(st.permutations(["Iraq", "Mosul dam,", "Ben Rhodes", "in", "PARIS", "Texas.", "the", "said", "U.S.", "near"]))
def test_spans_slice_back_in_any_order_of_words(words: list[str]) -> None:
    text = " ".join(words)
    assert all(text[r.mention.start : r.mention.end] == r.mention.text for r in read(text).resolved)


def test_a_copy_sent_to_another_process_finds_the_same() -> None:
    text = "Shells fell on Kharkiv in Ukraine."
    document = Document(id="d", text=text, sentences=split_sentences(text))
    assert pickle.loads(pickle.dumps(FINDER))(document) == FINDER(document)


def test_an_unknown_recogniser_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="learned"):
        PlaceFinder.from_settings(PlaceSettings(recogniser="magic"))


@pytest.mark.shared
def test_the_real_article(shared: Path) -> None:
    article = shared / "articles" / "2014-08-23-sectarian-massacre-in-iraq.txt"
    (document,) = read_articles([article], ArticleSettings())
    assert isinstance(document, Document)
    found = FINDER(document)
    wanted = {
        "Baghdad": "IQ", "Baquba": "IQ", "Diyala": "IQ", "Iraq": "IQ", "Syria": "SY", "Damascus": "SY",
        "Washington": "US", "Saudi Arabia": "SA", "Qatar": "QA", "Kuwait": "KW", "Libya": "LY", "Mosul dam": "IQ",
    }  # fmt: skip
    places = {name: r.place.country_code for name, r in named(found, "place").items() if r.place}
    assert {name: places.get(name) for name in wanted} == wanted
    capital = named(found)["Washington"].place
    assert capital is not None
    assert capital.feature_code == "PPLC"
    people = ("Rhodes", "Martin", "Foley", "Hagel", "Meyer", "Van Auken", "Obama", "Abadi")
    assert not [name for name in named(found) if any(person in name for person in people)]


SENTENCES = (
    "Rebels shelled the airport of Aleppo on Monday, officials in Damascus said.",
    "Ben Rhodes, an adviser, spoke in Martin; Rhodes left for Paris, Texas.",
    "rhodes and martin were in aleppo, and so was paris.",
    "GUNMEN KILLED TWO PEOPLE IN MOSUL, IRAQ.",
    "A market in the city of Rhodes burnt down.",
    "Iraq\n\nThe Bank of England and the University of Mosul were closed.",
    "Zürich — N’Djamena, Sana’a; Łódź!",
    "\u2028\x00 (,",
    " ",
    "",
)
STORIES = st.lists(st.sampled_from(SENTENCES), max_size=4).map("\n".join)


@given(st.lists(STORIES, max_size=6))
def test_documents_read_together_say_what_each_says_alone(stories: list[str]) -> None:
    documents = [
        Document(id=str(i), text=text, sentences=split_sentences(text) if i % 3 else ())
        for i, text in enumerate(stories)
    ]
    alone = [FINDER(document) for document in documents]
    assert [repr(found) for found in FINDER.together(documents)] == [repr(found) for found in alone]


def test_a_stream_is_read_a_page_at_once() -> None:
    taken = 0

    def stream() -> Iterator[Document]:
        nonlocal taken
        for taken in range(1, 1000):
            yield Document(id=str(taken), text="Shells fell on Aleppo. " * 100)

    assert next(FINDER.together(stream())).resolved
    assert taken <= CHARACTERS // 2000


def test_a_recogniser_that_reads_one_document_reads_a_stream_too() -> None:
    def last_word(document: Document) -> tuple[PlaceMention, ...]:
        start = document.text.rindex(" ") + 1
        word = document.text[start:]
        return (PlaceMention(doc_id=document.id, start=start, end=start + len(word), text=word),)

    finder = replace(FINDER, recogniser=last_word)
    documents = [Document(id=name, text=f"They went to {name}") for name in ("Mosul", "Kharkiv")]
    assert list(finder.together(documents)) == [finder(document) for document in documents]
    assert all(list(named(found)) == [found.doc_id] for found in finder.together(documents))


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        (
            "A bomb went off outside a bank in San Salvador.",
            "San Salvador",
            ("SV", "PPLC"),
        ),  # not the Bahamas' district
        ("Gunmen fired at a bus in Barcelona on Monday.", "Barcelona", ("ES", "PPLA")),
        ("Bombs were found in Athens.", "Athens", ("GR", "PPLC")),
        ("Spain's police found a bomb in San Sebastian.", "San Sebastian", ("ES", "PPLA2")),
        ("Fires spread in Washington state.", "Washington", ("US", "ADM1")),
    ],
)
def test_the_great_place_where_nothing_speaks_for_a_small_one(text: str, name: str, place: tuple[str, str]) -> None:
    found = named(read(text))[name].place
    assert found is not None
    assert (found.country_code, found.feature_code) == place


def test_a_quarter_that_many_towns_have_is_not_that_of_a_town_far_off() -> None:
    found = named(read("Two men were shot on the West Side of Newcastle. A third lay in the East End, police said."))
    for name in ("West Side", "East End"):
        if name in found and (quarter := found[name].place) is not None:
            town = found["Newcastle"].place
            assert town is not None
            assert distance_km(quarter.latitude, quarter.longitude, town.latitude, town.longitude) < 60
    alone = named(read("Shots were fired in East End on Monday, police said."))
    assert alone["East End"].place is None
    assert "many towns" in alone["East End"].reason
    london = named(read("A theatre in London's West End was evacuated after a bomb threat."))
    assert london["West End"].place is None or london["West End"].place.country_code == "GB"


def test_no_two_features_share_a_name() -> None:
    assert len(set(FEATURES)) == len(FEATURES)  # the weights' file holds one weight a name
