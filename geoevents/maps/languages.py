"""The interface's languages, for what Python itself writes; the page has its own reader of the same table."""

from typing import Final

from geoevents.errors import SettingsError
from geoevents.maps import assets

LANGUAGES: Final = ("en", "ar", "fr", "es", "ru", "uk")
RIGHT_TO_LEFT: Final = frozenset({"ar"})


class Words:
    """Strings of one language, from ``static/words.json``."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise SettingsError(f"map.language must be one of {', '.join(LANGUAGES)}, not {language!r}")
        self.language = language

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def t(self, key: str) -> str:
        """Look up a string that has no plural."""
        text: str = assets.words()[key][self.language]
        return text

    def n(self, key: str, number: int) -> str:
        """Look up a string for `number` things."""
        forms: dict[str, str] = assets.words()[key][self.language]
        return forms.get(plural(self.language, number), forms["other"]).replace("{n}", f"{number:,}")


def plural(language: str, n: int) -> str:
    """CLDR's plural category of a whole number."""
    if language in ("ru", "uk"):
        if n % 10 == 1 and n % 100 != 11:
            return "one"
        return "few" if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else "many"
    if language == "ar":
        if n < 3:
            return ("zero", "one", "two")[n]
        return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"
    return "one" if n == 1 or (language == "fr" and n == 0) else "other"
