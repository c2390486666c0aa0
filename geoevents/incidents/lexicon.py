"""The word lists of ``data/`` as lookup tables: one tag a word, and what a word of harm means.

Tags are single characters, so that a sentence becomes a short string that linear regular expressions can read
(the way of finite-state extraction since MUC). What each tag stands for is said in the data files, beside the words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from geoevents.model import Victims
from geoevents.text.words import split

_IRREGULAR_ENDINGS: Final = (("y", "ies"), ("s", "ses"), ("x", "xes"), ("ch", "ches"), ("sh", "shes"))
_VOWELS: Final = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists say of a word: its tag, the harm it tells of, the victims and camp it names, its group's size."""

    tag: str
    harm: str = ""
    victims: Victims = "all"
    camp: str = ""
    size: int = 0
    lemma: str = ""


Phrases = Sequence[tuple[tuple[str, ...], Entry]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists together.

    Attributes
    ----------
    words
        A word in lower case and what it is.
    phrases
        First word of each phrase → the rests of the phrases that begin with it (longest first) and what they are.
    """

    words: Mapping[str, Entry]
    phrases: Mapping[str, Phrases]


def data_lines(name: str) -> Iterator[str]:
    """Lines of a data file without comments and blank ones."""
    text = (files("geoevents.incidents") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Load the bundled lexicon; the first list that has a word wins."""
    entries: dict[tuple[str, ...], Entry] = {}
    for source in (_phrases, _function_words, _months, _harms, _number_words, _people, _groups, _demonyms, _things):
        for word, entry in source():
            entries.setdefault(split(word) or (word,), entry)
    words = {parts[0]: entry for parts, entry in entries.items() if len(parts) == 1}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for (first, *rest), entry in entries.items():
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), entry))
    ordered = {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in phrases.items()}
    return Lexicon(words=words, phrases=ordered)


def plural(noun: str) -> str:
    """Regular English plural."""
    for ending, many in _IRREGULAR_ENDINGS:
        if noun.endswith(ending) and not (ending == "y" and noun[-2:-1] in _VOWELS):
            return noun[: len(noun) - len(ending)] + many
    return noun + "s"


def _function_words() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("function_words.txt"):
        head, _, rest = line.partition(":")
        for word in rest.split():
            yield word, Entry(head.split()[0])


def _months() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("months.txt"):
        for word in line.split():
            if word != "may":  # the verb is far more frequent; a number beside "May" is looked at by its capital
                yield word, Entry("E")


def _harms() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("harms.txt"):
        head, _, rest = line.partition(":")
        harm, part = head.split()
        for word in rest.split():
            yield word, Entry(part, harm)


def _number_words() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("numbers.txt"):
        head, _, rest = line.partition(":")
        if head in ("unit", "scale"):
            for item in rest.split():
                word, _, value = item.partition("=")
                yield word, Entry("0", size=int(value))
        elif head in ("ordinal", "vague"):
            for word in rest.split():
                yield word, Entry("o" if head == "ordinal" else "v")


def _people() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("people.txt"):
        head, _, rest = line.partition(":")
        who, _, camp = head.partition(" ")
        victims: Victims = who  # type: ignore[assignment]  # the file's heads are the Victims
        for item in rest.split():
            one, _, many = item.partition("/")
            yield many or plural(one), Entry("P", victims=victims, camp=camp, lemma=one)
            yield one, Entry("p", victims=victims, camp=camp, lemma=one)


def _groups() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("groups.txt"):
        word, _, size = line.partition("=")
        entry = Entry("g", size=int(size or 0), lemma=word)
        yield word, entry
        yield plural(word), entry


def _demonyms() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("demonyms.txt"):
        for word in line.split():
            yield word, Entry("j", lemma=word)
            yield word + "s", Entry("j", lemma=word)


def _things() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("things.txt"):
        for word in line.split():
            yield word, Entry("T")
            yield plural(word), Entry("T")


def _phrases() -> Iterator[tuple[str, Entry]]:
    for line in data_lines("phrases.txt"):
        head, _, rest = line.partition(":")
        tag, harm = head.split()
        for phrase in rest.split("|"):
            yield phrase.strip(), Entry(tag, "" if harm == "-" else harm)
