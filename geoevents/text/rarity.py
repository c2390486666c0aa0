"""How rare a word is in news: what it is worth as evidence that two texts tell of one thing.

The table is built in, not counted over the articles at hand: two articles must be judged alike whether they come alone
or among a million. It is made by ``python -m training.rarity`` from corpora of world news.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

#: rarity of a word the table does not hold: fewer than three in 9,000 news texts have it
UNKNOWN: Final = 8.0


@cache
def rarities() -> Mapping[str, float]:
    """Word in lower case → natural logarithm of one over the share of texts that hold it, in steps of a quarter."""
    text = (files("geoevents.text") / "data" / "rarity.txt").read_text(encoding="utf-8")
    table: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            level, *words = line.split(" ")
            table.update(dict.fromkeys(words, float(level)))
    return table


def rarity(word: str) -> float:
    """Rarity of one word in lower case: 0 for "the", 8 for what the table does not hold."""
    return rarities().get(word, UNKNOWN)
