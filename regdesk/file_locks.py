"""A lock on an open file, which the system lifts when the process ends, however it does."""

from __future__ import annotations

import sys


def try_lock(file: int) -> bool:
    """Whether the file with that number is now ours. Where its file system knows no locks nobody waits for one."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
