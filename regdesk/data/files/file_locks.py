"""Locks of files, which the system lifts when a process ends, however it does."""

from __future__ import annotations

import os
import sys

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR_BYTES = 1 << 30
"""On Windows a lock keeps others from reading what it covers: it lies far behind any text."""


def take_lock(descriptor: int) -> bool:
    """Take the lock of an open file until it is closed; returns whether that was possible, and never waits.

    Raises OSError, other than that another process holds it, where the file system knows no locks.
    """
    try:
        if sys.platform == "win32":
            at = os.lseek(descriptor, 0, os.SEEK_CUR)
            os.lseek(descriptor, _FAR_BYTES, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(descriptor, at, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def wait_for_folder(descriptor: int) -> None:
    """Take the lock of an open folder, when no other process has it any more; Windows has none of folders.

    Raises OSError where the file system knows no locks.
    """
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX)
