"""Who was harmed: verbs, adjectives and nouns of harm tied to the people they befell.

Passive ("three were killed"), active ("killed three", "killing three"), shared ("killed three and wounded five", "was
shot and killed"), intransitive ("three died"), predicative ("left three dead"), nominal ("the death of three", "three
deaths", "a death toll of 17"), reflexive ("blew himself up") and nobody ("no one was hurt", "without casualties").
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from geoevents.incidents.clause import Clause
from geoevents.incidents.nodes import PERSONS, innermost, read_nodes
from geoevents.incidents.people import Chunk, People
from geoevents.incidents.profiles import PLURAL, Bounds
from geoevents.incidents.tags import Tagged

Force = Literal["real", "unreal", "negated"]
"""Whether a harm is told as fact, as something that may or was meant to be, or as what did not befall these people."""

_UNREAL_MODALS: Final = frozenset("would could may might can should must will wo shall".split())
_UNREAL_WORDS: Final = frozenset("feared attempted failed threatened".split())
_REAL_BEFORE_TO: Final = frozenset(
    "managed continued went began started proceeded said reported believed known thought used using succeeded".split()
)
_AIM_REACH: Final = 8
#: what befalls a body or brings a death; beside them "his body" and "his death" are somebody's
#: "the list of fatalities", "images of the bodies" tell of no further victims
_REGISTERS: Final = frozenset(
    "list lists names name images image photos photo photographs pictures picture video videos footage identities "
    "record records register database families relatives".split()
)
_FINDING: Final = frozenset(
    "found discovered recovered dumped retrieved returned identified buried pulled exhumed unearthed washed "
    "left lay lying".split()
)
_CAUSING: Final = frozenset("resulting resulted causing caused led leading result".split())
#: "a day after two more were killed" tells of another day, "after two more died" of how a number came about
_SPANS: Final = frozenset("minute minutes hour hours day days week weeks month months year years shortly soon".split())
_TOLL_WORDS: Final = frozenset("toll tally count number total".split())
_TOLL_OF: Final = frozenset(
    "dead killed deaths fatalities victims martyrs casualties injured wounded injuries missing deceased".split()
)
_TOLL_REACH: Final = 16
_TOLL_NEAR: Final = 8  # nodes; farther off, the number must stand right behind one of the words below
#: beside a toll they make it one that is only foreseen
_EXPECTED: Final = frozenset("expected feared likely could may might would will fear fears expect".split())
_TOLL_VERBS: Final = frozenset("to at is was stands stood reached hit topped exceeded passed".split())
_EXCEPT: Final = frozenset("other others else further additional more".split())
_DEADLY: Final = frozenset(("fatal", "deadly", "lethal"))
_ATTEMPTED: Final = frozenset("attempted attempt planned".split())
_BEFORE: Final = frozenset(("earlier", "previously", "recently"))
_HUMAN: Final = frozenset(("killed", "injured", "abducted", "detained"))
_LATER: Final = frozenset(("later", "subsequently"))
_ALTOGETHER: Final = frozenset("altogether overall".split())
_TO_DEATH_REACH: Final = 6


class Harm(NamedTuple):
    """What one word of harm says, and of whom.

    Attributes
    ----------
    kind
        ``killed``, ``injured``, ``shot`` (killed or injured), ``casualty`` (the same, as a noun), ``safe``, or another.
    people
        Those it befell, as a list of noun phrases; empty with `nobody`.
    parts
        Phrases that break `people` down ("including two children"); not to be added.
    word, stop
        First word of harm in the sentence and the one after it, as indices of its words.
    nobody
        The text says that nobody suffered it.
    total
        Stated as a total ("the toll rose to 17").
    later
        Stated as a later death ("later died", "died of his wounds").
    prior
        Told as something that had happened before ("who had been killed").
    perfect
        Told in the present perfect ("have been killed", "has claimed the lives of"): a balance rather than an event.
    also
        Stated as coming on top of what was told before ("was also killed").
    self_inflicted
        Attackers who died by their own bomb ("blew himself up").
    """

    kind: str
    people: tuple[People, ...]
    parts: tuple[People, ...]
    word: int
    stop: int
    force: Force = "real"
    nobody: bool = False
    total: bool = False
    also: bool = False
    later: bool = False
    prior: bool = False
    perfect: bool = False
    self_inflicted: bool = False

    @property
    def points_back(self) -> bool:
        """Whether it tells of people told of before: "one of them", "the two", "one of the wounded"."""
        return bool(self.people) and all(p.of_them or p.of_wounded or p.definite for p in self.people)


class Counted:
    """The people counted last in the sentences before: what "them" and "their bodies" point back to.

    Few sentences ask, so that those without harms are taken apart only when one does.
    """

    def __init__(self) -> None:
        self._known: People | None = None
        self._unread: list[Tagged | Clause] = []

    def add(self, sentence: "Tagged | Clause") -> None:
        """Take note of a sentence; after those before it."""
        self._unread.append(sentence)

    def last(self) -> People | None:
        """People counted last in all sentences so far, if any are."""
        while self._unread:
            words = self._unread.pop()
            clause = words if isinstance(words, Clause) else Clause(words, read_nodes(words))
            if (found := clause.last_counted(len(clause.words))) is not None:
                self._known = found
                self._unread.clear()
        return self._known


def read_harms(words: Tagged, before: Counted | None = None) -> list[Harm]:
    """Read all harms of a sentence, in the order of their words; `before` takes note of the people it counts."""
    before = Counted() if before is None else before
    if _TELLING.isdisjoint(words.lower) and not any(entry.harm for entry in words.entries):
        before.add(words)
        return []
    clause = Clause(words, read_nodes(words))
    harms: list[Harm] = []
    for index, node in enumerate(clause.nodes):
        reader = _READERS.get(node.tag) if node.entry.harm else None
        if reader is not None:
            harms.extend(reader(clause, index))
        elif node.tag == "N":
            harms.extend(_noun_of_harm(clause, index))
        elif (special := _SPECIAL.get(clause.lower(index))) is not None:
            harms.extend(special(clause, index))
        if clause.last_word(index) in _TOLL_WORDS:
            harms.extend(_toll(clause, index))
        elif node.tag in "ZK" and node.entry.harm:
            harms.extend(_put_at(clause, index))
        elif node.tag == "N":
            harms.extend(_according(clause, index, harms))
    resolved = [_resolved(clause, harm, before) for harm in sorted(harms, key=lambda harm: harm.word)]
    resolved = _without_included(words, _told_real(_either(words, resolved)))
    before.add(clause)
    return resolved


def _resolved(clause: Clause, harm: Harm, before: Counted) -> Harm:
    """Give "them" and "their bodies" the number of the people they point back to."""
    if not harm.people or not all(_is_plural_pronoun(people) for people in harm.people):
        return harm
    known = clause.last_counted(harm.word) or before.last()
    if known is None:
        return harm
    return harm._replace(people=(harm.people[0]._replace(bounds=known.bounds, qualifier=known.qualifier, vague=""),))


def _either(words: Tagged, harms: Sequence[Harm]) -> list[Harm]:
    """Read "50 people were killed or wounded" as up to 50 of each."""
    found = list(harms)
    for number, (first, second) in enumerate(pairwise(harms)):
        if first.people == second.people and "or" in words.lower[first.stop : second.word] and not first.nobody:
            found[number], found[number + 1] = _at_most(first), _at_most(second)
    return found


def _without_included(words: Tagged, harms: Sequence[Harm]) -> list[Harm]:
    """Leave out those a number before them counts already: "the toll stands at 17 after two more died"."""

    def is_counted_by(harm: Harm, toll: Harm) -> bool:
        between = range(toll.word + 1, harm.word)
        return (
            toll.kind == harm.kind
            and any(people.numbered and not people.on_top for people in toll.people)
            and any(words.lower[i] == "after" and words.lower[i - 1] not in _SPANS for i in between)
        )

    return [
        harm
        for number, harm in enumerate(harms)
        if not any(people.on_top for people in harm.people)
        or not any(is_counted_by(harm, toll) for toll in harms[:number])
    ]


def _told_real(harms: Sequence[Harm]) -> list[Harm]:
    """Leave out nouns of harm within what is only meant: "threatened to kill five hostages"."""
    meant = {people.start for harm in harms if harm.force == "unreal" for people in harm.people}
    return [
        harm
        for harm in harms
        if harm.force == "unreal" or not harm.people or harm.people[0].start not in meant or harm.total
    ]


def _at_most(harm: Harm) -> Harm:
    people = tuple(
        p._replace(bounds=Bounds(0, 0, p.bounds.high), qualifier="at_most") if p.bounds else p for p in harm.people
    )
    return harm._replace(people=people)


def _is_plural_pronoun(people: People) -> bool:
    return people.definite and people.bounds is None and not people.noun


# -- verbs -------------------------------------------------------------------------------------------------------------


def _participle(clause: Clause, index: int) -> list[Harm]:
    tags = clause.tags
    if clause.nodes[index].entry.harm == "shot" and clause.lower(index + 1) in ("at", "down", "up"):
        return []
    left, passive = clause.chain(index)
    before = tags[left] if left >= 0 else ""
    force = _force(clause, left + 1, index)
    if passive:
        people = (*clause.subject(left), *clause.company(index + 1))
        return _harm(clause, index, people, force)
    if among := clause.among(index):
        return _harm(clause, index, among)
    if before and before in "atheif":
        return []  # "a murdered leader", "to wounded civilians"
    if inverted := clause.inverted_subject(index):
        return _harm(clause, index, inverted)
    objects = clause.objects(index + 1, human=_is_human(clause, index))
    if before == "c" and not objects:
        return _harm(clause, index, clause.shared_subject(left))
    if objects and not (left == index - 1 and clause.is_bare_number(left)):
        if clause.to_death(index):
            return []  # "hacked a man to death" is read at "death"
        last = max(position for position, node in enumerate(clause.nodes) if node is objects[-1] or position == index)
        return _harm(clause, index, (*objects, *clause.company_far(last + 1)), force)
    if before and before in PERSONS and clause.is_victim(left):
        reduced = tuple(innermost(node) for node in clause.list_left(left))
        return _harm(clause, index, (*reduced, *clause.company(index + 1)), force)
    if before == "q":
        return _harm(clause, index, clause.subject(left - 1), force) if left else []
    return []


def _gerund(clause: Clause, index: int) -> list[Harm]:
    start = index + 1
    if clause.tags[start : start + 1] == "f":
        start += 1
    objects = clause.objects(start, human=_is_human(clause, index))
    kind = "killed" if start > index + 1 and clause.lower(index - 1) in _DEADLY else ""
    return _harm(clause, index, objects, _force(clause, index - 3, index), kind=kind)


def _finite(clause: Clause, index: int) -> list[Harm]:
    objects = clause.objects(index + 1, human=_is_human(clause, index))
    force = _force(clause, index - 3, index)
    before = clause.skip_left(index - 1)
    if before >= 0 and clause.tags[before] == "c":  # "intended to try him and execute him"
        before = next(
            (far for far in range(before, max(0, before - _AIM_REACH), -1) if clause.lower(far) == "to"), before
        )
    if before >= 0 and clause.lower(before) == "to" and not _to_is_real(clause, before):
        force = "unreal"
    return _harm(clause, index, objects, force)


def _dying(clause: Clause, index: int) -> list[Harm]:
    left, _ = clause.chain(index)
    people = clause.shared_subject(left) if clause.tags[left : left + 1] == "c" and left > 0 else clause.subject(left)
    return _harm(clause, index, people, _force(clause, left + 1, index))


def _predicate(clause: Clause, index: int) -> list[Harm]:
    left, passive = clause.chain(index)
    before = clause.tags[left] if left >= 0 else ""
    force = _force(clause, left + 1, index)
    if before and before in PERSONS:
        return _harm(clause, index, clause.list_left(left), force)
    if passive or before in ("V", "z"):
        return _harm(clause, index, clause.subject(left), force)
    if before == "c":
        return _harm(clause, index, clause.shared_subject(left))
    return []


def _self_inflicted(clause: Clause, index: int) -> list[Harm]:
    """Read "blew himself up" as the bomber's own death."""
    following = index + 1
    left, _ = clause.chain(index)
    subject = clause.subject(left)
    reflexive = clause.lower(following) in ("himself", "herself", "themselves")
    if not reflexive and not (clause.lower(index) != "blown" and _is_suicidal(clause, subject)):
        return []
    if not subject and clause.lower(following) == "themselves":
        return []
    people = tuple(p._replace(victims="perpetrators", definite=False) for node in subject if (p := node.people))
    one = Bounds(1, 1, 1)
    if clause.lower(following) != "themselves":
        people = tuple(p._replace(bounds=one, qualifier="exact", vague="") for p in people[:1])
    start, end = clause.offsets(following if reflexive else index)
    people = people or (People(start, end, one, "exact", victims="perpetrators"),)
    force = _force(clause, left + 1, index)
    return [Harm("killed", people, (), clause.word(index), clause.stop(index), force, self_inflicted=True)]


def _losses(clause: Clause, index: int) -> list[Harm]:
    """Read "lost five men", "lost nine soldiers" as deaths of a fighting side."""
    objects = clause.objects(index + 1, human=False)
    camp = clause.camp_before(index)
    fighters = [
        node._replace(people=node.people._replace(victims="combatants", camp=camp))
        for node in objects
        if node.people is not None and node.people.numbered and node.people.noun in _MEN
    ]
    return _harm(clause, index, fighters, _force(clause, index - 3, index), kind="killed")


_MEN: Final = frozenset("man soldier troop fighter militant officer policeman guerrilla rebel marine".split())


def _fatally(clause: Clause, index: int) -> list[Harm]:
    """Read "five were shot, three of them fatally" as three deaths."""
    people = clause.nodes[index - 1].people if index else None
    follows = clause.tags[index + 1 : index + 2]
    if people is None or not people.numbered or (follows and follows not in ',.;-:"is)'):
        return []
    return _harm(clause, index, (clause.nodes[index - 1],), kind="killed")


def _takings(clause: Clause, index: int) -> list[Harm]:
    """Read "seized eleven passengers", "took two clerks from their homes" as abductions."""
    objects = clause.objects(index + 1, human=False)
    people = [node.people for node in objects if node.people is not None]
    if not people or any(p.victims == "perpetrators" or p.definite for p in people):
        return []
    stop = max(clause.words.starts.index(p.start) for p in people) if people else index
    behind = clause.words.lower[stop : stop + _TAKEN_REACH]
    if clause.lower(index) in _TAKEN_FROM and _SOURCES.isdisjoint(behind):
        return []  # "took two days", "took three children to school"
    return _harm(clause, index, objects, _force(clause, index - 3, index), kind="abducted")


_TAKEN_FROM: Final = frozenset(("took", "taken", "taking"))
_SOURCES: Final = frozenset(("from", "hostage", "captive", "away"))
_TAKEN_REACH: Final = 6  # words behind the people taken


def _flights(clause: Clause, index: int) -> list[Harm]:
    """Read "1,200 residents fled" as displaced; gunmen who flee are none."""
    left, _ = clause.chain(index)
    found = [
        node
        for node in clause.subject(left)
        if node.people is not None
        and node.people.victims not in ("perpetrators", "combatants")
        and node.people.bounds is not None
        and node.people.bounds.low >= _MANY_FLED
    ]
    return _harm(clause, index, found, _force(clause, left + 1, index), kind="displaced")


_MANY_FLED: Final = 10  # fewer who flee are attackers, or witnesses


def _is_suicidal(clause: Clause, subject: Sequence[Chunk]) -> bool:
    """Whether a subject is a suicide bomber by name."""
    words = [word for node in subject for word in clause.words.lower[node.first : node.last]]
    return "suicide" in words


# -- nouns -------------------------------------------------------------------------------------------------------------


def _nominal(clause: Clause, index: int) -> list[Harm]:
    if index and clause.tags[index - 1] in PERSONS and clause.words.lower[clause.word(index) - 1] == "'s":
        return _harm(clause, index, (clause.nodes[index - 1],))
    wound = clause.lower(index) in _WOUNDS
    before = index - 1
    while before >= 0 and (clause.tags[before] in 'Rm"xzjeVK' or (wound and clause.tags[before] == "T")):
        before -= 1
    none = before >= 0 and clause.tags[before] == "O"
    if none:
        return _nobody(clause, before, index, clause.nodes[index].entry.harm)
    if before >= 0 and clause.tags[before] == "N" and clause.is_bare_number(before):
        return [] if wound else _harm(clause, index, (clause.nodes[before],))
    if clause.to_death(index):
        return _harm(clause, index, clause.objects_left(index - 2))
    if clause.lower(before) == "with" and clause.tags[before - 1 : before] in ("N", "X"):
        return _harm(clause, index, (clause.nodes[before - 1],))  # "his brother with leg wounds"
    if clause.tags[index - 1 : index] == "h" and clause.beside(index, _CAUSING):
        return [_his_death(clause, index)]
    links = ("of", "to") if clause.nodes[index].entry.harm == "injured" else ("of",)
    if clause.lower(index + 1) in links:
        if wound and clause.last_word(min(index + 2, len(clause.nodes) - 1)) in _BODY:
            return []  # "a gunshot wound to the head"
        objects = clause.objects(index + 2, human=True)
        attempted = clause.lower(index - 1) in _ATTEMPTED or clause.lower(before) in _ATTEMPTED
        return _harm(clause, index, objects, "unreal" if attempted else "real")
    return []


#: nouns that count what is in a body, and not people ("two stab wounds")
_WOUNDS: Final = frozenset("wound wounds burns bruises".split())
#: parts of a body that are people too ("the head of the council"), or no nouns
_BODY: Final = frozenset("head heads back side body hand".split())


def _his_death(clause: Clause, index: int) -> Harm:
    """Read "resulting in his death": the death of somebody told of before."""
    start, end = clause.offsets(index - 1)
    many = clause.lower(index - 1) == "their"
    bounds = None if many else Bounds(1, 1, 1)
    somebody = People(start, end, bounds, "implied" if many else "exact", vague=PLURAL if many else "", definite=True)
    kind = clause.nodes[index].entry.harm
    return Harm(kind, (somebody,), (), clause.word(index), clause.stop(index))


def _noun_of_harm(clause: Clause, index: int) -> list[Harm]:
    """Read "twelve casualties", "three bodies", "two martyrs"; "no casualties"."""
    people = clause.nodes[index].people
    kind = clause.harm_noun(index)
    if kind is None and people is not None and people.noun == "victim" and clause.tags[index - 1 : index] == "O":
        kind = "casualty"  # "no victims were reported"
    if kind is None or people is None:
        return []
    before = index - 1
    while before >= 0 and (clause.tags[before] in 'Rm"xzeVK' or (clause.tags[before] == "f" and before > 0)):
        before -= 1
    if before >= 0 and clause.tags[before] == "O":
        return _nobody(clause, before, index, kind)
    if clause.lower(index - 1) == "of" and clause.last_word(index - 2) in _REGISTERS and not people.numbered:
        return []
    if clause.tags[index + 1 : index + 2] == "f" and (objects := clause.objects(index + 2, human=True)):
        return _harm(clause, index, objects)
    if people.definite and not clause.beside(index, _FINDING):
        return []
    return _harm(clause, index, (clause.nodes[index],))


def _toll(clause: Clause, index: int) -> list[Harm]:
    """Read "the death toll rose to 17", "put the number of dead at 64", "revised to 22 the number of dead"."""
    kind = clause.toll_of(index, _TOLL_OF) or ("killed" if clause.last_word(index) == "toll" else "")
    if not kind:
        return []
    force: Force = "unreal" if clause.beside(index, _EXPECTED) else "real"
    for after in range(index + 1, min(len(clause.nodes), index + 1 + _TOLL_REACH)):
        if clause.tags[after] in "s;:.":
            break
        if after > index + _TOLL_NEAR and clause.lower(after - 1) not in _TOLL_VERBS:
            continue
        if _is_tally(clause, after):
            return _harm(clause, after, (clause.nodes[after],), force, kind=kind, total=True)
    for before in range(index - 1, max(-1, index - 4), -1):
        if _is_tally(clause, before) and clause.lower(before - 1) in ("to", "at"):
            return _harm(clause, before, (clause.nodes[before],), force, kind=kind, total=True)
    return []


def _is_tally(clause: Clause, index: int) -> bool:
    people = clause.nodes[index].people
    return people is not None and people.numbered and people.bounds is not None and people.noun in ("", "person")


def _put_at(clause: Clause, index: int) -> list[Harm]:
    """Read "put the dead at between 64 and 75"."""
    after = index + 2
    if clause.lower(index - 1) != "the" or clause.lower(index + 1) != "at" or after >= len(clause.nodes):
        return []
    if not _is_tally(clause, after):
        return []
    kind = clause.nodes[index].entry.harm
    return _harm(clause, after, (clause.nodes[after],), kind=kind, total=True)


def _according(clause: Clause, index: int, before: Sequence[Harm]) -> list[Harm]:
    """Read "20 dead according to the army and 26 according to the prefect": the second number counts the same."""
    if not before or not clause.is_bare_number(index) or clause.lower(index + 1) != "according":
        return []
    if clause.tags[index - 1 : index] not in ("c", ",", "s"):
        return []
    return _harm(clause, index, (clause.nodes[index],), kind=before[-1].kind, total=True)


def _nobody(clause: Clause, none: int, index: int, kind: str) -> list[Harm]:
    if {clause.lower(position) for position in range(none, index)} & _EXCEPT:
        return []
    return [Harm(kind, (), (), clause.word(index), clause.stop(index), nobody=True)]


_READERS: Final[dict[str, Callable[[Clause, int], list[Harm]]]] = {
    "K": _participle,
    "G": _gerund,
    "W": _finite,
    "V": _finite,
    "Y": _dying,
    "Z": _predicate,
    "M": _nominal,
}


#: words that are read for what stands around them
_SPECIAL: Final[dict[str, Callable[[Clause, int], list[Harm]]]] = {
    **dict.fromkeys(("blew", "blow", "blowing", "blown", "exploded", "detonated"), _self_inflicted),
    **dict.fromkeys(("lost", "losing", "loses"), _losses),
    **dict.fromkeys(("seized", "seizing", "took", "taking"), _takings),
    "fatally": _fatally,
    "fled": _flights,
}


#: a sentence without one of these, and without a word of harm, tells of none
_TELLING: Final = _TOLL_WORDS.union(_SPECIAL, ("victim", "victims"))


# -- what the words around say -----------------------------------------------------------------------------------------


def _force(clause: Clause, first: int, last: int) -> Force:
    """Read "was not", "could have been", "attempted to" among the words before a verb."""
    for position in range(max(0, first), last):
        tag, word = clause.tags[position], clause.lower(position)
        if (tag == "w" and word in _UNREAL_MODALS) or word in _UNREAL_WORDS:
            return "unreal"
        if tag == "n":
            return "negated"
    return "real"


def _to_is_real(clause: Clause, to: int) -> bool:
    """Take "used rifles to kill two" and "managed to kill two" for facts, "planned to kill" for none."""
    before = clause.skip_left(to - 1)
    if before >= 0 and clause.tags[before] == "T":
        before = clause.skip_left(before - 1)
    return before >= 0 and clause.lower(before) in _REAL_BEFORE_TO


def _is_human(clause: Clause, index: int) -> bool:
    """Whether only people suffer a harm, so that an unknown noun beside it is somebody; plans are "hurt" too."""
    return clause.nodes[index].entry.harm in _HUMAN and clause.lower(index) not in ("hurt", "hurting")


def _of_their_own(clause: Clause, people: People) -> People:
    """Count a "himself" among those harmed ("killed himself and nine others") as the doer."""
    text = clause.words.text[people.start : people.end].lower()
    return people._replace(victims="perpetrators") if text in _REFLEXIVE else people


_REFLEXIVE: Final = frozenset(("himself", "herself", "themselves"))


def _harm(
    clause: Clause, index: int, nodes: Sequence[Chunk], force: Force = "real", *, kind: str = "", total: bool = False
) -> list[Harm]:
    if not nodes:
        return []
    kind = kind or clause.nodes[index].entry.harm or clause.harm_noun(index) or ""
    if nodes[0].tag == "O":
        return [Harm(kind, (), (), clause.word(index), clause.stop(index), nobody=True)]
    people = tuple(_of_their_own(clause, node.people) for node in nodes if node.people is not None)
    if not people:
        return []
    around = {clause.lower(near) for near in range(index - 4, index)}
    parts = tuple(part for node in nodes for part in node.parts)
    return [
        Harm(
            kind,
            people,
            parts,
            clause.word(index),
            clause.stop(index),
            force,
            total=total or bool(around & _ALTOGETHER) or clause.starts_altogether(index),
            also="also" in around,
            perfect=clause.has_been(index),
            prior=clause.had_been(index) or clause.lower(index + 1) in _BEFORE,
            later=bool(around & _LATER) or clause.lower(index).startswith("succumb") or clause.of_wounds(index),
        )
    ]
