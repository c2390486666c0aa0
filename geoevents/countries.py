"""Country codes and names, from ``data/countries.csv`` (GeoNames country information, CC BY 4.0)."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """One country or territory of ISO 3166-1, with Kosovo as XK."""

    iso2: str
    iso3: str
    numeric: str
    name: str
    continent: str


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """All countries by their two-letter code."""
    text = (files("geoevents") / "data" / "countries.csv").read_text(encoding="utf-8")
    return {row["iso2"]: Country(**row) for row in csv.DictReader(text.splitlines())}


def country_name(iso2: str) -> str | None:
    """English short name of a two-letter code; None where there is no such code."""
    country = countries().get(iso2)
    return country.name if country else None


def iso3(iso2: str) -> str | None:
    """Three-letter code of a two-letter code; None where there is no such code."""
    country = countries().get(iso2)
    return country.iso3 if country else None


def iso2(iso3_code: str) -> str | None:
    """Two-letter code of a three-letter code; None where there is no such code."""
    return _iso2_of_iso3().get(iso3_code)


@lru_cache(maxsize=1)
def _iso2_of_iso3() -> dict[str, str]:
    return {country.iso3: code for code, country in countries().items()}
