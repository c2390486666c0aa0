"""Which of the many names that the sources give are names that people write."""

import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from geoevents.places.names import article, core, key, loose_key

#: scripts of alternate names that are kept: those of the languages that English reports of conflicts quote. The others
#: (Chinese, Japanese, Korean and the scripts of India: a tenth of all names) would take the data over its size.
SCRIPTS = frozenset({"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK", "ARMENIAN", "GEORGIAN", "ETHIOPIC"})
#: language → its script, where that is not Latin
SCRIPT_OF = {
    language: kind
    for kind, languages in {
        "CYRILLIC": (
            "ru",
            "uk",
            "be",
            "bg",
            "sr",
            "mk",
            "mn",
            "kk",
            "ky",
            "tg",
            "ab",
            "os",
            "cv",
            "tt",
            "ba",
            "ce",
            "inh",
        ),
        "ARABIC": ("ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "pnb", "bal", "arz"),
        "HEBREW": ("he", "yi"),
        "ETHIOPIC": ("am", "ti", "tig"),
        "GREEK": ("el",),
        "ARMENIAN": ("hy",),
        "GEORGIAN": ("ka",),
    }.items()
    for language in languages
}
#: places of so many inhabitants keep their names in all these scripts
KNOWN_ABROAD = 500_000
#: names in Latin letters of countries and divisions come from these languages; others bring words like "Island"
#: (Iceland)
LATIN_LANGUAGES = frozenset({"en", "fr", "es", "de", "it", "pt"})


#: in letters; what is left of shorter names ("As Sin") is a word of English too often
_SHORTEST_WITHOUT_ARTICLE = 5


def script(name: str) -> str:
    """Script of the first letter; empty without letters."""
    letter = next((sign for sign in name if sign.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def wanted(alternate: str, home: frozenset[str], population: int) -> bool:
    """Whether an alternate name of GeoNames is a name people write.

    Left out: names in scripts that are not written in its country, unless the place is well known (`home` are those
    that are; Wikipedia's robots named every American village in Russian); codes (IATA, UN/LOCODE: short and all
    capitals); and GeoNames' letter-by-letter transliterations of other scripts, which have no capitals.
    """
    kind = script(alternate)
    if kind != "LATIN":
        return kind in SCRIPTS and (kind in home or population >= KNOWN_ABROAD)
    letters = [sign for sign in alternate if sign.isalpha()]
    if len(letters) < 3 or not any(sign.isupper() for sign in letters):
        return False
    return not (alternate.isupper() and len(letters) <= 5)


def with_articles(own: str, others: Sequence[str]) -> list[str]:
    """Other names of a place whose own name has an Arabic article, each with the article and without it.

    "Ar Raqqah" is also called "Raqqa": so it is "ar-Raqqa" and "al-Raqqa" too.
    """
    parts = article(key(own))
    if parts is None or len(parts[1]) < _SHORTEST_WITHOUT_ARTICLE:
        return []
    sound = loose_key(parts[1])
    keys = [key(other) for other in others]
    bare = [parts[1], *(k for k in keys if article(k) is None and sound is not None and loose_key(k) == sound)]
    return [form for k in dict.fromkeys(bare) for form in (k, f"{parts[0]} {k}", f"al {k}")]


#: spellings of one name are as alike as this by sound: Deir Ezzor and Deir ez-Zor (0.92), but not At-Ta'mim, which was
#: Kirkuk's province
_ALIKE = 0.75


def shared_spellings(seat: str, division: str, others: Sequence[str]) -> list[str]:
    """Keys of the spellings of a division that are also its seat's, where it is named after it.

    "Deir Ezzor" stands in the sources for the province only; whoever writes it means the city too.
    """
    own = loose_key(key(seat))
    if own is None or own != loose_key(_bare(key(division))):
        return []
    spellings = dict.fromkeys(_bare(key(other)) for other in others)
    sounds = {spelling: loose_key(spelling) for spelling in spellings}
    return [s for s, sound in sounds.items() if sound and SequenceMatcher(None, sound, own).ratio() >= _ALIKE]


def _bare(name_key: str) -> str:
    found = core(name_key)
    return found[0] if found and "A" in found[1] else name_key


def wanted_area_name(language: str, name: str) -> bool:
    """Whether a name that a language gives a country or division is kept."""
    kind = script(name)
    return kind in SCRIPTS and (kind != "LATIN" or (language in LATIN_LANGUAGES and any(c.isupper() for c in name)))


def scripts_at_home(languages: str) -> frozenset[str]:
    """Scripts of a country's languages (``ar-IQ,ku,hy``)."""
    return frozenset(SCRIPT_OF.get(language.partition("-")[0], "LATIN") for language in languages.split(","))
