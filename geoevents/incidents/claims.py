"""According to whom: the speaker of each part of a sentence, and how the text stands to what is said.

"Police said three were killed", "three were killed, according to the Observatory", "the group claimed". A passive
("was reported killed") and "reportedly" name no speaker. "Initially", "at first" mark a figure that later ones replace;
"rose to", "now", "later" one that replaces.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geoevents.model import Span, Stance

_VERBS: Final = (
    "said|says|saying|told|tells|reported|reports|reporting|claimed|claims|claiming|announced|announces|added|adds|confirmed|"
    "confirms|confirming|stated|states|stating|noted|notes|alleged|alleges|alleging|denied|denies|denying|wrote|writes|"
    "writing|posted|tweeted|estimated|estimates|put|puts|quoted|mentioned|indicated|revealed|identified|listed|cited|"
    "published|shared|recorded|documented|counted|admitted|acknowledged|insisted|disputed|declared|explained|recounted"
)
_SAID: Final = re.compile(rf"\b(?P<verb>{_VERBS})\b", re.IGNORECASE)
_ACCORDING: Final = re.compile(
    r"\b(?:according to|as reported by|as stated by|citing|quoting|in the words of|as per)\s+(?P<speaker>[^,.;:()]{2,90})",
    re.IGNORECASE,
)
_SPEAKER_END: Final = re.compile(
    r"\s+(?:and|who|which|that|on|at|in an?|in a|posted|shared|published|said|reported|from a|the (?:number|strike|attack|death|bombing))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE_START: Final = re.compile(r"[,;:()“”\"]|\b(?:that|while|whereas|but|and|though|although|as|when|after|because|which|who)\b", re.IGNORECASE)
_AUXILIARIES: Final = re.compile(
    r"\b(?:was|were|is|are|been|be|being|had been|have been|has been)\s*(?:also|widely|initially|later|reportedly|first)?\s*$", re.IGNORECASE
)
_LEADING: Final = re.compile(
    r"^(?:thus|however|meanwhile|later|earlier|also|initially|additionally|similarly|separately|in addition|on \w+day|yesterday|today|then|"
    r"at first|still|yet|so|in \w+|for its part)\b[\s,]*",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(
    r"\s+(?:has|have|had|also|later|earlier|initially|first|further|reportedly|both|all|did|would|could|not|only|just|then|subsequently|since|already)$",
    re.IGNORECASE,
)
_EARLY: Final = re.compile(
    r"\b(?:initial(?:ly)?|at first|at least initially|first reported|early reports?|earlier reports?|preliminary|earlier report(?:ed)?|"
    r"had earlier|originally|first reports)\b",
    re.IGNORECASE,
)
_LATE: Final = re.compile(
    r"\b(?:rose|risen|rising|rises|raised|raising|raises|climbed|climbs|updated?|updating|updates|revised|final|brings|bringing|brought|increased|"
    r"now stands?|later (?:reported|said|confirmed|put|revised|rose|increased|stated|found))\b",
    re.IGNORECASE,
)
_STANCES: Final[dict[str, Stance]] = {
    "claimed": "claimed", "claims": "claimed", "claiming": "claimed", "alleged": "claimed", "alleges": "claimed",
    "alleging": "claimed", "denied": "denied", "denies": "denied", "denying": "denied", "disputed": "disputed",
}  # fmt: skip
#: a participle right behind one of these describes what follows ("an alleged strike", "by reported fire")
_DETERMINER: Final = re.compile(r"(?:\b(?:an?|the|this|that|these|those|its|their|his|her|by|of|in|for|to|with|from|no|any|some|several|many)|[-–—])\s*$", re.IGNORECASE)
_LONGEST_SPEAKER: Final = 90
_SPEAKER_REACH: Final = 140
#: verbs that tell of speech only when somebody stands before them and no object follows ("put on", "shared a home")
_NOT_SPEECH: Final = re.compile(r"put\s+(?:on|in|into|up|out|down|under)\b|identified as\b|reported (?:missing|killed|injured|dead|wounded)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of a sentence that somebody vouches for."""

    start: int
    end: int
    speaker: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks where in one sentence, and whether its figures are early or late ones."""

    attributions: tuple[Attribution, ...]
    early: bool
    late: bool

    def at(self, offset: int) -> tuple[str | None, Stance]:
        """Speaker and stance at an offset of the text; (None, "reported") where the article speaks itself."""
        for attribution in self.attributions:
            if attribution.start <= offset < attribution.end:
                return attribution.speaker, attribution.stance
        return None, "reported"


def read_voices(text: str, sentence: Span) -> Voices:
    """Speakers of a sentence."""
    part = text[sentence.start : sentence.end]
    found = [*_speech(part, sentence.start), *_according(part, sentence.start)]
    return Voices(tuple(found), bool(_EARLY.search(part)), bool(_LATE.search(part)))


def _speech(part: str, base: int) -> list[Attribution]:
    """"Police said that …": what follows the verb is theirs, up to the next speaker; "…, police said": what precedes."""
    found: list[Attribution] = []
    last_speaker = ""
    for match in _SAID.finditer(part):
        if _NOT_SPEECH.match(part, match.start()):
            continue
        before = part[max(0, match.start() - _SPEAKER_REACH) : match.start()]
        if _AUXILIARIES.search(before) or _DETERMINER.search(before):
            continue
        speaker, opens = _subject(before)
        if not speaker:
            speaker = last_speaker if before.rstrip().endswith(("and", ",")) else ""
        if not speaker:
            continue
        last_speaker = speaker
        stance = _STANCES.get(match.group("verb").lower(), "reported")
        trailing = part[match.end() :].strip(" .\"”'’")
        if len(trailing.split()) <= 3 and opens > 0:
            found.append(Attribution(base, base + match.end(), speaker, stance))  # "…, police said Friday."
        else:
            if found and found[-1].end > base + match.start():
                found[-1] = Attribution(found[-1].start, base + match.start(), found[-1].speaker, found[-1].stance)
            found.append(Attribution(base + match.end(), base + len(part), speaker, stance))
    return found


def _subject(before: str) -> tuple[str, int]:
    """The words right before a verb of speech that name the speaker, and where they begin."""
    start = 0
    for boundary in _CLAUSE_START.finditer(before):
        start = boundary.end()
    words = before[start:].strip()
    words = _LEADING.sub("", words)
    while (shorter := _TRAILING.sub("", words)) != words:
        words = shorter
    return (words, start) if 1 < len(words) <= _LONGEST_SPEAKER else ("", start)


def _according(part: str, base: int) -> list[Attribution]:
    found = []
    for match in _ACCORDING.finditer(part):
        speaker = _SPEAKER_END.sub("", match.group("speaker")).strip()
        if speaker:
            found.append(Attribution(base, base + len(part), speaker, "reported"))
    return found


