"""That a file is read as it stood at one moment: what it was before and after, and the digest of the bytes read."""

from __future__ import annotations

import hashlib
import io
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from regdesk.data.errors import DataError

RECENT_NS = 2_000_000_000
"""The coarsest time stamps in use (FAT's) are 2 s apart: a change within that may leave no trace in them."""


@dataclass(frozen=True)
class FileState:
    """What changes when a file is written to or replaced; times in nanoseconds since 1970."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> FileState:
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def state_of(path: Path) -> FileState | None:
    """The state of the file ``path`` now; None where there is none, or none that can be asked."""
    try:
        return FileState.of(path.stat())
    except (OSError, ValueError):
        return None


def states_of(paths: Iterable[Path]) -> tuple[FileState | None, ...]:
    """As ``state_of``, of each."""
    return tuple(map(state_of, paths))


class HashedReader(io.BufferedReader):
    """A file that hashes what is read of it, in one pass."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path))
        self._hash = hashlib.sha256()

    def read1(self, size: int = -1, /) -> bytes:
        """The one way in which a text stream reads."""
        found = super().read1(size)
        self._hash.update(found)
        return found

    @property
    def digest(self) -> str:
        """sha256 of what has been read by ``read1``, in hexadecimal digits."""
        return self._hash.hexdigest()


class FileWatch:
    """Stands over a file while it is read, as often as that takes.

    Attributes:
        digest: sha256 of the bytes of the last complete reading, in hexadecimal digits; empty before.
    """

    def __init__(self, path: Path) -> None:
        self.digest = ""
        self._path = path
        self._before = state_of(path)
        newest_ns = max(self._before.modified_ns, self._before.changed_ns) if self._before else 0
        self._is_recent = time.time_ns() - newest_ns < RECENT_NS

    @contextmanager
    def open(self) -> Iterator[HashedReader]:
        """The file from its start, to be read to its end. Raises DataError, on leaving, when it has changed."""
        with HashedReader(self._path) as stream:
            yield stream
            # On leaving as wanted alone: who gives up reading, or has an error to tell, has no bytes to vouch for.
            self.check()
            is_same = FileState.of(os.fstat(stream.fileno())) == self._before and self.digest in ("", stream.digest)
            if not is_same or (self._is_recent and self._digest_now() != stream.digest):
                raise self._changed()
            self.digest = stream.digest

    def check(self) -> None:
        """Raises DataError when the file is another than it was at the beginning."""
        if state_of(self._path) != self._before:
            raise self._changed()

    def _digest_now(self) -> str:
        with self._path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def _changed(self) -> DataError:
        return DataError(
            "the file changed while it was read, so that its rows would be those of two files; "
            "open it again when nothing writes to it any more, or open a copy.",
            file=self._path,
        )
