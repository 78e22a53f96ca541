"""Rows as they are shown before a file is opened: those of a table, or the lines of a text that is none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from regdesk.data.csv.table import NumberColumn, Table

MOST_LINES, MOST_CHARACTERS = 200, 1000
"""Of a text that cannot be read: lines that are shown before and after the fault, and characters of each."""

MOST_LINES_SOUGHT = 200_000
"""To find a line takes a second for some millions of them."""


@dataclass(frozen=True)
class TableRows:
    """The rows of ``table``: numbers as numbers, words as the file has them."""

    table: Table

    @property
    def n_rows(self) -> int:
        return self.table.n_rows

    def text(self, row: int, column: int) -> str | None:
        """What is in the cell; None where it is missing."""
        cells = self.table.columns[column]
        if cells.missing[row]:
            return None
        if isinstance(cells, NumberColumn):
            return _digits(float(cells.numbers[row]))
        word: str = cells.levels[cells.codes[row]]
        return word

    def line(self, row: int) -> int:
        """The line of the file on which ``row`` begins."""
        return int(self.table.row_lines[row])

    def row_at(self, line: int) -> int:
        """The last row that begins on ``line`` or before, where it is one of several lines; else the next one."""
        after = int(np.searchsorted(self.table.row_lines, line, "right"))
        if after and (self.line(after - 1) == line or after == self.n_rows):
            return after - 1
        return after


@dataclass(frozen=True)
class TextLines:
    """Lines of a text as they stand in it, from line ``first`` on, in one column."""

    lines: tuple[str, ...] = ()
    first: int = 1

    @property
    def n_rows(self) -> int:
        return len(self.lines)

    def text(self, row: int, _column: int) -> str | None:
        """The line, cut where it is long."""
        return self.lines[row]

    def line(self, row: int) -> int:
        return self.first + row

    def row_at(self, line: int) -> int:
        return min(max(line - self.first, 0), max(len(self.lines) - 1, 0))


def lines_around(file: Path, line: int | None, encoding: str | None) -> TextLines:
    """Lines of ``file`` around ``line``, or its first ones; what is no text in ``encoding`` is replaced.

    None where the file cannot be opened.
    """
    first = max((line or 1) - MOST_LINES, 1)
    found = []
    try:
        with file.open(encoding=encoding or "utf-8-sig", errors="replace", newline="") as stream:
            for text in islice(stream, first - 1, first - 1 + 2 * MOST_LINES):
                whole = text.rstrip("\r\n")
                found.append(whole if len(whole) <= MOST_CHARACTERS else f"{whole[: MOST_CHARACTERS - 1]}…")
    except (OSError, UnicodeError, LookupError):
        return TextLines()
    return TextLines(tuple(found), first)


def texts_of_lines(file: Path, wanted: Collection[int], encoding: str) -> dict[int, str]:
    """What stands on the ``wanted`` lines of ``file``, of those among the first ``MOST_LINES_SOUGHT``."""
    last = max((line for line in wanted if line <= MOST_LINES_SOUGHT), default=0)
    found = {}
    try:
        with file.open(encoding=encoding, errors="replace", newline="") as stream:
            for number, text in enumerate(islice(stream, last), 1):
                if number in wanted:
                    found[number] = text.rstrip("\r\n")[:MOST_CHARACTERS]
    except (OSError, UnicodeError, LookupError):
        pass
    return found


def _digits(value: float) -> str:
    """No more digits than it takes to read the same number again."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < 2.0**53 else repr(value)
