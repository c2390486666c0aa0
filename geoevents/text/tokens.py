"""Words, numbers and punctuation of a text, with their offsets.

Made for names: ``U.S.``, ``W.Va.`` and the abbreviations of :data:`ABBREVIATIONS` keep their dots, ``Shi'ite`` and
``N'Djamena`` their apostrophes, while a possessive ``'s`` and every hyphen is a token of its own, so that ``Iraq's``,
``EU-Israel`` and ``Baghdad-based`` show the names within them.
"""

import re
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

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
      (?:{_LETTER}\.){{2,}}                          # U.S., D.C.
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


#: pieces between white space whose tokens are kept: at most so many, and none longer than this
_MOST_KEPT: Final = 200_000
_LONGEST_KEPT: Final = 30
_kept: Final[dict[str, tuple[str, ...]]] = {}

#: whether a character is white space; all beyond the table's end is ink
_SPACE: Final = np.array([chr(code).isspace() for code in range(0x3001)] + [False])


def tokenize(text: str) -> Tokens:
    """Tokens of `text` in order.

    Linear in the length of the text: every alternative of the pattern reads each character at most once. No token
    reaches across white space, so that a piece met before is not read again.
    """
    pieces = text.split()
    try:
        words = list(chain.from_iterable([_kept[piece] for piece in pieces]))
    except KeyError:
        words = list(chain.from_iterable([_kept.get(piece) or _parted(piece) for piece in pieces]))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    inked = (~_is_space(text)).nonzero()[0]  # every character but white space is in a token
    starts = inked.take(lengths.cumsum() - lengths)
    return Tokens(words, starts.tolist(), (starts + lengths).tolist())


def _parted(piece: str) -> tuple[str, ...]:
    tokens = tuple(_TOKEN.findall(piece))
    if len(piece) <= _LONGEST_KEPT:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[piece] = tokens
    return tokens


def _is_space(text: str) -> npt.NDArray[np.bool_]:
    if text.isascii():
        return _SPACE[np.frombuffer(text.encode("ascii"), np.uint8)]
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _SPACE[np.minimum(codes, len(_SPACE) - 1)]
