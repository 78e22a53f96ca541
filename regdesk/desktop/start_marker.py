"""Tells a start that the one before it did not come up: it crashed or was ended while it restored what it had kept."""

from __future__ import annotations

import atexit
import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from regdesk.data.files.file_locks import take_lock


class StartMarker:
    """A file that is there, and locked, while a window comes up.

    The system lifts the lock of a process that ends, however it does: a marker that nobody holds was left by a start
    that did not come up, and one that is held belongs to another window that is coming up just now. It stands beside
    the settings, or, where nothing can be written, among the temporary files.
    """

    def __init__(self, settings_file: Path) -> None:
        self._settings_file = settings_file
        self._file: IO[str] | None = None
        self._path: Path | None = None

    def set(self) -> bool:
        """Say that a start begins. Returns whether one before it has not come up, which is then forgotten."""
        beside = self._settings_file.with_name(f"{self._settings_file.name}.start-")
        if self._make(beside):
            return self._forget_left(beside)
        temporary = self._temporary_stem()
        return self._make(temporary) and self._forget_left(temporary)

    def remove(self) -> None:
        """The window has come up, or the program ends as it should; safe to call twice."""
        if self._file is not None and self._path is not None:
            atexit.unregister(self.remove)
            if sys.platform == "win32":
                # What is open cannot be removed there.
                self._file.close()
            with suppress(OSError):
                self._path.unlink()
            self._file.close()
            self._file = None

    def _temporary_stem(self) -> Path:
        name = hashlib.sha256(os.fsencode(self._settings_file.absolute())).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"regdesk-{name}.start-"

    def _make(self, stem: Path) -> bool:
        # Under another name until it is locked: who finds it before that would take it for one that was left. Windows
        # lets no file be renamed that is open; there that moment remains.
        prefix = "" if sys.platform == "win32" else "new-"
        try:
            number, name = tempfile.mkstemp(prefix=f"{prefix}{stem.name}", dir=stem.parent)
        except OSError:
            return False
        self._file, self._path = os.fdopen(number, "w", encoding="ascii"), Path(name)
        atexit.register(self.remove)
        if not _lock(number):
            # Without locks nobody could tell it from one that was left.
            self.remove()
            return False
        self._path = self._path.rename(stem.with_name(self._path.name.removeprefix(prefix)))
        return True

    def _forget_left(self, stem: Path) -> bool:
        n_left = 0
        for path in stem.parent.iterdir():
            # What cannot be removed would be found by every start from now on.
            with suppress(OSError):
                if path.name.startswith(stem.name) and path != self._path and not _is_held(path):
                    path.unlink()
                    n_left += 1
        return n_left > 0


def _is_held(path: Path) -> bool:
    """Whether some process has it locked. Raises OSError when it is gone or cannot be opened."""
    with path.open("r+", encoding="ascii") as file:
        return not _lock(file.fileno())


def _lock(file: int) -> bool:
    """Whether the file with that number is ours now, until it is closed; False also where there are no locks."""
    try:
        return take_lock(file)
    except OSError:
        return False
