"""What this program is made of: versions as they are installed, and licences."""

from __future__ import annotations

import platform

from regdesk import __version__

_PARTS = (
    ("PySide6", "PySide6-Essentials", "LGPL-3.0"),
    ("shiboken6", "shiboken6", "LGPL-3.0"),
    ("pyqtgraph", "pyqtgraph", "MIT"),
    ("numpy", "numpy", "BSD-3-Clause"),
    ("numba", "numba", "BSD-2-Clause"),
    ("contourpy", "contourpy", "BSD-3-Clause"),
    ("llvmlite", "llvmlite", "BSD-2-Clause"),
)
NOTES = (
    "regdesk is free software under the MIT licence; the file LICENSE that comes with it holds its terms.\n"
    "The parts above belong to their authors; each was installed with its own licence text.\n"
    "The terms of the samples are in resources/samples/README.md, which is installed with them."
)


def parts(qt_version: str) -> tuple[tuple[str, str, str], ...]:
    """(name, version, licence) of each part. Reads what was installed; imports nothing of it."""
    # 13 ms, which the first paint need not wait for.
    from importlib.metadata import PackageNotFoundError, version

    found = [("regdesk", __version__, "MIT"), ("Python", platform.python_version(), "PSF-2.0")]
    found.append(("Qt", qt_version, "LGPL-3.0"))
    for name, distribution, licence in _PARTS:
        try:
            found.append((name, version(distribution), licence))
        except PackageNotFoundError:
            found.append((name, "not found", licence))
    return tuple(found)


def summary(qt_version: str) -> str:
    """In one line each, for a report of an error."""
    return "\n".join([*(f"{name} {number}" for name, number, _ in parts(qt_version)), platform.platform()])
