"""Where it happened: which of a document's places is an event's own.

A site counts by the word that governs it ("in", "near", "rocked"), by nearness to what tells of the event, and by
what else is said there; a place somebody comes from, speaks in, is buried in or is treated in is not the event's. Where
the sentences of an event name no place, a heading that is nothing but a place speaks for all below it; the sentence
before or after, the dateline and the place that the document is about speak for the event that it is about.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from geoevents.geo import distance_km
from geoevents.incidents.scene import Reading, Scene
from geoevents.incidents.sites import COUNTRY, Site, governors, read_sites, word_list
from geoevents.model import Location

_NO_GOVERNOR: Final = 0.3
_ELSEWHERE_REACH: Final = 4
_ELSEWHERE_PENALTY: Final = 2.5
_WORD_PENALTY: Final = 0.06
_COMMA_PENALTY: Final = 0.5
_BEFORE_PENALTY: Final = 0.4
_COUNTRY_PENALTY: Final = 0.3
_BELONGING_PENALTY: Final = 3.0  # "the U.S. embassy", "Iraq's parliament"
_ATTRIBUTIVE: Final = 1.0  # "the Wellington home of"
_STRAY_PENALTY: Final = 10.0  # never: better no point than one in a country nobody speaks of
_TAKEN_FROM: Final = 2.5  # "abducted from", "flying from"
_FAR_WORDS: Final = 30
_LEAST: Final = 0.0
_SURE: Final = 2.2  # above this, a place parts scenes that are not dated; chosen on the first half of Airwars
_NEVER: Final = -10.0
_BESIDE_SHARE: Final = 0.3  # share of a country that is no chance
_MAIN_SHARE: Final = 0.5  # share of a document's places above which one of them is what it is about
_HEADING_WORDS: Final = 12
_LEAST_WEAK: Final = -1.5
_WELL_WITHIN: Final = 0.5  # share of an area's radius
_BEHIND: Final = 2  # sentences behind an event that may tell its place
_LOCATIVE: Final = 2.5  # weight of a governor that puts something at a place
_AREA: Final = 3  # where_prec from which a place is an area that others lie in
_LENT_PREC: Final = 2  # where_prec of a place that is not told of the event itself, or coarser
_LENT_CONFIDENCE: Final = 0.6
_IN: Final = frozenset(("in", "outside", "near", "across"))
_SAID: Final = frozenset(("the", "that", "this"))
_SETTLEMENTS: Final = frozenset(("town", "city", "village"))
_PLAIN: Final = frozenset(". , : ; - – — ( ) the".split())
_ELSEWHERE: Final = word_list("elsewhere")
_SEATED: Final = word_list("seated")
_TAKINGS: Final = word_list("taking")
_ADJUNCTS: Final = word_list("adjuncts")
_NO_NOUNS: Final = word_list("no nouns")


class Whereabouts:
    """Finds the places of events in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._sites: dict[int, list[Site]] = {}
        self.sure: set[tuple[int, int]] = set()  # scenes whose place is closely tied to what tells of the event

    def sites(self, sentence: int) -> list[Site]:
        """Sites of a sentence."""
        if sentence not in self._sites:
            words = self.reading.words
            places = self.reading.places_in(sentence)
            self._sites[sentence] = read_sites(words, words.sentences[sentence], places)
        return self._sites[sentence]

    def of_scene(self, scene: Scene) -> Location | None:
        """Find the place a sentence puts its event at; None where none is surely the event's."""
        scored = [(self._score(scene, site), -site.first, site) for site in self.sites(scene.sentence)]
        best = max(scored, key=lambda item: item[:2], default=None)
        if best is None or best[0] <= _LEAST:
            return self._told_before(scene.sentence) if not scored else None
        if best[0] > _SURE:
            self.sure.add((scene.sentence, scene.start))
        chosen = best[2].finest
        inner = [site.finest for score, _, site in scored if score > _LEAST and _is_finer(site.finest, chosen)]
        return min(inner, key=lambda place: place.where_prec, default=chosen)

    def _told_before(self, sentence: int) -> Location | None:
        """Find the town that "in the same town" points back to, in a sentence that names no place."""
        span = self.reading.words.sentences[sentence]
        lower = self.reading.words.lower[span.start : span.stop]
        if not any(
            lower[i] in _IN and lower[i + 1] in _SAID and lower[i + 2 + (lower[i + 2] == "same")] in _SETTLEMENTS
            for i in range(len(lower) - 3)
        ):
            return None
        for earlier in range(sentence - 1, -1, -1):
            for site in reversed(self.sites(earlier)):
                place = site.finest
                if place.place.feature_code.startswith("PPL") and place.place.country_code not in self._strays:
                    return _lent(place, f"that the text comes back to, {place.text!r}")
        return None

    def _score(self, scene: Scene, site: Site) -> float:
        """How much speaks for a site's being where the event of a scene happened."""
        words, sentence = self.reading.words, self.reading.words.sentences[scene.sentence]
        score = self._weight(scene, site) - _COUNTRY_PENALTY * site.is_country
        score -= _ELSEWHERE_PENALTY * self._is_elsewhere(sentence, site)
        score -= _STRAY_PENALTY * (site.finest.place.country_code in self._strays)
        anchors = [t.first for t in scene.triggers]
        anchors += [bisect_right(words.starts, s.offset) - 1 for s in scene.statements if not anchors]
        nearest = min(anchors, key=lambda anchor: abs(anchor - site.first))
        between = words.lower[min(nearest, site.stop) : max(nearest, site.at)]
        score -= _WORD_PENALTY * min(len(between), _FAR_WORDS) + _COMMA_PENALTY * ("," in between)
        if site.stop <= nearest:
            score -= _BEFORE_PENALTY * (site.at > sentence.start + 1)
        elif "," in between and _opens_beside(words.lower[sentence.start : nearest]):
            return _NEVER  # "In the wake of the killing, …": no place of it follows
        return score

    def _weight(self, scene: Scene, site: Site) -> float:
        if site.governor == "from" and not _TAKINGS.isdisjoint(scene.families):
            return _TAKEN_FROM
        weight = governors().get(site.governor, _NO_GOVERNOR)
        if not self._belongs(site):
            return weight
        if site.is_country:
            return weight - _BELONGING_PENALTY
        return weight if site.governor else _ATTRIBUTIVE

    def _belongs(self, site: Site) -> bool:
        """Whether a place only tells whose something is ("Iraq's parliament", "the Wellington home")."""
        words = self.reading.words
        if site.stop >= len(words):
            return False
        follower = words.lower[site.stop]
        if follower == "-" and site.stop + 1 < len(words) and words.lower[site.stop + 1] in _ELSEWHERE:
            return True  # "the Amman-based agency"
        return follower == "'s" or (follower.isalpha() and follower not in _NO_NOUNS and not words.capital(site.stop))

    def _is_elsewhere(self, sentence: range, site: Site) -> bool:
        if site.at > sentence.start and self.reading.words.lower[site.at - 1] in _SEATED:
            return True  # "the government in Baghdad"
        before = self.reading.words.lower[max(sentence.start, site.at - _ELSEWHERE_REACH) : site.at]
        return not _ELSEWHERE.isdisjoint(before)

    @cached_property
    def _strays(self) -> frozenset[str]:
        """Countries that a document about another one does not name: a place in one is likely misread."""
        focus = [f for f in self.reading.places.focus if f.level == "country"]
        if not focus or focus[0].score < _MAIN_SHARE:
            return frozenset()
        places = [location.place for location in self.reading.places.locations]
        known = {place.country_code for place in places if place.feature_code.startswith("PCL")}
        known |= {f.place.country_code for f in focus if f is focus[0] or f.score >= _BESIDE_SHARE}
        return frozenset(place.country_code for place in places if place.country_code) - known

    def of_event(self, scenes: Sequence[Scene], place: Location | None, *, main: bool) -> Location | None:
        """Where an event happened.

        Parameters
        ----------
        scenes
            What tells of it, in order.
        place
            Where its sentences surely put it; None where they do not.
        main
            Whether it is the event that the document is about, for which the document as a whole may speak.
        """
        heading = self._heading(scenes[0].sentence)
        if place is not None and heading is not None and heading.where_prec >= _AREA:
            place = _refitted(place, heading)
        if place is not None and (heading is None or heading.where_prec < _AREA or _fits(place, heading)):
            if place.where_prec < COUNTRY:
                return place
            heading = heading or place
        lent = (self._of_weak(scenes), *self._of_neighbours(scenes)) if main else ()
        told = (p if p is None or heading is None else _refitted(p, heading) for p in lent)
        found = next((p for p in told if p is not None and (heading is None or _fits(p, heading))), None)
        if found is not None or not main:
            return found or place
        if heading is not None:
            return place if heading is place else _lent(heading, "of the heading")
        return self._of_dateline() or self._of_focus()

    def _of_weak(self, scenes: Sequence[Scene]) -> Location | None:
        """Find the best place of an event's own sentences, though what ties it to the event is weak."""
        scored = [
            (self._score(scene, site), -scene.sentence, -site.first, site)
            for scene in scenes
            for site in self.sites(scene.sentence)
            if not site.is_country
        ]
        best = max(scored, key=lambda item: item[:3], default=None)
        if best is None or best[0] <= _LEAST_WEAK:
            return None
        return _lent(best[3].finest, "of its sentence, loosely tied to it")

    def _heading(self, sentence: int) -> Location | None:
        below = [at for at in self._headings if at < sentence]
        return self._headings[below[-1]] if below else None

    @cached_property
    def _headings(self) -> dict[int, Location]:
        """Sentences that are nothing but a place ("PERU.") → the place, in order; the finest of those in a row."""
        found: dict[int, Location] = {}
        for sentence in range(len(self.reading.words.sentences)):
            place = self._nothing_but_place(sentence)
            if place is not None:
                above = found.get(sentence - 1)
                nested = above is not None and _fits(above, place) and above.where_prec <= place.where_prec
                found[sentence] = above if above is not None and nested else place
        return found

    def _nothing_but_place(self, sentence: int) -> Location | None:
        span = self.reading.words.sentences[sentence]
        if not 0 < len(span) <= _HEADING_WORDS:
            return None
        sites = self.sites(sentence)
        if len(sites) != 1:
            return None
        lower = self.reading.words.lower
        rest = lower[span.start : sites[0].first] + lower[sites[0].stop : span.stop]
        return sites[0].finest if _PLAIN.issuperset(rest) else None

    def _of_neighbours(self, scenes: Sequence[Scene]) -> Iterator[Location]:
        """Yield the places told right before or behind an event."""
        told = {scene.sentence for scene in scenes}
        first, last = scenes[0].sentence, scenes[0].sentence
        while last + 1 in told:
            last += 1
        for sentence in (first - 1, *range(last + 1, last + 1 + _BEHIND)):
            if not 0 <= sentence < len(self.reading.words.sentences):
                continue
            span = self.reading.words.sentences[sentence]
            for site in self.sites(sentence):
                sure = governors().get(site.governor, 0.0) >= _LOCATIVE and not site.is_country
                stray = site.finest.place.country_code in self._strays
                if sure and not stray and not self._is_elsewhere(span, site):
                    yield _lent(site.finest, "of the sentence beside it")

    def _of_dateline(self) -> Location | None:
        dateline = self.reading.document.dateline
        if dateline is None:
            return None
        inside = (place for place in self.reading.places.locations if dateline.start <= place.start < dateline.end)
        place = next(inside, None)
        return place and _lent(place, "of the dateline")

    def _of_focus(self) -> Location | None:
        """Find the place that a document is about, where one stands out; else the country."""
        for level in ("place", "admin1", "country"):
            focus = next((f for f in self.reading.places.focus if f.level == level), None)
            if focus is not None and focus.score >= _MAIN_SHARE:
                found = next((p for p in self._settings_told() if p.place.id == focus.place.id), None)
                if found is not None:
                    return _lent(found, "that the article is about")
        return None

    def _settings_told(self) -> Iterator[Location]:
        """Yield the places of a document that something could have happened at, in order."""
        for sentence, span in enumerate(self.reading.words.sentences):
            for site in self.sites(sentence):
                if not self._is_elsewhere(span, site) and not (site.is_country and self._belongs(site)):
                    yield from site.places


def _lent(place: Location, what: str) -> Location:
    """Lend an event a place that its sentences do not tell themselves: less exact, less sure, and said to be so."""
    return replace(
        place,
        where_prec=max(place.where_prec, _LENT_PREC),
        confidence=round(place.confidence * _LENT_CONFIDENCE, 3),
        reason=f"{place.reason}; not told of the event itself: the place {what}".removeprefix("; "),
    )


def _refitted(place: Location, area: Location) -> Location:
    """Take a name for its namesake in the country that a heading tells, where the gazetteer has one there."""
    if _fits(place, area):
        return place
    return namesake_in(area.place.country_code, place, f"the one in the country of the heading {area.text!r}")


def namesake_in(country: str, place: Location, reason: str) -> Location:
    """Take a name for its namesake in a country, where the gazetteer has one there and the point is the name's own."""
    if not country or place.relation not in _POINTS or place.place.country_code == country:
        return place
    for candidate in place.alternatives:
        if candidate.place.country_code == country:
            return replace(
                place,
                latitude=candidate.place.latitude,
                longitude=candidate.place.longitude,
                place=candidate.place,
                anchors=(candidate.place,),
                radius_km=max(place.radius_km, candidate.place.radius_km),
                confidence=round(min(place.confidence, _LENT_CONFIDENCE), 3),
                reason=reason,
            )
    return place


#: relations whose point is the anchor's own
_POINTS: Final = ("at", "part", "near")


def _fits(first: Location, second: Location) -> bool:
    """Whether a place can lie in an area, by country or, where borders are disputed, by distance."""
    if not first.place.country_code or first.place.country_code == second.place.country_code:
        return True
    away = distance_km(first.latitude, first.longitude, second.latitude, second.longitude)
    return away <= second.radius_km * _WELL_WITHIN


def _is_finer(place: Location, area: Location) -> bool:
    """Whether a place lies in an area told of in the same breath: "hit the base at Taji in central Iraq"."""
    if place.where_prec >= area.where_prec or area.where_prec < _AREA or not _fits(place, area):
        return False
    away = distance_km(place.latitude, place.longitude, area.latitude, area.longitude)
    return away <= area.radius_km


def _opens_beside(before: Sequence[str]) -> bool:
    """Whether the words from a sentence's beginning are a phrase beside its main clause ("In the wake of")."""
    return bool(before) and before[0] in _ADJUNCTS and "," not in before
