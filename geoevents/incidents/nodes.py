"""Noun phrases made whole: owners, breakdowns, ages and appositions are folded into the phrase they belong to.

"The consul's bodyguard" is one person; "seven people, including two children and three women," are seven; "Karim, the
head of police," is one; "a couple, Adam and Eve," are two.
"""

from collections.abc import Sequence
from typing import Final

from geoevents.incidents.people import ONE, Chunk, People, read_chunks
from geoevents.incidents.profiles import PLURAL, Bounds
from geoevents.incidents.tags import Tagged

#: tags of chunks that may be people: a phrase of people, a name
PERSONS: Final = "NX"
#: tags that begin a verb group behind a subject
FINITE: Final = "bHwKVYWD"
#: adverbs, quotation marks: stepped over everywhere
SKIPPED: Final = 'R"'
# in chunks; as long as the longest seen in Airwars' narratives, which break down more than anybody
_LONGEST_BREAKDOWN: Final = 40
_LONGEST_BRACKET: Final = 14
_HOST_REACH: Final = 9
#: tags of what may open a breakdown: brackets, commas, dashes, "including"
_OPENERS: Final = "([,-l"
_AGED: Final = frozenset(("aged", "ages", "age"))
#: openers of a breakdown before "of them": "forty people, half of them children,"
_SHARES: Final = frozenset("half most many some all both".split())
_THEMSELVES: Final = frozenset(("himself", "herself", "themselves"))
_NAMINGS: Final = frozenset("named called identified nicknamed known".split())
#: tags and words of the chunks that may change what stands before them; all others are nodes as they are
_OPENERS_AND_PEOPLE: Final = _OPENERS + "NXU"
_HINGES: Final = _NAMINGS | _THEMSELVES | _AGED | {"'s"}


def innermost(node: Chunk) -> Chunk:
    """Take the person or number after the "of" of a phrase: "relatives of 100 Iranians killed" tells of the 100."""
    people = node.people
    if people is None or people.inner is None:
        return node
    return node._replace(people=people.inner)


def read_nodes(words: Tagged) -> list[Chunk]:
    """Chunks of a sentence, folded."""
    chunks = read_chunks(words)
    nodes: list[Chunk] = []
    index = 0
    while index < len(chunks):
        chunk = chunks[index]
        word = words.lower[chunk.first]
        if chunk.tag not in _OPENERS_AND_PEOPLE and word not in _HINGES:
            nodes.append(chunk)  # as most
            index += 1
            continue
        may_fold = nodes and (chunk.tag in _OPENERS or word in _AGED)
        if may_fold and (after := _fold_breakdown(words, chunks, index, nodes)):
            index = after
            continue
        if word == "'s" and nodes and nodes[-1].tag in PERSONS:
            if _is_of(words, nodes[-1]):  # "five members of the minister's party" are five
                index += 1
                continue
            if chunk.tag == "h" and _is_harm_of(words, chunks, index):
                index += 1  # "the senator's murder"
                continue
            if chunk.people is not None or chunk.tag == "h":
                nodes.pop()  # "the consul's bodyguard" is one person
        if word in _NAMINGS and nodes and (after := _fold_naming(words, chunks, index, nodes)):
            index = after
            continue
        if word in _THEMSELVES and nodes and nodes[-1].tag in PERSONS:
            index += 1  # "wounding the elder himself"
            continue
        if chunk.tag in "NXU" and len(nodes) > 1 and nodes[-1].tag == "," and _says_who(words, chunks, index, nodes):
            nodes.pop()  # the comma
            index += 1
            if index < len(chunks) and words.lower[chunks[index].first] == "'s":
                index += 1  # ", the head of Karim's tribe"
            while index + 1 < len(chunks) and chunks[index].tag == "c" and _is_description(words, chunks[index + 1]):
                index += 2  # ", director and manager of"
            continue
        nodes.append(chunk)
        index += 1
    return nodes


def _is_harm_of(words: Tagged, chunks: Sequence[Chunk], index: int) -> bool:
    """Whether an owner's noun is what befell the owner ("Garcia's murder"), and not what the owner did ("of three")."""
    if index + 1 >= len(chunks) or chunks[index + 1].tag != "M" or not chunks[index + 1].entry.harm:
        return False
    after = chunks[index + 1].last
    return after >= len(words) or words.lower[after] != "of"


def _is_of(words: Tagged, chunk: Chunk) -> bool:
    """Whether a phrase holds an "of": what follows it belongs to the last noun, not to the first."""
    return "of" in words.lower[chunk.first + 1 : chunk.last]


# -- breakdowns --------------------------------------------------------------------------------------------------------


def _fold_breakdown(words: Tagged, chunks: Sequence[Chunk], index: int, nodes: list[Chunk]) -> int:
    """Fold a breakdown that begins at `index` into the node before it; the index after it, or 0 if there is none."""
    if chunks[index].tag in "([":
        return _fold_brackets(chunks, index, nodes)
    if after := _ages(words, chunks, index):
        _count_by_ages(words, chunks[index:after], nodes)
        return after
    opener = _breakdown(words, chunks, index)
    if not opener:
        return 0
    parts, after = _part_list(chunks, opener)
    closer = "-" if chunks[index].tag == "-" else ","
    far = _verb_behind(chunks, opener, closer)
    host = _host(nodes, far=bool(far))
    if host is None or (closer == "-" and nodes[host].tag != "N"):
        return 0  # "CAIRO, Egypt – three people": a dateline's dash
    if far:
        parts = [chunk.people for chunk in chunks[opener:far] if chunk.tag in PERSONS and chunk.people is not None]
        after = far
    elif after < len(chunks) and chunks[after].tag in (closer, ","):
        after += 1
    if not parts:
        return 0
    old = nodes[host]
    chunk, parts = _bounded_twice(old, parts)
    nodes[host] = chunk._replace(parts=(*old.parts, *parts))
    return after


def _bounded_twice(chunk: Chunk, parts: list[People]) -> tuple[Chunk, list[People]]:
    """Read the last bound of "at least 52 civilians, including …, and up to 68 civilians" as one of the whole."""
    if parts and chunk.people is not None and parts[-1].noun == chunk.people.noun:
        joined = range_of(chunk.people, parts[-1])
        if joined is not None:
            end = chunk.people.end  # the breakdown stands between the bounds
            return chunk._replace(people=joined._replace(end=end)), parts[:-1]
    return chunk, parts


def range_of(low: People, high: People) -> People | None:
    """Make "at least 27 and up to 30" one range; None where the two do not bound one number."""
    if low.bounds is None or high.bounds is None or high.bounds.high is None or high.qualifier != "at_most":
        return None
    if low.qualifier not in ("at_least", "exact", "about") or high.bounds.high <= low.bounds.low:
        return None
    bounds = Bounds(low.bounds.low, low.bounds.best, high.bounds.high)
    return low._replace(end=high.end, bounds=bounds, qualifier="range", noun=low.noun or high.noun)


def _fold_brackets(chunks: Sequence[Chunk], index: int, nodes: list[Chunk]) -> int:
    """Fold "(an engineer)" and "(two women and a child)"; brackets that tell of harm are read on their own."""
    closer = ")" if chunks[index].tag == "(" else "]"
    for end in range(index + 1, min(len(chunks), index + _LONGEST_BRACKET)):
        if chunks[end].tag == closer:
            inside = chunks[index + 1 : end]
            if any(chunk.entry.harm for chunk in inside):
                return 0
            host = _host(nodes)
            if host is not None:
                parts = tuple(chunk.people for chunk in inside if chunk.people is not None)
                nodes[host] = nodes[host]._replace(parts=(*nodes[host].parts, *parts))
            return end + 1
    return 0


def _ages(words: Tagged, chunks: Sequence[Chunk], index: int) -> int:
    """Index after ", aged 9 and 11," behind people; 0 where no ages begin."""
    start = index + 1 if chunks[index].tag == "," else index
    if start >= len(chunks) or words.lower[chunks[start].first] not in _AGED:
        return 0
    after = start + 1
    while after < len(chunks) and (chunks[after].tag in "c," or _is_plain_number(words, chunks[after])):
        after += 1
    return after if after > start + 1 else 0


def _count_by_ages(words: Tagged, chunks: Sequence[Chunk], nodes: list[Chunk]) -> None:
    """Count people whose number is not told by their ages: "her sons, aged 9 and 11," are two."""
    people = nodes[-1].people
    ages = sum(words.entries[i].tag == "0" for chunk in chunks for i in range(chunk.first, chunk.last))
    if people is not None and people.bounds is None and people.vague == PLURAL and ages > 1:
        counted = people._replace(bounds=Bounds(ages, ages, ages), qualifier="exact", vague="")
        nodes[-1] = nodes[-1]._replace(people=counted)


def _is_plain_number(words: Tagged, chunk: Chunk) -> bool:
    return all(words.entries[index].tag in "0-" for index in range(chunk.first, chunk.last))


def _breakdown(words: Tagged, chunks: Sequence[Chunk], index: int) -> int:
    """Find the first phrase of a breakdown that begins at `index` (", including", "– one man –"); 0 without one."""
    tag = chunks[index].tag
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if tag == "l":
        return index + 1
    if following is None:
        return 0
    if tag in ",-" and following.tag == "l":
        return index + 2
    if tag == "," and words.lower[following.first] in _SHARES and index + 3 < len(chunks):
        return index + 4 if words.lower[chunks[index + 2].first] == "of" else 0
    people = following.people
    if following.tag == "N" and people is not None:
        if tag == "-" and people.bounds is not None and not people.definite:
            return index + 1
        if tag == "," and people.of_them:
            return index + 1
    return 0


def _host(nodes: Sequence[Chunk], *, far: bool = False) -> int | None:
    """Find the phrase a breakdown breaks down: the last counted one in its clause, else the last of any people.

    With `far`, when a verb closes the breakdown, the phrase may stand before a side clause.
    """
    nearest = None
    for back in range(len(nodes) - 1, -1 if far else max(-1, len(nodes) - _HOST_REACH), -1):
        node = nodes[back]
        if node.people is not None and node.people.numbered and node.tag == "N":
            return back
        if node.tag in PERSONS and nearest is None and back >= len(nodes) - 2:
            nearest = back
        if (node.tag in FINITE or node.tag in "sq;:.") and not far:
            break
    return nearest


def _verb_behind(chunks: Sequence[Chunk], index: int, closer: str) -> int:
    """Index of the verb group behind the mark that closes a breakdown, or 0: ", including … and …, were killed"."""
    for far in range(index, min(len(chunks) - 1, index + _LONGEST_BREAKDOWN)):
        tag = chunks[far].tag
        if tag == closer and _verb_follows(chunks, far + 1):
            return far + 1
        if tag in "bHw" and _verb_follows(chunks, far):
            return far  # the closing comma was forgotten
        if tag in ".;sGVW" and far > index:
            return 0
    return 0


def _part_list(chunks: Sequence[Chunk], index: int) -> tuple[list[People], int]:
    """Phrases of a list from `index` on, and the index after it."""
    parts: list[People] = []
    while index < len(chunks):
        chunk = chunks[index]
        if chunk.tag in PERSONS and chunk.people is not None:
            parts.append(chunk.people)
            index = _skip_attached(chunks, index + 1)
        elif (parts and chunk.tag in ",cC" and _goes_on(chunks, index)) or chunk.tag in 'Re"':
            index += 1
        else:
            break
    return parts, index


def _verb_follows(chunks: Sequence[Chunk], index: int) -> bool:
    while index < len(chunks) and chunks[index].tag in SKIPPED:
        index += 1
    return index < len(chunks) and chunks[index].tag in FINITE


def _goes_on(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a list goes on behind the comma or "and" at `index`, and no clause of its own begins there."""
    after = index + 1
    while after < len(chunks) and chunks[after].tag in 'cCRe"':
        after += 1
    return after < len(chunks) and chunks[after].tag in PERSONS and not _verb_follows(chunks, after + 1)


def _skip_attached(chunks: Sequence[Chunk], index: int) -> int:
    """Skip "of the family", "from Gaza" after a phrase, when a list may go on behind it."""
    if index + 1 < len(chunks) and chunks[index].tag in "if" and chunks[index + 1].tag in "TXLUN":
        return index + 2
    return index


# -- appositions -------------------------------------------------------------------------------------------------------


def _fold_naming(words: Tagged, chunks: Sequence[Chunk], index: int, nodes: Sequence[Chunk]) -> int:
    """Index after "named Ahmed Masoud", "identified as Ahmed Masoud" behind a person; 0 where there is none."""
    if nodes[-1].tag not in PERSONS:
        return 0
    after = index + 1
    if after < len(chunks) and chunks[after].tag in "is" and words.lower[chunks[after].first] == "as":
        after += 1
    return after + 1 if after < len(chunks) and chunks[after].tag == "X" else 0


def _is_description(words: Tagged, chunk: Chunk) -> bool:
    """Whether a phrase is a noun without article or name: "manager" of "director and manager"."""
    people = chunk.people
    return people is not None and not people.name and words.entries[chunk.first].tag in "mpa" and people.bounds == ONE


def _says_who(words: Tagged, chunks: Sequence[Chunk], index: int, nodes: Sequence[Chunk]) -> bool:
    ends = index + 1 >= len(chunks) or chunks[index + 1].tag not in "cC"
    return _is_apposition(words, nodes, chunks[index], ends=ends)


def _is_apposition(words: Tagged, nodes: Sequence[Chunk], chunk: Chunk, *, ends: bool) -> bool:
    """Whether `chunk`, after a comma, says who the person before the comma is: one of the two is a bare description."""
    if nodes[-2].tag not in PERSONS:
        return False
    first, second = nodes[-2].people, chunk.people
    if first is None or second is None or first.bounds is None:
        return False
    if second.bounds is None:  # "21 civilians, members of one family,"
        return first.numbered and second.vague == PLURAL and not second.more and first.bounds.low > 1
    if first.bounds.low != 1 or second.bounds.high != 1 or second.numbered:
        return False
    if first.numbered:
        return bool(second.name) and not first.name and not second.kin
    if second.kin or (second.more and not first.name):
        return False  # "the governor of Basra, another judge, and two guards"
    if first.kin and not first.name and second.name and not second.noun:
        return ends  # "his daughter, Suzan Masoud, at their home"
    ends_in_name = words.entries[nodes[-2].last - 1].tag in "XL"
    return bool(first.name or ends_in_name) != bool(second.name) and (not first.kin or ends_in_name)
