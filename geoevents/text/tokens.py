"""Words, numbers and punctuation of a text, with their offsets.

Made for names: ``U.S.``, ``W.Va.`` and the abbreviations of :data:`ABBREVIATIONS` keep their dots, ``Shi'ite`` and
``N'Djamena`` their apostrophes, while a possessive ``'s`` and every hyphen is a token of its own, so that ``Iraq's``,
``EU-Israel`` and ``Baghdad-based`` show the names within them.
"""

import re
from typing import Final, NamedTuple

#: abbreviations whose dot belongs to them: titles, parts of place names, and states and provinces as agencies write
#: them
ABBREVIATIONS: Final = frozenset(
    """
    Adm Amb Brig Capt Cmdr Col Cpl Dr Gen Gov Hon Insp Jr Lt Maj Messrs Mr Mrs Ms Prof Pvt Rep Rev Sen Sgt Sr Supt
    Ave Blvd Co Ct Ft Hwy Inc Ltd Mt Pt Rd Ste St
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Kans Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
    Tenn Tex Va Vt Wash Wis Wyo Alta Man Nfld Ont Que Sask
    """.split()
)


def _trie(words: list[str]) -> str:
    """Regular expression for any of `words` that looks at each letter once."""
    if words == [""]:
        return ""
    heads = sorted({word[:1] for word in words if word})
    branches = [head + _trie(sorted({word[1:] for word in words if word[:1] == head})) for head in heads]
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{body})?" if "" in words else body


_LETTER: Final = r"[^\W\d_]"
_TOKEN: Final = re.compile(
    rf"""
      [a-z]+(?=[ ,])                               # most words, told at a glance
    | (?:{_LETTER}\.){{2,}}                          # U.S., D.C.
    | [A-Z]\.[A-Z][a-z]{{1,3}}\.                     # W.Va.
    | (?:{_trie(sorted(ABBREVIATIONS))})\.           # Gen., Calif.
    | ['’]s\b                                        # the possessive of Iraq's
    | \d+(?:[.,:]\d+)*[^\W\d_]*                      # 1,200; 5:30; 3.5m; 22nd
    | [^\W_]+(?:['’](?!s\b){_LETTER}+)*              # Shi'ite, don't
    | \S                                             # any other sign
    """,
    re.VERBOSE,
)


class Tokens(NamedTuple):
    """Tokens of one text as columns: ``text[starts[i]:ends[i]] == words[i]``."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Tokens of ``text[start:end]`` in order; offsets count from the beginning of `text`.

    Linear in the length of the text: every alternative of the pattern reads each character at most once.
    """
    end = len(text) if end is None else end
    words: list[str] = _TOKEN.findall(text, start, end)
    starts: list[int] = []
    at = start
    for word in words:  # nothing but white space lies between two tokens
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
    return Tokens(words, starts, [at + len(word) for at, word in zip(starts, words, strict=True)])
