"""The folder of this process: made when there is something to keep, locked while the process lives."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

from regdesk.upkeep.process_names import NEW, locked_new, new_name
from regdesk.upkeep.recovery_names import LOCK, remove_empty, remove_folder


class ProcessFolder:
    """In the folder ``recovery``, beside those of other processes, which are never touched."""

    def __init__(self, recovery: Path) -> None:
        self._recovery = recovery
        self._lock: IO[bytes] | None = None
        self.path: Path | None = None

    def made(self) -> Path:
        """It, made and locked if it is not there yet. Raises OSError."""
        if self.path is not None and self.path.is_dir():
            return self.path
        self._close()
        name = new_name()
        # Under another name until it is locked: who finds it before that would offer it to somebody.
        path = self._recovery / (name if sys.platform == "win32" else f"{NEW}{name}")
        # With those above it: another process removes them where they are empty.
        path.mkdir(mode=0o700, parents=True)
        try:
            self._lock = locked_new(path / LOCK)
        except OSError:
            path.rmdir()
            raise
        self.path = path if sys.platform == "win32" else path.rename(self._recovery / name)
        return self.path

    def leave(self) -> None:
        """It stays for the next start."""
        self._close()
        self.path = None

    def remove(self) -> None:
        """There is nothing to keep any more; folders that are empty then go, too. Raises OSError."""
        path, self.path = self.path, None
        if path is None:
            return
        if sys.platform == "win32":
            # What is open cannot be removed there.
            self._close()
        try:
            remove_folder(path)
        finally:
            self._close()
        remove_empty(self._recovery)

    def _close(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None
