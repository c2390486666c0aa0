"""Online geocoders, for what the gazetteer lacks; nobody is asked unless the user names one.

Any geocoder of geopy's can be named, with its options: ``nominatim``, ``geonames:username=me``,
``nominatim:domain=localhost:8080,scheme=http``. Requests keep a distance in time and carry a user agent and a time-out;
answers (also "nothing found") are kept in a file, so that a second run asks for nothing twice. After a few failures in
a row the service is left alone for the rest of the run.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from inspect import signature
from pathlib import Path
from typing import Any, Final

from geoevents.countries import country_name
from geoevents.errors import GeocoderError, SettingsError
from geoevents.model import Place, content_id
from geoevents.places.features import radius_km
from geoevents.places.polygons import Outlines

USER_AGENT: Final = "geoevents"
#: seconds between requests: what the public Nominatim asks for
MIN_DELAY_SECONDS: Final = 1.0
TIMEOUT_SECONDS: Final = 10.0
RETRIES: Final = 1
#: failures in a row after which a service is left alone
GIVE_UP_AFTER: Final = 3
#: results asked for, where the service can be told
LIMIT: Final = 5

#: OpenStreetMap's address types → GeoNames feature codes, for Nominatim's answers
_FEATURE_OF_ADDRESS_TYPE: Final[Mapping[str, str]] = {
    "country": "PCLI",
    "state": "ADM1",
    "province": "ADM1",
    "region": "ADM1",
    "county": "ADM2",
    "state_district": "ADM2",
    "district": "ADM2",
    "municipality": "ADM3",
    "city": "PPL",
    "town": "PPL",
    "village": "PPL",
    "hamlet": "PPL",
    "isolated_dwelling": "PPL",
    "city_district": "PPLX",
    "suburb": "PPLX",
    "borough": "PPLX",
    "quarter": "PPLX",
    "neighbourhood": "PPLX",
    "aeroway": "AIRP",
    "military": "MILB",
    "island": "ISL",
    "peak": "PK",
    "river": "STM",
}
_Answer = list[tuple[str, float, float, dict[str, Any]]]


class OnlineGeocoder:
    """One of geopy's geocoders, with manners and a memory.

    Parameters
    ----------
    service
        geopy's name of it, such as ``nominatim``.
    options
        Arguments for geopy's class, such as ``domain`` or ``username``.
    cache
        File that keeps the answers; None keeps none.
    min_delay_seconds, timeout, error_wait_seconds
        Seconds between requests, to wait for an answer, and to wait after a failure.

    Raises
    ------
    SettingsError
        If geopy has no such geocoder, or it needs or knows other options.
    """

    def __init__(
        self,
        service: str,
        options: Mapping[str, str] | None = None,
        *,
        cache: Path | None = None,
        min_delay_seconds: float = MIN_DELAY_SECONDS,
        timeout: float = TIMEOUT_SECONDS,
        error_wait_seconds: float = 5.0,
    ) -> None:
        self.service = service
        self._cache = cache
        self._min_delay, self._error_wait = min_delay_seconds, max(error_wait_seconds, min_delay_seconds)
        self._geocoder = _geopy_geocoder(service, options or {}, timeout)
        self._failures = 0

    @classmethod
    def from_spec(cls, spec: str, *, cache: Path | None = None, **manners: float) -> "OnlineGeocoder":
        """Make one from ``service`` or ``service:option=value,option=value``.

        Raises
        ------
        SettingsError
            If the text is of another form, or names no geocoder.
        """
        service, _, rest = spec.partition(":")
        pairs = [part.partition("=") for part in rest.split(",") if part]
        if wrong := [name for name, equals, value in pairs if not (name and equals and value)]:
            raise SettingsError(f"geocoder {spec!r}: {wrong[0]!r} is not of the form option=value")
        return cls(service.strip(), {name.strip(): value.strip() for name, _, value in pairs}, cache=cache, **manners)

    def find(self, name: str, *, country_codes: Collection[str] = ()) -> tuple[Place, ...]:
        """Ask for a name; empty where the service knows nothing.

        Raises
        ------
        GeocoderError
            If the service failed, or failed so often before that it is no longer asked.
        """
        codes = sorted(code.lower() for code in country_codes)
        key = json.dumps([self.service, name, codes], ensure_ascii=False)
        answer = self._kept(key)
        if answer is None:
            answer = self._asked(name, codes)
            self._keep(key, answer)
        return tuple(_place(self.service, *row) for row in answer)

    @property
    def left_alone(self) -> bool:
        """Whether the service failed so often in a row that it is no longer asked."""
        return self._failures >= GIVE_UP_AFTER

    def _asked(self, name: str, codes: Sequence[str]) -> _Answer:
        from geopy.exc import GeopyError

        if self.left_alone:
            raise GeocoderError(f"{self.service} is not asked for {name!r}: it failed {self._failures} times in a row")
        options: dict[str, Any] = {"exactly_one": False, "limit": LIMIT, "country_codes": list(codes) or None}
        known = signature(self._geocoder.geocode).parameters
        try:
            found = self._limited(name, **{option: value for option, value in options.items() if option in known})
            answer = [(loc.address, float(loc.latitude), float(loc.longitude), dict(loc.raw)) for loc in found or ()]
            json.dumps(answer)
        except (GeopyError, ValueError, TypeError, LookupError, AttributeError) as error:
            # an answer that is no answer makes geopy stumble in any of these ways
            self._failures += 1
            more = "; it is asked no more in this run" if self.left_alone else ""
            raise GeocoderError(f"{self.service} failed for {name!r}: {error or type(error).__name__}{more}") from error
        self._failures = 0
        return answer

    @cached_property
    def _limited(self) -> Any:
        from geopy.extra.rate_limiter import RateLimiter

        return RateLimiter(
            self._geocoder.geocode,
            min_delay_seconds=self._min_delay,
            max_retries=RETRIES,
            error_wait_seconds=self._error_wait,
            swallow_exceptions=False,
        )

    def _kept(self, key: str) -> _Answer | None:
        if self._cache is None or not self._cache.is_file():
            return None
        try:
            with closing(sqlite3.connect(self._cache)) as connection:
                row = connection.execute("SELECT answer FROM answers WHERE question = ?", (key,)).fetchone()
            answer: _Answer | None = json.loads(row[0]) if row else None
        except (sqlite3.Error, ValueError) as error:
            raise GeocoderError(f"the cache {self._cache} is damaged; delete it: {error}") from error
        return answer

    def _keep(self, key: str, answer: _Answer) -> None:
        if self._cache is None:
            return
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._cache)) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT)")
                text = json.dumps(answer, ensure_ascii=False)
                connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, text))
        except (OSError, sqlite3.Error) as error:
            raise GeocoderError(f"cannot write the cache {self._cache}: {error}") from error


def _geopy_geocoder(service: str, options: Mapping[str, str], timeout: float) -> Any:
    from geopy.exc import ConfigurationError, GeocoderNotFound
    from geopy.geocoders import SERVICE_TO_GEOCODER, get_geocoder_for_service

    try:
        return get_geocoder_for_service(service)(user_agent=USER_AGENT, timeout=timeout, **options)
    except GeocoderNotFound as error:
        known = ", ".join(sorted(SERVICE_TO_GEOCODER))
        raise SettingsError(f"geopy has no geocoder {service!r}; it has {known}") from error
    except (TypeError, ConfigurationError) as error:
        raise SettingsError(f"geocoder {service!r} with the options {dict(options)}: {error}") from error


def _place(service: str, address: str, latitude: float, longitude: float, raw: Mapping[str, Any]) -> Place:
    code = _FEATURE_OF_ADDRESS_TYPE.get(str(raw.get("addresstype") or raw.get("type")), "")
    code = code or str(raw.get("fcode") or "PPL")
    area = Outlines.open().code_at(latitude, longitude) or ""
    country = str(raw.get("countryCode") or area.partition(".")[0]).upper()
    if raw.get("osm_id"):
        identifier = f"osm:{raw.get('osm_type', 'node')}/{raw['osm_id']}"
    else:
        identifier = f"online:{content_id(service, address, latitude, longitude)}"
    return Place(
        id=identifier,
        name=str(raw.get("name") or address.partition(",")[0].strip()),
        latitude=latitude,
        longitude=longitude,
        feature_code=code,
        country_code=country if country_name(country) else "",
        radius_km=radius_km(code, 0) or 1.0,
    )
