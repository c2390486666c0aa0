"""Settings of a run: frozen, from options and from a TOML file; every default is here."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Literal, get_args

from geoevents.errors import SettingsError

CountProfile = Literal["ranges", "acled", "ucdp", "gtd", "airwars"]
COUNT_PROFILES: Final[tuple[str, ...]] = get_args(CountProfile)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleSettings:
    """How inputs are read.

    Attributes
    ----------
    max_bytes
        An input larger than this is a Problem. 20 MB holds any article and most scanned reports.
    max_characters
        A document whose text is longer is a Problem.
    """

    max_bytes: int = 20_000_000
    max_characters: int = 2_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class NameFix:
    """A person's decision about a name: where it lies, or that it is never a place.

    Attributes
    ----------
    name
        The name as articles write it; case and the kind of spaces do not matter.
    latitude, longitude
        Degrees; None where the name is no place.
    country
        ISO 3166-1 alpha-2: only in articles about this country; everywhere where empty.
    """

    name: str
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    who: str = ""
    when: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceSettings:
    """How places are found and resolved.

    Attributes
    ----------
    gazetteer
        A gazetteer file to use instead of the bundled one.
    recogniser
        ``learned`` (bundled) or ``spacy:MODEL``.
    threshold
        A resolution less sure than this is given as unresolved.
    geocoder
        Name of an online geocoder of geopy's to ask for what the gazetteer lacks, with its options
        (``geonames:username=me``); None asks nobody. Articles are then read by one process.
    geocoder_cache
        File that keeps its answers; None keeps none.
    names
        People's decisions about names; they come from the file of corrections, not from a settings file.
    """

    gazetteer: Path | None = None
    recogniser: str = "learned"
    threshold: float = 0.2
    geocoder: str | None = None
    geocoder_cache: Path | None = None
    names: tuple[NameFix, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class IncidentSettings:
    """How incidents are read.

    Attributes
    ----------
    counts
        The profile that turns "dozens" and "several" into numbers.
    background
        Whether history told in passing counts as incidents too.
    """

    counts: CountProfile = "ranges"
    background: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EventSettings:
    """How incidents become events.

    Attributes
    ----------
    merge
        Pairs of incidents that score at least this are one event.
    counts
        The profile by which the best of several articles' figures is chosen; that of the incidents.
    corrections
        A CSV file of corrections by people.
    """

    merge: float = 0.5
    counts: CountProfile = "ranges"
    corrections: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MapSettings:
    """How the map looks.

    Attributes
    ----------
    tiles
        xyzservices names or URL templates; only with these does the page ask any host.
    """

    title: str = ""
    description: str = ""
    logo: Path | None = None
    language: str = "en"
    tiles: tuple[str, ...] = ()
    embed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """All settings of a run."""

    articles: ArticleSettings = field(default_factory=ArticleSettings)
    places: PlaceSettings = field(default_factory=PlaceSettings)
    incidents: IncidentSettings = field(default_factory=IncidentSettings)
    events: EventSettings = field(default_factory=EventSettings)
    map: MapSettings = field(default_factory=MapSettings)

    def __post_init__(self) -> None:
        if self.incidents.counts not in COUNT_PROFILES:
            raise SettingsError(f"counts must be one of {', '.join(COUNT_PROFILES)}, not {self.incidents.counts!r}")
        if not all(isinstance(name, NameFix) for name in self.places.names):
            raise SettingsError("places.names comes from the file of corrections, not from a settings file")
        for name, share in (("places.threshold", self.places.threshold), ("events.merge", self.events.merge)):
            if not 0 <= share <= 1:
                raise SettingsError(f"{name} must be between 0 and 1, not {share}")

    @classmethod
    def load(cls, path: Path) -> "Settings":
        """Read a TOML file whose tables and keys are the attributes here (``[places]``, ``threshold = 0.3``).

        Raises
        ------
        SettingsError
            If the file cannot be read, is no TOML, or names a setting that does not exist or has another type.
        """
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"cannot read settings {path}: {error}") from error
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{path} is no TOML: {error}") from error
        return cls(**{key: _section(path, key, value) for key, value in data.items()})

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for ``run.json``."""
        return {key: {k: _plain(v) for k, v in section.items()} for key, section in asdict(self).items()}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value


_SECTIONS: Final[Mapping[str, type[Any]]] = {
    "articles": ArticleSettings,
    "places": PlaceSettings,
    "incidents": IncidentSettings,
    "events": EventSettings,
    "map": MapSettings,
}


def _section(path: Path, key: str, value: Any) -> Any:
    section = _SECTIONS.get(key)
    if section is None or not isinstance(value, Mapping):
        raise SettingsError(f"{path}: there is no table [{key}]; there are {', '.join(_SECTIONS)}")
    return section(**{name: _value(path, key, section(), name, item) for name, item in value.items()})


def _value(path: Path, key: str, default: Any, name: str, value: Any) -> Any:
    names = [f.name for f in fields(default)]
    if name not in names:
        raise SettingsError(f"{path}: [{key}] has no setting {name!r}; it has {', '.join(names)}")
    annotation = str(next(f.type for f in fields(default) if f.name == name))
    if "Path" in annotation and isinstance(value, str):
        return (path.parent / value).resolve()
    if "tuple" in annotation and isinstance(value, list):
        return tuple(value)
    wanted = getattr(default, name)
    if wanted is not None and not isinstance(value, (int, float) if isinstance(wanted, float) else type(wanted)):
        raise SettingsError(f"{path}: [{key}] {name} must be a {type(wanted).__name__}, not {value!r}")
    return value
