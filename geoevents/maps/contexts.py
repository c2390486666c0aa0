"""An event's words in their sentences.

A passage is a stretch of one article: the sentences around a quote where the article's text is at hand, else the quote
itself. The page marks in it what was read from it, when it is opened (``static/marks.js``).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from geoevents.model import Event, Quote, Span
from geoevents.text.sentences import sentence_index, split_sentences

#: A passage takes at most this many characters before and after a quote: a long sentence's worth.
MARGIN: Final = 240

#: document id, offset of the first character in it (code points), text
Passage = tuple[str, int, str]


class Texts:
    """The articles' texts by document id, split into sentences when first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._sentences = lru_cache(maxsize=256)(self._split)

    def _split(self, doc_id: str) -> tuple[Span, ...]:
        return split_sentences(self._texts[doc_id])

    def __contains__(self, doc_id: str) -> bool:
        """Whether the text of a document is at hand."""
        return doc_id in self._texts

    def around(self, quote: Quote) -> Passage:
        """Give the sentences that hold `quote`; the quote itself where its text is not at hand."""
        text = self._texts.get(quote.doc_id)
        if text is None or text[quote.start : quote.end] != quote.text:
            return quote.doc_id, quote.start, quote.text
        sentences = self._sentences(quote.doc_id)
        first = sentence_index(sentences, quote.start)
        last = sentence_index(sentences, max(quote.start, quote.end - 1))
        start, end = quote.start, quote.end
        if first >= 0:
            start = max(min(start, sentences[first].start), start - MARGIN)
        if last >= 0:
            end = min(max(end, sentences[last].end), end + MARGIN)
        return quote.doc_id, start, text[start:end]


def passages(event: Event, texts: Texts) -> list[Passage]:
    """Collect the passages an event was read from, in the order of its quotes, each stretch once."""
    first = event.quotes[0] if event.quotes else None
    found = [texts.around(quote) for quote in event.quotes]
    # most claims stand in the event's first quote, which is the very record: no need to look at its words
    found += [texts.around(claim.quote) for claim in event.claims if claim.quote is not first]
    if len(found) > 1:
        found = [one for one in dict.fromkeys(found) if not any(_covers(other, one) for other in found)]
    return found


def _covers(outer: Passage, inner: Passage) -> bool:
    """Whether a stretch holds another, and more."""
    doc_id, start, text = outer
    return (
        doc_id == inner[0]
        and start <= inner[1]
        and inner[1] + len(inner[2]) <= start + len(text)
        and len(inner[2]) < len(text)
    )


def holds(passage: Passage, quote: Quote) -> bool:
    """Whether a quote's words stand in a passage, at their place."""
    doc_id, start, text = passage
    return doc_id == quote.doc_id and start <= quote.start and text.startswith(quote.text, quote.start - start)
