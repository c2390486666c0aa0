"""Words that a full stop belongs to, so that it does not end the sentence; all in lower case, without the stop.

Collected from the style guides of the news agencies (AP, Reuters) and from military and consular ranks, then held
against the boundaries of GMB, GUM and EWT: see ``docs/evaluation/articles.md``.
"""

from typing import Final


def word_set(text: str) -> frozenset[str]:
    """Words of a list written as text."""
    return frozenset(text.split())


#: Stand before a name: the sentence goes on, whatever follows.
TITLES: Final = word_set(
    "mr mrs ms mx dr prof rev fr hon messrs mme mlle st ste mt ft gen lt col maj capt sgt cpl pvt pfc adm cmdr cdr "
    "brig det supt insp sen rep reps sens gov pres amb atty supt cllr ald dist sr sra srta dra gral cnel tte lic ing "
    "ust shk hj ud abp bp msgr"
)

#: Stand before a number or a day: the sentence goes on where a digit follows.
BEFORE_NUMBER: Final = word_set(
    "no nos nr art arts sec secs fig figs vol vols ch chap pp p para paras op pt hwy rt rte ca c b d "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun rs tel ext"
)

#: Never end a sentence.
INNER: Final = word_set("e.g i.e eg ie vs viz cf approx est incl esp aka a.k.a nee dept bros")

#: May end a sentence or not: it ends where a sentence opener follows.
AMBIGUOUS: Final = word_set(
    "inc corp co cos ltd llc plc jr sr ave blvd rd sq bldg univ assn etc al ph.d esq govt intl natl "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa "
    "tenn tex va vt wash wis wyo w.va ont que alta"
)

#: Times of day end a sentence unless a day, a date or a time zone follows.
TIMES: Final = word_set("a.m p.m am pm")
AFTER_TIME: Final = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec est edt et cst cdt ct mst "
    "mdt mt pst pdt pt gmt bst utc cet cest eet eest local"
)

#: Words that open a sentence and are no part of a name: after an ambiguous abbreviation, one of these begins a new one.
OPENERS: Final = word_set(
    "the a an this that these those there it he she they we i you his her its their our my one some many most several "
    "both all each every another other such no not in on at by for from to with of as after before since until during "
    "despite while when where what who why how if although though because but and or so yet however meanwhile then now "
    "also still even according nearly about around over more less two three four five six seven eight nine ten "
    "earlier later last only police officials authorities residents witnesses"
)

#: Abbreviations that a text with capitals writes in lower case too; the others are words then ("no.", "sat.").
LOWER_CASE: Final = INNER | TIMES | word_set("p pp c ca b d vol vols fig figs ch para paras nr etc al ed eds tel ext")

#: Words after which a line or paragraph cannot have ended its sentence.
DANGLING: Final = word_set(
    "a an the of in on at by for from to with as and or but nor that which who whose whom than into onto upon over "
    "under between among about against near during through toward towards after before since until is are was were be "
    "been has have had will would could should may might must its their his her our your my"
)
