"""The gazetteer behind geopy's interface: it drops in wherever a geopy geocoder does, and asks nobody.

Conventions are geopy's: ``geocode`` and ``reverse`` return a :class:`geopy.location.Location`, a list of them with
``exactly_one=False``, or None where nothing is found; a query that makes no sense raises
:class:`geopy.exc.GeocoderQueryError`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoevents.countries import country_name
from geoevents.geo import distance_km
from geoevents.model import Place
from geoevents.places import gazetteer as engine
from geoevents.places.features import features
from geoevents.places.gazetteer import Match
from geoevents.places.polygons import Outlines
from geoevents.places.translations import area_names, preferred

if TYPE_CHECKING:
    from geopy import Location

#: parts of a structured query from small to large, with the feature classes they mean; the first given is looked up,
#: the others must contain it
PARTS: Final[Mapping[str, str]] = {
    "name": "",
    "amenity": "",
    **dict.fromkeys(("city", "town", "village"), "P"),
    **dict.fromkeys(("county", "admin2", "state", "admin1", "country"), "A"),
}
#: Nominatim's feature types → tests on GeoNames class and code
_FEATURE_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "country": ("PCL", "TERR"),
    "state": ("ADM1",),
    "city": ("PPL",),
    "settlement": ("PPL", "ADM3", "ADM4", "STLMT"),
}
#: a candidate this much further out than a region's radius no longer lies in it, as a share of the radius
_SLACK: Final = 1.25
#: `reverse` names the nearest place within so many km; beyond, only the division and the country
NEAR_KM: Final = 50.0

_FIELDS: Final = tuple(field.name for field in fields(Place))
_Query = str | Mapping[str, str]


class Gazetteer:
    """Geocoder on a gazetteer file; None takes the bundled world.

    Attributes
    ----------
    places
        The gazetteer itself (:class:`geoevents.places.gazetteer.Gazetteer`), with all that geopy has no words for.

    Examples
    --------
    >>> Gazetteer().geocode("Baqouba, Diyala, Iraq").address
    'Baqubah, Diyala, Iraq'
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.places = engine.Gazetteer.open(None if path is None else Path(path))

    def geocode(
        self,
        query: _Query,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # geopy's signature; nothing here waits
        limit: int | None = None,
        country_codes: str | Collection[str] | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
        featuretype: str | None = None,
        language: str | bool | None = None,
        fuzzy: bool = False,
    ) -> "Location | list[Location] | None":
        """Find a place by name.

        Parameters
        ----------
        query
            A name, a name with what contains it ("Baquba, Diyala, Iraq"), or a dictionary with keys of :data:`PARTS`.
        limit
            At most so many results; with `exactly_one` there is one.
        country_codes
            Two-letter codes, a list of them or one text with commas.
        viewbox
            Two opposite corners (latitude, longitude) of a box that is preferred; with `bounded` the only one allowed.
        featuretype
            ``country``, ``state``, ``city`` or ``settlement`` as for Nominatim, a GeoNames class ("P") or code ("DAM").
        language
            Language of the address ("ar"), or several by preference as HTTP has them. Known are the names of countries
            and of many first-order divisions in 28 languages; all other names stay as the gazetteer spells them.
        fuzzy
            Whether names one slip away count where nothing else is found.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is empty, or a code, box or feature type makes no sense.
        """
        name, contexts, classes = _parsed(query)
        box = _box(viewbox) if viewbox is not None else None
        found = self._candidates(name, contexts, _codes(country_codes), fuzzy)
        if classes:
            found = [match for match in found if self._class(match.place) in classes] or found
        if featuretype:
            self._check_type(featuretype)
            found = [match for match in found if self._is(match.place, featuretype)]
        if box:
            inside = [match for match in found if _in_box(match.place, box)]
            found = inside if bounded else inside + [match for match in found if match not in inside]
        wanted, words = found[: 1 if exactly_one else limit], _words(language)
        return _result([self._location(match, words) for match in wanted], exactly_one)

    def _candidates(self, name: str, contexts: list[str], codes: tuple[str, ...], fuzzy: bool) -> list[Match]:
        if contexts and (whole := self.places.match(", ".join((name, *contexts)), country_codes=codes)):
            return [match for match in whole if match.kind in ("exact", "alternate")]
        found = self.places.match(name, country_codes=codes, fuzzy=fuzzy)
        for context in contexts:
            around = [match.place for match in self.places.match(context)]
            found = tuple(match for match in found if any(self._lies_in(match.place, larger) for larger in around))
        return list(found)

    def _lies_in(self, place: Place, larger: Place) -> bool:
        if place.id == larger.id:
            return False
        if larger.feature_code.startswith("PCL") and larger.country_code == place.country_code:
            return True
        row = self.places.row(larger.id)
        if row in self.places.areas(self.places.row(place.id)):
            return True
        if larger.feature_code.startswith(("ADM", "PCL")):
            return False
        away = distance_km(place.latitude, place.longitude, larger.latitude, larger.longitude)
        return away <= larger.radius_km * _SLACK

    def _is(self, place: Place, featuretype: str) -> bool:
        if prefixes := _FEATURE_TYPES.get(featuretype.lower()):
            return place.feature_code.startswith(prefixes)
        return featuretype.upper() in (place.feature_code, self._class(place))

    def _check_type(self, featuretype: str) -> None:
        known = {*self.places.feature_codes, *self.places.feature_classes, *features()} - {""}
        if featuretype.lower() not in _FEATURE_TYPES and featuretype.upper() not in known:
            types = ", ".join(_FEATURE_TYPES)
            raise _query_error(f"no feature type {featuretype!r}: there are {types}, and GeoNames' classes and codes")

    def _class(self, place: Place) -> str:
        return self.places.feature_classes[self.places.feature_codes.index(place.feature_code)]

    def _location(self, match: Match, words: Mapping[str, str]) -> "Location":
        raw = {"match": match.kind, "cost": match.cost, "importance": round(match.importance, 4)}
        return _location(match.place, self._address(match.place, words), raw)

    def _address(self, place: Place, words: Mapping[str, str]) -> str:
        """Address of a place, areas in `words` (code → name) by those."""
        if not words:
            return address(place)
        row = self.places.row(place.id)
        codes = {code.count("."): code for code in map(self.places.area_code, (row, *self.places.areas(row))) if code}
        own = words.get(self.places.area_code(row) or "", place.name)
        admin1 = words.get(codes.get(1, ""), place.admin1)
        return _joined(own, admin1, words.get(place.country_code) or country_name(place.country_code) or "")

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: float | None = None,  # noqa: ARG002  # geopy's signature; nothing here waits
        language: str | bool | None = None,
    ) -> "Location | list[Location] | None":
        """Name what lies at a point: the division and the country by their outlines, and the nearest place in them.

        Parameters
        ----------
        query
            A :class:`geopy.Point`, (latitude, longitude), or text such as "33.7, 44.6".
        language
            As for :meth:`geocode`.
        exactly_one
            The smallest of these; else all, from small to large. None, or an empty list's None, at sea.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no point.
        """
        latitude, longitude = _point(query)
        around = self._around(latitude, longitude, _words(language))
        return _result(list(islice(around, 1 if exactly_one else None)), exactly_one)

    def _around(self, latitude: float, longitude: float, words: Mapping[str, str]) -> Iterator["Location"]:
        code = Outlines.open().code_at(latitude, longitude)
        near = self.places.nearest(latitude, longitude, area=code or "", within_km=NEAR_KM)
        if near:
            raw = {"distance_km": round(near[1], 2), "area": code or ""}
            yield _location(near[0], self._address(near[0], words), raw)
        while code:
            row = self.places.area(code)
            if row is not None:
                place = self.places.place(row)
                yield _location(place, self._address(place, words), {"distance_km": 0.0, "area": code})
            code = code.rpartition(".")[0]


def address(place: Place) -> str:
    """Name, divisions and country of a place: "Baqubah, Diyala, Iraq"."""
    return _joined(place.name, place.admin1, country_name(place.country_code) or "")


def _joined(*parts: str) -> str:
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _words(language: str | bool | None) -> Mapping[str, str]:
    """Names of areas by code in a language; none where the gazetteer's own will do."""
    return area_names(preferred(language)) if isinstance(language, str) else {}


def _location(place: Place, address: str, more: Mapping[str, Any]) -> "Location":
    from geopy import Location

    raw = {name: getattr(place, name) for name in _FIELDS}
    return Location(address, (place.latitude, place.longitude), {**raw, **more})


def _result(found: "list[Location]", exactly_one: bool) -> "Location | list[Location] | None":
    if not found:
        return None
    return found[0] if exactly_one else found


def _query_error(message: str) -> Exception:
    from geopy.exc import GeocoderQueryError

    error: Exception = GeocoderQueryError(message)
    return error


def _parsed(query: _Query) -> tuple[str, list[str], str]:
    """Tell apart the name looked for, what contains it (small to large), and the feature classes it may have."""
    classes = ""
    if isinstance(query, Mapping):
        if unknown := [part for part in query if part not in PARTS]:
            raise _query_error(f"a structured query has no {', '.join(unknown)}; it has {', '.join(PARTS)}")
        given = [query[part] for part in PARTS if query.get(part)]
        classes = next((PARTS[part] for part in PARTS if query.get(part)), "")
    elif isinstance(query, str):
        given = query.split(",")
    else:
        raise _query_error(f"a query is text or a dictionary, not {type(query).__name__}")
    parts = [part.strip() for part in given if part.strip()]
    if not parts:
        raise _query_error("the query is empty")
    return parts[0], parts[1:], classes


def _codes(codes: str | Collection[str] | None) -> tuple[str, ...]:
    listed = codes.split(",") if isinstance(codes, str) else list(codes or ())
    cleaned = tuple(code.strip().upper() for code in listed)
    if wrong := [code for code in cleaned if country_name(code) is None]:
        raise _query_error(f"no two-letter country code: {', '.join(wrong)}")
    return cleaned


def _point(query: Any) -> tuple[float, float]:
    from geopy import Point

    try:
        point = Point(query)
    except (ValueError, TypeError) as error:
        raise _query_error(f"no point: {query!r}: {error}") from error
    return point.latitude, point.longitude


def _box(viewbox: Sequence[Any]) -> tuple[float, float, float, float]:
    """South, west, north, east of two opposite corners."""
    if len(viewbox) != 2:  # corners
        raise _query_error(f"a viewbox has two corners, not {len(viewbox)}")
    (lat1, lon1), (lat2, lon2) = map(_point, viewbox)
    return min(lat1, lat2), min(lon1, lon2), max(lat1, lat2), max(lon1, lon2)


def _in_box(place: Place, box: tuple[float, float, float, float]) -> bool:
    south, west, north, east = box
    return south <= place.latitude <= north and west <= place.longitude <= east
