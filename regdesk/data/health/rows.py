"""Rows that are there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from regdesk.core.stopping import Stop
from regdesk.core.words.data_facts import HealthFinding
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.health.sample import sampled
from regdesk.data.health.wording import named

_SCATTERED = 0.5
"""Of the rows: a column with as many values hardly has the same one twice by chance where all others have theirs."""
_LEAST_ROWS = 10
_MOST_BY_CHANCE = 0.01
_ROWS_COUNTED = 20_000
_MIXING = np.uint64(0x9E3779B97F4A7C15)


def row_findings(table: Table, parts: Sequence[Column] = (), stop: Stop | None = None) -> Iterator[HealthFinding]:
    """Rows that are alike in all cells but those of identifiers, where that is no chance.

    ``parts`` are the columns that split the rows: by them copies differ, and it is told how many do.
    """
    apart = {column.name for column in parts}
    columns = [one for one in table.columns if one.kind not in ("identifier", "constant") and one.name not in apart]
    scattered = max((one.distinct for one in columns), default=0)
    if table.n_rows < _LEAST_ROWS or not _SCATTERED * table.n_rows <= scattered < table.n_rows:
        # Where one column tells all rows apart there is nothing to look for.
        return
    stop = stop or Stop()
    keys = _keys(columns, table.n_rows, stop)
    order = np.argsort(keys, kind="stable")
    # Rows with one key stand in the order of the file, so that each may be a copy of the one before it.
    later = np.flatnonzero(keys[order][1:] == keys[order][:-1])
    earlier_rows, later_rows = order[later], order[later + 1]
    is_same = np.ones(len(later), np.bool_)
    for column in columns:
        stop.check()
        is_same &= _equal(column, earlier_rows, later_rows)
    n_copies = int(np.count_nonzero(is_same))
    if not n_copies or _expected_pairs(columns, table.n_rows) > _MOST_BY_CHANCE:
        return
    lines = np.sort(later_rows[is_same])
    first = int(lines[0])
    model = int(earlier_rows[is_same][int(np.argmin(later_rows[is_same]))])
    copies = "1 row is a copy of an earlier one" if n_copies == 1 else f"{n_copies:,} rows are copies of earlier ones"
    yield HealthFinding(
        "copied rows", (), n_copies,
        f"{copies}, the first in line {int(table.row_lines[first])} (of line {int(table.row_lines[model])}); in "
        "training and validation at once a row makes a model look better than it is"
        f"{_across(parts, earlier_rows[is_same], later_rows[is_same])}.",
    )  # fmt: skip


def _across(parts: Sequence[Column], earlier: NDArray[np.integer], later: NDArray[np.integer]) -> str:
    """How many of the ``later`` rows are in another part than the ``earlier`` ones that they copy."""
    said = ""
    for column in parts:
        n_across = int(np.count_nonzero(~_equal(column, earlier, later)))
        if n_across:
            are = "is" if n_across == 1 else "are"
            said += f"; by {named([column.name])} {n_across:,} of them {are} in another part than the earlier row"
    return said


def _expected_pairs(columns: Sequence[Column], n_rows: int) -> float:
    """How many pairs of rows would be alike by chance if no column knew of another, at most."""
    expected = 0.5 * n_rows * (n_rows - 1)
    for column in columns:
        cells = column.numbers if isinstance(column, NumberColumn) else column.codes
        _, counts = np.unique(sampled(cells, _ROWS_COUNTED), return_counts=True)
        n_seen = int(counts.sum())
        n_pairs = 0.5 * n_seen * (n_seen - 1)
        # What is in no pair of the sample may be in the next.
        expected *= min(1.0, (0.5 * float(counts @ (counts - 1)) + 1.0) / n_pairs)
    return expected


def _keys(columns: Sequence[Column], n_rows: int, stop: Stop) -> NDArray[np.uint64]:
    """A number for each row ``(n_rows,)``; rows that are alike have one, and hardly any others."""
    keys = np.zeros(n_rows, np.uint64)
    for column in columns:
        stop.check()
        if isinstance(column, NumberColumn):
            # Of zero there are two, and of what is no number many.
            cells = np.where(column.missing, np.nan, column.numbers + 0.0).view(np.uint64)
        else:
            cells = column.codes.astype(np.uint64)
        keys = (keys ^ cells) * _MIXING
        keys ^= keys >> np.uint64(29)
    return keys


def _equal(column: Column, first: NDArray[np.integer], second: NDArray[np.integer]) -> NDArray[np.bool_]:
    if isinstance(column, NumberColumn):
        one, other = column.numbers[first], column.numbers[second]
        return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))
    return np.asarray(column.codes[first] == column.codes[second])
