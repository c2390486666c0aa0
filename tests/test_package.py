"""What a user gets: a wheel with its data, quick to start, whose public names are what they say."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import geoevents

ROOT = Path(__file__).resolve().parent.parent
#: start-up imports none of these; each costs more than the whole of ``--help`` may
HEAVY = ("folium", "geopandas", "geopy", "matplotlib", "numpy", "pandas", "rich", "shapely", "trafilatura")


def test_public_names_are_there() -> None:
    for name in geoevents.__all__:
        assert getattr(geoevents, name) is not None
    assert set(geoevents.__all__) <= set(dir(geoevents))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = geoevents.nothing


@pytest.mark.parametrize("code", ["import geoevents", "from geoevents.cli import main; main(['--help'])"])
def test_starting_imports_nothing_heavy(code: str) -> None:
    report = f"import sys, atexit\natexit.register(lambda: print('loaded', *set(sys.modules) & {set(HEAVY)}))\n{code}"
    done = subprocess.run([sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded"


def test_wheel_carries_all_data(tmp_path: Path) -> None:
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        carried = set(wheel.namelist())
    package = ROOT / "geoevents"
    data = {p for p in package.rglob("*") if p.is_file() and p.suffix not in {".pyc"}}
    assert {f"geoevents/{p.relative_to(package).as_posix()}" for p in data} <= carried
    files = (ROOT / "gazetteer" / "data").iterdir()
    assert {f"geoevents/_gazetteer/{p.name}" for p in files} <= carried
    assert "geoevents/py.typed" in carried
