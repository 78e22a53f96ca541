"""An import inside a function stands at a seam of the house: where what is behind it must not be loaded before.

A window is painted, and a command of a linear model begins, before most of the program is loaded; everywhere else
imports stand at the top of their file.
"""

from __future__ import annotations

import pytest
from program_source import MODULES, all_sources, imports_of, module_of, room_of

PANELS = [
    f"views/{name}"
    for name in ("fit", "weights", "history", "sweep", "path", "geometry", "calculator", "network", "variables")
]

SEAMS: dict[tuple[str, str], str] = {
    ("start", "app"): "A signal while the rest is imported ends with a sentence.",
    ("start", "system"): "As above: what answers signals is loaded first of all.",
    ("app", "cli"): "A window does without the commands.",
    ("app", "compiling"): "A command starts no children: 5 ms.",
    ("app", "desktop"): "A command does without Qt.",
    ("desktop", "views/window"): "A dialog that most windows never open.",
    ("desktop", "upkeep"): "What is known of crashes and of the machine is asked for by hand.",
    ("desktop", "system"): "As above: what versions are installed.",
    ("views/recovery", "views/recovery"): "Dialogs that most windows never open.",
    ("desktop", "desktop"): "What is taken away, its dialogs, and what paints pages, is asked for by hand.",
    ("desktop", "desktop/taking"): "As above: pictures and tables.",
    ("workers", "core/geometry"): "In its thread: what makes pictures, and numba.",
    ("workers", "core/linear"): "In its thread: what finds optima.",
    ("workers", "core/sweep"): "In its thread: what compares penalties along λ.",
    ("workers", "core/training"): "In its thread: numba, when its cache is whole.",
    ("workers", "workers"): "In its thread: the executor of a network's sweep, which most windows never need.",
    ("workers", "tasks"): "In its thread: what reads, prepares and sweeps.",
    ("workers", "tasks/models"): "As above: what reads, saves and asks models.",
    ("workers", "tasks/report"): "As above: what writes reports.",
    ("tasks", "core/training"): "A fit of a linear model does without numba, which wants its cache chosen first.",
    ("crews", "core/training"): "As above.",
    ("cli", "cli"): "What a command does is loaded by it alone: half of what all of them load.",
    ("cli", "cli/upkeep"): "As above: what is known of the machine.",
    ("cli", "tasks/sessions"): "Most commands are not about sessions, and those know all of the core: 0.1 s.",
    ("cli", "data/sessions"): "As above.",
    ("data/csv", "core/engine"): "Small files are read without compiled code: 0.1 s.",
    ("data/blocks", "core/engine"): "As above.",
    ("tasks", "core/networks"): "As above, for sweeps of networks.",
    ("tasks/fits", "core/networks"): "As above, for fits of networks.",
    ("core/linear", "core/engine"): "As above: the modules of exact paths are also those of a fit without numba.",
    ("session/keeping", "data/files"): "Called in a thread: what reads and writes sessions; most windows do neither.",
    ("session/keeping", "data/sessions"): "As above.",
    ("session/keeping", "session/keeping"): "As above.",
    ("session/keeping", "tasks/models"): "As above.",
    ("session/keeping", "tasks/sessions"): "As above.",
    ("session/keeping", "tasks"): "As above.",
    ("tasks/sessions", "core/training"): "In a thread: numba, when there is a moment to measure.",
    ("views/sessions", "views/sessions"): "Dialogs that most windows never open.",
    ("session/models", "data/files"): "What is in a file without a name of a model is looked at seldom.",
    ("session", "core/fitted"): "A calculator that is seen asks models; their code and that of tables comes after.",
    ("exports", "exports"): "What writes ONNX and workbooks needs packages that few have.",
    ("session/models", "exports"): "What models can be written in is asked for by hand; 30 ms as above.",
    ("workers", "exports"): "In its thread: what writes models as code.",
    ("session", "core/linear"): "λ up and down is asked for by hand; 4 ms that no first paint need wait for.",
    ("session", "core/run"): "As above.",
    ("session", "core/words"): "As above.",
    ("session/questions", "core/published"): "Published results are asked for by hand.",
    ("workers", "core/published"): "In its thread: what finds them again.",
    ("views/published", "views/published"): "A dialog that most windows never open.",
    (
        "session/controllers",
        "session/controllers",
    ): "What holds lessons, and what reads them, comes with the first one.",
    ("session/controllers", "core/model"): "Weights of a sweep are asked for by hand; 1 ms as above.",
    ("views/history", "views/timeline"): "The bar comes with the plots, its buttons with the first look at the past.",
    ("views/controls", "views/controls"): "A dialog that most windows never open.",
    ("views/window", "views/window"): "As above; and what writes down what is on screen, for scripts.",
    ("views/models", "views/models"): "Dialogs that most windows never open.",
    ("views/export", "views/export"): "A dialog that most windows never open.",
    ("views/lessons", "views/lessons"): "A dock and a dialog that most windows never open.",
    ("views/window", "views/explain"): "As above, for whom nothing is explained yet.",
    ("views/explain", "views/explain"): "As above, for whom nothing is explained yet.",
    ("views/explain", "core/words/explain"): "As above.",
    ("views/importing", "views/importing"): "As above, for whom a file is opened without being asked.",
    ("views/window", "core/weights"): "What the table of the variables counts, as above.",
    ("views/docks", "views/export"): "A picture is copied seldom.",
    ("views/plots", "views/plots"): "What is made of pyqtgraph comes after the first paint.",
} | {
    ("views/window", panel): "What panels draw and speak with, a few at a time."
    for panel in (*PANELS[:4], *PANELS[-2:])
}
"""Of what room something of another is imported in a function, and why."""
for _panel in PANELS:
    SEAMS[_panel, _panel] = "The first paint shows a panel's frame; what draws and speaks in it comes after."
    for _room in ("views/plots", "core/run", "core/weights", "core/words"):
        SEAMS[_panel, _room] = "As above."
LATE_LIBRARIES = {
    "importlib": "Versions are looked up seldom, or beside the window; 20 ms.",
    "pyqtgraph": "The window is painted before it is loaded, which takes a quarter of a start.",
}


def late_imports_of(source: str, module: str, is_package: bool = False) -> set[str]:
    """Every module that ``source`` imports inside a function, in full."""
    return imports_of(source, module, is_package, only_late=True)


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    """Sentences on the imports of ``source`` that belong at the top of its file."""
    room, found = room_of(module, is_package), []
    for name in sorted(late_imports_of(source, module, is_package)):
        if name.split(".")[0] != "regdesk":
            if name.split(".")[0] not in LATE_LIBRARIES:
                found.append(f"{module}: {name} (libraries are imported at the top)")
        elif (room, room_of(name, MODULES.get(name, False))) not in SEAMS:
            found.append(f"{module}: {name} (there is no seam between these rooms)")
    return found


SOURCES = {path: path.read_text(encoding="utf-8") for path in all_sources()}


def test_an_import_in_a_function_stands_at_a_seam() -> None:
    found = [violations(source, module_of(path), path.name == "__init__.py") for path, source in SOURCES.items()]
    assert not any(found), "\n".join("\n".join(one) for one in found)


def test_a_seam_that_nothing_needs_any_more_is_closed() -> None:
    used = set()
    for path, source in SOURCES.items():
        module, is_package = module_of(path), path.name == "__init__.py"
        for name in late_imports_of(source, module, is_package):
            used.add((room_of(module, is_package), room_of(name, MODULES.get(name, False))))
    # Of panels the list is the same for each.
    assert {seam for seam in SEAMS if seam[0] not in PANELS} <= used


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.core.model.x", "def f():\n    import hashlib"),
        ("regdesk.data.csv.x", "class A:\n    def f(self):\n        from regdesk.data.errors import DataError"),
        ("regdesk.session.x", "def f():\n    def g():\n        from regdesk.tasks.loading import load"),
        ("regdesk.session.x", "async def f():\n    from regdesk.data.prepare.encoding import prepare_dataset"),
        ("regdesk.core.linear.x", "def f():\n    from . import path"),
        ("regdesk.cli.x", "def f():\n    from regdesk.tasks import fit"),
        ("regdesk.views.fit.x", "def f():\n    from regdesk.views.sweep import axes"),
    ],
)
def test_the_watch_sees_an_import_that_belongs_at_the_top(module: str, source: str) -> None:
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.session.x", "import hashlib\nfrom regdesk.tasks.loading import load"),
        ("regdesk.workers.x", "def f():\n    from regdesk.core.training.trainer import Trainer"),
        ("regdesk.views.fit.x", "def f():\n    from regdesk.views.fit import stage"),
        ("regdesk.app", "def f():\n    from regdesk.desktop import program"),
        ("regdesk.system.x", "def f():\n    from importlib.metadata import version"),
    ],
)
def test_the_watch_lets_the_lawful_pass(module: str, source: str) -> None:
    assert violations(source, module) == []
