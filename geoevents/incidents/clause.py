"""The nodes of a sentence and the ways between them: from a verb to its subject and its objects."""

from collections.abc import Sequence
from typing import Final

from geoevents.incidents.nodes import FINITE, PERSONS, SKIPPED, innermost, range_of
from geoevents.incidents.people import Chunk, People
from geoevents.incidents.profiles import Bounds
from geoevents.incidents.tags import Tagged

_CHAIN: Final = 'bHwzRnD"'
_BOUNDARIES: Final = "s;:."
_OBJECT_OPENERS: Final = 'Re"'
_PLURAL_BE: Final = frozenset("were are weren aren".split())
#: prepositions that open a clause when a verb follows their noun
_OPENERS: Final = frozenset("after before since until as".split())
_SINGULAR_BE: Final = frozenset("was is wasn isn has".split())
_TO_DEATH_REACH: Final = 6
#: tagged as verbs of saying, and none when nobody is found to say
_FINDING: Final = frozenset(("found", "discovered"))
_FORCES: Final = frozenset("army military troops forces police government navy marines".split())
_BESIDE_REACH: Final = 5
_INVERTED_REACH: Final = 12
_RESUME_REACH: Final = 8
_COMPANY_REACH: Final = 5
_SPELLED_REACH: Final = 12


class Clause:
    """A sentence as nodes; `tags` has one character a node."""

    def __init__(self, words: Tagged, nodes: Sequence[Chunk]) -> None:
        self.words = words
        self.nodes = nodes
        self.tags = "".join([node.tag for node in nodes])
        self._firsts = [words.lower[node.first] for node in nodes]

    # -- one node

    def lower(self, index: int) -> str:
        """First word of a node; empty beyond the ends."""
        return self._firsts[index] if 0 <= index < len(self._firsts) else ""

    def last_word(self, index: int) -> str:
        """Last word of a node."""
        return self.words.lower[self.nodes[index].last - 1]

    def word(self, index: int) -> int:
        """Index of a node's first word."""
        return self.nodes[index].first

    def stop(self, index: int) -> int:
        """Index after a node's last word."""
        return self.nodes[index].last

    def offsets(self, index: int) -> tuple[int, int]:
        """Where a node stands in the text."""
        chunk = self.nodes[index]
        return self.words.starts[chunk.first], self.words.ends[chunk.last - 1]

    def is_bare_number(self, index: int) -> bool:
        """Whether a node is a number without a noun ("three")."""
        people = self.nodes[index].people
        return people is not None and people.numbered and not people.noun and not people.name

    def is_victim(self, index: int) -> bool:
        """Whether "X killed" without an object can mean that X was killed: a number, or people who are no attackers."""
        people = self.nodes[index].people
        if people is None:
            return False
        return people.numbered or people.more or (people.victims != "perpetrators" and bool(people.noun))

    def harm_noun(self, index: int) -> str | None:
        """Harm of the noun that heads a node ("bodies", "casualties")."""
        chunk = self.nodes[index]
        for position in range(chunk.last - 1, chunk.first - 1, -1):
            if self.words.entries[position].tag == "B":
                return self.words.entries[position].harm
        return None

    def toll_of(self, index: int, nouns: frozenset[str]) -> str:
        """Tell what a toll near `index` counts ("death toll", "number of wounded")."""
        for near in range(max(0, index - 1), min(len(self.nodes), index + 4)):
            for position in range(self.nodes[near].first, self.nodes[near].last):
                entry = self.words.entries[position]
                if self.words.lower[position] in nouns or entry.tag == "M":
                    return entry.harm or "killed"
        return ""

    def starts_altogether(self, index: int) -> bool:
        """Whether the sentence opens with "In all", "In total", "A total of"."""
        opening = " ".join(self.words.lower[:3])
        return index < 8 and opening.startswith(("in all", "in total", "a total", "all told", "altogether"))

    def last_counted(self, word: int) -> People | None:
        """People counted last before a word of the sentence, attackers aside; a list counts as one."""
        for index in range(len(self.nodes) - 1, -1, -1):
            people = self.nodes[index].people
            if self.nodes[index].last > word or people is None or not people.numbered or people.bounds is None:
                continue
            if people.victims == "perpetrators" or people.bounds.low < 2:
                continue
            listed = [node.people.bounds for node in self.list_left(index) if node.people and node.people.bounds]
            low, best = sum(bounds.low for bounds in listed), sum(bounds.best for bounds in listed)
            high = None if people.bounds.high is None else sum(bounds.high or bounds.best for bounds in listed)
            return people._replace(bounds=Bounds(low, best, high))
        return None

    def beside(self, index: int, words: frozenset[str]) -> bool:
        """Whether one of `words` stands within a few nodes of `index`."""
        near = range(max(0, index - _BESIDE_REACH), min(len(self.nodes), index + _BESIDE_REACH))
        return any(self.lower(position) in words for position in near)

    def camp_before(self, index: int) -> str:
        """Camp of the fighters nearest before a verb ("the army said it lost"); empty where none is named."""
        for word in range(self.word(index) - 1, -1, -1):
            if self.words.lower[word] in _FORCES:
                return "forces"
            if camp := self.words.entries[word].camp:
                return camp
        return ""

    def of_wounds(self, index: int) -> bool:
        """Whether a verb goes on "of his wounds"."""
        return any(
            self.last_word(near) in ("wounds", "injuries") for near in range(index + 1, min(index + 5, len(self.nodes)))
        )

    def had_been(self, index: int) -> bool:
        """Whether a verb is in the past perfect ("had been killed")."""
        chain = range(index - 1, self.chain(index)[0], -1)
        return any(self.lower(position) == "had" for position in chain)

    def has_been(self, index: int) -> bool:
        """Whether a verb is in the present perfect ("have been killed")."""
        chain = range(index - 1, self.chain(index)[0], -1)
        return any(self.lower(position) in ("has", "have") for position in chain)

    def skip_left(self, index: int) -> int:
        """Step left over adverbs and quotation marks."""
        while index >= 0 and self.tags[index] in SKIPPED:
            index -= 1
        return index

    # -- leftwards

    def chain(self, index: int) -> tuple[int, bool]:
        """Index of the node before the auxiliaries of a verb, and whether they make it a passive."""
        left, passive = index - 1, False
        while left >= 0:
            tag = self.tags[left]
            if tag in "bn":
                passive = True
            elif not (tag in _CHAIN or (tag == "i" and self.lower(left) == "to") or self._floats(left)):
                break
            left -= 1
        return left, passive

    def _floats(self, index: int) -> bool:
        """Whether a word between auxiliaries and verb goes back to the subject ("were each shot", "were both hurt")."""
        return self.lower(index) in ("each", "both", "all") and self.tags[index - 1 : index] == "b"

    def subject(self, index: int) -> tuple[Chunk, ...]:
        """Find the people left of a verb that are its subject: past commas, prepositions and side clauses."""
        found = self._subject(index)
        if len(found) == 1 and self._is_age(index, found[0]):
            return self.subject(index - 3)
        if len(found) > 1 and self.lower(index + 1) in _SINGULAR_BE and all(_is_one(node) for node in found):
            named = [node for node in found if node.people is not None and node.people.name]
            return tuple((named or list(found))[:1])
        return found

    def _is_age(self, index: int, node: Chunk) -> bool:
        """Whether a number between commas before a singular verb is somebody's age ("Da-oh, 38, was shot")."""
        people = node.people
        return (
            index > 2
            and self.tags[index] == ","
            and self.nodes[index - 1] is node
            and self.tags[index - 2] == ","
            and self.is_bare_number(index - 1)
            and people is not None
            and not people.definite
            and self.lower(index + 1) in _SINGULAR_BE
        )

    def _subject(self, index: int) -> tuple[Chunk, ...]:
        plural = self.lower(index + 1) in _PLURAL_BE
        fallback: tuple[Chunk, ...] = ()
        unknown: tuple[Chunk, ...] = ()
        start = index
        while index >= 0:
            tag = self.tags[index]
            if (tag in PERSONS or tag == "U") and (host := self._relative_host(index)) is not None:
                index = host  # "three guards who tried to stop the attackers were killed"
                continue
            if tag == "T" and index == start and self.tags[index - 1 : index] == "z" and plural:
                return ()  # "police said six rounds were shot"
            if tag in PERSONS or (tag == "U" and index == start):
                opens = index == start and self.lower(index - 1) in _OPENERS  # "after five people were found"
                if index > 1 and self.tags[index - 1] in "ify" and not opens:
                    fallback = fallback or self.list_left(index)
                    index -= 2
                    continue
                found = self._whole_list(index, plural=plural)
                return tuple(innermost(node) for node in found) if self.tags[start] == "q" else found
            if tag == "U" and (index == 0 or self.tags[index - 1] not in "ify"):
                unknown = (self.nodes[index],)
            if tag == "O":
                return (self.nodes[index],)
            if tag in _BOUNDARIES and not self._is_relative(index):
                break
            if tag == ")" and (opening := self.tags.rfind("(", 0, index)) >= 0:
                index = opening - 1
                continue
            if tag == "," and index == start and (whole := self._spelled_out(index)):
                return whole
            if tag == "," and (opening := self.tags.rfind(",", 0, index)) >= 0 and self._is_side(opening, index):
                index = opening - 1
                continue
            index -= 1
        return unknown or fallback

    def _relative_host(self, index: int) -> int | None:
        """Where the phrase stands that a relative clause around `index` says something of; None outside of one."""
        for before in range(index - 1, 0, -1):
            tag = self.tags[before]
            if tag == "q" or self._is_relative(before):
                verbs = any(inner in "VKWbHDwzG" for inner in self.tags[before + 1 : index])
                return before - 1 if verbs and self.tags[before - 1] in "NXU" else None
            if tag in ",;:." or (tag in _BOUNDARIES and not self._is_relative(before)):
                return None
        return None

    def _is_relative(self, index: int) -> bool:
        """Whether a "that" begins a relative clause: the subject stands before it."""
        return self.lower(index) == "that" and index > 0 and self.tags[index - 1] in "NTUXL)"

    def _whole_list(self, index: int, *, plural: bool) -> tuple[Chunk, ...]:
        """Find the list that ends at `index`; beside a plural verb one person is only the end of it."""
        found = self.list_left(index)
        if not plural or len(found) != 1 or found[0].people is None or self.tags[index - 1 : index] != "c":
            return found
        bounds = found[0].people.bounds
        if bounds is None or bounds.high != 1:
            return found
        farther = index - 2
        while farther >= 0 and self.tags[farther] not in _BOUNDARIES:
            if self.tags[farther] in PERSONS and (farther == 0 or self.tags[farther - 1] not in "ify"):
                return (*self.list_left(farther), *found)
            farther -= 1
        return found

    def _spelled_out(self, comma: int) -> tuple[Chunk, ...]:
        """Find the five in "Five children of one family, two boys, two girls and a baby, were killed"."""
        inner = self.list_left(comma - 1) if comma and self.tags[comma - 1] in PERSONS else ()
        counted = [
            node.people.bounds.low for node in inner if node.people is not None and node.people.bounds is not None
        ]
        if not inner:
            return ()
        if len(inner) == 1 and inner[0] is not self.nodes[comma - 1]:
            return inner  # the list counted itself
        first = next(index for index, node in enumerate(self.nodes) if node is inner[0])
        for index in range(first - 1, max(-1, first - _SPELLED_REACH), -1):
            people = self.nodes[index].people
            if people is not None and people.numbered and people.bounds is not None and people.bounds.low > 1:
                return (self.nodes[index],) if people.bounds.low == sum(counted) else ()
        return ()

    def _is_side(self, opening: int, closing: int) -> bool:
        """Whether the nodes between two commas are an apposition or a relative clause."""
        inside = self.tags[opening + 1 : closing]
        if not inside or opening == 0:
            return False
        host = self.tags[opening - 1]
        if host == "L" and inside[0] in PERSONS:
            return False  # "In Narathiwat, a teacher, …, was shot": people say nothing more of a place
        return inside[0] in "NqUTXiVRlzg" and (host in "NXUL)" or (host == "T" and inside[0] == "q"))

    def list_left(self, index: int) -> tuple[Chunk, ...]:
        """Find the list of phrases that ends at `index`: "A, B and C"."""
        found = [self.nodes[index]]
        while index >= 2 and self.tags[index - 1] in ",cC":
            step = index - 1
            while step > 0 and self.tags[step] in ',cCR"':
                step -= 1
            if self.tags[step] not in PERSONS or not self._joins_list(step):
                break
            found.append(self.nodes[step])
            index = step
        if index >= 1 and self.tags[index - 1] == "O":
            return (self.nodes[index - 1],)
        return _as_counted(tuple(reversed(found)))

    def _joins_list(self, index: int) -> bool:
        """Whether the phrase at `index` belongs to the list behind it and not to a verb or preposition before it."""
        before = self.skip_left(index - 1)
        return before < 0 or self.tags[before] not in "KGWVYify"

    def shared_subject(self, conjunction: int) -> tuple[Chunk, ...]:
        """Subject of the verb before an "and": "was abducted and killed"."""
        index = conjunction - 1
        while index >= 0 and self.tags[index] not in _BOUNDARIES:
            if self.tags[index] in "KVYZb":
                left, passive = self.chain(index if self.tags[index] != "b" else index + 1)
                if self.tags[index] in "KV" and not passive:
                    if self.tags[left : left + 1] == ",":
                        index -= 1
                        continue  # "was kidnapped, shot, and killed"
                    return ()
                if 0 <= left < index and self.tags[left] in "NXUTq,)iLE":
                    return self.subject(left)
            index -= 1
        return ()

    def to_death(self, index: int) -> bool:
        """Whether "to death" closes what begins at `index` ("hacked a man to death"), or is the word itself."""
        if self.lower(index) == "death":
            return self.lower(index - 1) == "to" and index > 2
        reach = self.nodes[index + 1 : index + _TO_DEATH_REACH]
        return any(node.tag == "M" and self.words.lower[node.first] == "death" for node in reach) and any(
            self.words.lower[node.first] == "to" for node in reach
        )

    def objects_left(self, index: int) -> tuple[Chunk, ...]:
        """Objects that end at `index`, when a verb stands before them."""
        if index < 1 or self.tags[index] not in "NXU":
            return ()
        found = self.list_left(index)
        return found if self.tags[index - len(found)] in "KVx,c" or self.tags[index - 1] in "KVxc" else ()

    # -- rightwards

    def objects(self, index: int, *, human: bool) -> tuple[Chunk, ...]:
        """Find the list of phrases right of a verb; with `human`, an unknown noun is somebody."""
        while index < len(self.nodes) and (
            self.tags[index] in _OBJECT_OPENERS
            or (self.tags[index] == "c" and self._joins_harm(index))
            or (self.tags[index] in "KG" and self.tags[index - 1] in "cR")
        ):
            index += 1
        found: list[Chunk] = []
        while index < len(self.nodes):
            tag = self.tags[index]
            if tag == "O" and not found:
                return (self.nodes[index],)
            if tag in PERSONS or (tag == "U" and human):
                if found and self._starts_finite(index):
                    break
                if found and self._is_graded(index):  # "wounding 32, four of them seriously"
                    index += 1
                    continue
                if not (found and self._is_same(found[-1], index)):
                    found.append(self.nodes[index])
                index += 1
            elif found and ((tag in ",cC" and self._list_goes_on(index)) or tag == "R"):
                index += 1
            elif found and tag in "if" and (resumed := self._list_resumes(index)):
                index = resumed
            else:
                break
        return _as_counted(tuple(found))

    def company(self, index: int) -> tuple[Chunk, ...]:
        """Those who met the same end as a subject: "was killed along with his wife and two sons"."""
        for _ in range(_COMPANY_REACH):
            tag = self.tags[index : index + 1]
            if tag == "C":
                return self.objects(index + 1, human=True)
            if tag and tag in "iy" and self.tags[index + 1 : index + 2] in ("T", "L", "X", "U", "N"):
                index += 2
            elif tag and tag in 'R",':
                index += 1
            else:
                break
        return ()

    def among(self, index: int) -> tuple[Chunk, ...]:
        """Find A and B in "A and B were among the wounded" and "among those killed were A and B"."""
        before = index - 1
        if (
            before >= 1
            and self.tags[before] in "tN"
            and self.lower(before) in ("the", "those")
            and self.lower(before - 1) == "among"
        ):
            left, passive = self.chain(before - 1)
            if passive:
                return self.subject(left)
            return self.inverted_subject(index)
        return ()

    def company_far(self, index: int) -> tuple[Chunk, ...]:
        """Find those who met the same end as an object: the guard of "a clerk of the office along with a guard"."""
        for after in range(index, min(index + _RESUME_REACH, len(self.nodes))):
            if self.tags[after] == "C":
                return self.objects(after + 1, human=True)
            if self.tags[after] not in "ifTXLUVmxgh'R":
                break
        return ()

    def inverted_subject(self, index: int) -> tuple[Chunk, ...]:
        """Find A and B in "Also killed were A and B"."""
        for after in range(index + 1, min(index + _INVERTED_REACH, len(self.nodes) - 1)):
            if self.tags[after] == "b":
                opens = all(tag in 'Rt"l' or self.lower(at) == "those" for at, tag in enumerate(self.tags[:index]))
                return self.objects(after + 1, human=True) if after == index + 1 or opens else ()
            if self.tags[after] not in "iyETLXN,Rx":
                break
        return ()

    def _joins_harm(self, index: int) -> bool:
        """Whether an "and" leads to another verb of harm with the same object ("killed and wounded 20")."""
        after = index + 1
        while after < len(self.nodes) and self.tags[after] == "R":
            after += 1
        return after < len(self.nodes) and self.tags[after] in "KG" and bool(self.nodes[after].entry.harm)

    def _list_goes_on(self, index: int) -> bool:
        after = index + 1
        while after < len(self.nodes) and self.tags[after] in 'cCRe"':
            after += 1
        if after >= len(self.nodes) or self.tags[after] not in "NXU" or self._starts_finite(after):
            return False
        return self.tags[index] != "," or not self._speaks(after)

    def _speaks(self, index: int) -> bool:
        """Whether a list of phrases from `index` on is who says it: "killing 9, police and hospital sources said"."""
        while index < len(self.nodes) and self.tags[index] in 'NXUTcLR"':
            index += 1
        return self.tags[index : index + 1] == "z" and self.lower(index) not in _FINDING

    def _list_resumes(self, index: int) -> int:
        """Where a list goes on behind "in Kabul", "with the agency": "and two in Kandahar"; 0 where it does not."""
        for after in range(index + 1, min(index + _RESUME_REACH, len(self.nodes) - 1)):
            tag = self.tags[after]
            if tag == "c":
                people = self.nodes[after + 1].people
                joins = people is not None and self.tags[after + 1] in PERSONS and self._is_of_kind(people, index)
                return after + 1 if joins and not self._starts_finite(after + 1) else 0
            if tag not in "ifTXLUNEmx,JgT'":
                return 0
        return 0

    def _is_of_kind(self, people: People, index: int) -> bool:
        """Whether people farther off can go on with a list: numbered ones, kin, and names behind a name."""
        before = self.nodes[index - 1].people
        by_name = " " in people.name and before is not None and bool(before.name)
        return people.numbered or people.kin or by_name

    def _is_same(self, before: Chunk, index: int) -> bool:
        """Whether a second noun says more of one person: "a tribal leader and brother of the governor"."""
        people = self.nodes[index].people
        return (
            people is not None
            and not people.name
            and self.words.entries[self.nodes[index].first].tag in "mp"
            and self.words.entries[before.first].tag == "a"
            and self.tags[index - 1] == "c"
        )

    def _is_graded(self, index: int) -> bool:
        """Whether a bare number behind a list only grades it: "wounding 32, four seriously"."""
        people = self.nodes[index].people
        if people is not None and people.of_them:
            return True
        return self.is_bare_number(index) and self.tags[index + 1 : index + 2] == "R" and self.tags[index - 1] == ","

    def _starts_finite(self, index: int) -> bool:
        after = index + 1
        while after < len(self.nodes) and self.tags[after] in SKIPPED:
            after += 1
        if after >= len(self.nodes):
            return False
        tag = self.tags[after]
        return tag in FINITE or tag == "z" or (tag == "Z" and self.is_bare_number(index))


#: nouns that say nothing of who people are: what follows them in a list may spell them out
_GENERIC: Final = frozenset(
    "person civilian member victim individual resident casualty martyr child relative sibling brother sister son "
    "daughter man woman boy girl friend youth couple worker family american palestinian israeli iraqi syrian "
    "foreigner".split()
)


def _is_one(node: Chunk) -> bool:
    return node.people is not None and node.people.bounds is not None and node.people.bounds.high == 1


def _as_counted(nodes: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Reduce a list to what counts: spelled out ("two officers, Lee and Kim"), bounded twice ("at least 2, up to 3").

    What spells a number out is dropped; two bounds of one number become a range.
    """
    nodes = _without_names(nodes)
    if len(nodes) < 2 or nodes[0].people is None or nodes[0].people.bounds is None:
        return nodes
    first, rest = nodes[0].people, [node.people for node in nodes[1:] if node.people is not None]
    assert first.bounds is not None  # noqa: S101  # checked above; for the type
    if len(nodes) == 2 and len(rest) == 1 and (joined := range_of(first, rest[0])) is not None:
        return (nodes[0]._replace(people=joined),)
    size = first.bounds.low
    if size < 2 or any(people.bounds is None for people in rest):
        return nodes
    spelled = sum(people.bounds.low for people in rest if people.bounds is not None)
    by_name = all(people.name for people in rest)
    several = len(rest) > 1 and (size > 2 or first.noun in _GENERIC)
    if spelled == size and (by_name or several or not any(people.numbered for people in rest)):
        return (nodes[0],)
    return nodes


def _without_names(nodes: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Drop the names that spell out a counted phrase within a list: "his wife and two sons, Ali and Omar"."""
    kept: list[Chunk] = []
    index = 0
    while index < len(nodes):
        node = nodes[index]
        kept.append(node)
        index += 1
        if node.people is None or node.people.bounds is None or node.people.bounds.low < 2:
            continue
        stop = index
        while stop < len(nodes) and nodes[stop].tag == "X":
            stop += 1
        if stop - index == node.people.bounds.low - node.people.named:
            index = stop
    return tuple(kept)
