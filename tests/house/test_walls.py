"""The house keeps its walls: who may import whom, read from the source.

Every folder of the program is a room. ``ROOMS`` says of each what else of the program it may import, and which
libraries; what is not in its list is forbidden, and so are a folder without a list and a new file at the top level.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from program_source import MODULES, ROOT, all_sources, imports_of, module_of, reading_of, room_of


def names(text: str) -> set[str]:
    """The words of a text: lists that are read, not punctuated."""
    return set(text.split())


LANGUAGE = names(
    "__future__ abc bisect collections contextlib dataclasses enum functools hashlib html itertools math numpy "
    "operator types typing"
)
"""What calculates, and no more: no file, no thread, no clock, no screen."""
TEXT = {"csv", "datetime", "difflib", "io", "json", "re", "unicodedata"}
SYSTEM = names(
    "argparse atexit base64 binascii ctypes fcntl gc importlib logging msvcrt os pathlib pickle platform queue secrets "
    "shlex shutil signal socket stat subprocess sys sysconfig tempfile threading time traceback weakref"
)
COMPILERS = {"llvmlite", "numba"}
QT_CORE = {"PySide6.QtCore"}
QT = QT_CORE | {"PySide6.QtGui", "PySide6.QtSvg", "PySide6.QtWidgets", "pyqtgraph", "shiboken6"}
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__", ".open", ".tofile", ".save", ".savez"}
"""In the core, which opens no file."""
MOST_FILES = 25
"""In one room, but for the engine, which is one thing."""

VALUES = names(
    "core core/model core/settings core/weights core/fit core/run core/sweep core/words core/moments.view "
    "core/geometry.view "
    "core/geometry.picture core/geometry.plane core/geometry.tangency"
)
"""What views are handed."""
PANEL = VALUES | {"views/kit", "views/plots"}
PANELS = {f"views/{name}" for name in names("fit weights history sweep path geometry calculator network variables")}
MODELS = {"core", "core/engine", "core/model"}
CORE = MODELS | {
    f"core/{name}" for name in names("settings weights fit run linear training sweep networks geometry words")
}
DATA = {"data", "data/csv", "data/formats", "data/health", "data/prepare", "data/files"}

ROOMS: dict[str, tuple[set[str], set[str]]] = {
    "": (set(), {"logging", "os"}),
    "__main__": ({"start"}, {"contextlib", "os", "sys"}),
    "start": ({"app", "system"}, {"__future__", "contextlib", "gc", "os"}),
    "resources": (set(), {"__future__", "pathlib", "sysconfig"}),
    "app": (
        {"core", "core/report.values", "cli", "compiling", "data/csv", "data/files", "desktop", "system", "tasks",
         "views/window"},
        LANGUAGE | {"gc", "importlib", "os", "pathlib", "sys"},
    ),
    "api": (
        {"cli", "core", "core/fitted", "core/settings", "crews.choice", "data", "data/csv", "data/formats",
         "api", "data/files", "data/prepare", "exports", "tasks", "tasks/fits"},
        LANGUAGE | {"argparse", "json", "pathlib", "re"},
    ),
    # The only room that knows scikit-learn, which is an extra; it is a notebook that speaks through estimators.
    "sklearn": (
        {"api", "cli", "core", "core/fitted", "core/model", "core/settings", "data", "data/columns", "data/csv",
         "data/prepare", "tasks"},
        LANGUAGE | names("datetime inspect pathlib sklearn warnings"),
    ),
    "core": (set(), LANGUAGE | {"concurrent"}),
    # ctypes calls what LLVM has compiled without numba.
    "core/engine": ({"core"}, LANGUAGE | COMPILERS | {"ctypes", "pickle"}),
    "core/model": ({"core", "core/fitted"}, LANGUAGE),
    # A configuration is text for people, too.
    "core/settings": ({"core"}, LANGUAGE | {"difflib", "json", "pathlib", "re", "tomllib"}),
    "core/fitted": ({"core", "core/model", "core/settings"}, LANGUAGE),
    "core/weights": ({"core", "core/model"}, LANGUAGE),
    "core/fit": ({"core", "core/model"}, LANGUAGE),
    "core/run": ({"core", "core/model", "core/weights", "core/fit"}, LANGUAGE),
    # Earlier moments of a run as values, and which of them are kept.
    "core/moments": ({"core/run"}, LANGUAGE),
    # What was chosen and what engines took, in its order; older acts are packed in memory.
    "core/timeline": ({"core/run.taken", "core/settings"}, LANGUAGE | {"pickle", "zlib"}),
    # Printed tables, found again by the solvers.
    "core/published": ({"core", "core/linear", "core/model", "core/sweep.lasso_knots"}, LANGUAGE),
    "core/quadratic": ({"core"}, LANGUAGE),
    "core/linear": (MODELS | {"core/quadratic"}, LANGUAGE),
    "core/training": (
        MODELS | {"core/weights", "core/fit", "core/run", "core/linear", "core/moments"}, LANGUAGE | {"concurrent"}
    ),
    "core/sweep": ({"core", "core/model", "core/linear"}, LANGUAGE),
    "core/networks": (
        MODELS | {"core/weights", "core/linear", "core/training", "core/sweep"}, LANGUAGE | {"concurrent"}
    ),
    "core/geometry": (
        MODELS | {"core/settings", "core/weights", "core/linear", "core/training"}, LANGUAGE | {"contourpy"}
    ),
    "core/words": (
        names("core core/model core/settings core/weights core/run core/linear.distance core/geometry.tangency "
              "core/geometry.unavailable"),
        LANGUAGE | {"unicodedata"},
    ),
    # What a lesson waits for are settings, figures of a run and findings of a sweep.
    "core/lessons": (
        {"core", "core/settings", "core/weights", "core/run", "core/sweep"}, LANGUAGE | {"difflib", "re"},
    ),
    # What is so on screen, as formulas and topics; apart, as it is many words.
    "core/words/explain": ({"core", "core/model", "core/run", "core/words"}, LANGUAGE | {"re"}),
    # A report as a value, its pictures as SVG, its pages as HTML; pictures are of sweeps and of scores.
    "core/report": ({"core", "core/model", "core/sweep", "core/words"}, LANGUAGE),
    "data": ({"core", "resources"}, LANGUAGE | {"pathlib"}),
    # What is known of cells that compiled code has split.
    "data/blocks": ({"core", "core/engine.cell_interner", "core/engine.cell_splitter"}, LANGUAGE),
    # How dates and times are written; apart, as it is much.
    "data/dates": (
        {"core", "data/columns.cells", "data/csv.table"}, LANGUAGE | {"datetime", "re"},
    ),
    "data/columns": (
        {"core", "data", "data/blocks", "data/csv.table", "data/dates"},
        LANGUAGE | {"datetime", "pathlib", "re", "unicodedata"},
    ),
    # Which encoding a file is in; apart, as letters and words of many languages speak for one or another.
    "data/encodings": (
        {"data", "data/csv.table"}, LANGUAGE | {"codecs", "pathlib", "re", "unicodedata"},
    ),
    # Plain rows are split by compiled code, which is loaded when a file is large.
    "data/csv": (
        {"core", "core/engine.cell_splitter", "data", "data/blocks", "data/columns", "data/encodings"},
        LANGUAGE | TEXT | {"codecs", "os", "pathlib", "time"},
    ),
    "data/formats": (
        {"core", "data", "data/csv", "data/files"},
        # What packs and unpacks; and a child process that opens workbooks, which may end with whoever reads them.
        LANGUAGE | TEXT | names("bz2 gzip lzma xml zipfile zlib") | names("importlib os pathlib sys tempfile")
        | names("python_calamine resource shutil sqlite3 subprocess threading urllib"),
    ),
    # What a person changes is of the table, whatever is then made of it; the picture is told what can be changed.
    "data/editing": ({"core", "core/fit.tools", "core/model", "data", "data/columns", "data/csv"}, LANGUAGE),
    # New rows may be a file that was written with its predictions, whose cells were made safe for spreadsheets.
    "data/prepare": (
        {"core", "core/fitted", "core/model", "core/settings", "core/weights", "core/words", "data", "data/columns",
         "data/csv", "data/dates", "data/editing", "data/files.safe_cells"},
        LANGUAGE | TEXT | {"decimal", "fractions", "pathlib"},
    ),
    "data/health": (
        {"core", "core/settings", "core/words", "data", "data/columns", "data/csv", "data/prepare"}, LANGUAGE | {"re"},
    ),
    "data/preview": (
        # The beginning of a long file is read as a file of its own.
        {"core", "core/words", "data", "data/columns", "data/csv", "data/files.private_folder", "data/formats",
         "data/prepare"},
        LANGUAGE | {"pathlib"},
    ),
    "data/files": (
        # A model file holds what core knows of a model, a text of settings what it knows of choices.
        {"", "core", "core/fitted", "core/model", "core/settings", "data", "data/columns"},
        LANGUAGE | TEXT | names("errno fcntl hashlib io logging msvcrt os pathlib secrets shutil stat struct sys")
        | names("tempfile time zipfile zlib"),
    ),
    # All that a session holds, as frozen values of the core; apart, as it knows all of them.
    "data/sessions": (
        {"core", "core/fitted.json_form", "core/model", "core/moments", "core/run", "core/settings", "core/sweep",
         "core/timeline", "data", "data/files"},
        LANGUAGE | {"pathlib"},
    ),
    # Lessons as files: their text, which data lie beside them, whether the columns that they name are there, and
    # whether what they do for a reader does it, by the settings that they begin with.
    "data/lessons": (
        names("core core/lessons core/settings data data/files.whole_files data/formats.reading resources"),
        LANGUAGE | {"difflib", "hashlib", "pathlib", "re"},
    ),
    # A model as text: what cells say in other languages follows from the rules by which columns are read.
    "exports": (
        {"core", "core/fitted", "data/columns", "data/dates", "data/files.model_file"},
        LANGUAGE | {"decimal", "importlib", "io", "json", "onnx", "openpyxl", "re", "textwrap"},
    ),
    "compiling": (
        MODELS | {"core/linear", "core/training", "core/networks", "core/geometry", "data/files"},
        LANGUAGE | {"re"} | SYSTEM,
    ),
    "crews": ({"core", "core/training", "compiling"}, LANGUAGE | SYSTEM | {"concurrent", "re"}),
    "tasks": (CORE - {"core/engine", "core/geometry", "core/run"} | DATA
              | names("compiling data/editing data/preview core/fitted core/run.history core/run.snapshot crews")
              | {"core/run.changes", "data/columns", "tasks/fits"},
              LANGUAGE | {"concurrent", "hashlib", "logging", "pathlib", "shlex", "time"}),
    "tasks/fits": (
        {"compiling", "core", "core/model", "core/networks", "core/settings", "core/words", "tasks"},
        LANGUAGE | {"time"},
    ),
    # What a report says; it tells of all that the tasks find.
    "tasks/report": (
        {"core", "core/fitted", "core/model", "core/report", "core/settings", "core/sweep", "core/words", "data",
         "data/csv", "data/files", "data/health", "data/prepare", "tasks", "tasks/fits"},
        LANGUAGE | {"pathlib"},
    ),
    # What a session keeps of its data, where these are now, and its run once more.
    "tasks/sessions": (
        {"compiling", "core", "core/fit", "core/model", "core/run", "core/settings", "core/timeline", "core/training",
         "data", "data/csv", "data/files", "data/sessions", "tasks", "tasks/models.opened"},
        LANGUAGE | names("hashlib logging os pathlib tempfile"),
    ),
    # What windows do with whole models; apart, as they are many.
    "tasks/models": (
        {"", "core", "core/fitted", "core/model", "core/run.changes", "core/run.snapshot", "core/settings",
         "core/weights", "core/words", "data", "data/files", "data/prepare.file_rows", "tasks", "tasks/fits.starts"},
        LANGUAGE | {"pathlib", "shlex"},
    ),
    "system": ({"core/words"}, LANGUAGE | TEXT | SYSTEM),
    # What is kept on a machine, and what the machine is: the compiler knows its processor best.
    "upkeep": (
        {"", "compiling", "core/words", "data/files", "system"},
        LANGUAGE | TEXT | SYSTEM | {"faulthandler", "llvmlite"},
    ),
    "cli": (
        {"core", "core/fitted", "core/model", "core/settings", "core/weights", "core/sweep", "core/words",
         "crews.choice", "data/lessons", "exports", "system", "tasks", "tasks/fits",
         "tasks/models.prediction_columns",
         "tasks/models.prediction_json", "tasks/report", "tasks/sessions", "data/sessions", "cli/upkeep"}
        | (DATA - {"data/editing"}),
        LANGUAGE | TEXT | {"argparse", "logging", "os", "pathlib", "shlex", "sys", "tempfile", "traceback"},
    ),
    "cli/upkeep": ({"cli", "core/words", "system", "upkeep"}, LANGUAGE | {"sys"}),
    "workers": (
        CORE - {"core/engine", "core/networks", "core/words", "core/weights"}
        # Models that are asked, and answers, go through the thread of the calculator.
        | {"compiling", "core/fitted", "core/report.values", "crews", "exports.exported", "tasks", "tasks/models",
           "tasks/report", "data.source", "data/csv.table", "data/files.model_file", "core/words.model_facts",
           "core/published", "core/moments"},
        LANGUAGE | QT_CORE | SYSTEM | {"concurrent"},
    ),
    "session": (
        # A calculator asks a model that has left its table; a lesson is read by who opens it, and held here.
        CORE - {"core/engine", "core/training", "core/networks"}
        | {"core/fitted", "core/lessons", "core/moments", "data", "data/csv", "data/lessons.lesson_files"}
        | {"data/lessons.opening"}
        | {"compiling", "crews.choice", "tasks", "workers", "session/controllers", "session/models",
           "session/keeping", "session/questions", "session/runs", "session/travel", "session/undo", "views/window"},
        LANGUAGE | QT_CORE | {"logging", "pathlib", "time"},
    ),
    # Runs as values, which are kept and brought back.
    "session/runs": ({"core/moments", "core/run", "core/settings", "session", "workers.requests"}, LANGUAGE | QT_CORE),
    # Services of models that are taken away; of an ordinary file it is looked whether it is a model.
    "session/models": (
        {"core/model", "core/run", "core/sweep", "core/words", "data.source", "data/files.model_file",
         "exports.exported", "session", "tasks", "tasks/models", "workers"},
        LANGUAGE | QT_CORE | {"logging", "pathlib"},
    ),
    # Which moment of the run the window looks at, and what follows from going on there.
    "session/travel": (
        {"core", "core/moments", "core/run", "core/settings", "core/words", "session", "session/controllers",
         "session/runs", "views/window", "workers"},
        LANGUAGE | QT_CORE | {"logging"},
    ),
    # What is asked of a model or of its data beside its training.
    "session/questions": (
        {"core", "core/fit", "core/model", "core/published", "core/run", "core/settings", "core/words", "data",
         "session", "views/window", "workers"},
        LANGUAGE | QT_CORE,
    ),
    # What a person has chosen, to be brought back.
    "session/undo": (
        {"core/run", "core/settings", "core/words", "session", "session/controllers", "session/keeping.gathered",
         "session/runs", "session/travel.branches", "tasks", "views/window"},
        LANGUAGE | QT_CORE,
    ),
    # What is written down of a session while it goes on, and put back when it is opened.
    "session/keeping": (
        {"core", "core/fitted", "core/model.scale", "core/moments", "core/run", "core/settings", "core/sweep.curve",
         "core/timeline", "core/words.number_text", "core/words.settings_text", "core/words.status_sentence", "data",
         "data/files", "data/sessions", "session", "session/controllers", "session/runs", "session/travel.branches",
         "tasks", "tasks/models.opened", "tasks/models.saving",
         "tasks/sessions", "views/window", "workers"},
        LANGUAGE | QT_CORE | {"logging", "pathlib", "tempfile"},
    ),
    "session/controllers": (
        {"core", "core/linear", "core/model", "core/run", "core/settings",
         "core/sweep", "core/weights", "core/words", "core/fit", "data", "data/editing", "data/files.model_file",
         "data/files.ordinary_files", "data/files.settings_file", "data/prepare", "session", "session/models",
         # Lessons are files, and what they wait for is a value.
         "core/lessons", "data/lessons",
         "tasks", "tasks/models", "views/window", "crews.choice",
         # What a thread is to do with a model that is taken away.
         "workers.model_work"},
        LANGUAGE | QT_CORE | {"logging", "pathlib"},
    ),
    "desktop": (
        # Who makes a film waits for a calculator, as for a geometry.
        names("compiling core/model core/report core/settings core/run core/words "
              "core.stopping crews.choice data data/csv data/files data/formats cli session system tasks workers "
              "views/window views/kit views/plots views/export views/geometry views/calculator views/recovery upkeep "
              "desktop/recovery desktop/taking"),
        # Pillow, an extra, writes films.
        LANGUAGE | QT | SYSTEM | {"PIL", "io", "json", "re"},
    ),
    # Who takes pictures waits for a calculator, as for a geometry.
    "desktop/taking": (
        names("cli core/fitted.calculation core.stopping data/files session tasks views/calculator views/export "
              "views/geometry views/kit views/plots views/window workers"),
        LANGUAGE | QT | SYSTEM | {"json"},
    ),
    # What is not saved, kept for another start.
    "desktop/recovery": (
        {"data/files", "session", "upkeep", "views/recovery", "views/window", "workers"},
        LANGUAGE | QT | SYSTEM | {"json"},
    ),
    "views": (set(), set()),
    "views/recovery": ({"core/words", "views/kit"}, LANGUAGE | QT),
    "views/kit": (VALUES | {"resources"}, LANGUAGE | QT | {"re", "sys"}),
    # Names of items are taken apart into words.
    "views/plots": (VALUES | {"core/words/explain", "views/kit"}, LANGUAGE | QT | {"re"}),
    "views/published": ({"core/published", "core/words", "views/kit"}, LANGUAGE | QT),
    # The bar under the history, which is part of that panel.
    "views/timeline": ({"core/moments.view", "views/kit"}, LANGUAGE | QT),
    # λ for other programs comes as sentences and code, which are words.
    "views/export": ({"core/words", "views/kit", "views/plots"}, LANGUAGE | QT | {"re"}),
    "views/controls": (VALUES | {"views/kit"}, LANGUAGE | QT),
    # What can be done with models: names of files that dialogs ask for.
    "views/models": (VALUES | {"views/kit"}, LANGUAGE | QT | {"pathlib"}),
    # A person may be asked where a session is written, whether to keep it, and where its data are.
    "views/sessions": (
        {"core/settings.settings_table", "core/timeline.facts", "core/words.safe_text", "views/docks", "views/explain"}
        | {"views/kit", "views/models", "views/plots"},
        LANGUAGE | QT | {"os", "pathlib"},
    ),
    # A lesson as it is shown; numbers are read as settings are.
    "views/lessons": ({"core/lessons", "core/settings.entries", "core/words", "views/docks", "views/kit",
                       "views/models.actions"}, LANGUAGE | QT),
    # Words between commas are read as the command line reads them.
    "views/importing": (VALUES | {"views/kit"}, LANGUAGE | QT | {"csv", "re"}),
    # It is handed the model that answers, and what was calculated of it.
    "views/calculator": (PANEL | {"core/fitted"}, LANGUAGE | QT),
    "views/path": (PANEL | {"views/sweep"}, LANGUAGE | QT),
    "views/history": (PANEL | {"views/timeline"}, LANGUAGE | QT),
    # What it draws of formulas comes along as files; a weight is one of those that panels select.
    "views/explain": (
        VALUES | {"core/words/explain", "resources", "views/docks", "views/kit", "views/plots"}, LANGUAGE | QT | {"re"},
    ),
    # The names of the layouts are words of a setting, and so are those of the actions that choose one.
    "views/docks": ({"core/settings", "views/export", "views/kit", "views/plots"}, LANGUAGE | QT),
    "views/undo": ({"views/docks", "views/kit", "views/plots"}, LANGUAGE | QT),
    "views/looks": ({"core/settings", "views/docks", "views/kit"}, LANGUAGE | QT),
    "views/window": (
        VALUES | PANELS
        | names("views/controls views/docks views/explain views/export views/importing views/kit views/lessons "
                "views/looks views/models views/sessions views/undo "
                "views/plots views/published views/timeline"),
        LANGUAGE | QT | {"importlib", "pathlib"},
    ),
} | dict.fromkeys(PANELS - {"views/path", "views/calculator", "views/history"}, (PANEL, LANGUAGE | QT))  # fmt: skip
"""Of each room the other rooms that it may import, whole or one module of them, and its libraries."""
ONLY_AS_TYPES = {
    "session": {"views/window"},
    "session/controllers": {"views/window", "tasks", "tasks/models"},
    "session/keeping": {"views/window"},
    "session/travel": {"views/window", "session/controllers"},
    "session/undo": {"session/controllers", "session/keeping.gathered", "session/runs", "tasks", "views/window"},
    "core/model": {"core/fitted"},
    "workers": {"core/fitted"},
}
"""Rooms that are known by name alone: imported for annotations, never when the program runs."""


def is_known(module: str, known: set[str]) -> bool:
    """Whether one of our modules is in a room, or is a module, of the list."""
    if module == "regdesk":
        return True
    path = "/".join(module.split(".")[1:])
    room = room_of(module, MODULES.get(module, False))
    return room in known or f"{room}.{module.rpartition('.')[2]}" in known or path in known


def library_of(name: str) -> str:
    """``numpy`` for ``numpy.typing``; of PySide6 its part."""
    parts = name.split(".")
    return ".".join(parts[: 2 if parts[0] == "PySide6" else 1])


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    """Sentences on what ``source``, standing in ``module``, may not do."""
    room = room_of(module, is_package)
    if room not in ROOMS:
        return [f"{module}: {room} is no room; give it a list of what it may import, or the file a place in a room"]
    known, libraries = ROOMS[room]
    imports = imports_of(source, module, is_package)
    ours = {name for name in imports if name.split(".")[0] == "regdesk"}
    strangers = sorted(name for name in ours if not is_known(name, known | {room}))
    found = [f"{module}: {name} ({room} may not know it)" for name in strangers]
    found += [f"{module}: {name} (no library of {room})" for name in sorted(imports - ours)
              if library_of(name) not in libraries]  # fmt: skip
    for name in sorted(imports_of(source, module, is_package, with_types=False)):
        if is_known(name, ONLY_AS_TYPES.get(room, set())) and name != "regdesk":
            found.append(f"{module}: {name} ({room} may know it as a type alone)")
    if room.split("/")[0] == "core":
        calls = sorted(reading_of(source).called & FORBIDDEN_CALLS)
        found += [f"{module}: {name}() (the core opens no file)" for name in calls]
    return found


@pytest.mark.parametrize("room", sorted({room_of(name, is_package) for name, is_package in MODULES.items()}))
def test_walls_stand(room):
    sources = [path for path in all_sources() if room_of(module_of(path), path.name == "__init__.py") == room]
    found = [
        one
        for path in sources
        for one in violations(path.read_text(encoding="utf-8"), module_of(path), path.name == "__init__.py")
    ]
    assert sources
    assert not found, "\n".join(found)


def test_every_list_is_of_a_room_and_names_rooms_and_modules():
    rooms = {room_of(name, is_package) for name, is_package in MODULES.items()}
    assert set(ROOMS) == rooms
    named = {name for known, _ in ROOMS.values() for name in known}
    modules = {f"{room_of(name)}.{name.rpartition('.')[2]}" for name, is_package in MODULES.items() if not is_package}
    assert named <= rooms | modules


def test_nothing_in_a_list_is_without_use():
    """A room that no longer needs another loses the right to it."""
    imported: dict[str, set[str]] = {}
    for path in all_sources():
        name, is_package = module_of(path), path.name == "__init__.py"
        found = imports_of(path.read_text(encoding="utf-8"), name, is_package)
        imported.setdefault(room_of(name, is_package), set()).update(found)
    for room, (known, libraries) in ROOMS.items():
        imports = imported[room]
        if room not in PANELS and not room.startswith("views"):
            unused = {one for one in known if not any(is_known(name, {one}) for name in imports if name != "regdesk")}
            assert not unused, f"{room} may know {unused}"
        special = libraries - LANGUAGE - TEXT - SYSTEM - QT
        assert special <= {library_of(name) for name in imports}, room


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"core/engine"}))
def test_no_room_is_overfull(room):
    files = [name for name, is_package in MODULES.items() if room_of(name, is_package) == room]
    assert len(files) <= MOST_FILES


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.core.x", "import PySide6.QtCore"),
        ("regdesk.core.model.x", "from pyqtgraph import mkPen"),
        ("regdesk.core.linear.x", "def f():\n    import threading"),
        ("regdesk.core.x", "from time import perf_counter"),
        ("regdesk.core.training.x", "import logging"),
        ("regdesk.core.model.x", "values = open('a.csv').read()"),
        ("regdesk.core.x", "def f(p):\n    return p.open()"),
        ("regdesk.core.words.x", "print(1)"),
        ("regdesk.core.linear.x", "import numba"),
        ("regdesk.core.x", "from numba.core import cgutils"),
        ("regdesk.core.x", "import regdesk.data.csv.reader"),
        ("regdesk.core.x", "from regdesk import views"),
        ("regdesk.core.x", "from ..workers import mailbox"),
        ("regdesk.core.x", "from .. import views"),
        ("regdesk.core.model.x", "from regdesk.core.linear.path import solve_path"),
        ("regdesk.core.linear.x", "from regdesk.core.training import stack"),
        ("regdesk.core.sweep.x", "from regdesk.core.networks.path import NetworkPath"),
        ("regdesk.core.networks.x", "from regdesk.core.geometry.plane import Plane"),
        ("regdesk.core.engine.kernels", "import os"),
        ("regdesk.core.a_new_room.x", "import math"),
        ("regdesk.data.csv.x", "from regdesk.workers.mailbox import Mailbox"),
        ("regdesk.data.csv.x", "from regdesk.data.prepare.encoding import prepare_dataset"),
        ("regdesk.data.x", "from PySide6.QtCore import QObject"),
        ("regdesk.data.x", "import numba"),
        ("regdesk.crews.x", "from PySide6.QtCore import QObject"),
        ("regdesk.crews.x", "import distributed"),
        ("regdesk.crews.x", "from regdesk.core.networks.jobs import solve_model"),
        ("regdesk.cli.x", "from regdesk.crews.processes import ProcessCrew"),
        ("regdesk.tasks.x", "from PySide6.QtCore import QObject"),
        ("regdesk.tasks.x", "from regdesk.cli import headless"),
        ("regdesk.workers.x", "from regdesk.data.csv.reader import read_table"),
        ("regdesk.workers.x", "from regdesk.session.controller import Controller"),
        ("regdesk.workers.x", "from PySide6.QtWidgets import QWidget"),
        ("regdesk.workers.x", "from PySide6 import QtGui"),
        ("regdesk.workers.x", "import pyqtgraph"),
        ("regdesk.session.x", "from PySide6.QtWidgets import QWidget"),
        ("regdesk.session.x", "from regdesk.views.window.main_window import MainWindow"),
        ("regdesk.session.x", "from regdesk.views.kit import theme"),
        ("regdesk.views.fit.x", "import regdesk.workers"),
        ("regdesk.views.fit.x", "from regdesk.data.csv.table import Table"),
        ("regdesk.views.fit.x", "from regdesk.views.sweep.axes import LambdaAxis"),
        ("regdesk.views.kit.x", "from regdesk.views.plots.axes import widen"),
        ("regdesk.views.window.x", "from regdesk.session.controller import Controller"),
        ("regdesk.views.window.x", "from ...session.controller import Controller"),
        ("regdesk.views.fit.x", "from regdesk.core.training.trainer import Trainer"),
        ("regdesk.views.fit.x", "from regdesk.core.training import trainer"),
        ("regdesk.views.geometry.x", "from regdesk.core.geometry.maker import GeometryMaker"),
        ("regdesk.views.fit.x", "from regdesk.core.linear.solve import solve"),
        ("regdesk.views.window.x", "from regdesk.app import create_window"),
        ("regdesk.session.controller", "from regdesk.desktop.program import open_window"),
        ("regdesk.session.controller", "from regdesk import app"),
        ("regdesk.cli.x", "from regdesk.workers.mailbox import Mailbox"),
        ("regdesk.cli.x", "import PySide6"),
        ("regdesk.cli.x", "from regdesk.session.controller import Controller"),
        ("regdesk.a_new_file", "import math"),
        ("regdesk.workers.x", "from regdesk import cli"),
        ("regdesk.core.x", "from regdesk.compiling import engine_cache"),
    ],
)
def test_the_watch_sees_a_broken_wall(module, source):
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.core.linear.x", "import numpy as np\nfrom regdesk.core.types import Floats\nfrom . import path"),
        ("regdesk.core.networks.x", "from concurrent.futures import Executor"),
        ("regdesk.core.engine.kernels", "from numba import njit\nfrom regdesk.core.engine.tiles import dense_tile_4"),
        ("regdesk.data.csv.x", "import io\nfrom pathlib import Path\nfrom regdesk.data.errors import DataError"),
        ("regdesk.workers.x", "import threading\nfrom PySide6.QtCore import QThread\n"
                              "from regdesk.core.training import trainer"),
        ("regdesk.workers.x", "from PySide6 import QtCore"),
        ("regdesk.views.fit.x", "import pyqtgraph as pg\nfrom regdesk.core.types import Task\n"
                                "from regdesk.views.kit import theme"),
        ("regdesk.session.x", "if TYPE_CHECKING:\n    from regdesk.views.window.main_window import MainWindow"),
        ("regdesk.session.x", "from regdesk.workers.mailbox import Mailbox\nfrom regdesk.tasks.loading import load"),
        ("regdesk.desktop.x", "from regdesk.session.controller import Controller\n"
                              "from regdesk.views.window import main_window"),
        ("regdesk.cli.x", "from regdesk import __version__\nfrom regdesk.data.csv.reader import read_table"),
        ("regdesk.__main__", "from regdesk.start import main"),
        ("regdesk.start", "from regdesk.app import main"),
    ],
)  # fmt: skip
def test_the_watch_lets_the_lawful_pass(module, source):
    assert violations(source, module) == []


def loaded_by(statement: str) -> set[str]:
    """Roots of all modules that a fresh interpreter holds after ``statement``."""
    program = f"import sys\n{statement}\nsys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_whole_core_loads_no_screen():
    modules = [module_of(path) for path in all_sources() if module_of(path).startswith("regdesk.core")]
    assert len(modules) > 10
    loaded = loaded_by("import " + ", ".join(modules))
    assert "numba" in loaded, "the engine was among them"
    assert not loaded & QT


def test_the_check_on_loaded_modules_sees_a_screen():
    assert loaded_by("import PySide6.QtCore") & QT
