"""A packed file, unpacked: piece by piece, and no further than a table of that size can need."""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import lzma
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from regdesk.data.csv.lines import Progress
from regdesk.data.errors import DataError, listing, shorten

PIECE = 1 << 20
MOST_TIMES = 200
"""Text of numbers shrinks to a third, of few words to a hundredth; what is far smaller is a bomb or all the same."""
ALWAYS_ALLOWED = 256 << 20
MOST_UNPACKED = 16 << 30
MOST_MEMORY = 1 << 30
"""That xz may take: its files say themselves how much they need, up to 4 GB."""


class Readable(Protocol):
    """What gives bytes, piece by piece."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; none at the end."""


_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, OSError, ValueError, IndexError, KeyError)


def unpack(path: Path, packed: str, target: Path, progress: Progress) -> None:
    """Write what the file ``path`` holds, which is ``packed`` ('a gzip file', …), to ``target``.

    Raises DataError when it is damaged, cannot be unpacked here, or unpacks to far more than a table has.
    """
    with _damage_named(path, packed), path.open("rb") as raw:
        copy_bounded(path, _unpacked(path, packed, raw), target, _share_of(raw, path, progress))


def unpack_member(path: Path, member: str, target: Path, progress: Progress) -> None:
    """Write the file called ``member`` of the zip archive ``path`` to ``target``. Raises DataError as ``unpack``."""
    with _damage_named(path, "a zip archive"), path.open("rb") as raw, zipfile.ZipFile(raw) as archive:
        if archive.getinfo(member).flag_bits & 1:
            raise DataError("the file in this zip archive is encrypted; unpack it with its password.", file=path)
        with archive.open(member) as stream:
            copy_bounded(path, stream, target, _share_of(raw, path, progress))


def members_of(path: Path) -> tuple[str, ...]:
    """Names of the files in the zip archive ``path``, without what systems add to them. Raises DataError."""
    with _damage_named(path, "a zip archive"), zipfile.ZipFile(path) as archive:
        names = (info.filename for info in archive.infolist() if not info.is_dir())
        return tuple(
            name for name in names if not name.startswith("__MACOSX/") and not name.rpartition("/")[2].startswith(".")
        )


def copy_bounded(path: Path, stream: Readable, target: Path, after_piece: Callable[[], None]) -> None:
    """Write all of ``stream``, unpacked from ``path``, to ``target``. Raises DataError when it is out of proportion."""
    size = path.stat().st_size
    most = min(max(ALWAYS_ALLOWED, MOST_TIMES * size), MOST_UNPACKED)
    written = 0
    with target.open("wb") as copy:
        while piece := stream.read(PIECE):
            written += len(piece)
            if written > most:
                raise DataError(
                    f"its {size:,} bytes unpack to more than {most:,}, which no ordinary table does; "
                    "unpack it yourself if it is to be trusted, and open what comes out.",
                    file=path,
                )
            copy.write(piece)
            after_piece()


def _unpacked(path: Path, packed: str, raw: IO[bytes]) -> Readable:
    if packed == "a gzip file":
        return gzip.GzipFile(fileobj=raw, mode="rb")
    if packed == "a bzip2 file":
        return bz2.BZ2File(raw)
    if packed == "an xz file":
        return io.BufferedReader(_XzReader(raw), PIECE)
    return _ZstdReader(path, raw)


class _ZstdReader:
    """A Zstandard file, by the library that comes with Python 3.14 or by its backport."""

    def __init__(self, path: Path, raw: IO[bytes]) -> None:
        module = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
        try:
            zstd: Any = importlib.import_module(module)
        except ImportError:
            problem = (
                "Zstandard is read with backports.zstd (pip install 'regdesk[zst]') or with Python 3.14; install it, "
                "or unpack the file first (zstd -d)."
            )
            raise DataError(problem, file=path) from None
        self._stream, self._error = zstd.open(raw, "rb"), zstd.ZstdError

    def read(self, size: int, /) -> bytes:
        """As ``Readable``; of a damaged file it raises ValueError."""
        try:
            found: bytes = self._stream.read(size)
        except self._error as error:
            raise ValueError(str(error)) from None
        return found


class _XzReader(io.RawIOBase):
    """The streams of an xz file, one after the other, in bounded memory; ``lzma.LZMAFile`` knows no bound."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, MOST_MEMORY)

    def readable(self) -> bool:
        return True

    # What it is handed is a collections.abc.Buffer, which Python has from 3.12 on.
    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            if self._stream.eof:
                rest = (self._stream.unused_data or self._raw.read(PIECE)).lstrip(b"\0")
                if not rest:
                    return 0
                self._stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, MOST_MEMORY)
            elif self._stream.needs_input:
                rest = self._raw.read(PIECE)
                if not rest:
                    raise EOFError("the file ends before its stream does")
            else:
                rest = b""
            found = self._stream.decompress(rest, len(buffer))
            if found:
                buffer[: len(found)] = found
                return len(found)


def _share_of(raw: IO[bytes], path: Path, progress: Progress) -> Callable[[], None]:
    size = max(path.stat().st_size, 1)
    return lambda: progress(min(raw.tell() / size, 1.0))


@contextmanager
def _damage_named(path: Path, packed: str) -> Iterator[None]:
    """What the libraries raise over a damaged file becomes one sentence."""
    try:
        yield
    except NotImplementedError as error:
        raise DataError(f"it is {packed} that cannot be unpacked here ({error}); unpack it first.", file=path) from None
    except RuntimeError as error:
        # Of an encrypted archive, and of nothing else in ``zipfile``; cancelling raises errors of other classes.
        if type(error) is not RuntimeError:
            raise
        raise DataError(f"it is {packed} that cannot be unpacked ({error}).", file=path) from None
    except _DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise DataError(f"it cannot be unpacked ({error.strerror}).", file=path) from None
        reason = shorten(str(error) or type(error).__name__, 100)
        raise DataError(f"it is {packed} and damaged or cut off ({reason}); fetch it again.", file=path) from None


def only_member(path: Path, names: tuple[str, ...], wanted: str | None) -> tuple[str, bool]:
    """The file of a zip archive to be read, and whether ``wanted`` chose it. Raises DataError when several may be."""
    if wanted in names and wanted is not None:
        return wanted, True
    if len(names) == 1:
        return names[0], False
    if not names:
        raise DataError("this zip archive holds no file.", file=path)
    raise DataError(
        f"this zip archive holds {len(names)} files: {listing([shorten(name) for name in names])}; "
        "choose one with --sheet, or unpack it and open the one with the table.",
        file=path,
    )
