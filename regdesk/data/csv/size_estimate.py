"""What a large file will need, before it is read: from its size and its first lines."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from pathlib import Path

from regdesk.core.reading_options import ReadingOptions
from regdesk.data.csv.dialect import find_dialect
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.lines import allow_long_cells

MANY_ROWS = 5_000_000
"""From it on what a file needs is told: an estimate of 10,000,000 is never so far off."""
HEAD_BYTES = 262_144
_LINES_SPLIT = 50
LEAST_BYTES = 20_000_000
"""Of a file of so many rows, each of them two digits and two line ends."""
_BYTES_A_CELL, _BYTES_A_ROW, _BYTES_ALWAYS = 12, 16, 100_000_000
"""Measured: of 1,000,000 rows and 20 columns of numbers, at most."""
_BYTES_A_SECOND = 80_000_000
"""That are read on a processor of 2023."""


@dataclass(frozen=True)
class SizeEstimate:
    """About how many rows and columns a file has, and what it takes to read all of it."""

    n_rows: int
    n_columns: int
    memory_bytes: int
    seconds: int

    @property
    def is_large(self) -> bool:
        """Whether there are so many rows, or so many cells for this machine, that it is told before reading."""
        return self.n_rows >= MANY_ROWS or self.memory_bytes > _memory_of_machine() // 2

    @property
    def needs(self) -> str:
        """What reading takes, in a sentence."""
        return (
            f"there are about {_rounded(self.n_rows):,} rows and {self.n_columns:,} columns, and to read them takes "
            f"about {max(round(self.memory_bytes / 1e9, 1), 0.1)} GB of memory and {_duration(self.seconds)}; to train "
            "on them takes more."
        )


def estimate_size(path: Path, options: ReadingOptions) -> SizeEstimate | None:
    """What reading the text file ``path`` will take; None for a file that is small for certain, or cannot be read."""
    try:
        size = path.stat().st_size
        if size < LEAST_BYTES or not path.is_file():
            return None
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:
        return None
    text = head.decode(options.encoding or _encoding_of(head), "replace")
    lines = text.splitlines(keepends=True)[:-1]
    if not lines:
        return None
    allow_long_cells()
    n_columns = find_dialect(lines[:_LINES_SPLIT], options, Layout("utf-8", ",")).width
    n_rows = int(size / len(head) * len(text) / len("".join(lines)) * len(lines))
    memory = n_rows * (_BYTES_A_CELL * n_columns + _BYTES_A_ROW) + _BYTES_ALWAYS
    return SizeEstimate(n_rows, n_columns, memory, size // _BYTES_A_SECOND)


def _encoding_of(head: bytes) -> str:
    """Near enough to count lines."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8" if b"\0" not in head else "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"


def _memory_of_machine() -> int:
    try:
        return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, ValueError, OSError):
        # Windows has no such figure: half of 8 GB is much for a table.
        return 8_000_000_000


def _rounded(number: int) -> int:
    """To two digits."""
    step = int(10 ** max(len(str(number)) - 2, 0))
    return round(number / step) * step


def _duration(seconds: int) -> str:
    if seconds < 10:
        return "some seconds"
    return f"{_rounded(seconds)} s" if seconds < 120 else f"{round(seconds / 60)} minutes"
