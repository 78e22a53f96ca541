"""No test reaches into an object for what it keeps to itself.

What begins with an underscore may be called or changed otherwise tomorrow, and nobody else can see it: a test finds
what it asks after by what the program offers (names of items and controls, words, values). Its own ``self`` and
``cls``, what a module of the tests keeps to itself, and the public names of named tuples are no trespass.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
NAMED_TUPLES = {"_asdict", "_field_defaults", "_fields", "_make", "_replace"}
"""Documented, and with an underscore so that no field has their name."""
BY_NAME = {"getattr", "setattr", "delattr", "hasattr", "attrgetter", "methodcaller", "patch", "object"}
"""What takes the name of an attribute as a text, pytest's monkeypatch and unittest's patches too."""
DOCUMENTED = {"os._exit"}
FOREIGN = {
    "_close_pipe_fds": "of subprocess, as the next two: what else it does with a process that a test starts stays.",
    "_execute_child": "what starts a process, which ``warm_processes`` has done by another one.",
    "_try_wait": "what waits for a process, which is no child of the test's there.",
    "_cache": "numba's dispatchers say nowhere else whether, and by what, their code is kept.",
    "_optimize_final_module": "numba says nowhere else what it sends through LLVM, which is what the engine saves.",
    "_update_no_improvement_count": "scikit-learn calls nothing else when an epoch has ended; epoch by epoch by "
    "``partial_fit`` its checks of the input would be timed too.",
}
"""Attributes of other libraries that nothing public stands for, and why a test needs them. Ours have no such names."""


def is_private(name: str) -> bool:
    return (
        name.startswith("_")
        and not (name.startswith("__") and name.endswith("__"))
        and name not in NAMED_TUPLES | set(FOREIGN)
    )


def trespasses(tree: ast.AST) -> Iterator[str]:
    """Line and words of each."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            is_own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not is_own and ast.unparse(node) not in DOCUMENTED:
                yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Call):
            function = node.func
            called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
            if called in BY_NAME:
                words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                names = [word for word in words if isinstance(word, str) and " " not in word]
                yield from (
                    f"{node.lineno}: {called}({name!r})" for name in names if any(map(is_private, name.split(".")))
                )
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("regdesk"):
            yield from (f"{node.lineno}: import {one.name}" for one in node.names if is_private(one.name))


def files() -> list[str]:
    return sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py"))


def test_no_file_reaches_into_an_object() -> None:
    found = [
        f"{file}: {one}"
        for file in files()
        for one in trespasses(ast.parse((TESTS / file).read_text(encoding="utf-8")))
    ]
    assert not found, "These reach into objects:\n" + "\n".join(found)


def names_in(folder: Path) -> set[str]:
    """Of every attribute, function, class and variable that a file of ``folder`` names which has one of FOREIGN."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if not any(name in source for name in FOREIGN):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.Name):
                found.add(node.id)
    return found


def test_what_is_foreign_is_needed_and_no_name_of_ours() -> None:
    assert set(FOREIGN) <= names_in(TESTS)
    # The engine itself hands numba its store, by the one name that numba has for it.
    assert set(FOREIGN) & names_in(TESTS.parent / "regdesk") <= {"_cache"}


@pytest.mark.parametrize(
    "line",
    [
        "panel._plot.show()",
        "x = window.panels[0]._views",
        "panel._patience = None",
        "getattr(panel, '_plot')",
        "monkeypatch.setattr(Panel, '_draw', None)",
        "monkeypatch.setattr(module, name='_made', value=1)",
        "mock.patch('regdesk.views.kit.theme._in_force')",
        "operator.attrgetter('plot._items')(panel)",
        "from regdesk.views.weights.histogram import _centres",
        "self.panel._plot",
        "super()._draw()",
    ],
)
def test_a_trespass_is_seen(line: str) -> None:
    assert list(trespasses(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "self._kind = 3",
        "cls._made.append(1)",
        "HistoryRow._fields.index('step')",
        "one._replace(step=1)",
        "panel.__class__.__name__",
        "_helper(panel)",
        "for _ in range(3): pass",
        "os._exit(3)",
        "panel.setObjectName('_odd')",
        "from test_helper import _own",
    ],
)
def test_what_is_ones_own_or_public_is_none(line: str) -> None:
    assert not list(trespasses(ast.parse(line)))
