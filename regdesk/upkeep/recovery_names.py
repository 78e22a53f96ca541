"""Names of files and folders of what a process could not save; ``desktop/recovery`` writes and reads them."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from regdesk.upkeep.process_names import NEW, PATTERN, entries_of, is_alive, process_of

FOLDER = re.compile(rf"(?:{NEW})?{PATTERN}")
LOCK, SESSION, PICTURE, ABOUT = "lock", "session.regdesk", "picture.png", "about.json"
DAMAGED = "damaged.regdesk"
"""What could not be read, kept aside."""
TRIED = "tried"
"""Stands beside a session while a process reads it, with a byte for each time that this was begun and not ended."""
MANY_TRIES = 2
"""A process that ends while it reads a session may have been ended from outside; where that comes twice the session may
have done it, and whoever is offered it is told.
"""
FILES = (LOCK, SESSION, PICTURE, ABOUT, DAMAGED, TRIED)
_HIDDEN = re.compile(r"\.regdesk-[0-9a-f]{32}\.part")
_LIST = "regdesk.list"
"""``data/files/whole_files.py`` writes these; a process that was ended leaves them."""


def process_folders(recovery: Path) -> list[Path]:
    """Those in the folder ``recovery``, the oldest first; no links."""
    return [recovery / one.name for one in entries_of(recovery) if one.is_dir() and FOLDER.fullmatch(one.name)]


def is_used(folder: Path) -> bool:
    """Whether its process lives."""
    return is_alive(folder / LOCK)


def living_owners(recovery: Path) -> list[int]:
    """Numbers of the processes that live and keep something there."""
    return [process_of(folder.name) for folder in process_folders(recovery) if is_used(folder)]


def own_parts(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files in a process's folder that are ours, and the folders, to be removed in this order."""
    files = [folder / one.name for one in entries_of(folder) if one.is_file() and one.name in FILES]
    hidden = [folder / one.name for one in entries_of(folder) if one.is_dir() and _HIDDEN.fullmatch(one.name)]
    names = (*FILES, _LIST)
    files += [inner / one.name for inner in hidden for one in entries_of(inner) if one.is_file() and one.name in names]
    return files, [*hidden, folder]


def remove_empty(recovery: Path) -> None:
    """Remove the folder ``recovery`` and the one that it is in, each if nothing is in it."""
    with suppress(OSError):
        recovery.rmdir()
        recovery.parent.rmdir()


def remove_folder(folder: Path) -> None:
    """Remove what is ours in it, and the folder, if it is empty then. Raises OSError."""
    files, folders = own_parts(folder)
    # The lock last: until then nobody takes what is left for that of a living process, or of a dead one.
    for path in sorted(files, key=lambda path: path == folder / LOCK):
        path.unlink(missing_ok=True)
    for path in folders:
        path.rmdir()
