"""What is kept of a table to say later what of it has changed: 8 bytes a row and as much a column, and no cell."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Integers
from regdesk.data.csv.table import Column, NumberColumn, Table

Marks = NDArray[np.uint64]
MOST_ROWS = 100_000
"""Of longer tables the rows are not kept one by one."""
MOST_NAMED = 5
_ODD, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)
_MISSING = np.uint64(0x5851F42D4C957F2D)


@dataclass(frozen=True)
class TablePrint:
    """Of a table with ``n_rows``: its columns' names, kinds and marks, and the marks of its rows in their order.

    Equal columns have equal marks, and so have equal rows; others have others, but for one pair in 10¹⁹. ``rows`` are
    the bytes of ``(n_rows,)`` numbers of 8 bytes, little-endian; empty for a table of more than ``MOST_ROWS``.
    """

    n_rows: int
    columns: tuple[tuple[str, str, str], ...]
    rows: bytes = b""

    @property
    def row_marks(self) -> Marks:
        return np.frombuffer(self.rows, "<u8")


def print_of(table: Table) -> TablePrint:
    """What is kept of ``table``."""
    columns, rows = [], np.zeros(table.n_rows, np.uint64)
    for column in table.columns:
        cells = _cell_marks(column)
        columns.append((column.name, column.kind, hashlib.blake2b(cells.tobytes(), digest_size=8).hexdigest()))
        rows = _mixed(rows * _STEP + cells)
    return TablePrint(table.n_rows, tuple(columns), rows.astype("<u8").tobytes() if len(rows) <= MOST_ROWS else b"")


def to_dict(kept: TablePrint) -> dict[str, Any]:
    """As JSON holds it."""
    return {"n_rows": kept.n_rows, "columns": [list(one) for one in kept.columns], "rows": kept.rows.hex()}


def from_dict(record: Any) -> TablePrint:
    """What ``to_dict`` has made. Raises ValueError, a sentence, where it is nothing such."""
    if not isinstance(record, Mapping) or set(record) != {"n_rows", "columns", "rows"}:
        raise ValueError("it is no print of a table")
    n_rows, columns, rows = record["n_rows"], record["columns"], record["rows"]
    if isinstance(n_rows, bool) or not isinstance(n_rows, int) or n_rows < 0 or not isinstance(columns, list):
        raise ValueError("a print of a table has a number of rows and a list of columns")
    if not all(
        isinstance(one, list) and len(one) == 3 and all(isinstance(part, str) for part in one) for one in columns
    ):
        raise ValueError("of a column its print has the name, the kind and a mark")
    if not isinstance(rows, str):
        raise ValueError("the marks of rows are hexadecimal digits")
    found = bytes.fromhex(rows)
    if len(found) not in (0, 8 * n_rows):
        raise ValueError("there are not as many marks as rows")
    return TablePrint(n_rows, tuple((one[0], one[1], one[2]) for one in columns), found)


def differences(kept: TablePrint, table: Table) -> tuple[str, ...]:
    """Sentences on how ``table`` differs from what is kept of it; none where every row and column is the same."""
    now = print_of(table)
    return (*_column_differences(kept, now), *_row_differences(kept, now, table.row_lines))


def _column_differences(kept: TablePrint, now: TablePrint) -> list[str]:
    before, after = ({name: kind for name, kind, _ in one.columns} for one in (kept, now))
    found = []
    gone, new = [name for name in before if name not in after], [name for name in after if name not in before]
    if gone:
        found.append(f"{_named('column', gone)} {'is' if len(gone) == 1 else 'are'} gone.")
    if new:
        found.append(f"{_named('column', new)} {'is' if len(new) == 1 else 'are'} new.")
    found += [
        f"Column '{name}' was {before[name]} and is {after[name]}."
        for name in before
        if name in after and before[name] != after[name]
    ]
    if not (gone or new) and list(before) != list(after):
        found.append("The columns are in another order.")
    return found


def _row_differences(kept: TablePrint, now: TablePrint, lines: Integers) -> list[str]:
    found = []
    if kept.n_rows != now.n_rows:
        found.append(f"It had {_rows(kept.n_rows)} and has {now.n_rows:,}.")
    marks = {name: mark for name, _, mark in kept.columns}
    others = [name for name, _, mark in now.columns if name in marks and marks[name] != mark]
    same_columns = [name for name, *_ in kept.columns] == [name for name, *_ in now.columns]
    if not (kept.rows and now.rows and same_columns):
        if others and kept.n_rows == now.n_rows:
            found.append(f"Cells differ in {_named('column', others, '')}.")
        return found
    if kept.n_rows == now.n_rows:
        at = np.flatnonzero(kept.row_marks != now.row_marks)
        if len(at):
            found.append(f"Cells differ in {_in_lines(lines[at])}, in {_named('column', others, '')}.")
            if np.array_equal(np.sort(kept.row_marks), np.sort(now.row_marks)):
                found[-1] = f"The rows are the same, in another order: {_rows(len(at))} stand elsewhere."
        return found
    is_new = _not_in(now.row_marks, kept.row_marks)
    n_gone = int(_not_in(kept.row_marks, now.row_marks).sum())
    if is_new.any():
        found.append(f"New, or with other cells: {_in_lines(lines[is_new])}.")
    if n_gone:
        found.append(f"Gone, or with other cells: {_rows(n_gone)}.")
    return found


def _cell_marks(column: Column) -> Marks:
    """``(n_rows,)``: equal for equal cells."""
    if isinstance(column, NumberColumn):
        # −0 is 0.
        bits = (column.numbers + 0.0).astype("<f8").view(np.uint64)
        return np.where(column.missing, _MISSING, _mixed(bits))
    levels = np.array([_level_mark(level) for level in column.levels] or [0], np.uint64)
    return np.where(column.missing | (column.codes < 0), _MISSING, levels[np.maximum(column.codes, 0)])


def _level_mark(level: str) -> int:
    return int.from_bytes(hashlib.blake2b(level.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _mixed(marks: Marks) -> Marks:
    """Every bit of a mark depends on all of it (SplitMix64, Steele, Lea and Flood 2014)."""
    found = (marks ^ (marks >> np.uint64(30))) * _STEP
    found = (found ^ (found >> np.uint64(27))) * _ODD
    mixed: Marks = found ^ (found >> np.uint64(31))
    return mixed


def _not_in(marks: Marks, others: Marks) -> NDArray[np.bool_]:
    """``(n_marks,)``: of those that occur oftener here than among ``others``, the ones that are too many."""
    order = np.argsort(marks, kind="stable")
    kept = marks[order]
    first = np.searchsorted(kept, kept, side="left")
    pool = np.sort(others)
    n_others = np.searchsorted(pool, kept, side="right") - np.searchsorted(pool, kept, side="left")
    found = np.zeros(len(marks), bool)
    found[order] = np.arange(len(marks)) - first >= n_others
    return found


def _rows(n: int) -> str:
    return "1 row" if n == 1 else f"{n:,} rows"


def _in_lines(lines: Integers) -> str:
    named = _listed(f"{line:,}" for line in lines[:MOST_NAMED].tolist())
    more = f" and {len(lines) - MOST_NAMED:,} more" if len(lines) > MOST_NAMED else ""
    return f"line {named}" if len(lines) == 1 else f"{_rows(len(lines))} (lines {named}{more})"


def _named(one: str, names: list[str], ending: str = "s") -> str:
    listed = _listed(f"'{name}'" for name in names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    word = one if len(names) == 1 else f"{one}s"
    word = word if not ending else word.capitalize()
    return f"{word} {listed}{more}"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
