"""Regions as ACLED and UCDP name them, by country.

ACLED's list stands in its codebook; UCDP's five regions are those of GED 19.1.
"""

from collections.abc import Mapping
from typing import Final

_ACLED: Final[Mapping[str, str]] = {
    "Western Africa": "BJ BF CV CI GM GH GN GW LR ML MR NE NG SN SL TG SH",
    "Middle Africa": "AO CM CF TD CG CD GQ GA ST",
    "Eastern Africa": "BI KM DJ ER ET KE MG MW MU YT MZ RE RW SC SO SS TZ UG ZM ZW",
    "Southern Africa": "BW SZ LS NA ZA",
    "Northern Africa": "DZ EG LY MA SD TN EH",
    "South Asia": "AF BD BT IN MV NP PK LK IO",
    "Southeast Asia": "BN KH ID LA MY MM PH SG TH TL VN",
    "East Asia": "CN HK JP MO MN KP KR TW",
    "Middle East": "BH IR IQ IL JO KW LB OM PS QA SA SY TR AE YE",
    "Caucasus and Central Asia": "AM AZ GE KZ KG TJ TM UZ",
    "Europe": "AL AD AT BY BE BA BG HR CY CZ DK EE FO FI FR DE GI GR GG HU IS IE IM IT JE XK LV LI LT LU MT MD MC ME "
    "NL MK NO PL PT RO RU SM RS SK SI ES SE CH UA GB VA AX SJ",
    "Central America": "BZ CR SV GT HN MX NI PA",
    "South America": "AR BO BR CL CO EC FK GF GY PY PE SR UY VE GS",
    "Caribbean": "AI AG AW BS BB BQ VG KY CU CW DM DO GD GP HT JM MQ MS PR BL KN LC MF VC SX TT TC VI",
    "North America": "BM CA GL PM US",
    "Oceania": "AS AU CK FJ PF GU KI MH FM NR NC NZ NU NF MP PW PG PN WS SB TK TO TV VU WF UM CX CC",
    "Antarctica": "AQ BV TF HM",
}
_ACLED_OF: Final[Mapping[str, str]] = {code: region for region, codes in _ACLED.items() for code in codes.split()}

_UCDP: Final[Mapping[str, str]] = {
    "Western Africa": "Africa",
    "Middle Africa": "Africa",
    "Eastern Africa": "Africa",
    "Southern Africa": "Africa",
    "Northern Africa": "Africa",
    "South Asia": "Asia",
    "Southeast Asia": "Asia",
    "East Asia": "Asia",
    "Oceania": "Asia",
    "Middle East": "Middle East",
    "Caucasus and Central Asia": "Asia",
    "Europe": "Europe",
    "Central America": "Americas",
    "South America": "Americas",
    "Caribbean": "Americas",
    "North America": "Americas",
}
#: where UCDP's regions part from ACLED's: the Caucasus is Europe, Egypt is in the Middle East
_UCDP_OF: Final[Mapping[str, str]] = {"AM": "Europe", "AZ": "Europe", "GE": "Europe", "EG": "Middle East"}


def acled_region(iso2: str) -> str | None:
    """ACLED's region of a country; None where the country is not known."""
    return _ACLED_OF.get(iso2)


def ucdp_region(iso2: str) -> str | None:
    """UCDP's region of a country; None where the country is not known."""
    return _UCDP_OF.get(iso2) or _UCDP.get(_ACLED_OF.get(iso2, ""))
