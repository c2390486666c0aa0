"""Fictional events: a few with everything an event can have, and as many as one likes for size and speed."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from geoevents.codes import EVENT_TYPE_OF
from geoevents.model import (
    Actor,
    Candidate,
    Claim,
    Correction,
    Count,
    Deaths,
    Event,
    Location,
    Place,
    Quote,
    Source,
    When,
    content_id,
)


def place(name: str, latitude: float, longitude: float, code: str = "PPL", **more: Any) -> Place:
    return Place(id=f"test:{name}", name=name, latitude=latitude, longitude=longitude, feature_code=code, **more)


BAQUBA = place("Baquba", 33.75, 44.64, "PPLA", country_code="IQ", admin1="Diyala", population=152_550, radius_km=4)
MOSUL = place("Mosul", 36.34, 43.13, "PPLA", country_code="IQ", admin1="Nineveh", population=1_739_800, radius_km=8)
DIYALA = place("Diyala", 34.0, 45.0, "ADM1", country_code="IQ", admin1="Diyala", radius_km=80)
SUDAN = place("Sudan", 16.0, 30.0, "PCLI", country_code="SD", radius_km=700)
BASRA = place("Basra", 30.51, 47.81, "PPLA", country_code="IQ", admin1="Basra", radius_km=7)
KYIV = place("Kyiv", 50.45, 30.52, "PPLC", country_code="UA", admin1="Kyiv City", radius_km=12)
ALEPPO = place("Aleppo", 36.2, 37.16, "PPLA", country_code="SY", admin1="Aleppo", radius_km=9)
ALEPPO_VA = place("Aleppo", 39.0, -77.5, "PPL", country_code="US", admin1="Virginia")
GULF = place("Gulf of Aden", 12.5, 48.0, "GULF", radius_km=200)
ABYEI = place("Abyei", 9.59, 28.44, "PPL", country_code="SD", admin1="South Kordofan", radius_km=20)
BAMAKO = place("Bamako", 12.65, -8.0, "PPLC", country_code="ML", admin1="Bamako", radius_km=9)


class Text:
    """An article under the pen: words added come back as spans of it."""

    def __init__(self, doc_id: str) -> None:
        self.doc_id = doc_id
        self.text = ""

    def add(self, words: str) -> tuple[int, int, str]:
        start = len(self.text)
        self.text += words
        return start, len(self.text), words

    def find(self, words: str) -> tuple[int, int, str]:
        start = self.text.index(words)
        return start, start + len(words), words

    def quote(self, words: str) -> Quote:
        start, end, text = self.find(words)
        return Quote(doc_id=self.doc_id, start=start, end=end, text=text)

    def count(self, words: str, low: int, best: int, high: int | None, qualifier: Any = "exact") -> Count:
        start, end, text = self.find(words)
        return Count(low=low, best=best, high=high, qualifier=qualifier, text=text, start=start, end=end)

    def where(self, words: str, anchor: Place, prec: int, km: float, relation: Any = "at", **more: Any) -> Location:
        start, end, text = self.find(words)
        return Location(
            doc_id=self.doc_id,
            start=start,
            end=end,
            text=text,
            mention_start=start,
            mention_end=end,
            relation=relation,
            latitude=more.pop("latitude", anchor.latitude),
            longitude=more.pop("longitude", anchor.longitude),
            radius_km=km,
            where_prec=prec,
            place=anchor,
            **{"anchors": (anchor,), "confidence": 0.9, "reason": "the only one of this name in the country", **more},
        )

    def when(self, words: str, start: date, end: date, prec: int, reason: str) -> When:
        first, last, text = self.find(words)
        return When(start=start, end=end, prec=prec, text=text, text_start=first, text_end=last, reason=reason)

    def actor(self, words: str, name: str, kind: str, certainty: Any = "stated") -> Actor:
        start, end, text = self.find(words)
        return Actor(name=name, text=text, start=start, end=end, kind=kind, certainty=certainty)


def event(key: str, sub: str, **fields: Any) -> Event:
    fields.setdefault("doc_ids", tuple(source.doc_id for source in fields.get("sources", ())))
    fields.setdefault("incident_ids", (content_id("inc", key),))
    return Event(id=content_id("evt", key), sub_event_type=sub, **fields)


def source(doc_id: str, title: str, publisher: str, published: date, url: str | None = None) -> Source:
    return Source(doc_id=doc_id, title=title, publisher=publisher, published=published, url=url, name=f"{doc_id}.txt")


def mosque() -> tuple[Event, dict[str, str]]:
    one = Text("daily-1")
    one.add("The council met late. ")
    one.add("A suicide bomber and gunmen attacked worshippers at a mosque in a village near Baquba on Friday, ")
    one.add("killing between 64 and 75 people, police said. ")
    one.add("Doctors at the provincial hospital counted 60 wounded. The market stayed shut.")
    two = Text("wire-7")
    two.add("At least 68 died and dozens were hurt when a bomber struck Friday prayers northeast of the capital, ")
    two.add("a health official told reporters. A Shi'ite militia was blamed by survivors.")
    said = one.quote(one.text[22 : one.text.index("Doctors") - 1])
    hurt = one.quote("Doctors at the provincial hospital counted 60 wounded.")
    wire = two.quote(two.text.split(" A Shi")[0])
    claims = (
        Claim(
            doc_id="daily-1",
            harm="killed",
            count=one.count("between 64 and 75", 64, 70, 75, "range"),
            speaker="police",
            quote=said,
        ),
        Claim(
            doc_id="wire-7",
            harm="killed",
            count=two.count("At least 68", 68, 68, None, "at_least"),
            speaker="a health official",
            quote=wire,
        ),
        Claim(
            doc_id="daily-1", harm="injured", count=one.count("60 wounded", 60, 60, 60), speaker="Doctors", quote=hurt
        ),
        Claim(
            doc_id="wire-7",
            harm="injured",
            count=two.count("dozens", 24, 36, 60, "vague"),
            stance="claimed",
            victims="civilians",
            quote=wire,
        ),
    )
    found = event(
        "mosque",
        "Suicide bomb",
        weapon="suicide vest, rifles",
        when=one.when(
            "Friday", date(2014, 8, 22), date(2014, 8, 22), 1, "the Friday before the article's date, 23 August 2014"
        ),
        where=one.where(
            "in a village near Baquba",
            BAQUBA,
            2,
            25,
            "near",
            latitude=33.83,
            longitude=44.72,
            reason="the only Baquba; “near” widens it to 25 km",
            alternatives=(Candidate(place=DIYALA, confidence=0.08),),
        ),
        killed=Count(low=64, best=70, high=75, qualifier="range", text="between 64 and 75", start=0, end=17),
        injured=Count(low=24, best=60, high=60, qualifier="range", text="60 wounded", start=0, end=10),
        deaths=Deaths(civilians=one.count("between 64 and 75", 64, 70, 75, "range")),
        claims=claims,
        side_a=two.actor("A Shi'ite militia", "Shi'ite militia", "militia", "alleged"),
        side_b=one.actor("worshippers", "worshippers", "civilians"),
        target="a mosque",
        quotes=(said, wire),
        sources=(
            source(
                "daily-1",
                "Scores die in attack on mosque",
                "The Daily Example",
                date(2014, 8, 23),
                "https://example.org/mosque",
            ),
            source("wire-7", "Bomber strikes Friday prayers", "Example Wire", date(2014, 8, 22), "javascript:alert(1)"),
        ),
        incident_ids=(content_id("inc", "a"), content_id("inc", "b")),
        confidence=0.82,
        merge_confidence=0.91,
        corrections=(
            Correction(
                action="kind",
                field="sub_event_type",
                before="Attack",
                after="Suicide bomb",
                who="R. Reader",
                when="2026-01-05",
                why="the second article names a bomber",
            ),
        ),
    )
    return found, {"daily-1": one.text, "wire-7": two.text}


def simple(
    key: str,
    sub: str,
    words: str,
    *,
    killed: tuple[str, int, int, int | None, str] | None = None,
    injured: tuple[str, int, int, int | None, str] | None = None,
    where: tuple[str, Place, int, float] | None = None,
    when: tuple[date, date, int] | None = None,
    sides: tuple[str | None, str | None] = (None, None),
    publisher: str = "The Daily Example",
    **more: Any,
) -> tuple[Event, dict[str, str]]:
    """An event of one article of one sentence."""
    text = Text(f"doc-{key}")
    text.add(words)
    quote = text.quote(words)
    counts = {}
    claims = []
    for harm, given in (("killed", killed), ("injured", injured)):
        if given is not None:
            phrase, low, best, high, qualifier = given
            counts[harm] = text.count(phrase, low, best, high, qualifier)
            claims.append(Claim(doc_id=text.doc_id, harm=harm, count=counts[harm], quote=quote))  # type: ignore[arg-type]
    actors = {
        side: text.actor(name, name, "other") for side, name in zip(("side_a", "side_b"), sides, strict=True) if name
    }
    published = when[1] + timedelta(days=1) if when else date(2014, 9, 1)
    found = event(
        key,
        sub,
        when=When(start=when[0], end=when[1], prec=when[2]) if when else None,
        where=text.where(*where) if where else None,
        claims=tuple(claims),
        quotes=(quote,),
        sources=(source(text.doc_id, words[:60], publisher, published),),
        **counts,  # type: ignore[arg-type]
        **actors,
        **more,
    )
    return found, {text.doc_id: text.text}


def demo() -> tuple[list[Event], dict[str, str]]:
    """A dozen events that differ in all that a map can show."""
    day = date(2014, 8, 1)
    made = [
        mosque(),
        simple(
            "strike",
            "Air/drone strike",
            "Jets struck a bridge in Mosul on Sunday; no one was hurt, the army said.",
            killed=("no one was hurt", 0, 0, 0, "none"),
            injured=("no one was hurt", 0, 0, 0, "none"),
            where=("in Mosul", MOSUL, 1, 8),
            when=(date(2014, 8, 17), date(2014, 8, 17), 1),
            sides=("the army", None),
        ),
        simple(
            "dam",
            "Armed clash",
            "Fighters and soldiers clashed around Mosul for days, leaving at least 19 dead.",
            killed=("at least 19", 19, 19, None, "at_least"),
            where=("around Mosul", MOSUL, 1, 8),
            when=(date(2014, 8, 12), date(2014, 8, 16), 2),
            sides=("Fighters", "soldiers"),
            confidence=0.66,
        ),
        simple(
            "diyala",
            "Shelling/artillery/missile attack",
            "Shelling in Diyala province killed 8 and wounded 15 people last week.",
            killed=("8", 8, 8, 8, "exact"),
            injured=("15", 15, 15, 15, "exact"),
            where=("in Diyala province", DIYALA, 4, 80),
            when=(date(2014, 8, 11), date(2014, 8, 17), 3),
            confidence=0.58,
        ),
        simple(
            "basra",
            "Peaceful protest",
            "Hundreds marched in Basra on Saturday.",
            where=("in Basra", BASRA, 1, 7),
            when=(date(2014, 8, 23), date(2014, 8, 23), 1),
            publisher="Example Wire",
        ),
        simple(
            "basra2",
            "Violent demonstration",
            "Stones flew in Basra on Saturday night; two people were hurt.",
            injured=("two people", 2, 2, 2, "exact"),
            where=("in Basra", BASRA, 1, 7),
            when=(date(2014, 8, 23), date(2014, 8, 23), 1),
        ),
        simple(
            "sudan",
            "Attack",
            "Gunmen killed scores of villagers somewhere in Sudan in August.",
            killed=("scores", 40, 40, 80, "vague"),
            where=("in Sudan", SUDAN, 6, 700),
            when=(day, date(2014, 8, 31), 4),
            sides=("Gunmen", "villagers"),
            confidence=0.41,
            status="claimed",
        ),
        simple(
            "kyiv",
            "Arrests",
            "Police arrested five men in Kyiv.",
            where=("in Kyiv", KYIV, 1, 12),
            when=(date(2014, 8, 5), date(2014, 8, 5), 1),
            publisher="Example Wire",
        ),
        simple(
            "aleppo",
            "Remote explosive/landmine/IED",
            "A roadside bomb near Aleppo killed up to 30 people and hurt about 40.",
            killed=("up to 30", 1, 30, 30, "at_most"),
            injured=("about 40", 36, 40, 44, "about"),
            where=("near Aleppo", ALEPPO, 2, 25),
            when=(date(2014, 8, 20), date(2014, 8, 20), 1),
            status="disputed",
        ),
        simple(
            "gulf",
            "Abduction/forced disappearance",
            "Pirates seized a ship in the Gulf of Aden.",
            where=("in the Gulf of Aden", GULF, 7, 200),
            when=(date(2014, 8, 9), date(2014, 8, 9), 1),
            sides=("Pirates", None),
        ),
        simple(
            "nowhere",
            "Attack",
            "A journalist was killed, the group said on Tuesday.",
            killed=("A journalist", 1, 1, 1, "exact"),
            when=(date(2014, 8, 19), date(2014, 8, 19), 1),
        ),
        simple(
            "undated",
            "Mob violence",
            "A crowd killed 3 men in Bamako.",
            killed=("3 men", 3, 3, 3, "exact"),
            where=("in Bamako", BAMAKO, 1, 9),
            sides=("A crowd", None),
        ),
        simple(
            "abyei",
            "Armed clash",
            "Herders and farmers fought along the road to Abyei; between 12 and 40 died, 55 were injured.",
            killed=("between 12 and 40", 12, 26, 40, "range"),
            injured=("55", 55, 55, 55, "exact"),
            where=("along the road to Abyei", ABYEI, 5, 60),
            when=(date(2014, 8, 2), date(2014, 8, 4), 2),
            sides=("Herders", "farmers"),
        ),
        simple(
            "mosul3",
            "Suicide bomb",
            "A car bomb killed 12 in Mosul on Monday and wounded 31.",
            killed=("12", 12, 12, 12, "exact"),
            injured=("31", 31, 31, 31, "exact"),
            where=("in Mosul", MOSUL, 1, 8),
            when=(date(2014, 8, 18), date(2014, 8, 18), 1),
        ),
    ]
    return [found for found, _ in made], {key: text for _, texts in made for key, text in texts.items()}


_SYLLABLES = "al ba da ka ma na ra sa ta qa zu li mu no shi kha dor ben tar vel osh ger".split()
_WORDS = (
    "police said the attack came after days of fighting near the market where families had gathered to buy food "
    "officials and witnesses gave different accounts of what happened while the army denied any part in the strike"
).split()


def many(count: int, seed: int = 7, centres: Sequence[tuple[float, float]] | None = None) -> list[Event]:
    """`count` events of one article each, spread over the world or around `centres`; the same for the same seed."""
    draw = random.Random(seed)
    subs = list(EVENT_TYPE_OF)
    names = ["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).title() for _ in range(max(20, count // 12))]
    spots = [
        place(
            name,
            draw.gauss(c[0], 3.0) if (c := draw.choice(centres) if centres else None) else draw.uniform(-35, 60),
            draw.gauss(c[1], 4.0) if c else draw.uniform(-110, 140),
            country_code=draw.choice(["IQ", "SY", "UA", "SD", "ML", "NG", "YE", "AF"]),
            admin1=name[:4] + "istan",
            radius_km=5,
        )
        for name in names
    ]
    return [_one(draw, number, draw.choice(subs), draw.choice(spots)) for number in range(count)]


def _one(draw: random.Random, number: int, sub: str, spot: Place) -> Event:
    text = Text(f"article-{number:06d}")
    killed = int(draw.paretovariate(0.8)) if draw.random() < 0.7 else None
    hurt = int(draw.paretovariate(0.7)) if draw.random() < 0.5 else None
    text.add(" ".join(draw.choices(_WORDS, k=14)) + " ")
    text.add(f"{killed or 'no'} people were killed and {hurt or 'some'} hurt in {spot.name} ")
    text.add(" ".join(draw.choices(_WORDS, k=8)) + ".")
    quote = text.quote(text.text)
    claims = []
    counts = {}
    for harm, best, words in (("killed", killed, "people were killed"), ("injured", hurt, "hurt")):
        if best is not None:
            open_end = draw.random() < 0.2
            low = max(0, best - draw.randint(0, best // 3))
            counts[harm] = text.count(words, low, best, None if open_end else best + draw.randint(0, best // 2))
            claims.append(
                Claim(doc_id=text.doc_id, harm=harm, count=counts[harm], speaker="police", quote=quote)  # type: ignore[arg-type]
            )
    start = date(2019, 1, 1) + timedelta(days=draw.randint(0, 1800))
    span = draw.choice([0, 0, 0, 0, 4, 27])
    return event(
        str(number),
        sub,
        when=When(start=start, end=start + timedelta(days=span), prec={0: 1, 4: 2, 27: 4}[span]),
        where=text.where(f"in {spot.name}", spot, draw.choice([1, 1, 1, 2]), draw.choice([5.0, 25.0])),
        claims=tuple(claims),
        quotes=(quote,),
        sources=(
            source(
                text.doc_id,
                " ".join(draw.choices(_WORDS, k=8)),
                draw.choice(["Example Wire", "The Daily Example", "Example Radio", "Made-up Post"]),
                start + timedelta(days=span + 1),
                f"https://example.org/{number:06d}",
            ),
        ),
        side_a=Actor(name=draw.choice(["Army", "Militia", "Gunmen"]), text="", start=0, end=0),
        confidence=round(draw.uniform(0.3, 1), 2),
        **counts,  # type: ignore[arg-type]
    )
