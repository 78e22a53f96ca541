"""Files of compiled code, each with its digest beside it: what does not agree with its digest is not there.

Of every function ``NAME.nbi`` has a line for each compilation: the sha256 of its code, and its key. The code is in
``NAME.DIGEST.nbc``. Both come into being whole, the code before the line that names it, and a file of code is never
changed: whoever reads while another writes finds the old, the new or nothing. Whatever happens to these files (cut off,
overwritten, lost, a folder in their place, not ours to read), the answer is that nothing is there.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

INDEX, CODE, UNFINISHED = ".nbi", ".nbc", ".unfinished"
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


class CompiledFiles:
    """The files of one folder; a ``CodeStore`` of the engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._asked_for: set[tuple[str, str]] = set()
        self._sound: dict[Path, tuple[int, ...]] = {}

    def read(self, function: str, key: str) -> bytes | None:
        """The code that was written under these names, if it is whole; a file that is not is removed."""
        self._asked_for.add((function, key))
        digest = self._digests(function).get(key)
        if digest is None:
            return None
        path = self._code_path(function, digest)
        code = _read(path)
        if code is not None and _sha256(code) == digest:
            return code
        _remove(path)
        return None

    def write(self, function: str, key: str, code: bytes) -> None:
        """Keep ``code``. Where that fails (a full disk, a folder that is no longer ours) it is not kept."""
        self._asked_for.add((function, key))
        digest = _sha256(code)
        digests = self._digests(function)
        try:
            _write_whole(self._code_path(function, digest), code)
            _write_whole(self.folder / f"{function}{INDEX}", _lines_of({**digests, key: digest}))
        except OSError:
            # It is used all the same, and compiled again at the next launch. ``write_marker`` tells who wants to know.
            return
        if digests.get(key, digest) != digest:
            _remove(self._code_path(function, digests[key]))

    def write_marker(self, name: str) -> bool:
        """Note in the file ``name`` all that this process has asked for so far; returns whether it is all kept."""
        names = sorted(self._asked_for)
        if not all(self._is_sound(function, key) for function, key in names):
            return False
        lines = "".join(f"{function} {key}\n" for function, key in names).encode()
        try:
            _write_whole(self.folder / name, _sha256(lines).encode() + b"\n" + lines)
        except OSError:
            return False
        return True

    def is_complete(self, name: str) -> bool:
        """Whether all that the marker ``name`` notes is there and whole. What was so once is only looked at again when
        the file has changed: 10 MB take 20 ms, or 50 where the processor has no instructions for it.
        """
        digest, _, lines = (_read(self.folder / name) or b"").partition(b"\n")
        if not lines or _sha256(lines).encode() != digest:
            return False
        pairs = [line.partition(" ") for line in lines.decode().splitlines()]
        return all(self._is_sound(function, key) for function, _, key in pairs)

    def open_lock(self) -> IO[str] | None:
        """The file whose lock one holds while one fills the folder; None where there can be none."""
        path = self.folder / "lock"
        for _ in range(2):
            try:
                return path.open("a")
            except OSError:
                _remove(path)
        return None

    def tidy(self) -> None:
        """Remove what a process that was ended left unfinished, and code that no index names; for who writes alone."""
        try:
            paths = list(self.folder.iterdir())
        except OSError:
            return
        functions = [path.name.removesuffix(INDEX) for path in paths if path.suffix == INDEX]
        named = {
            self._code_path(function, digest) for function in functions for digest in self._digests(function).values()
        }
        for path in paths:
            if path.suffix == UNFINISHED or (path.suffix == CODE and path not in named):
                _remove(path)

    def _is_sound(self, function: str, key: str) -> bool:
        digest = self._digests(function).get(key)
        if digest is None:
            return False
        path = self._code_path(function, digest)
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

    def _digests(self, function: str) -> dict[str, str]:
        """The digests by the keys, as far as the index can be made out: what is wrong in it agrees with no code."""
        text = (_read(self.folder / f"{function}{INDEX}") or b"").decode("ascii", errors="replace")
        lines = [_LINE.fullmatch(line) for line in text.split("\n")]
        return {line[2]: line[1] for line in lines if line}

    def _code_path(self, function: str, digest: str) -> Path:
        return self.folder / f"{function}.{digest[:16]}{CODE}"


def _lines_of(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {key}\n" for key, digest in digests.items()).encode()


def _sha256(content: bytes) -> str:
    # Here, because it takes longer to load than the window has time before it is painted.
    import hashlib

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
