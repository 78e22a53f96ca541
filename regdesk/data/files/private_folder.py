"""A folder for what is needed only while this process lives, such as a file that was unpacked to be read."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regdesk.data.files.file_locks import take_lock

if TYPE_CHECKING:
    from typing import IO, Self

PREFIX = "regdesk-unpacked-"
OWNER = "owner"
"""A file in the folder, whose lock is held as long as the folder is needed."""
NEW_S = 60
"""A folder younger than this may belong to somebody who has not taken the lock yet."""


class PrivateFolder:
    """Made at once, in the folder for temporary files; ``path`` is where. ``remove`` removes it, with all in it.

    A process that is killed removes nothing. Each new folder therefore removes those of this user that nobody has
    locked any more. Raises OSError where none can be made.
    """

    def __init__(self) -> None:
        _remove_left(Path(tempfile.gettempdir()))
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._owner: IO[bytes] | None = None
        try:
            self._owner = (self.path / OWNER).open("xb")
            take_lock(self._owner.fileno())
        except OSError:
            # Full, or a file system without locks: whoever writes here will say so, and nobody takes it for left.
            self._let_go()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.remove()

    def remove(self) -> None:
        """What cannot be removed stays, for the next that is made."""
        # An open file cannot be removed on Windows.
        self._let_go()
        shutil.rmtree(self.path, ignore_errors=True)

    def _let_go(self) -> None:
        if self._owner is not None:
            self._owner.close()
            self._owner = None


def _remove_left(place: Path) -> None:
    try:
        with os.scandir(place) as entries:
            found = [Path(entry.path) for entry in entries if entry.name.startswith(PREFIX)]
    except OSError:
        return
    for folder in found:
        with suppress(OSError):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Whether the process is gone that made ``folder``. Raises OSError where that cannot be told."""
    known = folder.lstat()
    # In a folder that everybody writes to, names prove nothing: what is another user's, or a link, is none of ours.
    if folder.is_symlink() or (hasattr(os, "getuid") and known.st_uid != os.getuid()):
        return False
    if time.time() - known.st_mtime < NEW_S:
        return False
    descriptor = os.open(folder / OWNER, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    try:
        return take_lock(descriptor)
    finally:
        os.close(descriptor)
