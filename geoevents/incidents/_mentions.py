"""Names of those who act and suffer: armed groups, forces of states, gunmen, civilians, and things that are attacked.

Names come from ``data/actors.csv`` and are normalised by it ("Daesh", "ISIL" and "so-called Islamic State" are one
group). Forces of a state are put together from their words ("Iraqi police" is "Police Forces of Iraq", as ACLED names
them). What nobody named stays in the text's words ("gunmen").
"""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from geoevents.countries import countries, country_name
from geoevents.incidents._phrases import PhraseTable
from geoevents.incidents._tables import table, word_set
from geoevents.model import Actor, Certainty
from geoevents.text.words import Words, split

Role = Literal["group", "force", "generic", "civilians", "object", "nation", "metonym"]
"""``group`` a name of the table; ``force`` a state's; ``generic`` fighters by what they are; ``civilians`` people who
do not fight; ``object`` a thing attacked; ``nation`` a country or its adjective and ``metonym`` a capital that stands
for its government, actors only where they act."""


class ActorMention(NamedTuple):
    """Words that name somebody who acts or suffers, or something that is attacked.

    Attributes
    ----------
    start, end, text, first, stop, sentence
        Where it stands.
    name
        Normalised name.
    kind
        As :class:`~geoevents.model.Actor`; for an object its owner's (``state``, ``civilians``, ``external``).
    role
        What table it came from.
    countries
        Two-letter codes of where it belongs, as far as known.
    home
        The one of them whose conflict a group belongs to; empty where there is none, and for all but groups.
    armed
        Whether it fights: what tells battles from violence against civilians.
    led_by
        Preposition before it, articles and adjectives aside; empty where there is none.
    """

    start: int
    end: int
    text: str
    first: int
    stop: int
    sentence: int
    name: str
    kind: str
    role: Role
    countries: tuple[str, ...] = ()
    home: str = ""
    armed: bool = False
    led_by: str = ""

    def actor(self, certainty: Certainty = "stated") -> Actor:
        """Record of the incident."""
        return Actor(
            name=self.name, text=self.text, start=self.start, end=self.end, kind=self.kind, certainty=certainty
        )


class Entry(NamedTuple):
    """What a phrase of the tables stands for."""

    name: str
    kind: str
    role: Role
    countries: tuple[str, ...] = ()
    armed: bool = False
    proper: bool = False
    doubtful: bool = False
    home: str = ""


@lru_cache(maxsize=1)
def lexicon() -> PhraseTable[Entry]:
    """All phrases of all tables; where two have the same phrase the first table counts."""
    parts = (_groups, _objects, _generic, _forces, _victims, _nationalities, _nations, _metonyms)
    return PhraseTable(pair for part in parts for pair in part())


Pairs = Iterable[tuple[str, Entry]]


def _groups() -> Pairs:
    for row in table("actors"):
        codes = tuple(row["countries"].split())
        home = row["home"] or (codes[0] if len(codes) == 1 else "")
        armed = row["kind"] not in ("civilians", "protesters", "other")
        for alias in (row["name"], *filter(None, row["aliases"].split("|"))):
            doubtful = alias.startswith("?")
            entry = Entry(row["name"], row["kind"], "group", codes, armed, proper=True, doubtful=doubtful, home=home)
            yield _plain(alias.lstrip("?")), entry


def _plain(name: str) -> str:
    """Write a name as a pattern that stands for itself; its article would be looked up at every article of a text."""
    return " ".join(split(name)).removeprefix("the ")


def _generic() -> Pairs:
    for row in table("generic_actors"):
        yield row["pattern"], Entry(row["name"], row["kind"], "generic", armed=row["armed"] == "yes")


def _forces() -> Pairs:
    for row in table("forces"):
        yield row["pattern"], Entry(row["force"], "state", "force", armed=True)


def _victims() -> Pairs:
    for row in table("victims"):
        yield row["pattern"], Entry("civilians", "civilians", "civilians")


def _objects() -> Pairs:
    for row in table("objects"):
        kind = "civilians" if row["owner"] == "civilian" else row["owner"]
        yield row["pattern"], Entry("object", kind, "object", armed=row["owner"] != "civilian")


def _nationalities() -> Pairs:
    for row in table("nationalities"):
        for word in row["word"].split():
            name = _plain(word.replace("_", " "))
            yield name, Entry(row["country"], "state", "nation", (row["country"],), proper=True)
            if not word.endswith(("s", "sh", "ese", "ch")):
                yield name + "s", Entry("civilians", "civilians", "civilians", (row["country"],), proper=True)


def _nations() -> Pairs:
    for code, country in countries().items():
        yield _plain(country.name), Entry(code, "state", "nation", (code,), proper=True)


def _metonyms() -> Pairs:
    for row in table("metonyms"):
        yield row["word"], Entry(row["country"], "state", "metonym", (row["country"],), proper=True)


def find_actors(
    words: Words, countries: Collection[str] = (), within: Collection[int] | None = None
) -> tuple[ActorMention, ...]:
    """Actors, civilians and targets of a document in order, without overlaps.

    Parameters
    ----------
    countries
        Two-letter codes of the countries the document is about; they decide what a doubtful acronym ("JEM") means.
    within
        Sentences to report on; names elsewhere still tell what an acronym means. None is all.
    """
    found = [hit for hit in lexicon().find(words.lower) if _written_as_name(words, hit.first, hit.stop, hit.payload)]
    sure = {reading.payload.name for hit in found for reading in hit.readings if not reading.payload.doubtful}
    mentions: list[ActorMention] = []
    for first, stop, readings in found:
        if within is not None and words.sentence_of[first] not in within:
            continue
        entry = _meant([reading.payload for reading in readings], sure, countries)
        if entry is None:
            continue
        if _is_compound(words, stop):
            continue
        mention = _mention(words, first, stop, entry)
        if mention.role == "generic":
            mention = _affiliated(words, mention)
        if mentions and (joined := _joined(words, mentions[-1], mention)):
            mentions[-1] = joined
        else:
            mentions.append(mention)
    return tuple(_as_actor(mention) for mention in mentions if not _is_whereabouts(words, mention))


_COMPOUNDS: Final = word_set("compounds")


def _is_compound(words: Words, stop: int) -> bool:
    """Tell "rebel-held" and "US-led" from rebels and the US."""
    return stop < len(words) and words.lower[stop] in _COMPOUNDS and words.text[words.ends[stop - 1]] == "-"


_WHEREABOUTS: Final = word_set("whereabouts")


def _is_whereabouts(words: Words, mention: ActorMention) -> bool:
    """Tell a country where something happened from one that did it."""
    if mention.role not in ("nation", "metonym") or mention.first == words.sentences[mention.sentence].start:
        return False
    return words.lower[mention.first - 1] in _WHEREABOUTS


@lru_cache(maxsize=1)
def _affiliations() -> PhraseTable[str]:
    return PhraseTable((row["pattern"], row["name"]) for row in table("affiliations"))


def _affiliated(words: Words, mention: ActorMention) -> ActorMention:
    """Keep whose fighters are: "a Shi'ite militia", "Sunni militants", "pro-government militias"."""
    if mention.name.lower().startswith(_NAMELESS):
        return mention
    sentence = words.sentences[mention.sentence]
    reach = range(max(sentence.start, mention.first - _AFFILIATION_WORDS), mention.stop)
    found = [hit for hit in _affiliations().find(words.lower, reach) if _is_before(words, hit.stop, mention)]
    if not found:
        return mention
    first, stop, readings = found[-1]
    name = readings[0].payload or words.surface(first, stop).capitalize()
    if name.split("-")[-1].lower() in mention.name.lower():
        return mention
    first = min(first, mention.first)
    start, end = words.span(first, mention.stop)
    text = words.text[start:end]
    return mention._replace(start=start, end=end, text=text, first=first, name=f"{name} {mention.name}")


def _is_before(words: Words, stop: int, mention: ActorMention) -> bool:
    """Whether an adjective that ends at `stop` stands right before the noun, other adjectives aside."""
    return stop < mention.stop and all(word in _MODIFIERS for word in words.lower[stop : mention.first])


_AFFILIATION_WORDS: Final = 4
#: those of whom nobody knows what they are
_NAMELESS: Final = (
    "unidentified",
    "gunmen",
    "suicide",
    "bomber",
    "kidnappers",
    "protesters",
    "rioters",
    "peacekeepers",
)


def _joined(words: Words, before: ActorMention, mention: ActorMention) -> ActorMention | None:
    """Make one mention of two: "Iraqi" and "police", "ISIS" and "fighters"."""
    if before.sentence != mention.sentence:
        return None
    if before.role == "nation" and _belongs(words, before, mention):
        return _national(words, before, mention)
    if before.role == "group" and mention.role in ("generic", "force") and before.stop == mention.first:
        end = mention.end
        return before._replace(end=end, text=words.text[before.start : end], stop=mention.stop)
    return None


def _meant(entries: Sequence[Entry], sure: Collection[str], countries: Collection[str]) -> Entry | None:
    """Choose what a name means here: a group named in full elsewhere, then one of the countries in focus."""
    if len(entries) == 1 and not entries[0].doubtful:
        return entries[0]
    here = [entry for entry in entries if not set(entry.countries).isdisjoint(countries)]
    named = [entry for entry in entries if entry.name in sure]
    plain = [entry for entry in entries if not entry.doubtful]
    return next(iter([*named, *here, *plain]), None)


def _written_as_name(words: Words, first: int, stop: int, entry: Entry) -> bool:
    """Name counts with a capital; a short one all in capitals ("IS", "JEM") only so."""
    if words.sentence_of[first] != words.sentence_of[stop - 1]:
        return False
    if not entry.proper:
        return True
    pronoun = words.lower[first] == "us" and stop - first == 1
    if words.shouted[words.sentence_of[first]]:
        return not entry.doubtful and not pronoun
    if pronoun or (entry.doubtful and stop - first == 1):
        return words.acronym(first)
    return any(words.capital(i) for i in range(first, stop))


_POSTS: Final = word_set("posts")


def _mention(words: Words, first: int, stop: int, entry: Entry) -> ActorMention:
    sentence = words.sentences[words.sentence_of[first]]
    if entry.role == "force" and stop < sentence.stop and words.lower[stop] in _POSTS:
        stop += 1  # "gendarmerie post": not who, but what was attacked
        entry = entry._replace(role="object")
    start, end = words.span(first, stop)
    return ActorMention(
        start=start,
        end=end,
        text=words.text[start:end],
        first=first,
        stop=stop,
        sentence=words.sentence_of[first],
        name=" ".join(words.text[start:end].lower().split()) if entry.role == "object" else entry.name,
        kind=entry.kind,
        role=entry.role,
        countries=entry.countries,
        home=entry.home,
        armed=entry.armed,
        led_by=_led_by(words, first, sentence.start),
    )


_OBLIQUE: Final = word_set("oblique") | {"by"}
_MODIFIERS: Final = word_set("modifiers")
_MODIFIER_WORDS: Final = 5  # of "at least three heavily armed" before a noun


def _led_by(words: Words, first: int, start: int) -> str:
    """Find the preposition of the noun phrase that ends in a mention."""
    for at in range(first - 1, max(start, first - 1 - _MODIFIER_WORDS) - 1, -1):
        word = words.lower[at]
        if word in _OBLIQUE and words.lower[at + 1] != "least":
            return word
        if word not in _MODIFIERS and not word.isdigit():
            return ""
    return ""


#: words that may stand between a nationality and its force ("Iraqi government special forces", "Israel's army")
_JOINERS: Final = frozenset(
    "'s government federal national special elite regular riot armed led backed security".split()
)


def _belongs(words: Words, nation: ActorMention, mention: ActorMention) -> bool:
    if mention.role in ("group", "nation"):
        return False
    between = words.lower[nation.stop : mention.first]
    return len(between) <= 2 and all(word in _JOINERS for word in between)


def _national(words: Words, nation: ActorMention, mention: ActorMention) -> ActorMention:
    """One mention of a nationality and what it is said of."""
    start, end = words.span(nation.first, mention.stop)
    name = mention.name
    if mention.role == "force":
        name = f"{mention.name} of {country_name(nation.countries[0])}"
    elif mention.role == "generic":
        name = f"{nation.text} {mention.name}"
    return mention._replace(
        start=start,
        end=end,
        text=words.text[start:end],
        first=nation.first,
        name=name,
        countries=nation.countries,
    )


def _as_actor(mention: ActorMention) -> ActorMention:
    """Nation that acts does so by its army."""
    if mention.role not in ("nation", "metonym"):
        return mention
    if mention.name == "PS":
        return mention._replace(name="Palestinian militants", kind="rebel", armed=True)
    return mention._replace(name=f"Military Forces of {country_name(mention.countries[0])}", armed=True)
