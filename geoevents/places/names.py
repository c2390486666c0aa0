"""Folding of place names: one key for spellings that are the same, a looser one for spellings that sound the same.

The tables are data (``data/names.toml``). Three forms, from strict to loose:

- :func:`key`: case, marks, signs and hyphens gone, "St." spelled out. "Ba'qubah" and "BAQUBAH" meet here.
- :func:`core`: without the words that say what a place is ("Diyala province" → "diyala", of class A).
- :func:`loose_key`: transliterations of one sound. "Baquba", "Ba'qubah" and "Baqouba" meet here.

All functions are pure and linear in the length of the name.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal
from unicodedata import combining, normalize

from geoevents.countries import countries

#: a name longer than this is no place's: the longest in GeoNames is about 160 characters
LONGEST_NAME: Final = 200
#: fuzzy matching of names shorter than this meets too many others (issue of namesakes); in letters of the key
SHORTEST_FUZZY: Final = 6


FormKind = Literal["abbreviation", "code", "demonym"]
"""What stands for a place without being a name of it: a short form that is not all in small letters ("Calif.",
"W.Va."); a code in capitals ("UAE", "VA"); its people or adjective ("Iraqi", "Iraqis")."""


@dataclass(frozen=True, slots=True)
class _Tables:
    signs: Mapping[int, str | None]
    words: Mapping[str, str]
    articles: frozenset[str]
    endings: tuple[str, ...]
    shortest_name: int
    shortest_key: int
    sounds: Mapping[str, str]
    sound: re.Pattern[str]
    spellings: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    never_bare: frozenset[str]
    transliterated: frozenset[str]


def _alternation(parts: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(part) for part in sorted(parts, key=lambda part: (-len(part), part))))


def _generic_words(groups: list[dict[str, Any]], where: str) -> dict[str, str]:
    classes: dict[str, str] = {}
    for group in groups:
        for word in group[where]:
            classes[word] = classes.get(word, "") + group["classes"]
    return classes


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    data = tomllib.loads((files("geoevents.places") / "data" / "names.toml").read_text(encoding="utf-8"))
    loose = data["loose"]
    return _Tables(
        signs={
            **{ord(letter): other for letter, other in data["letters"].items()},
            **{ord(sign): None for sign in data["signs"]["drop"]},
            **{ord(sign): " " for sign in data["signs"]["part"]},
        },
        words=data["words"],
        articles=frozenset(loose["articles"]),
        endings=tuple(loose["endings"]),
        shortest_name=loose["shortest_name"],
        shortest_key=loose["shortest_key"],
        sounds=loose["sounds"],
        sound=_alternation(loose["sounds"]),
        spellings={other: word for word, others in loose["spellings"].items() for other in others},
        before=_generic_words(data["generics"], "before"),
        after=_generic_words(data["generics"], "after"),
        never_bare=frozenset(data["bare"]["never"]),
        transliterated=frozenset(data["transliterated"]["countries"]).union(
            code for code, country in countries().items() if country.continent in data["transliterated"]["continents"]
        ),
    )


#: "St.Louis", but not "U.S.": a dot that parts words stands between a word of two letters or more and a letter
_PARTING_DOT = re.compile(r"(?<=\w\w)\.(?=\w)")
#: "N. Korea", but not "N.C."
_COMPASS_DOT = re.compile(r"^([nesw])\. +(?=\w\w)")
_COMPASS: Final = {"n": "north ", "e": "east ", "s": "south ", "w": "west "}


#: no sign before it is a combining mark
_FIRST_MARK: Final = "\u0300"


def key(name: str) -> str:
    """Strict key of a name: without case, marks, apostrophes and hyphens, and with "St." spelled out.

    Idempotent: ``key(key(name)) == key(name)``. Empty where nothing but signs is left.
    """
    tables = _tables()
    folded = name.casefold()
    if folded.isascii() and folded.isalpha():  # one plain word: most names
        return tables.words.get(folded, folded)
    if not folded.isascii():
        # casefold again: compatibility forms such as "℡" decompose to capitals
        decomposed = normalize("NFKD", folded).casefold()
        folded = normalize("NFC", "".join(sign for sign in decomposed if sign < _FIRST_MARK or not combining(sign)))
    if "." in folded:
        folded = _PARTING_DOT.sub(" ", _COMPASS_DOT.sub(lambda match: _COMPASS[match[1]], folded))
    words = folded.translate(tables.signs).split()
    return " ".join([tables.words.get(word, word) for word in words])


def form_key(form: str, kind: FormKind) -> str:
    """Key of a short form or demonym; the blanks of "W. Va." do not count, those of "Saudi Arabian" do."""
    return key(form) if kind == "demonym" else key(form).replace(" ", "")


def loose_key(name_key: str) -> str | None:
    """Loose key of a strict key: equal for transliterations of one sound; None for short or non-Latin names."""
    tables = _tables()
    if not name_key.isascii() or len(name_key) < tables.shortest_name:
        return None
    words = name_key.split()
    if len(words) > 1:
        last = words.pop()
        words = [tables.spellings.get(word, word) for word in words if word not in tables.articles]
        words.append(tables.spellings.get(last, last))
    sounds = tables.sound.sub(lambda match: tables.sounds[match.group()], _without_ending("".join(words), tables))
    loose = _collapsed(sounds)
    return loose if len(loose) >= tables.shortest_key else None


def _without_ending(word: str, tables: _Tables) -> str:
    for ending in tables.endings:
        if word.endswith(ending) and len(word) - len(ending) >= tables.shortest_key:
            return word[: -len(ending)]
    return word


_RUN = re.compile(r"(.)\1+")


def _collapsed(word: str) -> str:
    return _RUN.sub(r"\1", word)


def article(name_key: str) -> tuple[str, str] | None:
    """Split a strict key into an Arabic article and the rest ("ar raqqah"); None without one, or without a rest."""
    first, _, rest = name_key.partition(" ")
    return (first, rest) if rest and first in _tables().articles else None


def core(name_key: str) -> tuple[str, str] | None:
    """Strip a strict key of the words that say what the place is; also give the feature classes they allow.

    "diyala province" and "province of diyala" give ("diyala", "A"); None without such words, or where nothing is left.
    """
    tables = _tables()
    bare = _bare(name_key.split(), tables)
    return None if bare is None or bare[0] in tables.never_bare else bare


def _bare(words: list[str], tables: _Tables) -> tuple[str, str] | None:
    for length in (2, 1):  # "refugee camp" before "camp"
        if len(words) > length and (classes := tables.after.get(" ".join(words[-length:]))):
            return " ".join(words[:-length]), classes
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    for length in (2, 1):
        if len(words) > length and (classes := tables.before.get(" ".join(words[:length]))):
            return " ".join(_without_of(words[length:])), classes
    return None


def _without_of(words: list[str]) -> list[str]:
    return words[1:] if words[0] in ("of", "de", "du", "di", "da") and len(words) > 1 else words


def turned(name_key: str) -> str | None:
    """Put the word that says what a place is behind its name: "county of los angeles" → "los angeles county".

    None where no such word, that can stand on both sides, stands before.
    """
    tables, words = _tables(), name_key.split()
    for length in (2, 1):
        generic = " ".join(words[:length])
        if len(words) > length and generic in tables.before and generic in tables.after:
            return " ".join([*_without_of(words[length:]), generic])
    return None


def transliterated(country_code: str) -> bool:
    """Whether names of a country are spelled in many ways, so that they are matched by sound too.

    No country (seas, regions that span countries) counts as such.
    """
    return not country_code or country_code in _tables().transliterated


_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"


def edits(name_key: str) -> Iterator[str]:
    """Strict keys one slip away (a letter dropped, swapped, replaced or added); none for short names.

    Letters come from the Latin alphabet and from the name itself, so that other scripts are served too.
    """
    if sum(letter.isalpha() for letter in name_key) < SHORTEST_FUZZY or len(name_key) > LONGEST_NAME:
        return
    letters = _LATIN if name_key.isascii() else "".join(sorted(set(name_key) - {" "}))
    seen = {name_key}
    for edit in _all_edits(name_key, letters):
        if edit not in seen:
            seen.add(edit)
            yield edit


def _all_edits(word: str, letters: str) -> Iterator[str]:
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :]
    for i in range(len(word) + 1):
        for letter in letters:
            yield word[:i] + letter + word[i + 1 :]
            yield word[:i] + letter + word[i:]
