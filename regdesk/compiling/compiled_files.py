"""Files of compiled code, each with its digest beside it: what does not agree with its digest is not there.

Of every compilation ``FUNCTION.KEY.nbi`` has a line: the sha256 of its code, and its key. The code is in
``FUNCTION.KEY.DIGEST.nbc``. Both come into being whole, the code before the line that names it, and a file of code is
never changed: whoever reads while another writes finds the old, the new or nothing. Whatever happens to these files
(cut off, overwritten, lost, a folder in their place, not ours to read), the answer is that nothing is there.

The sources that a function was compiled from are part of its key: what was compiled from others is as good as not
there, and stays for whoever has them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

INDEX, CODE, UNFINISHED = ".nbi", ".nbc", ".unfinished"
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)\n?")
_SOURCES = "sources"


class CompiledFiles:
    """The files of one folder; a ``CodeStore`` of the engine."""

    def __init__(self, folder: Path, sources: Mapping[str, str] | None = None) -> None:
        """``sources`` has a digest for each module that is compiled: of its text, and of all that it calls."""
        self.folder = folder
        self._sources = dict(sources or {})
        self._asked_for: set[tuple[str, str]] = set()
        self._sound: dict[Path, tuple[int, ...]] = {}

    def read(self, function: str, key: str) -> bytes | None:
        """The code that was written under these names, if it is whole; a file that is not is removed."""
        name = self._name(function, key)
        self._asked_for.add(name)
        digest = self._digest(name)
        if digest is None:
            return None
        path = self._code_path(name, digest)
        code = _read(path)
        if code is not None and _sha256(code) == digest:
            return code
        _remove(path)
        return None

    def write(self, function: str, key: str, code: bytes) -> None:
        """Keep ``code``. Where that fails (a full disk, a folder that is no longer ours) it is not kept."""
        name = self._name(function, key)
        self._asked_for.add(name)
        before, digest = self._digest(name), _sha256(code)
        try:
            _write_whole(self._code_path(name, digest), code)
            _write_whole(self._index_path(name), f"{digest}  {name[1]}\n".encode())
        except OSError:
            # It is used all the same, and compiled again at the next launch. ``write_marker`` tells who wants to know.
            return
        if before is not None and before != digest:
            _remove(self._code_path(name, before))

    def write_marker(self, marker: str) -> bool:
        """Note in the file ``marker`` all that this process has asked for so far; returns whether it is all kept."""
        names = sorted(self._asked_for)
        if not all(self._is_sound(name) for name in names):
            return False
        lines = "".join(f"{function} {key}\n" for function, key in [*names, (_SOURCES, self._digest_of_sources())])
        try:
            _write_whole(self.folder / marker, _sha256(lines.encode()).encode() + b"\n" + lines.encode())
        except OSError:
            return False
        return True

    def is_complete(self, marker: str) -> bool:
        """Whether all that ``marker`` notes is there and whole, and compiled from these sources. What was so once is
        only looked at again when the file has changed: 10 MB take 20 ms, or 50 without instructions for it.
        """
        digest, _, lines = (_read(self.folder / marker) or b"").partition(b"\n")
        if not lines or _sha256(lines).encode() != digest:
            return False
        *pairs, (_, _, sources) = [line.partition(" ") for line in lines.decode().splitlines()]
        is_current = sources == self._digest_of_sources()
        return is_current and all(self._is_sound((function, key)) for function, _, key in pairs)

    def open_lock(self, name: str) -> IO[str] | None:
        """The file ``name``, whose lock one holds while one compiles what it is named after; None where there can be
        none.
        """
        path = self.folder / name
        for _ in range(2):
            try:
                return path.open("a")
            except OSError:
                _remove(path)
        return None

    def tidy(self) -> None:
        """Remove what a process that was ended left unfinished, and code that no index names, if nobody writes now."""
        try:
            paths = list(self.folder.iterdir())
        except OSError:
            return
        named = set()
        for path in paths:
            line = _line_of(path) if path.suffix == INDEX else None
            if line is not None:
                named.add(path.with_name(f"{path.stem}.{line[1][:16]}{CODE}"))
        for path in paths:
            if path.suffix == UNFINISHED or (path.suffix == CODE and path not in named):
                _remove(path)

    def _name(self, function: str, key: str) -> tuple[str, str]:
        """``function`` and ``key``, once more with the sources of the function's module."""
        sources = self._sources.get(function.partition(".")[0])
        return function, key if sources is None else _sha256(f"{key} {sources}".encode())

    def _digest_of_sources(self) -> str:
        return _sha256(repr(sorted(self._sources.items())).encode())

    def _is_sound(self, name: tuple[str, str]) -> bool:
        digest = self._digest(name)
        if digest is None:
            return False
        path = self._code_path(name, digest)
        try:
            status = path.stat()
        except OSError:
            return False
        stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._sound.get(path) != stamp:
            code = _read(path)
            if code is None or _sha256(code) != digest:
                return False
            self._sound[path] = stamp
        return True

    def _digest(self, name: tuple[str, str]) -> str | None:
        """What the index says of that code, as far as it can be made out: what is wrong in it agrees with no code."""
        line = _line_of(self._index_path(name))
        return line[1] if line is not None and line[2] == name[1] else None

    def _index_path(self, name: tuple[str, str]) -> Path:
        return self.folder / f"{name[0]}.{name[1][:16]}{INDEX}"

    def _code_path(self, name: tuple[str, str], digest: str) -> Path:
        return self.folder / f"{name[0]}.{name[1][:16]}.{digest[:16]}{CODE}"


def _line_of(index: Path) -> re.Match[str] | None:
    return _LINE.fullmatch((_read(index) or b"").decode("ascii", errors="replace"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write_whole(path: Path, content: bytes) -> None:
    """Raises OSError when ``path`` does not have ``content`` then; what it had is then still there."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}{UNFINISHED}")
    try:
        unfinished.write_bytes(content)
        try:
            unfinished.replace(path)
        except (IsADirectoryError, PermissionError):
            # A folder stands there, which Windows calls a lack of permission.
            _remove(path)
            unfinished.replace(path)
    except BaseException:
        _remove(unfinished)
        raise


def _remove(path: Path) -> None:
    """Whatever is there, as far as it can be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        shutil.rmtree(path, ignore_errors=True)
