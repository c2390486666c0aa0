"""Pages hold all items in order, and never more than fits."""

from itertools import count, islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from geoevents.text.pages import CHARACTERS, LEAST, pages


@given(st.lists(st.integers(0, 2 * CHARACTERS)))
def test_pages_hold_all_items_in_order_and_no_more_than_fits(sizes: list[int]) -> None:
    found = list(pages(sizes, int))
    assert [size for page in found for size in page] == sizes
    assert all(len(page) == 1 or sum(max(size, LEAST) for size in page) <= CHARACTERS for page in found)
    assert all(sum(max(n, LEAST) for n in [*a, b[0]]) > CHARACTERS for a, b in pairwise(found))


def test_an_endless_stream_of_empty_items_is_read_in_pages() -> None:
    page = next(pages(islice(count(), 10**6), lambda _: 0))
    assert len(page) == CHARACTERS // LEAST
