"""The house keeps its walls: who may import whom, read from the source.

core ← data, core ← workers, core (values only) ← views, all of these ← controller ← app (with desktop, its part
that needs a screen) → views. Numbers know nothing of screens, files, threads or clocks; only the engine's own two
files know numba.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "regdesk"

QT = {"PySide6", "shiboken6", "pyqtgraph"}
COMPILERS = {"numba", "llvmlite"}
MACHINERY = {
    "asyncio", "ctypes", "datetime", "importlib", "io", "logging", "multiprocessing", "os", "pathlib", "queue",
    "shutil", "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "_thread",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "__import__"}

ROOMS = {
    "core": {"core"},
    "data": {"core", "data", "resources"},
    "workers": {"core", "workers", "engine_cache"},
    "views": {"core", "views", "resources"},
}
"""Which rooms, and which files beside the rooms, a room may import from."""
UPPER_FILES = {
    "data_desk": {"core", "data", "workers"},
    "sweep_desk": {"core", "data", "workers", "sweep_work"},
    "sweep_work": {"core", "data", "workers"},
    "optimum_desk": {"core", "workers"},
    "geometry_desk": {"core", "workers"},
    "sweep_controller": {"core", "data", "views", "sweep_desk"},
    "up_down_controller": {"core", "data", "views", "up_down_desk"},
    "exact_look": {"core", "workers"},
    "run_record": {"core", "views"},
    "controller": {
        "core",
        "data",
        "workers",
        "views",
        "run_record",
        "sweep_controller",
        "up_down_controller",
        "data_desk",
        "sweep_desk",
        "optimum_desk",
        "exact_look",
        "up_down_desk",
        "geometry_desk",
    },
    "preferences": {"core"},
    "window_memory": {"views", "preferences"},
    "shell": {"core", "data", "views", "controller", "preferences", "window_memory"},
    "application": set(),
    "error_reports": {"core", "views"},
    "desktop": {
        "core",
        "data",
        "workers",
        "views",
        "controller",
        "preferences",
        "shell",
        "error_reports",
        "application",
    },
    "panel_pictures": {"core", "data", "workers", "views", "controller", "geometry_desk", "preferences", "desktop"},
    "app": {"core", "data", "workers", "views", "controller", "desktop", "panel_pictures"},
    "start": {"app"},
    "__main__": {"start"},
}
"""Files beside the rooms that know the window. Every other one is headless: core, data and its like."""
HEADLESS_MAY_KNOW = {"core", "data"}
ENGINE = {
    "engine", "stack", "trainer", "linear", "linear_optimum", "network_plane", "twins", "warm_up", "warm_up_solvers",
    "row_gradients", "geometry_maker",
}  # fmt: skip
"""Modules of the core that train: no business of a view, which is handed values."""


def module_of(path: Path) -> str:
    """``regdesk.core.types`` for its path; a package's own name for its ``__init__``."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(source: str, module: str, is_package: bool = False) -> set[str]:
    """Every module and every name that ``source`` imports, in full and absolute: ``a.b`` and ``a.b.name``."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".") if is_package else module.split(".")[:-1]
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, base] if base else parts)
            found |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return found


def calls_of(source: str) -> set[str]:
    """Names of the functions that ``source`` calls by a bare name, and methods as ``.name``."""
    calls = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    return names | {f".{call.attr}" for call in calls if isinstance(call, ast.Attribute)}


def own_targets(imports: set[str]) -> set[str]:
    """``core``, ``views``, ``controller``, …: what of regdesk is imported; the bare package is free to all."""
    parts = [name.split(".") for name in imports]
    known = set(ROOMS) | set(UPPER_FILES) | {path.stem for path in PACKAGE.glob("*.py")}
    return {part[1] for part in parts if part[0] == "regdesk" and len(part) > 1 and part[1] in known}


def allowed_targets(room: str) -> set[str]:
    """What a room, or a file beside the rooms, may import of regdesk."""
    if room in ROOMS:
        return ROOMS[room]
    headless_files = {path.stem for path in PACKAGE.glob("*.py")} - set(UPPER_FILES)
    return UPPER_FILES.get(room, HEADLESS_MAY_KNOW) | headless_files


def violations(source: str, module: str, is_package: bool = False) -> list[str]:
    """Sentences on what ``source``, standing in ``module``, may not do."""
    parts = module.split(".")
    room = parts[1] if len(parts) > 1 else ""
    imports = imports_of(source, module, is_package)
    roots = {name.split(".")[0] for name in imports}
    found = []

    def forbid(names: set[str], why: str) -> None:
        found.extend(f"{module}: {name} ({why})" for name in sorted(names))

    forbid(own_targets(imports) - allowed_targets(room), f"{room} may not know it")
    if not module.startswith("regdesk.core.engine."):
        forbid(roots & COMPILERS, "only the engine compiles")
    if room == "core":
        forbid(roots & (QT | MACHINERY), "numbers know no screen, file, thread or clock")
        forbid(calls_of(source) & (FORBIDDEN_CALLS | {".open", ".tofile", ".save", ".savez"}), "no files, no print")
    if room == "data" or room not in {*ROOMS, *UPPER_FILES}:
        forbid(roots & QT, "headless")
    if room == "workers":
        forbid({name for name in imports if name.split(".")[0] in QT and not is_qt_core(name)}, "QtCore only")
    if room == "views":
        engine = {name for name in imports if name.split(".")[:2] == ["regdesk", "core"]}
        forbid({name for name in engine if set(name.split(".")[2:3]) & ENGINE}, "views are handed values")
    return found


def is_qt_core(name: str) -> bool:
    """``PySide6.QtCore`` and what is in it; ``PySide6`` alone only as the start of such a name."""
    return name == "PySide6" or name.split(".")[:2] == ["PySide6", "QtCore"]


def all_sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", all_sources(), ids=module_of)
def test_walls_stand(path):
    found = violations(path.read_text(encoding="utf-8"), module_of(path), path.name == "__init__.py")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.core.x", "import PySide6.QtCore"),
        ("regdesk.core.x", "from pyqtgraph import mkPen"),
        ("regdesk.core.x", "def f():\n    import threading"),
        ("regdesk.core.x", "from time import perf_counter"),
        ("regdesk.core.x", "values = open('a.csv').read()"),
        ("regdesk.core.x", "def f(p):\n    return p.open()"),
        ("regdesk.core.x", "print(1)"),
        ("regdesk.core.x", "import numba"),
        ("regdesk.core.x", "from numba.core import cgutils"),
        ("regdesk.core.x", "import regdesk.data.csv.reader"),
        ("regdesk.core.x", "from regdesk import views"),
        ("regdesk.core.x", "from ..workers import mailbox"),
        ("regdesk.core.x", "from .. import views"),
        ("regdesk.core.engine.kernels", "import os"),
        ("regdesk.data.x", "from regdesk.workers.mailbox import Mailbox"),
        ("regdesk.data.x", "from PySide6.QtCore import QObject"),
        ("regdesk.data.x", "import numba"),
        ("regdesk.workers.x", "from regdesk.data.csv.reader import read_table"),
        ("regdesk.workers.x", "from PySide6.QtWidgets import QWidget"),
        ("regdesk.workers.x", "from PySide6 import QtGui"),
        ("regdesk.workers.x", "import pyqtgraph"),
        ("regdesk.views.x", "import regdesk.workers"),
        ("regdesk.views.x", "from regdesk.data.csv.table import Table"),
        ("regdesk.views.x", "from regdesk.session.controller import Controller"),
        ("regdesk.views.x", "from ..controller import Controller"),
        ("regdesk.views.x", "from regdesk.core.training.trainer import Trainer"),
        ("regdesk.views.x", "from regdesk.core import trainer"),
        ("regdesk.views.x", "from regdesk.core.linear.optimum import solve_linear"),
        ("regdesk.views.x", "from regdesk.app import create_window"),
        ("regdesk.session.controller", "from regdesk.desktop.program import open_window"),
        ("regdesk.session.controller", "from regdesk import app"),
        ("regdesk.cli.headless", "from regdesk.workers.mailbox import Mailbox"),
        ("regdesk.cli.headless", "import PySide6"),
        ("regdesk.cli.headless", "from regdesk.session.controller import Controller"),
        ("regdesk.a_new_file", "from regdesk.views import text"),
        ("regdesk.a_new_file", "from PySide6.QtCore import QObject"),
        ("regdesk.workers.x", "from regdesk import cli"),
        ("regdesk.core.x", "from regdesk import engine_cache"),
    ],
)
def test_the_watch_sees_a_broken_wall(module, source):
    assert violations(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("regdesk.core.x", "import numpy as np\nfrom regdesk.core.types import Floats\nfrom . import losses"),
        ("regdesk.core.x", "from concurrent.futures import Executor"),
        ("regdesk.core.engine.kernels", "from numba import njit\nfrom regdesk.core.engine.tiles import dense_tile_4"),
        ("regdesk.data.x", "import io\nfrom pathlib import Path\nfrom regdesk.core.model.dataset import Dataset"),
        ("regdesk.workers.x", "import threading\nfrom PySide6.QtCore import QThread\nfrom regdesk.core import trainer"),
        ("regdesk.workers.x", "from PySide6 import QtCore"),
        (
            "regdesk.views.x",
            "import pyqtgraph as pg\nfrom regdesk.core.types import Task\nfrom regdesk.views import text",
        ),
        (
            "regdesk.session.controller",
            "from regdesk.workers.mailbox import Mailbox\nfrom regdesk.data.csv.reader import read_table",
        ),
        ("regdesk.app", "from regdesk.session.controller import Controller\nfrom regdesk.views import main_window"),
        ("regdesk.cli.headless", "from regdesk import __version__\nfrom regdesk.data.csv.reader import read_table"),
        ("regdesk.__main__", "from regdesk.start import main"),
        ("regdesk.start", "from regdesk.app import main"),
    ],
)
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
