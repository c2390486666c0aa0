"""An event's words in their sentences, with what was read from them marked.

A passage is a stretch of one article: the sentences around a quote where the article's text is at hand, else the quote
itself. Marks say which words are the quote, a number, the place, the date or an actor.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from geoevents.model import Event, Quote, Span
from geoevents.text.sentences import sentence_index, split_sentences

#: A passage takes at most this many characters before and after a quote: a long sentence's worth.
MARGIN: Final = 240

#: start and end in the passage (code points), and what the words are: ``quote``, a harm, ``place``, ``date``, ``actor``
Mark = tuple[int, int, str]
#: document id, offset of the first character in it, text, marks
Passage = tuple[str, int, str, tuple[Mark, ...]]
#: document id, start, text
_Stretch = tuple[str, int, str]
#: document id (None where the record does not tell), start, end, words, what they are
_Words = tuple[str | None, int, int, str, str]


class Texts:
    """The articles' texts by document id, split into sentences when first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._sentences = lru_cache(maxsize=256)(self._split)

    def _split(self, doc_id: str) -> tuple[Span, ...]:
        return split_sentences(self._texts[doc_id])

    def around(self, quote: Quote) -> _Stretch:
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
    words = _words(event)
    return [(doc_id, start, text, _marks(doc_id, start, text, words)) for doc_id, start, text in found]


def _covers(outer: _Stretch, inner: _Stretch) -> bool:
    """Whether a stretch holds another, and more."""
    doc_id, start, text = outer
    return (
        doc_id == inner[0]
        and start <= inner[1]
        and inner[1] + len(inner[2]) <= start + len(text)
        and len(inner[2]) < len(text)
    )


def _words(event: Event) -> list[_Words]:
    """All words of the articles that the event's facts were read from."""
    found: list[_Words] = [(quote.doc_id, quote.start, quote.end, quote.text, "quote") for quote in event.quotes]
    for claim in event.claims:
        count = claim.count
        found.append((claim.doc_id, count.start, count.end, count.text, claim.harm))
    if (where := event.where) is not None:
        found.append((where.doc_id, where.start, where.end, where.text, "place"))
    if (when := event.when) is not None and when.text:
        found.append((None, when.text_start, when.text_end, when.text, "date"))
    actors = [actor for actor in (event.side_a, event.side_b) if actor is not None and actor.text]
    found += [(None, actor.start, actor.end, actor.text, "actor") for actor in actors]
    return found


def _marks(doc_id: str, start: int, text: str, words: Iterable[_Words]) -> tuple[Mark, ...]:
    """Mark the words that lie in a passage; the words themselves must stand there."""
    end = start + len(text)
    found = {
        (begin - start, stop - start, kind)
        for doc, begin, stop, surface, kind in words
        if surface
        and start <= begin
        and stop <= end
        and (doc is None or doc == doc_id)
        and text.startswith(surface, begin - start)
    }
    found.discard((0, len(text), "quote"))  # a passage that is nothing but the quote needs no mark for it
    return tuple(sorted(found))
