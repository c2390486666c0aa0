"""The page's own parts: Leaflet from its installed package, our script put together from its modules, our style sheet.

The script modules are plain ES modules, so that node can test each; here they become one script, in the order of
MODULES, each in a function of its own. Only two forms are allowed, and a test holds them:
``import { a, b } from "./other.js";`` and ``export`` before a function, a class or a constant.
"""

import json
import re
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

#: In the order they depend on one another.
MODULES: Final = (
    "dom",
    "words",
    "numbers",
    "records",
    "geometry",
    "symbols",
    "filters",
    "groups",
    "outlines",
    "canvas",
    "layers",
    "map",
    "bins",
    "timeline",
    "list",
    "facets",
    "search",
    "header",
    "side",
    "frame",
    "marks",
    "panel",
    "legend",
    "address",
    "exports",
    "printing",
    "app",
)
_STATIC = files("geoevents.maps") / "static"
_IMPORT = re.compile(r"^import (\{[^}]*\}) from \"\./([a-z]+)\.js\";$", re.MULTILINE)
_DOC_COMMENT = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.MULTILINE)
_LEAFLET_SCRIPT = "leaflet"
_LEAFLET_STYLE = "leaflet_css"
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def read(name: str) -> str:
    """Text of a file in ``static/``."""
    return (_STATIC / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def script() -> str:
    """Our script: all modules in one strict function, whose value is what the last module exports."""
    return "\n".join(
        [
            "const geoevents = (() => {",
            '"use strict";',
            *(_scope(name, read(f"{name}.js")) for name in MODULES),
            f"return {MODULES[-1]};",
            "})();\n",
        ]
    )


def _scope(name: str, source: str) -> str:
    """Wrap a module in a function that is called at once and gives what the module exports."""
    exported = ", ".join(match[2] for match in _EXPORT.finditer(source))
    bare = _DOC_COMMENT.sub("", source)  # a third of the source: for those who read it, not for the page
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const \1 = \2;", bare))
    return f"const {name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"


@lru_cache(maxsize=1)
def style() -> str:
    """Our style sheet."""
    return read("page.css")


@lru_cache(maxsize=1)
def symbols() -> dict[str, Any]:
    """Colours and shapes of the kinds, from ``static/symbols.json``."""
    data: dict[str, Any] = json.loads(read("symbols.json"))
    return data


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Table of the interface's strings: key → language → string, or plural category → string."""
    data: dict[str, Any] = json.loads(read("words.json"))
    return data


@lru_cache(maxsize=1)
def leaflet() -> tuple[str, str]:
    """Leaflet's script and style sheet, as ``folium-offline`` carries them."""
    import offlinefolium

    shell = offlinefolium.Map(tiles=None)
    shell.default_js = [item for item in shell.default_js if item[0] == _LEAFLET_SCRIPT]
    shell.default_css = [item for item in shell.default_css if item[0] == _LEAFLET_STYLE]
    page = shell.get_root().render()
    return _first("script", page), _first("style", page)


def _first(tag: str, page: str) -> str:
    start = page.index(f"<{tag}>") + len(tag) + 2
    return _SOURCE_MAP.sub("", page[start : page.index(f"</{tag}>", start)])
