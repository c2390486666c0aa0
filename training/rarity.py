"""``python -m training.rarity CORPORA``: count in how many news texts each word stands.

Counted are all texts of ``geoparsing``, ``incidents`` and ``ner`` (of the last, twelve sentences make a text): world
news, reports on conflicts, some fiction and talk. ``merging`` is left out: what is fitted there must be free to tell
something new.
"""

import json
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path
from typing import Final

import click

from geoevents.text.words import read_words

TABLE: Final = Path(__file__).resolve().parent.parent / "geoevents" / "text" / "data" / "rarity.txt"
_SENTENCES: Final = 12  # about as long as an article of the other corpora
_LEAST: Final = 3  # a word in fewer texts is as good as unknown
_STEPS: Final = 4  # a quarter of a unit: finer steps would be noise
_HEAD: Final = """\
# Words by how rare they are in news: ln(texts / texts that hold the word), in quarters; made by training/rarity.py
# from {texts} texts. A word that is not here is rarer than all of them.
"""


def texts(corpora: Path) -> Iterator[str]:
    """All texts that are counted."""
    for path in sorted([*corpora.glob("geoparsing/*.jsonl"), *corpora.glob("incidents/*.jsonl")]):
        for line in path.read_text(encoding="utf-8").strip().split("\n"):
            yield json.loads(line)["text"]
    for path in sorted(corpora.glob("ner/*.tsv")):
        sentences = path.read_text(encoding="utf-8").split("\n\n")
        for start in range(0, len(sentences), _SENTENCES):
            lines = "\n".join(sentences[start : start + _SENTENCES]).split("\n")
            yield " ".join(line.split("\t")[0] for line in lines if "\t" in line)


@click.command()
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(corpora: Path) -> None:
    """Write geoevents/text/data/rarity.txt anew."""
    total, counts = 0, Counter[str]()
    for text in texts(corpora):
        total += 1
        counts.update({word for word in read_words(text).lower if word[0].isalnum()})
    levels: dict[float, list[str]] = {}
    for word, count in counts.items():
        if count >= _LEAST:
            levels.setdefault(round(_STEPS * log(total / count)) / _STEPS, []).append(word)
    lines = [f"{level:g} {' '.join(sorted(words))}\n" for level, words in sorted(levels.items())]
    TABLE.write_text(_HEAD.format(texts=total) + "".join(lines), encoding="utf-8")
    click.echo(f"{total} texts, {sum(map(len, levels.values()))} words in {TABLE}")


if __name__ == "__main__":
    main()
