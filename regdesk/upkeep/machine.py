"""What the program runs on: versions of its parts, the processor, the system."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import llvmlite.binding

from regdesk import __version__
from regdesk.compiling.processors import n_processors

PARTS = ("PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "numba", "llvmlite", "contourpy")
EXTRAS = (
    "distributed", "python-calamine", "openpyxl", "backports.zstd", "duckdb", "scikit-learn", "onnx", "pillow",
)  # fmt: skip
"""What regdesk can do more with; each is there or not."""
TELLING = (
    "sse2", "sse4.2", "avx", "avx2", "fma", "avx512f", "avx512bw", "avx512dq", "avx512vl", "neon", "sve", "asimd",
)  # fmt: skip
"""Abilities of a processor on which the speed of the engine depends."""


def versions_of_parts(qt_version: str | None) -> dict[str, str | None]:
    """Of all that a window needs; None for what is not installed.

    ``qt_version`` is what Qt itself says; without it that of PySide6 stands there, which brings that Qt along.
    """
    found = {name.removesuffix("-Essentials"): _version(name) for name in PARTS}
    own = {"regdesk": __version__, "Python": platform.python_version(), "Qt": qt_version or found["PySide6"]}
    return own | found


def versions_of_extras() -> dict[str, str | None]:
    """As ``versions_of_parts``, of what need not be there."""
    return {name: _version(name) for name in EXTRAS}


def processor() -> dict[str, Any]:
    """``name``, ``kind`` as the compiler calls it, those ``features`` that matter, and ``cores`` of this process."""
    has = llvmlite.binding.get_host_cpu_features()
    return {
        "name": _processor_name(),
        "kind": llvmlite.binding.get_host_cpu_name(),
        "features": [name for name in TELLING if has.get(name)],
        "cores": n_processors(),
        "cores_of_the_machine": os.cpu_count(),
    }


def system() -> dict[str, str]:
    """``platform`` and ``encoding`` of files' names; ``desktop`` where a system names one."""
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "filesystem_encoding": sys.getfilesystemencoding(),
        "desktop": os.environ.get("XDG_CURRENT_DESKTOP", ""),
        "session": os.environ.get("XDG_SESSION_TYPE", ""),
        "qt_platform": os.environ.get("QT_QPA_PLATFORM", ""),
    }


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def _processor_name() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.processor()
