"""Text made clean, where it is ours to make: not the ``text`` of JSON and CSV, whose offsets are the caller's.

What changes: line ends become ``LF``; a page break becomes an empty line; characters without width, other control
characters and lone surrogates go; odd spaces become spaces; letters are composed (NFC). Ink stays as it was.
"""

import unicodedata
from typing import Final

_CONTROLS: Final = [*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0)]
#: soft hyphen, zero-width space and word joiner, direction marks and isolates, byte order mark: they hide within names
_NO_WIDTH: Final = [
    0xAD,
    0x200B,
    *range(0x200E, 0x2010),
    *range(0x202A, 0x202F),
    0x2060,
    *range(0x2066, 0x206A),
    0xFEFF,
]
_SPACES: Final = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000]
_SURROGATES: Final = range(0xD800, 0xE000)
_TABLE: Final = {
    **dict.fromkeys([*_CONTROLS, *_NO_WIDTH, *_SURROGATES]),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys([0x0B, 0x85, 0x2028], "\n"),
    **dict.fromkeys([0x0C, 0x2029], "\n\n"),
}


def clean(text: str) -> str:
    """`text` with even line ends and without what cannot be seen."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE))
