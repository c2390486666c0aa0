"""The script: its modules by themselves (node's test runner), their types, and how they are put together."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from geoevents.maps import assets
from tests.maps.conftest import REQUIRED, skip

HERE = Path(__file__).parent
STATIC = Path(assets.__file__).parent / "static"
MODULES = sorted(STATIC.glob("*.js"))


def run(*command: str) -> str:
    """Output of a command; fails the test where the command fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE)  # our own words
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def playwrights_node() -> str | None:
    """Find the node that playwright brings for itself."""
    package = importlib.util.find_spec("playwright")
    found = Path(package.origin).parent / "driver" / "node" if package and package.origin else None
    return str(found) if found and found.exists() else None


def test_modules_in_node() -> None:
    node = shutil.which("node") or playwrights_node()
    if node is None:
        skip("there is no node (apt-get install nodejs)")
    output = run(str(node), "--test", "--test-reporter=tap", *map(str, sorted((HERE / "js").glob("*.test.js"))))
    passed = re.search(r"^# pass (\d+)$", output, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) >= 30


def test_types() -> None:
    tsc = shutil.which("tsc")
    if tsc is None:
        pytest.skip("there is no TypeScript to check the types with (npm install -g typescript@5)")
    read = run(str(tsc), "--project", str(HERE / "tsconfig.json"), "--listFiles").splitlines()
    assert {Path(line) for line in read} >= set(MODULES)


def test_all_modules_are_put_together_after_what_they_import() -> None:
    assert {path.stem for path in MODULES} == set(assets.MODULES)
    seen: set[str] = set()
    for name in assets.MODULES:
        imported = set(re.findall(r'from "\./([a-z]+)\.js"', assets.read(f"{name}.js")))
        assert imported <= seen, name
        seen.add(name)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_keeps_to_the_forms_that_are_put_together(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    joined = source.replace(",\n", ", ")
    for line in joined.splitlines():
        if line.startswith("import"):
            assert re.fullmatch(r'import \{ [\w, ]+ \} from "\./[a-z]+\.js";', line), line
        if line.startswith("export"):
            assert re.match(r"export ((async )?function\*?|class|const) \w+", line), line


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_text_can_become_markup_or_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser"
    assert not re.search(rf"{markup}|\beval\(|new Function", source)
    assert not re.search(
        r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|indexedDB|document\.cookie", source
    )


def test_the_whole_script_is_one_name_and_parses(tmp_path: Path) -> None:
    script = assets.script()
    assert script.startswith("const geoevents = (() => {")
    assert "import " not in re.sub(r'"[^"]*"', "", re.sub(r"/\*.*?\*/|//.*", "", script, flags=re.DOTALL))
    assert "</script" not in script.lower()
    node = shutil.which("node") or playwrights_node()
    if node is None:
        skip("there is no node (apt-get install nodejs)")
    path = tmp_path / "script.cjs"
    path.write_text(script, encoding="utf-8")
    run(str(node), "--check", str(path))


def test_browser_and_node_are_required_where_they_must_be() -> None:
    if not REQUIRED:
        pytest.skip("GEOEVENTS_REQUIRE_BROWSER is not set")
    assert shutil.which("node")
