"""Names of what one process keeps: when it began, its number, and a random part; and whether that process lives."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from regdesk.data.files.file_locks import take_lock

PATTERN = r"\d{8}-\d{6}-(\d+)-[0-9a-f]{8}"
"""Of a name; its group is the process's number."""
NEW = "new-"
"""Stands before a name until its lock is taken: who found it before that would take it for one that was left."""


def new_name() -> str:
    """As 20261129-220438-4711-0f3a5b7c."""
    return f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{secrets.token_hex(4)}"


def process_of(name: str) -> int:
    """The number of the process that ``name``, which is one of these, belongs to."""
    return int(name.removeprefix(NEW).split("-")[2])


def locked_new(path: Path) -> IO[bytes]:
    """A new file, open and locked until it is closed. Raises OSError where there can be none, or no lock.

    A lock is lifted by the system when the process ends, however it does: that tells a living process from a dead one.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    file = os.fdopen(descriptor, "r+b", buffering=0)
    try:
        if not take_lock(descriptor):
            raise OSError(None, f"{path.name} is locked by another process")
    except OSError:
        file.close()
        with suppress(OSError):
            path.unlink()
        raise
    return file


def is_alive(path: Path) -> bool:
    """Whether a process holds the lock of the file ``path``; also where that cannot be told."""
    try:
        # For writing, as some systems lock nothing else; a link is none of ours.
        descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return False
    except OSError:
        return True
    try:
        return not take_lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)


def entries_of(folder: Path) -> Iterator[os.DirEntry[str]]:
    """What is in ``folder``, links aside, by name; nothing where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    yield from (entry for entry in found if not entry.is_symlink())
