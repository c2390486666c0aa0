"""UCDP's ``where_prec`` of a place named outright, by what kind of place it is."""

from collections.abc import Mapping
from typing import Final

from geoevents.model import Place

EXACT, NEAR, DIVISION2, DIVISION1, VAGUE, COUNTRY, SEA = range(1, 8)

#: feature codes that do not follow their class
_OF_CODE: Final[Mapping[str, int]] = {
    "ADM1": DIVISION1,
    "ADM2": DIVISION2,
    "ADM3": DIVISION2,
    "ADM4": DIVISION2,
    "ADM5": DIVISION2,
    "ADMD": DIVISION2,
    "SEA": SEA,
    "OCN": SEA,
    "GULF": SEA,
    "STRT": SEA,
    "BAY": SEA,
    "CHN": SEA,
    "SD": SEA,
    "MT": NEAR,
    "HLL": NEAR,
    "PK": NEAR,
    "VLC": NEAR,
    "PASS": NEAR,
    "CAPE": NEAR,
    "PT": NEAR,
    "RSV": NEAR,
    "PRK": NEAR,
    "INDS": NEAR,
}
#: an island, a camp area or a region that reaches no further than this is a place within which a spot is known to
#: UCDP's 25 km
NEAR_KM: Final = 25.0


def precision(place: Place) -> int:
    """``where_prec`` of an event that is said to have happened in `place`.

    Towns and single structures are exact as UCDP uses the word: the event lies somewhere in the town.
    """
    code = place.feature_code
    if code.startswith("PCL"):
        return COUNTRY
    if code in _OF_CODE:
        return _OF_CODE[code]
    if code.startswith("PPL") or _is_structure(code):
        return EXACT
    return NEAR if 0 < place.radius_km <= NEAR_KM else VAGUE


def _is_structure(code: str) -> bool:
    from geoevents.places.features import feature

    return feature(code).feature_class == "S"
