"""Folders of compiled code that nothing uses any more: what is surely regdesk's own, and old, is removed.

Two kinds are: folders of another fingerprint (another numba, Python, processor) that nothing has used for
``KEPT_DAYS``, and those from before code was kept by content, which a version that keeps it so does not read. Of a
folder only files go that have names of ours, one by one; what else is in it stays, and so does the folder then. No link
is followed or removed.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from regdesk.compiling.compiled_files import DAY_S, KEPT_DAYS, SOURCES, names_in_marker
from regdesk.data.files.file_locks import try_lock

FORMER_KEPT_DAYS = 1
"""An older checkout may just be at work in a folder from before code was kept by content."""
_FOLDER = re.compile(r"engine-[0-9a-f]{16}")
_FOLDER_OF_A_PATH = re.compile(r"engine_[0-9a-f]{40}")
"""numba's own, named after the folder where the engine's modules lay."""
_FUNCTION = r"\w+\.[\w.<>-]+-\d+\.py\d+\w*"
_KEYED = re.compile(rf"{_FUNCTION}\.[0-9a-f]{{16}}\.(nbi|[0-9a-f]{{16}}\.nbc)")
_FORMER = re.compile(rf"{_FUNCTION}\.(nbi|[0-9a-f]{{16}}\.nbc|\d+\.nbc)")
_MARKER = re.compile(r"[a-z0-9-]+(\.[0-9a-f]{16})?\.ready")
_LOCK = re.compile(r"([a-z0-9-]+\.)?lock")
_UNFINISHED = re.compile(r"[\w.<>-]+\.\d+-[0-9a-f]{8}\.unfinished")
_OURS = (_KEYED, _FORMER, _MARKER, _LOCK, _UNFINISHED)


def clear_old_caches(in_use: Path) -> None:
    """Clear the folders beside ``in_use`` that are old, and in it what numba kept by paths. Where ``in_use`` is not the
    usual folder nothing is done.
    """
    if not _FOLDER.fullmatch(in_use.name):
        return
    for folder in _folders_in(in_use.parent, _FOLDER):
        if folder.name == in_use.name:
            for inner in _folders_in(folder, _FOLDER_OF_A_PATH):
                if _days_unused(inner) > FORMER_KEPT_DAYS:
                    _remove_files(inner)
        elif _days_unused(folder) > (FORMER_KEPT_DAYS if _is_former(folder) else KEPT_DAYS):
            clear_folder(folder)


def cache_folders(base: Path) -> list[Path]:
    """Every folder of compiled code in ``base``; no links."""
    return _folders_in(base, _FOLDER)


def clear_folder(folder: Path) -> None:
    """Remove what is ours in it, unless somebody holds one of its locks, and the folder, if it is empty then."""
    with ExitStack() as stack:
        for path in _files_in(folder):
            if not _LOCK.fullmatch(path.name):
                continue
            try:
                lock = stack.enter_context(path.open("a"))
            except OSError:
                return
            if not try_lock(lock.fileno()):
                return
        for inner in _folders_in(folder, _FOLDER_OF_A_PATH):
            _remove_files(inner)
        _remove_files(folder, but=_LOCK)
    # Some systems keep an open file.
    _remove_files(folder)


def _is_former(folder: Path) -> bool:
    """Whether it was filled before code was kept by content: there is something of that kind and nothing newer."""
    names = [path.name for path in _files_in(folder)]
    markers = [names_in_marker(folder / name) for name in names if _MARKER.fullmatch(name)]
    if any(map(_KEYED.fullmatch, names)) or any(marker and marker[-1][0] == SOURCES for marker in markers):
        return False
    return bool(markers or any(map(_FORMER.fullmatch, names)) or _folders_in(folder, _FOLDER_OF_A_PATH))


def _days_unused(folder: Path) -> float:
    """Since anything in it was written; a marker's time says when it was used. 0 where that cannot be told."""
    try:
        paths = [*folder.iterdir(), *(path for inner in _folders_in(folder) for path in inner.iterdir())]
        times = [path.lstat().st_mtime for path in paths or [folder]]
    except OSError:
        return 0.0
    return (time.time() - max(times)) / DAY_S


def _remove_files(folder: Path, but: re.Pattern[str] | None = None) -> None:
    """What is ours in ``folder``, and the folder, if it is empty then."""
    for path in _files_in(folder):
        if any(pattern.fullmatch(path.name) for pattern in _OURS if pattern is not but):
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _files_in(folder: Path) -> list[Path]:
    """No links."""
    try:
        with os.scandir(folder) as entries:
            return [folder / entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    except OSError:
        return []


def _folders_in(folder: Path, named: re.Pattern[str] | None = None) -> list[Path]:
    """No links."""
    try:
        with os.scandir(folder) as entries:
            found = [folder / entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [path for path in found if named is None or named.fullmatch(path.name)]
