"""Loose matching of names of actors, targets, speakers and weapons: the same thing said in other words.

"Iraqi army" and "Military Forces of Iraq" are one; "Islamic State" and "Daesh" are one where gold lists both; "army"
and "rebels" of the same country are two. Deliberately generous: a name is one field among many.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

#: words that tell nothing about who it was
EMPTY: Final = frozenset(
    "a an the of and or in on at by for from to with their his her its some two three four five six seven eight nine "
    "ten eleven twelve people person persons group groups men man women woman armed heavily members member unknown "
    "unidentified presumed suspected alleged masked rival local".split()
)
#: classes of actors; two names of different classes are never one
CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "state": frozenset(
        "army military troop soldier police policeman policemen officer gendarme government regime navy force guard "
        "patrol ranger conscript authority customs sapper state".split()
    ),
    "rebel": frozenset(
        "rebel insurgent militant guerrilla jihadist fighter separatist subversive extremist faction militia "
        "militiaman militiamen paramilitary".split()
    ),
    "unidentified": frozenset(
        "gunman gunmen assailant attacker bandit kidnapper abductor sniper raider subject bomber".split()
    ),
    "civilian": frozenset(
        "civilian villager resident settler protester demonstrator youth mob herder farmer marcher student rioter "
        "supporter".split()
    ),
}
#: weapons that count as the same family
WEAPONS: Final[tuple[frozenset[str], ...]] = (
    frozenset("bomb explosive blast device charge ied dynamite mine landmine ordnance".split()),
    frozenset("gun rifle firearm gunfire pistol small-arms shooting shot".split()),
    frozenset("knife blade machete stabbing sharp axe stabbed".split()),
    frozenset("mortar artillery shell shelling".split()),
    frozenset("rocket missile".split()),
    frozenset("drone uav unmanned".split()),
    frozenset("aircraft airstrike air aerial warplane barrel helicopter".split()),
    frozenset("chlorine chemical gas sarin".split()),
)
#: anything that stands for "nobody in particular"; right where gold says that the text names none
NOBODY: Final = frozenset(
    "civilian resident local villager attacker assailant unidentified unknown perpetrator bomber".split()
)
STEM: Final = 4  # letters that "Mali" and "Malian", "Iraq" and "Iraqi" share at least


def words(name: str) -> list[str]:
    """Lower-case words without accents and plural endings, empty ones left out."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    found = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", plain.replace("'s", " ").replace("'", "").replace("\u2019", ""))
    return [singular(w) for w in found if w not in EMPTY]


def singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def kin(one: str, other: str) -> bool:
    """Whether two words are one but for their ending: "Iraq" and "Iraqi", "Mexico" and "Mexican"."""
    stem = max(STEM, min(len(one), len(other)) - 1)
    return one == other or (len(one) >= stem <= len(other) and one[:stem] == other[:stem])


def classes(names: Iterable[str]) -> set[str]:
    names = set(names)
    return {key for key, members in CLASSES.items() if names & members}


def same_name(gold: str, predicted: str) -> bool:
    """Whether the two can be one: a telling word in common, and no clash of classes."""
    want, got = words(gold), words(predicted)
    if want == got:
        return True
    if not want or not got:  # "unidentified armed group": anyone without a name will do
        return classes([*want, *got]) == {"unidentified"}
    if (a := classes(want)) and (b := classes(got)) and not a & b:
        return False
    known = frozenset().union(*CLASSES.values())
    telling_want, telling_got = ([w for w in side if w not in known] for side in (want, got))
    if telling_want and telling_got:
        return any(kin(a, b) for a in telling_want for b in telling_got)
    return bool(classes(want) & classes(got)) or bool(set(want) & set(got))


def named(gold: list[str] | None, predicted: str | None) -> bool:
    """Whether a predicted name is right: one of gold's, or nobody in particular where gold has none."""
    if gold is None:
        return predicted is None or not words(predicted) or set(words(predicted)) <= NOBODY
    return predicted is not None and any(same_name(name, predicted) for name in gold)


def armed(gold: list[str] | None, predicted: str | None) -> bool:
    """Whether a predicted weapon is of the family of one of gold's."""
    if gold is None:
        return predicted is None
    if predicted is None:
        return False
    got = set(words(predicted.replace("/", " ")))
    return any(got & (set(words(g)) | family(words(g))) for g in gold)


def family(names: Iterable[str]) -> set[str]:
    names = set(names)
    return {word for members in WEAPONS if members & names for word in members}
