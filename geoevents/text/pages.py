"""Several texts at once: as many as fit on a page, so that work shared by them needs bounded memory."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

T = TypeVar("T")

#: characters on a page: enough texts to share what each call of NumPy costs, few enough to stay in a processor's cache
CHARACTERS: Final = 32_000
#: what the shortest text takes of a page, so that a page holds no endless number of empty ones
LEAST: Final = 250


def pages(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in order, as many at once as fit on a page; one that fits on none is by itself.

    Parameters
    ----------
    size
        Characters of an item.
    """
    page: list[T] = []
    used = 0
    for item in items:
        own = max(size(item), LEAST)
        if page and used + own > CHARACTERS:
            yield page
            page, used = [], 0
        page.append(item)
        used += own
    if page:
        yield page
