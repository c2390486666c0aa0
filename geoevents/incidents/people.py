"""Who is counted: numbers and nouns put together into noun phrases of people.

"At least 20 Iraqi policemen", "three of his bodyguards", "a 12-year-old boy", "his wife", "two others", "Col. Yassin
Jawad", "seven members of the family". A number that stands with a thing ("20 airstrikes", "75 miles") counts no people.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from geoevents.incidents.lexicon import Entry
from geoevents.incidents.numbers import Number, read_numbers
from geoevents.incidents.profiles import PLURAL, Bounds
from geoevents.incidents.tags import Tagged
from geoevents.model import Qualifier, Victims

# Noun phrases over the tags of words.py; every part is bounded, so that reading is linear.
_MODIFIERS: Final = "mjxXLpPgTJo"
_MODIFIER: Final = rf"(?:[{_MODIFIERS}]|(?<!X)[zV](?=[mjpPXg]))"  # "identified civilians"; not "Lt. Ali said five men"
_FAMILIES: Final = r"f[the]{0,2}(?:X{1,5}(?:,c|,|c)){1,5}X{1,5}g"  # "of the Hadi and Saleh families"
_OF: Final = rf"(?:{_FAMILIES}|f[the]{{0,2}}0?{_MODIFIER}{{1,8}})?"
_AGE: Final = r"(?:\(0\)|(?:,J)?,R?0(?=[,.)]|$))?"  # "(32)", ", Jr., 28,", ", also 14."
_PHRASE: Final = re.compile(
    r"(?=[0vhatemjxXLpPgJTourB])(?:"  # no phrase begins with another tag: most words are passed over at once
    rf"(?P<harmed>[0v]u?ft[KZ](?![mjxXLpPg]))"
    rf"|(?P<counted>h?[0v](?:f[teh]{{0,2}}0?)?u?{_MODIFIER}{{0,6}}(?:(?:[Ppg]|j(?![xXmLpPg]))(?!T)X{{0,8}}{_AGE}{_OF}|B))"
    rf"|(?P<single>(?:[ateh]u?|u)(?:{_MODIFIER}|0){{0,6}}(?:(?:[pg]|j(?![xXmLpPgV]))(?!T)X{{0,8}}{_AGE}{_OF}|B))"
    rf"|(?P<plural>[eth]{{0,2}}u?[mjxpPLTX]{{0,4}}(?:(?:P|j(?![xXmLpPgT]))(?!T){_OF}|B))"
    rf"|(?P<thing>[0vateh]?u?[mjxXLpPgJo]{{0,4}}T++(?!p[JX]{{0,8}}X))"
    rf"|(?P<bare>h?[0v](?:f[r])?u?)(?![mjxXLo])"
    rf"|(?P<unknown>h?[0v]u?[mjxXLo]{{1,4}})"
    rf"|(?P<titled>(?:L?[mjpPJX]{{0,6}}p|pL{{1,3}}p|[mjpPJXT]{{1,6}}p(?=[JX]{{0,8}}X))[JX]{{0,8}}{_AGE})"
    rf"|(?P<name>(?:t(?=J))?[mjpPJX]{{0,8}}X{_AGE})"
    rf"|(?P<pronoun>r|[at]?u|[at]o(?=[KVbHwRzYi,.;c])|e(?=[KVbHwRz,.]))"
    rf"|(?P<other>[ath][mjxXLo]{{1,4}}))"
)
_SINGULAR_PRONOUNS: Final = frozenset("he she him her himself herself i me you".split())
_NOBODY_PRONOUNS: Final = frozenset("it itself i me we us you myself ourselves which whose".split())
KIN: Final = frozenset(
    "wife husband son daughter brother sister mother father parent cousin uncle aunt nephew niece grandson "
    "granddaughter grandmother grandfather bodyguard driver escort spouse child twin relative fiance fiancé "
    "fiancée".split()
)
ONE: Final = Bounds(1, 1, 1)
_ON_TOP: Final = frozenset(("more", "further", "additional"))
_ARMED_BODIES: Final = frozenset("police army troops forces force military militia security marines guard".split())


class People(NamedTuple):
    """A noun phrase of people, as it counts them.

    Attributes
    ----------
    start, end
        Offsets of the words that give the number: the number where there is one, else the whole phrase.
    bounds
        None for a vague word, or where the phrase gives no number ("them", "the victims").
    vague
        The vague word; ``plural`` for a plural without a number.
    noun
        The head noun in the singular; empty for a bare number or a name.
    name
        A proper name, as written.
    definite
        Points back to people told of before ("the two", "both", "them").
    more
        Comes on top of others ("another", "two more", "three others").
    part, of_them, of_wounded
        Taken out of a larger group ("three of the passengers"); out of one just named ("three of them"); out of the
        injured ("two of the wounded").
    numbered
        The text gives a number.
    named
        A name stands right behind the noun ("three daughters Mona, Sara and Lina").
    inner
        The people after an "of" ("100 Iranians" in "relatives of 100 Iranians").
    camp
        Camp of fighters: ``forces`` or ``fighters``; empty for others.
    on_top
        Comes on top of a number given before ("two more", "a further three"), not just beside others.
    """

    start: int
    end: int
    bounds: Bounds | None
    qualifier: Qualifier
    vague: str = ""
    victims: Victims = "all"
    noun: str = ""
    name: str = ""
    definite: bool = False
    more: bool = False
    part: bool = False
    of_them: bool = False
    numbered: bool = False
    on_top: bool = False
    camp: str = ""
    inner: "People | None" = None
    named: bool = False
    of_wounded: bool = False

    @property
    def kin(self) -> bool:
        """Whether the phrase names somebody by a relative of theirs ("his wife"): never the person before."""
        return self.noun in KIN


class Chunk(NamedTuple):
    """A piece of a sentence: a noun phrase (N people, X a name, U unknown, T things), or a word or number with its tag.

    A tuple and no dataclass: there is one for every word, and making it is a tenth of the reading's time.
    """

    tag: str
    first: int
    last: int
    entry: Entry
    people: People | None = None
    number: Number | None = None
    parts: tuple[People, ...] = ()


_make: Final = tuple.__new__  # what Chunk() ends in, without the way there: there is one for nearly every word


def read_chunks(words: Tagged) -> list[Chunk]:
    """Cut a sentence into noun phrases and single words."""
    units = _units(words)
    tags = "".join([unit.tag for unit in units])
    chunks: list[Chunk] = []
    done = 0
    for match in _PHRASE.finditer(tags):
        chunks.extend(units[done : match.start()])
        chunks.append(_phrase_chunk(words, units[match.start() : match.end()], match.lastgroup or ""))
        done = match.end()
    chunks.extend(units[done:])
    return chunks


# -- units -------------------------------------------------------------------------------------------------------------

_THING: Final = Entry("T")
#: what a number word is that is no number here ("as many as")
_NO_NUMBER: Final = {"0": "T", "v": "x"}
_AGED: Final = Entry("p", lemma="year-old")
_NUMBER: Final = Entry("0")


def _units(words: Tagged) -> list[Chunk]:
    numbers = {number.first: number for number in read_numbers(words)}
    units: list[Chunk] = []
    entries, lower = words.entries, words.lower
    index, count = 0, len(entries)
    while index < count:
        if lower[index] == "(" and _is_acronym(words, index):
            index += 3
            continue
        number = numbers.get(index)
        if number is None:
            entry = entries[index]
            after = index + 1
            if entry.tag not in _LONG and (after == count or entries[after].tag != "~"):
                units.append(_make(Chunk, (entry.tag, index, after, entry, None, None, ())))
                index = after
                continue
            unit = _word_unit(words, index)
        else:
            unit = _number_unit(words, number)
        units.append(unit)
        index = unit.last
    return units


#: tags of words that a point may belong to, or that are no number after all; all others stand for themselves
_LONG: Final = frozenset("JXL0v")


def _is_acronym(words: Tagged, index: int) -> bool:
    """Whether an acronym in brackets begins at `index`: "two Farmers' Union (FU) members"."""
    if index + 2 >= len(words) or words.lower[index + 2] != ")":
        return False
    inside = words.text[words.starts[index + 1] : words.ends[index + 1]]
    return inside.isupper() and inside.isalpha() and len(inside) > 1


def _word_unit(words: Tagged, index: int) -> Chunk:
    entry, last, count = words.entries[index], index + 1, len(words.entries)
    while last < count and words.entries[last].tag == "~":
        last += 1
    is_title = entry.tag == "J" or (entry.tag in "XL" and words.ends[index] - words.starts[index] == 1)
    if is_title and last < count and words.lower[last] == ".":
        last += 1
    tag = _NO_NUMBER.get(entry.tag, entry.tag)
    return Chunk(tag, index, last, entry)


def _number_unit(words: Tagged, number: Number) -> Chunk:
    entries, last = words.entries, number.last
    if number.counts:
        return Chunk("0" if number.bounds is not None else "v", number.first, last, _NUMBER, None, number)
    if last < len(entries) and entries[last].tag == "A":
        last += 1
        while last < len(entries) and entries[last].tag == "~":
            last += 1
        many = words.lower[last - 1] == "olds"
        return Chunk("P" if many else "p", number.first, last, _AGED)
    return Chunk("T", number.first, last, _THING)


# -- noun phrases ------------------------------------------------------------------------------------------------------


def _phrase_chunk(words: Tagged, units: Sequence[Chunk], kind: str) -> Chunk:
    first, last = units[0].first, units[-1].last
    build = _BUILDERS[kind]
    people = build(words, units) if build else None
    if people is not None and kind in ("counted", "single", "plural") and not people.part:
        inner = _inner(words, units)
        people = people if inner is None else people._replace(inner=inner)
    tag = _TAGS[kind] if people is not None else "T"
    return _make(Chunk, (tag, first, last, units[0].entry, people, None, ()))


def _inner(words: Tagged, units: Sequence[Chunk]) -> People | None:
    """People behind the "of" of a phrase: numbered ones, or one person with an article."""
    tags = "".join([unit.tag for unit in units])
    at = tags.find("f", 1)
    rest = units[at + 1 :] if at > 0 else ()
    if not rest or not any(unit.tag in "pPgj" for unit in rest):
        return None
    if rest[0].number is not None:
        return _counted(words, rest)
    return _single(words, rest) if rest[0].tag == "a" else None


def _counted(words: Tagged, units: Sequence[Chunk]) -> People | None:
    place = 0 if units[0].number is not None else 1
    number = units[place].number
    assert number is not None  # noqa: S101  # the pattern begins with a number, or an owner and a number
    units = units[place:]
    head = _head(units)
    if head is not None and head.size and _spans_one(number):  # "one couple"
        bounds: Bounds | None = Bounds(head.size, head.size, head.size)
    elif head is not None and head.tag == "g" and not head.size:
        return _group(words, units, number)
    else:
        bounds = number.bounds
    return People(
        start=words.starts[number.first],
        end=words.ends[number.last - 1],
        bounds=bounds,
        qualifier=number.qualifier,
        vague=number.vague,
        victims=_victims(words, units, head),
        camp=head.camp if head is not None else "",
        noun=head.lemma if head is not None else "",
        name=_name(words, units) if _spans_one(number) else "",
        definite=number.definite,
        more=any(unit.tag == "u" for unit in units) or words.lower[number.first] == "another",
        part=len(units) > 2 and units[1].tag == "f" and units[2].tag in "tehr",
        of_them=len(units) > 2 and units[1].tag == "f" and units[2].tag == "r",
        numbered=True,
        on_top=_is_on_top(words, units, number),
        named=units[-1].tag == "X",
    )


def _harmed(words: Tagged, units: Sequence[Chunk]) -> People | None:
    """Read "two of the wounded"."""
    people = _counted(words, units[:1])
    wounded = units[-1].entry.harm in ("injured", "shot")
    return people if people is None else people._replace(part=True, of_wounded=wounded)


def _is_on_top(words: Tagged, units: Sequence[Chunk], number: Number) -> bool:
    """Whether people come on top: "two more", "a further three", "another five people", but not "more than two"."""
    if words.lower[number.first] == "another" or words.lower[number.first + 1 : number.first + 2] in (
        ("further",),
        ("additional",),
    ):
        return True
    return any(unit.tag == "u" and words.lower[unit.first] in _ON_TOP for unit in units[1:])


def _group(words: Tagged, units: Sequence[Chunk], number: Number) -> People | None:  # noqa: ARG001  # one builder signature
    """Read nobody out of "two families": they are not counted one by one."""
    return None


def _spans_one(number: Number) -> bool:
    return number.bounds is not None and number.bounds.high == 1


def _single(words: Tagged, units: Sequence[Chunk]) -> People | None:
    head = _head(units)
    if head is None:
        return None
    if head.tag == "B" and words.lower[units[-1].first].endswith("s"):
        return _plural(words, units)
    if units[0].tag == "u" and words.lower[units[0].first] != "another":
        return _plural(words, units)  # "other Syrians"
    size = head.size or 1
    inner = next((unit.number for unit in units[1:] if unit.number is not None and unit.number.counts), None)
    if head.tag == "g" and not head.size:
        if inner is None or inner.bounds is None:
            return None
        size = inner.bounds.low
    definite = units[0].tag in "te" or (head.tag == "B" and units[0].tag in "hX")  # "the man", "his body"
    return People(
        start=words.starts[units[0].first],
        end=words.ends[units[-1].last - 1],
        bounds=ONE if size == 1 else Bounds(size, size, size),
        qualifier="exact",
        victims=_victims(words, units, head),
        camp=head.camp,
        noun=head.lemma,
        name=_name(words, units),
        definite=definite,
        more=any(unit.tag == "u" for unit in units),
    )


def _plural(words: Tagged, units: Sequence[Chunk]) -> People | None:
    head = _head(units)
    if head is not None and head.tag == "B" and not words.lower[units[-1].first].endswith("s"):
        return _single(words, units)  # "Hayes' body", "body found in river"
    both = any(words.lower[unit.first] in ("both", "twin") for unit in units)
    return People(
        start=words.starts[units[0].first],
        end=words.ends[units[-1].last - 1],
        bounds=Bounds(2, 2, 2) if both else None,
        qualifier="exact" if both else "implied",
        vague="" if both else PLURAL,
        victims=_victims(words, units, head),
        camp=head.camp if head is not None else "",
        noun=head.lemma if head is not None else "",
        definite=units[0].tag in "te" or (head is not None and head.tag == "B" and units[0].tag == "h"),
        more=any(unit.tag == "u" for unit in units),
    )


def _named(words: Tagged, units: Sequence[Chunk]) -> People | None:
    head = _head(units)
    return People(
        start=words.starts[units[0].first],
        end=words.ends[units[-1].last - 1],
        bounds=ONE,
        qualifier="exact",
        victims=_victims(words, units, head),
        camp=head.camp if head is not None else "",
        noun=head.lemma if head is not None else "",
        name=_name(words, units),
    )


def _one_unknown(words: Tagged, units: Sequence[Chunk]) -> People | None:
    """Read "a baggage handler" as one somebody or something; a verb of harm will tell."""
    start, end = words.starts[units[0].first], words.ends[units[-1].last - 1]
    return People(start, end, ONE, "exact", name=_name(words, units), definite=units[0].tag == "t")


def _bare(words: Tagged, units: Sequence[Chunk]) -> People | None:
    return _counted(words, units)


def _pronoun(words: Tagged, units: Sequence[Chunk]) -> People | None:
    word = words.lower[units[-1].first]
    if word in _NOBODY_PRONOUNS:
        return None
    if units[-1].tag == "o":  # "a fourth"
        return People(words.starts[units[0].first], words.ends[units[-1].last - 1], ONE, "exact", more=True)
    start, end = words.starts[units[0].first], words.ends[units[-1].last - 1]
    if word in ("another", "other") and len(units) == (1 if word == "another" else 2):
        return People(start, end, ONE, "exact", more=True)
    if word == "others":
        return People(start, end, None, "implied", vague=PLURAL, more=True)
    if word == "both":
        return People(start, end, Bounds(2, 2, 2), "exact", definite=True)
    if word in _SINGULAR_PRONOUNS:
        return People(start, end, ONE, "exact", definite=True)
    return People(start, end, None, "implied", vague=PLURAL, definite=True)


_BUILDERS: Final = {
    "harmed": _harmed,
    "counted": _counted,
    "thing": None,
    "bare": _bare,
    "unknown": _counted,
    "single": _single,
    "plural": _plural,
    "name": _named,
    "pronoun": _pronoun,
    "titled": _named,
    "other": _one_unknown,
}
_TAGS: Final = {
    "harmed": "N",
    "counted": "N",
    "thing": "T",
    "bare": "N",
    "unknown": "U",
    "single": "N",
    "plural": "N",
    "name": "X",
    "pronoun": "N",
    "titled": "N",
    "other": "U",
}


def _head(units: Sequence[Chunk]) -> Entry | None:
    """Head noun: the last noun for people before an "of"."""
    head = None
    for unit in units[1:] if units[0].number is not None else units:
        if unit.tag == "f" and head is not None:
            break
        if unit.tag in "PpgjB":
            head = unit.entry
    return head


def _name(words: Tagged, units: Sequence[Chunk]) -> str:
    """Proper name of a phrase: the capitalised words behind its noun, or all of them where it has none."""
    tags = "".join([unit.tag for unit in units])
    if "X" not in tags:
        return ""
    stop = tags.index("f", 1) if "f" in tags[1:] else len(units)
    nouns = [index for index in range(stop) if tags[index] in "pPg"]
    start = nouns[-1] + 1 if nouns else 0
    named = [unit for unit in units[start:stop] if unit.tag == "X"]
    return words.text[words.starts[named[0].first] : words.ends[named[-1].last - 1]] if named else ""


def _victims(words: Tagged, units: Sequence[Chunk], head: Entry | None) -> Victims:
    if head is None:
        return "all"
    if head.victims in ("civilians", "perpetrators", "combatants"):
        return head.victims
    for unit in units:
        if unit.tag in "pP" and unit.entry is not head and unit.entry.victims != "all":
            return unit.entry.victims
        if words.lower[unit.first] in _ARMED_BODIES:
            return "combatants"
    return "all"
