"""An event's words in their sentences, with what was read from them marked.

A passage is a stretch of one article: the sentences around a quote where the article's text is at hand, else the quote
itself. Marks say which words are the quote, a number, the place, the date or an actor.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from geoevents.model import Event, Quote, Span
from geoevents.text.sentences import sentence_index, split_sentences

#: A passage takes at most this many characters before and after a quote: a long sentence's worth.
MARGIN: Final = 240


class Mark(NamedTuple):
    """Words of a passage, as offsets into it (code points), and what they are."""

    start: int
    end: int
    kind: str


class Passage(NamedTuple):
    """A stretch of an article."""

    doc_id: str
    start: int
    text: str
    marks: tuple[Mark, ...]

    def holds(self, doc_id: str, start: int, end: int) -> bool:
        """Whether a span of a document lies in this passage."""
        return doc_id == self.doc_id and self.start <= start and end <= self.start + len(self.text)


class Texts:
    """The articles' texts by document id, split into sentences when first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._sentences = lru_cache(maxsize=256)(self._split)

    def _split(self, doc_id: str) -> tuple[Span, ...]:
        return split_sentences(self._texts[doc_id])

    def around(self, quote: Quote) -> tuple[int, str]:
        """Start and text of the sentences that hold `quote`; the quote itself where its text is not at hand."""
        text = self._texts.get(quote.doc_id, "")
        if text[quote.start : quote.end] != quote.text:
            return quote.start, quote.text
        sentences = self._sentences(quote.doc_id)
        first = sentence_index(sentences, quote.start)
        last = sentence_index(sentences, max(quote.start, quote.end - 1))
        start, end = quote.start, quote.end
        if first >= 0:
            start = max(min(start, sentences[first].start), start - MARGIN)
        if last >= 0:
            end = min(max(end, sentences[last].end), end + MARGIN)
        return start, text[start:end]


def passages(event: Event, texts: Texts) -> list[Passage]:
    """Collect the passages an event was read from, in the order of its quotes, each stretch once."""
    quotes = [*event.quotes, *(claim.quote for claim in event.claims)]
    spans = list(_spans(quotes, texts))
    marks = list(_marks(event))
    return [Passage(doc_id, start, text, _within(doc_id, start, text, marks)) for doc_id, start, text in spans]


def _spans(quotes: list[Quote], texts: Texts) -> Iterator[tuple[str, int, str]]:
    """Stretches to show; one that lies within another is left out."""
    found: dict[tuple[str, int, str], None] = {}
    for quote in dict.fromkeys(quotes):
        found[(quote.doc_id, *texts.around(quote))] = None
    for one in found:
        if not any(other != one and _covers(other, one) for other in found):
            yield one


def _covers(outer: tuple[str, int, str], inner: tuple[str, int, str]) -> bool:
    return (
        outer[0] == inner[0]
        and outer[1] <= inner[1]
        and inner[1] + len(inner[2]) <= outer[1] + len(outer[2])
        and len(inner[2]) < len(outer[2])
    )


#: document id (None where the record does not tell), start, end, words, kind
_Words = tuple[str | None, int, int, str, str]


def _marks(event: Event) -> Iterator[_Words]:
    for quote in event.quotes:
        yield quote.doc_id, quote.start, quote.end, quote.text, "quote"
    for claim in event.claims:
        yield claim.doc_id, claim.count.start, claim.count.end, claim.count.text, claim.harm
    if event.where is not None:
        yield event.where.doc_id, event.where.start, event.where.end, event.where.text, "place"
    if event.when is not None:
        yield None, event.when.text_start, event.when.text_end, event.when.text, "date"
    for actor in (event.side_a, event.side_b):
        if actor is not None:
            yield None, actor.start, actor.end, actor.text, "actor"


def _within(doc_id: str, start: int, text: str, words: Iterable[_Words]) -> tuple[Mark, ...]:
    """Mark the words that lie in a passage; the words themselves must stand there."""
    end = start + len(text)
    found = {
        Mark(begin - start, stop - start, kind)
        for doc, begin, stop, surface, kind in words
        if surface and start <= begin and stop <= end and doc in (None, doc_id)
        if text[begin - start : stop - start] == surface
    }
    whole = Mark(0, len(text), "quote")  # a passage that is nothing but the quote needs no mark for it
    return tuple(sorted(found - {whole}))
