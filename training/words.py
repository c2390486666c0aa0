"""Count the word lists that the recogniser reads: ``python -m training words CORPORA``.

- ``person_names.txt``: given names and family names, from the packages ``names`` (United States Census of 1990, public
  domain) and ``Faker`` (MIT), whose lists for some sixty countries are written in Latin letters for two thirds of them.
- ``common_words.txt``: words that the training texts write in lower case.
"""

import pkgutil
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from geoevents.files import replacing
from geoevents.places.recogniser.vocabulary import GIVEN, SURNAME, folded
from geoevents.text.tokens import tokenize
from training.corpora import load_ner

#: of the census, names borne by fewer than one in 100,000 are left out: they are as often words of another language
_LEAST_SHARE: Final = 0.001
_CENSUS: Final = {"dist.male.first": GIVEN, "dist.female.first": GIVEN, "dist.all.last": SURNAME}
_LATIN: Final = 0x250
#: a word is common when the training texts write it in lower case so often
_COMMON_COUNT: Final = 5
_CORPORA: Final = ("gmb", "gum", "ewt", "re3d")


def person_names() -> dict[str, int]:
    """Folded names and what they are."""
    found: Counter[str] = Counter()
    for name, bit in [*_census(), *_faker()]:
        if name.isalpha() and len(name) > 1 and ord(name[0]) < _LATIN:
            word = folded(name)
            found[word] |= bit
    return dict(sorted(found.items()))


def _census() -> Iterator[tuple[str, int]]:
    for file, bit in _CENSUS.items():
        for line in (files("names") / file).read_text(encoding="utf-8").splitlines():
            name, share, *_ = line.split()
            if float(share) >= _LEAST_SHARE:
                yield name, bit


def _faker() -> Iterator[tuple[str, int]]:
    person = import_module("faker.providers.person")
    for module in sorted(module.name for module in pkgutil.iter_modules(person.__path__)):
        provider = import_module(f"faker.providers.person.{module}").Provider
        for attribute in sorted(dir(provider)):
            bit = GIVEN if attribute.startswith("first_name") else SURNAME if attribute.startswith("last_name") else 0
            for name in _strings(getattr(provider, attribute)) if bit else ():
                yield name, bit


def _strings(value: Any) -> list[str]:
    if isinstance(value, Mapping | list | tuple):
        return [name for name in value if isinstance(name, str)]
    return []


def common_words(corpora: Path) -> list[str]:
    """Words that the training texts write in lower case."""
    counts: Counter[str] = Counter()
    for corpus in _CORPORA:
        for gold in load_ner(corpora / "ner", f"{corpus}-train"):
            counts.update(
                folded(word) for word in tokenize(gold.document.text).words if word.islower() and word.isalpha()
            )
    return sorted(word for word, count in counts.items() if count >= _COMMON_COUNT)


def count(corpora: Path, out: Path) -> None:
    """Write both lists into `out`."""
    with replacing(out / "person_names.txt") as file:
        file.write("# word, tab, 1 given name, 2 family name, 3 both; by training/words.py from names and Faker\n")
        file.writelines(f"{name}\t{bits}\n" for name, bits in person_names().items())
    with replacing(out / "common_words.txt") as file:
        file.write("# words often in lower case; by training/words.py from GMB, GUM, EWT and re3d\n")
        file.writelines(f"{word}\n" for word in common_words(corpora))
