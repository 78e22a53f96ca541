"""Every room of the tests can be collected and run alone: what several share is in ``tests/support``.

pytest imports a test module by its bare name, from the folder that it collects: who imports another room's fails when
that room is not collected before.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]


def modules_of(source: str) -> list[str]:
    """Every part of a name that ``source`` imports from: of ``from a.b import c`` a, b and c."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names += [alias.name for alias in node.names]
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("importlib.import_module", "__import__"):
            names += [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [part for name in names for part in name.split(".")]


def imported_tests(source: str, own: set[str]) -> list[str]:
    """Of ``own``, the names of modules with tests, those that ``source`` imports; one that names none is not parsed."""
    if own.isdisjoint(re.findall(r"\w+", source)):
        return []
    return [name for name in modules_of(source) if name in own]


TEST_FILES = sorted(TESTS.rglob("test_*.py"))
TEST_MODULES = {path.stem for path in TEST_FILES}


def test_no_two_files_with_tests_have_one_name() -> None:
    """Nothing could be collected of the second: pytest would take the first for it."""
    names = [path.name for path in TEST_FILES]
    assert sorted(names) == sorted(set(names))


def test_no_file_imports_a_module_with_tests() -> None:
    found = {path.name: imported_tests(path.read_text(encoding="utf-8"), TEST_MODULES) for path in TESTS.rglob("*.py")}
    assert {name: tests for name, tests in found.items() if tests} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from test_a import make",
        "import test_a",
        "import test_a as other",
        "def f():\n    from test_a import make",
        "from core.linear import test_a",
        "from core.test_a import make",
        "importlib.import_module('test_a')",
    ],
)
def test_an_import_of_a_module_with_tests_is_seen(source: str) -> None:
    assert imported_tests(source, {"test_a"}) == ["test_a"]


@pytest.mark.parametrize("source", ["from a import test_b", "import a", "name = 'test_a'", "from a import make"])
def test_other_imports_pass(source: str) -> None:
    assert not imported_tests(source, {"test_a"})


@pytest.mark.parametrize("path", sorted((TESTS / "support").glob("*.py")), ids=lambda path: path.stem)
def test_what_is_shared_has_a_name_of_its_own(path: Path) -> None:
    """Two files of one name would hide each other, whichever is imported first."""
    others = [other for other in TESTS.rglob(path.name) if other != path]
    assert not others
    assert not path.stem.startswith("test_")
