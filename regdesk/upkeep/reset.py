"""Clears what the program keeps on a machine: what is surely its own, by its names, and nothing else.

No link is followed. Where a folder of ours is a link it is left as it is, and that is said. What a person has pasted or
saved is theirs and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from regdesk.compiling.old_caches import cache_folders, clear_folder
from regdesk.upkeep.crash_log import FILE_NAME, living_processes
from regdesk.upkeep.places import Places
from regdesk.upkeep.process_names import entries_of, is_alive
from regdesk.upkeep.recovery_names import living_owners, process_folders, remove_folder
from regdesk.upkeep.sizes import size_of, size_text

_BESIDE = re.compile(r"\.(lock|turn|start-\w+)")
"""Ends of what stands beside the file of preferences while it is written, or while a window comes up."""


@dataclass(frozen=True)
class Kept:
    """``words`` say what it is; ``remove`` takes ``path`` away, as far as it is ours, and raises OSError."""

    words: str
    path: Path
    remove: Callable[[], None]


@dataclass(frozen=True)
class Findings:
    """What can be removed, and sentences on what is left alone."""

    kept: tuple[Kept, ...]
    left: tuple[str, ...]


def running_instances(places: Places) -> list[int]:
    """Numbers of the processes that keep something in these places now."""
    found: set[int] = set()
    if places.crashes is not None and places.recovery is not None:
        found |= {*living_processes(places.crashes), *living_owners(places.recovery)}
    return sorted(found)


def findings(places: Places) -> Findings:
    """What there is to remove."""
    kept: list[Kept] = []
    left: list[str] = []
    if places.preferences is not None:
        _find_preferences(places.preferences, kept, left)
    if not _is_link(places.cache, left):
        kept += [_cache(folder) for folder in cache_folders(places.cache)]
    if places.state is not None and not _is_link(places.state, left):
        _find_state(places, kept, left)
    pasted = places.pasted
    if pasted is not None and size_of(pasted)[0]:
        left.append(f"Tables that you have pasted stay; remove them by hand: {pasted}.")
    return Findings(tuple(kept), tuple(left))


def remove(places: Places, found: Findings) -> list[str]:
    """Remove it. Returns a sentence on each that could not be removed, or not wholly."""
    problems = []
    for one in found.kept:
        try:
            one.remove()
        except OSError as problem:
            problems.append(f"{one.path}: it could not be removed ({problem.strerror}).")
            continue
        if one.path.exists():
            problems.append(f"{one.path}: something in it is in use, or is not regdesk's; that is left.")
    for folder in (places.recovery, places.crashes, places.state, places.cache, _folder_of(places.preferences)):
        if folder is not None and not folder.is_symlink():
            # One that is not empty stays.
            with suppress(OSError):
                folder.rmdir()
    return problems


def _find_preferences(file: Path, kept: list[Kept], left: list[str]) -> None:
    if not _is_link(file, left) and file.is_file():
        kept.append(Kept(_with_size("preferences", file), file, file.unlink))
    for entry in entries_of(file.parent):
        rest = entry.name.removeprefix(file.name)
        path = file.parent / entry.name
        if rest != entry.name and _BESIDE.fullmatch(rest) and entry.is_file() and not is_alive(path):
            kept.append(Kept(f"left by a window: {path}", path, path.unlink))


def _cache(folder: Path) -> Kept:
    return Kept(_with_size("compiled engine", folder), folder, lambda: clear_folder(folder))


def _find_state(places: Places, kept: list[Kept], left: list[str]) -> None:
    recovery, crashes = places.recovery, places.crashes
    if recovery is not None and not _is_link(recovery, left):
        kept += [
            Kept(_with_size("work that was not saved", one), one, partial(remove_folder, one))
            for one in process_folders(recovery)
        ]
    if crashes is not None and not _is_link(crashes, left):
        logs = [crashes / one.name for one in entries_of(crashes) if one.is_file() and FILE_NAME.fullmatch(one.name)]
        kept += [Kept(_with_size("crash log", log), log, log.unlink) for log in logs]


def _is_link(path: Path, left: list[str]) -> bool:
    """Whether it is one, which then is said: what it leads to is not ours to clear."""
    if path.is_symlink():
        left.append(f"{path} is a link, and is left as it is with all that it leads to.")
    return path.is_symlink()


def _with_size(words: str, path: Path) -> str:
    return f"{words}: {path} ({size_text(size_of(path)[1])})"


def _folder_of(file: Path | None) -> Path | None:
    """The folder that is named after the program, if the file is in it; of another one nothing is removed."""
    return file.parent if file is not None and file.parent.name == "regdesk" else None
