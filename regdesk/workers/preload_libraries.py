"""Shared libraries are opened without the interpreter's lock, which Python itself holds while it opens one."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ExtensionFileLoader, ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


@contextmanager
def opened_beside_the_window() -> Iterator[None]:
    """What is imported in here has its libraries opened before Python asks for them.

    numba brings llvmlite's, 180 MB, and scipy's linear algebra where there is a scipy: 350 ms on a busy disk, 800
    when it had not been read before. All that time the window stood still. On Windows nothing is done.
    """
    if sys.platform == "win32":
        yield
        return
    finder = _Opener()
    sys.meta_path.insert(0, finder)
    try:
        llvmlite = find_spec("llvmlite")
        for folder in llvmlite.submodule_search_locations or () if llvmlite else ():
            for library in Path(folder, "binding").glob("libllvmlite.*"):
                _open(str(library))
        yield
    finally:
        sys.meta_path.remove(finder)


class _Opener:
    """Finds nothing itself, but opens the library of an extension module that is about to be found."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target)
        if found is not None and isinstance(found.loader, ExtensionFileLoader) and found.origin is not None:
            _open(found.origin)
        return None


def _open(library: str) -> None:
    # As Python opens it, so that it is the same library then. ctypes lets go of the lock for the call; what fails here
    # fails again where it is reported.
    ctypes.CDLL(None).dlopen(library.encode(sys.getfilesystemencoding()), os.RTLD_NOW)
