"""Who may import whom: read from the imports themselves, so that the straight line stays straight."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "geoevents"
BASE = {"model", "errors", "codes", "countries", "geo", "files", "text", "jsonl"}
STAGES = {"articles", "places", "incidents", "events"}

#: unit → the units it may import besides itself
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "codes": set(),
    "geo": set(),
    "model": {"errors", "codes"},
    "files": {"errors"},
    "countries": {"files", "errors"},
    "text": {"model", "errors", "files"},
    "jsonl": {"model", "errors", "codes", "countries", "files"},
    "protocols": BASE,
    "settings": BASE | {"protocols"},
    **{stage: BASE | {"protocols", "settings"} for stage in STAGES},
    "store": BASE | {"protocols", "settings"},
    "remerging": BASE | {"protocols", "settings", "store", "events", "__init__"},
    "project": BASE | {"protocols", "settings", "execution", "pipeline", "remerging", "store", "__init__"} | STAGES,
    "exports": BASE | {"protocols", "settings"},
    "maps": BASE | {"protocols", "settings", "__init__"},
    "execution": BASE | {"protocols", "settings"},
    "pipeline": BASE | {"protocols", "settings", "execution"} | STAGES,
    "outputs": BASE | {"protocols", "settings", "pipeline", "exports", "maps", "__init__"},
    "cli": BASE
    | {"protocols", "settings", "pipeline", "outputs", "execution", "exports", "maps", "store", "project", "__init__"}
    | STAGES,
    "__init__": BASE | {"protocols", "settings", "pipeline", "outputs", "execution", "exports", "maps"} | STAGES,
    "__main__": {"cli"},
}
STANDARD_LIBRARY_ONLY = {"model", "errors", "codes", "geo", "protocols"}
#: imported inside the functions that need them, so that ``geoevents --help`` stays quick
HEAVY = frozenset(
    [
        "geopandas",
        "folium",
        "pyarrow",
        "spacy",
        "dask",
        "pandas",
        "shapely",
        "trafilatura",
        "docx",
        "pypdf",
        "geopy",
        "matplotlib",
        "sklearn",
        "scipy",
    ]
)

MODULES = sorted(PACKAGE.rglob("*.py"))


def unit(path: Path) -> str:
    """First part of the module's name below the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.AST) -> list[str]:
    """Full names of all modules imported anywhere in the tree."""
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_module_imports_only_what_its_layer_may(path: Path) -> None:
    me = unit(path)
    names = imports(ast.parse(path.read_text(encoding="utf-8")))
    for name in names:
        parts = name.split(".")
        if parts[0] == "geoevents":
            other = parts[1] if len(parts) > 1 else "__init__"
            other = other if other != "__version__" else "__init__"
            assert other == me or other in MAY_IMPORT[me], f"{me} must not import {name}"
        elif me in STANDARD_LIBRARY_ONLY:
            assert parts[0] in sys.stdlib_module_names, f"{me} takes the standard library only, not {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_heavy_libraries_are_imported_late(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    early = {name.split(".")[0] for node in top for name in imports(ast.Module(body=[node], type_ignores=[]))}
    assert not early & HEAVY


def test_every_unit_has_a_rule() -> None:
    assert {unit(path) for path in MODULES} <= set(MAY_IMPORT)
