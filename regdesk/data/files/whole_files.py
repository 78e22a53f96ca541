"""Files that a user keeps: written whole or not at all, several of one folder together.

New files are first written, and brought to the disk, in a hidden folder beside the old ones; then they are renamed, one
right after the other. What ends the program before leaves the old files as they were, and the hidden folder is cleared
away the next time something is written there.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from regdesk.data.files.file_locks import take_lock, wait_for_folder

_HIDDEN = re.compile(r"\.regdesk-([0-9a-f]{32})\.part")
_LIST = "regdesk.list"
"""In a hidden folder: a line that only regdesk writes, and the name of every file before it is written."""
_log = logging.getLogger("regdesk.files")
_IS_POSIX = sys.platform != "win32"
_BINARY = getattr(os, "O_BINARY", 0)
_DISK_FAILS = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EIO", "EROFS") if hasattr(errno, name)}
_IN_PLACE = "it is in its place, but the disk may not have noted that, and a power failure may undo it: {reason}"


class NotOnDisk(OSError):
    """New files are in their place, and the disk may not have their names yet."""


def write_whole(path: Path, content: bytes) -> None:
    """``content`` as the file ``path``, which afterwards is the new one whole or, with an OSError, what it was; with
    NotOnDisk it is the new one.

    A link is followed; a device or a pipe is written to as it is.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not (target.is_file() or target.is_dir()):
        with target.open("wb") as stream:
            stream.write(content)
        return
    with StagedFiles(target.parent) as staged:
        staged.add(target.name, content)
        staged.put_in_place()


def check_whole(path: Path) -> None:
    """Raises OSError where ``write_whole`` would, as far as that can be known before there is anything to write."""
    target = Path(os.path.realpath(path))
    if target.is_file() or target.is_dir() or not target.exists():
        check_place(target)
        with StagedFiles(target.parent):
            pass


class StagedFiles:
    """New files of a folder that exists, in a hidden one until they are put in place; a context that clears it away.

    Raises OSError where something cannot be written, also on entering.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names: list[str] = []
        self._hidden = Path()
        self._list = -1

    def __enter__(self) -> StagedFiles:
        with _turn(self.folder):
            _clear_dead(self.folder)
            token = secrets.token_hex(16)
            self._hidden = self.folder / f".regdesk-{token}.part"
            self._hidden.mkdir()
            try:
                self._list = os.open(self._hidden / _LIST, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
                _lock(self._list)
                _write(self._list, _first_line(token))
            except BaseException:
                self._clear()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def add(self, name: str, content: bytes) -> None:
        """Write ``content``, to be the file ``name`` of the folder."""
        with self.opened(name) as take:
            take(content)

    @contextmanager
    def opened(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """What takes the content of the file ``name``, piece by piece: as ``add``, of what is too large to be held."""
        _write(self._list, json.dumps(name).encode() + b"\n")
        self._names.append(name)
        descriptor = os.open(self._hidden / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            yield partial(_write, descriptor)
            with suppress(FileNotFoundError):
                (self._hidden / name).chmod(stat.S_IMODE((self.folder / name).stat().st_mode))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def put_in_place(self) -> None:
        """Rename what was added, in its order; the last one when the others are on the disk.

        Where it cannot be begun, as under a name that a folder has, nothing is changed. Raises NotOnDisk where all are
        in place, and the disk fails at the very end.
        """
        with _turn(self.folder):
            for name in self._names:
                check_place(self.folder / name)
            _bring_to_disk(self._hidden)
            for number, name in enumerate(self._names):
                if number == len(self._names) - 1:
                    _bring_to_disk(self.folder)
                (self._hidden / name).replace(self.folder / name)
            try:
                _bring_to_disk(self.folder)
            except OSError as problem:
                raise NotOnDisk(problem.errno, _IN_PLACE.format(reason=reason_of(problem))) from None
        _log.info("Written to %s: %s.", self.folder, ", ".join(self._names))

    def _clear(self) -> None:
        """Take the hidden folder away, as far as that is possible: what is left is cleared away the next time."""
        with suppress(OSError):
            for name in self._names:
                (self._hidden / name).unlink(missing_ok=True)
            if not _IS_POSIX and self._list >= 0:
                os.close(self._list)
                self._list = -1
            (self._hidden / _LIST).unlink(missing_ok=True)
            self._hidden.rmdir()
        if self._list >= 0:
            # Only now: the lock tells others that this process lives.
            os.close(self._list)
            self._list = -1


def check_place(path: Path) -> None:
    """Raises OSError when no file can be written as ``path`` in a folder that can be written to."""
    if path.is_symlink():
        raise OSError(None, f"{path.name} is a link there")
    if path.exists() and not path.is_file():
        raise OSError(None, f"{path.name} is no file there")
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(None, f"{path.name} may not be written to")


def reason_of(problem: OSError | ValueError) -> str:
    """What the system says, such as "Permission denied"; not of which path, which may be that of a hidden folder."""
    return (isinstance(problem, OSError) and problem.strerror) or str(problem)


def _first_line(token: str) -> bytes:
    return f"regdesk is writing files here: {token}\n".encode()


def _clear_dead(folder: Path) -> None:
    """Remove the hidden folders that ended programs have left in ``folder``, and nothing that may be another's."""
    try:
        with os.scandir(folder) as entries:
            found_here = list(entries)
    except PermissionError:
        # A folder that may be written to and not listed.
        return
    for entry in found_here:
        found = _HIDDEN.fullmatch(entry.name)
        if found is not None and entry.is_dir(follow_symlinks=False):
            with suppress(OSError, ValueError):
                _clear_one(Path(entry.path), _first_line(found[1]))


def _clear_one(hidden: Path, first_line: bytes) -> None:
    path = hidden / _LIST
    try:
        descriptor = os.open(path, os.O_RDWR | _BINARY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        # Ended in between; a folder that holds anything is not removed by this.
        hidden.rmdir()
        return
    try:
        if not _lock(descriptor):
            return
        content = path.read_bytes()
        is_begun = first_line.startswith(content)
        if not (is_begun or content.startswith(first_line)):
            return
        # What follows the last line's end was cut off, and its file not begun.
        names = [] if is_begun else [json.loads(line) for line in content.split(b"\n")[1:-1]]
        if {one.name for one in hidden.iterdir()} - {_LIST, *names}:
            return
        for name in names:
            (hidden / name).unlink(missing_ok=True)
        if _IS_POSIX:
            path.unlink()
            hidden.rmdir()
    finally:
        os.close(descriptor)
    if not _IS_POSIX:
        path.unlink()
        hidden.rmdir()


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """While others that write to ``folder`` wait, where the system and its disk can tell."""
    if sys.platform == "win32":
        yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # As above; nor can it be locked.
        yield
        return
    try:
        with suppress(OSError):
            wait_for_folder(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Whether no living process has locked this file; then this one has."""
    try:
        return take_lock(descriptor)
    except OSError:
        return False


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while len(rest):
        rest = rest[os.write(descriptor, rest) :]


def _bring_to_disk(folder: Path) -> None:
    """The names in ``folder``; the files themselves are there already. Raises OSError where the disk fails."""
    if not _IS_POSIX:
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as problem:
        # Some disks of other machines do not know it of folders.
        if problem.errno in _DISK_FAILS:
            raise
