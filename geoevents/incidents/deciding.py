"""From the words that tell of one event, and who stood against whom, to ACLED's sub-event type.

The rules follow the ACLED codebook: fighting needs two armed sides; an explosive used outside such fighting makes the
event one of explosions, whatever else was done ("a suicide bomber blew himself up and gunmen shot those who fled" is
``Suicide bomb``); force without explosives against people who do not fight is violence against civilians, against
people who do it is a battle; a crowd makes a protest or a riot, by what it did, and what was done to it decides among
protests. Explosives rank as the codebook lists them: chemical, air, suicide, shelling, planted, thrown.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from geoevents.incidents._tables import table
from geoevents.incidents.actors import ActorMention
from geoevents.incidents.kinds import Trigger, families

Join = Literal[0, 1, 2]
"""How two families can be one event: not at all; only told in one sentence; wherever they stand together."""


class Kind(NamedTuple):
    """Sub-event type of an event, the weapon where the text tells, and the rule that decided."""

    sub_event_type: str
    weapon: str | None
    reason: str


@lru_cache(maxsize=1)
def _joins() -> Mapping[tuple[str, str], Join]:
    joins: dict[tuple[str, str], Join] = {}
    for row in table("joins"):
        join: Join = int(row["join"])  # type: ignore[assignment]  # a test holds the table to 0, 1 and 2
        joins[row["first"], row["second"]] = joins[row["second"], row["first"]] = join
    return joins


@lru_cache(maxsize=2048)
def joinable(first: str, second: str) -> Join:
    """Whether two families can tell of one event; see ``data/joins.csv``."""
    if first == second:
        return 2
    a, b = families()[first].nature, families()[second].nature
    pairs = ((first, second), (first, b), (a, second), (a, b))
    return next((_joins()[pair] for pair in pairs if pair in _joins()), 0)


_EXPLOSIONS: Final = ("chemical", "air", "suicide", "shelling", "bombing", "grenade")
_PLANTED: Final = "Remote explosive/landmine/IED"
_VAGUE: Final = ("blast", "strike")  # words whose means another word may tell
_TELLING: Final = 0.3  # weaker words ("jailed", "crackdown" without militants) decide nothing beside others
_CROWDS: Final = ("mob", "rioters", "protesters")
_PROPERTY: Final = frozenset({"arson", "looting"})
_FORCE: Final = frozenset("clash shooting melee execution abuse assault killing found_dead harm death".split())
_CROWD: Final = ("riot", "dispersal", "protest")
_LETHAL: Final = frozenset("shooting killing execution harm death".split())


def decide_kind(
    triggers: Sequence[Trigger], side_a: ActorMention | None = None, side_b: ActorMention | None = None
) -> Kind:
    """ACLED's sub-event type of the event that `triggers` tell of.

    Parameters
    ----------
    triggers
        At least one; families that cannot be one event should have been parted before.
    side_a, side_b
        Who acted and who was acted on (a target that is a thing counts by its owner).
    """
    present = {t.family for t in triggers if t.strength >= _TELLING} or {t.family for t in triggers}
    weapon = _weapon(triggers)
    taken = _ground(triggers, side_a)
    if taken is not None:
        return Kind(taken, weapon, "ground that changed hands")
    crowd = next((name for name in _CROWD if name in present), None)
    if crowd is None and side_b is not None and side_b.kind == "protesters" and present & _LETHAL:
        crowd = "protest"
    gunmen = side_a is not None and side_a.armed and side_a.kind not in ("state", "external")
    if gunmen and present & _LETHAL:
        crowd = None  # gangs stormed a quarter, and residents threw stones
    if crowd is not None and not present & _NO_CROWD:
        return _of_crowd(present, crowd, side_a, weapon)
    armed = side_b is not None and side_b.armed and (side_a is None or side_a.armed)
    if "clash" in present and not present & {"suicide", "bombing"}:
        if weapon in _BRAWL and not armed:
            return Kind("Mob violence", weapon, "a brawl without firearms")
        return Kind("Armed clash", weapon, "fighting between armed sides")
    explosive = _explosive(triggers)
    if explosive is not None:
        if explosive == _PLANTED and _bombs_from_the_air(triggers, side_a):
            return Kind("Air/drone strike", weapon, "an army that bombs does so from the air")
        return Kind(explosive, weapon, "an explosive outside fighting")
    for name, reason in _FIRST:
        if name in present and not (name == "abduction" and present & _DEADLY):
            return Kind(families()[name].sub_event_type, weapon, reason)
    if side_a is not None and side_a.name in _CROWDS:
        if present & _FORCE:
            return Kind("Mob violence", weapon, "a mob")
        if present & _PROPERTY:
            return Kind("Violent demonstration", weapon, "a crowd that used violence")
    if "capture" in present and side_b is not None and side_b.role != "object" and not present & _DEADLY:
        return Kind("Abduction/forced disappearance", weapon, "people taken")
    if present & _FORCE:
        if armed and _attacked_in_arms(side_a, present):
            return Kind("Armed clash", weapon, "an attack on people who fight")
        return Kind("Attack", weapon, "an attack on people who do not fight, or nobody says whom")
    best = max(triggers, key=lambda t: (families()[t.family].rank, t.strength))
    return Kind(best.sub_event_type, weapon, f"told by {best.text!r}")


#: decide before plain force, in this order; people taken and killed were killed
_FIRST: Final = (
    ("sexual", "sexual violence"),
    ("abduction", "people taken"),
    ("mob", "a mob"),
)
_DEADLY: Final = frozenset("killing execution shooting melee found_dead death".split())
_NO_CROWD: Final = frozenset("suicide bombing air chemical shelling".split())
_BRAWL: Final = ("blunt", "stones", "hands")
_SURE_GROUND: Final = 0.7  # "captured" alone may be said of a person


def _ground(triggers: Iterable[Trigger], side_a: ActorMention | None) -> str | None:
    """Name whose gain of ground is told: a state regains, others overtake."""
    for trigger in triggers:
        if trigger.family in ("takeover", "retake") and trigger.strength >= _SURE_GROUND:
            if side_a is not None and side_a.role != "nation":
                return _REGAINS if side_a.kind in ("state", "external") else _OVERTAKES
            return trigger.sub_event_type
    return None


_REGAINS: Final = "Government regains territory"
_OVERTAKES: Final = "Non-state actor overtakes territory"


def _bombs_from_the_air(triggers: Iterable[Trigger], side_a: ActorMention | None) -> bool:
    """Tell an army's bombing from the car bomb that killed its soldiers."""
    if side_a is None or side_a.kind not in ("state", "external"):
        return False
    return any(t.family == "bombing" and t.weapon in ("bomb", "explosive") for t in triggers)


def _attacked_in_arms(side_a: ActorMention | None, present: Iterable[str]) -> bool:
    """Attacking soldiers is fighting; soldiers found dead or executed by nobody known are not seen to have fought."""
    return not {"found_dead", "execution"} & set(present) or (side_a is not None and side_a.role == "group")


def _of_crowd(present: set[str], crowd: str, side_a: ActorMention | None, weapon: str | None) -> Kind:
    by_state = side_a is not None and side_a.kind == "state"
    if crowd == "riot" and "dispersal" not in present:
        return Kind("Violent demonstration", weapon, "a crowd that used violence")
    if present & _LETHAL and (by_state or "dispersal" in present):
        return Kind("Excessive force against protesters", weapon, "deadly force against a crowd")
    if crowd == "riot":
        return Kind("Violent demonstration", weapon, "a crowd that used violence")
    if crowd == "dispersal" or "arrest" in present:
        return Kind("Protest with intervention", weapon, "a crowd that was dispersed")
    return Kind("Peaceful protest", weapon, "a crowd, and no violence told")


def _explosive(triggers: Iterable[Trigger]) -> str | None:
    """Highest of the explosives that the triggers, or the weapons beside them, tell of."""
    ranked = {families()[name].sub_event_type: families()[name].rank for name in _EXPLOSIONS}
    sure = [t.sub_event_type for t in triggers if t.sub_event_type in ranked and t.family not in _VAGUE]
    vague = [t.sub_event_type for t in triggers if t.sub_event_type in ranked]
    return max(sure or vague, key=lambda kind: ranked[kind], default=None)


def _weapon(triggers: Iterable[Trigger]) -> str | None:
    """Weapon of the most telling trigger that has one, a name of the text before a family's default.

    Guns used beside an explosive are named with it: "blew himself up, and gunmen mowed down those who fled".
    """
    armed = [t for t in triggers if t.weapon]
    best = max(armed, key=lambda t: (t.weapon != families()[t.family].weapon, families()[t.family].rank), default=None)
    if best is None:
        return None
    told = {t.family: t.weapon for t in sorted(armed, key=lambda t: t is best)}
    blast = next((told[name] for name in _BESIDE_GUNS if name in told), None)
    if blast is not None and told.get("shooting") == "firearms":
        return f"{blast}, firearms"
    return best.weapon


#: an explosive that somebody brought, beside whom others may shoot
_BESIDE_GUNS: Final = ("suicide", "grenade")
