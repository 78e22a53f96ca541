"""Work that processes have left which live no more: found, claimed for one window, described."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from regdesk.data.files.file_locks import take_lock
from regdesk.upkeep.recovery_names import (
    ABOUT,
    DAMAGED,
    LOCK,
    MANY_TRIES,
    PICTURE,
    SESSION,
    TRIED,
    is_used,
    process_folders,
    remove_empty,
    remove_folder,
)
from regdesk.views.recovery.unsaved_work import UnsavedWork, time_text

MOST_OFFERED = 5
"""At once; older ones are offered when these are done with."""
MOST_TITLE = 200
MOST_ABOUT_BYTES, MOST_PICTURE_BYTES = 10_000, 4_000_000
ASIDE_DAYS = 90
"""So long stays what could not be opened."""
_DAY_S = 86_400


def about_bytes(title: str, picture: bytes) -> bytes:
    """What stands beside a kept session: of what it is, and the digest of its picture."""
    record = {"title": title[:MOST_TITLE], "picture": hashlib.sha256(picture).hexdigest()}
    return json.dumps(record).encode()


@dataclass(frozen=True)
class LeftWork:
    """Claimed while ``lock`` is open: no other window is offered it meanwhile."""

    folder: Path
    lock: IO[bytes]

    @property
    def key(self) -> str:
        return self.folder.name

    def facts(self, now_s: float) -> UnsavedWork:
        """As a person is told of it; what is damaged beside the session is left out."""
        about, picture = self._about(), _read(self.folder / PICTURE, MOST_PICTURE_BYTES)
        if hashlib.sha256(picture).hexdigest() != about.get("picture"):
            picture = b""
        title = about.get("title")
        kept_s = _kept_s(self.folder)
        moment = time.localtime(kept_s)
        clock, day = time.strftime("%H:%M", moment), f"{moment.tm_mday} {time.strftime('%B %Y', moment)}"
        when = time_text(kept_s, now_s, clock, day)
        name = title if isinstance(title, str) and title else "regdesk"
        return UnsavedWork(self.key, name, when, picture, is_suspect=_is_suspect(self.folder))

    def taken(self) -> Path:
        """The session. Until it is given back it counts as one that may end the program. Raises OSError."""
        with (self.folder / TRIED).open("ab") as tries:
            tries.write(b"1")
        return self.folder / SESSION

    def give_back(self) -> None:
        """It is not damaged: from now on it can be offered again. Raises OSError."""
        (self.folder / TRIED).unlink(missing_ok=True)

    def put_aside(self) -> Path:
        """It cannot be read, and is kept for whoever can mend it; returns as what. Raises OSError."""
        return (self.folder / SESSION).replace(self.folder / DAMAGED)

    def release(self) -> None:
        """It stays as it is."""
        self.lock.close()

    def remove(self) -> None:
        """It goes for good. Raises OSError."""
        try:
            remove_folder(self.folder)
        finally:
            self.lock.close()
        remove_empty(self.folder.parent)

    def _about(self) -> dict[str, Any]:
        try:
            found = json.loads(_read(self.folder / ABOUT, MOST_ABOUT_BYTES))
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def claimed_works(recovery: Path) -> list[LeftWork]:
    """What can be offered now, the newest first. What holds no session any more goes."""
    works: list[LeftWork] = []
    for folder in sorted(process_folders(recovery), key=_kept_s, reverse=True):
        if _can_be_offered(folder):
            if len(works) < MOST_OFFERED:
                works += list(_claimed(folder))
        elif not is_used(folder) and not _is_aside(folder):
            with suppress(OSError):
                remove_folder(folder)
    return works


def _claimed(folder: Path) -> Iterator[LeftWork]:
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        lock = os.fdopen(descriptor, "r+b", buffering=0)
    except OSError:
        return
    try:
        is_ours = take_lock(lock.fileno())
    except OSError:
        is_ours = False
    # Between the look and the lock another window may have done with it.
    if is_ours and _can_be_offered(folder):
        yield LeftWork(folder, lock)
    else:
        lock.close()


def _can_be_offered(folder: Path) -> bool:
    return (folder / SESSION).is_file()


def _is_suspect(folder: Path) -> bool:
    return _n_tries(folder) >= MANY_TRIES


def _n_tries(folder: Path) -> int:
    with suppress(OSError):
        return (folder / TRIED).stat().st_size
    return 0


def _is_aside(folder: Path) -> bool:
    """Whether what could not be opened is there, and was so not long ago."""
    path = folder / DAMAGED
    with suppress(OSError):
        return path.is_file() and time.time() - path.stat().st_mtime < ASIDE_DAYS * _DAY_S
    return False


def _kept_s(folder: Path) -> float:
    """When its session was written; 0 where there is none."""
    with suppress(OSError):
        return (folder / SESSION).stat().st_mtime
    return 0.0


def _read(path: Path, most: int) -> bytes:
    """What is in a file; empty where it cannot be read, or is larger than ours are."""
    with suppress(OSError):
        if path.stat().st_size <= most:
            return path.read_bytes()
    return b""
