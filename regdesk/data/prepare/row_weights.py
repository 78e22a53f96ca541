"""How much each row counts, from a column of the table, and which rows that leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.cells import CellClass, classify
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError, shorten
from regdesk.data.prepare.wording import count_of

LARGEST_WEIGHT = 1e12
LEAST_WEIGHT = 1e-100
"""Sums of weights of 1e-300 and less have few digits left, and their products none."""
LEAST_SHARE = 1e-12
"""Of the largest weight: sums that both are in lose all digits of what is smaller."""
_BOUNDS = "a weight is 0 or a number from 1e-100 to 1e12"


@dataclass(frozen=True)
class WeighedRows:
    """Rows of the table that count, ``kept`` ``(n_rows,)``, and how much: None where each counts once.

    ``absent`` are the others, whose weight is 0.
    """

    kept: Integers
    weights: Float64s | None
    absent: Integers
    notes: tuple[str, ...] = ()


def weighed_rows(table: Table, column: Column, rows: Integers) -> WeighedRows:
    """``rows`` of ``table`` without those whose weight is 0, which are as good as absent.

    Raises DataError, naming the line, for a cell that is no weight, and where no row is left.
    """
    weights = _weights(table, column, rows)
    kept = weights > 0.0
    n_zero = len(rows) - int(np.count_nonzero(kept))
    if n_zero == len(rows):
        raise DataError(
            "no row is left: every weight is 0; correct the weights or use another column.",
            file=table.path,
            column=column.name,
        )
    rows, absent, weights = rows[kept], rows[~kept], weights[kept]
    notes = [f"{count_of(n_zero, 'row')} left out: the weight is 0."] if n_zero else []
    if (weights == 1.0).all():
        notes.append(f"Rows are weighted by {column.name}, which gives each the weight 1.")
        return WeighedRows(rows, None, absent, tuple(notes))
    total = f"{float(weights.sum()):,.10g}"
    notes.append(
        f"Rows are weighted by {column.name}: {count_of(len(rows), 'row')}, which count as {total}; standard errors, "
        "AIC and BIC take the sum of weights for the number of rows."
    )
    return WeighedRows(rows, weights, absent, tuple(notes))


def _weights(table: Table, column: Column, rows: Integers) -> Float64s:
    missing = rows[column.missing[rows]]
    if missing.size:
        raise _error(
            table,
            column,
            missing[0],
            "a missing cell does not say how much the row counts; write a number of 0 or more.",
        )
    if not isinstance(column, NumberColumn):
        words = (CellClass.WHOLE, CellClass.POINT)
        is_wrong = np.array([classify(level) not in words for level in column.levels])[column.codes[rows]]
        row = int(rows[int(np.argmax(is_wrong))])
        cell = shorten(column.levels[column.codes[row]])
        raise _error(table, column, row, f"{cell} is not a number; a weight is a number of 0 or more.")
    weights = column.numbers[rows]
    for is_wrong, problem in (
        (~np.isfinite(weights), "is not a finite number; a weight is a number of 0 or more."),
        (weights < 0.0, "is below 0; a weight is a number of 0 or more."),
        (weights > LARGEST_WEIGHT, f"is too large; {_BOUNDS}."),
        ((weights > 0.0) & (weights < LEAST_WEIGHT), f"is too small; {_BOUNDS}."),
        (
            (weights > 0.0) & (weights < LEAST_SHARE * weights.max(initial=0.0)),
            f"is too small beside the largest weight, {weights.max(initial=0.0):g}, to change any digit; write 0 for a "
            "row that does not count, or at least 1e-12 of the largest.",
        ),
    ):
        if is_wrong.any():
            row = int(rows[int(np.argmax(is_wrong))])
            raise _error(table, column, row, f"{column.numbers[row]:g} {problem}")
    return weights


def _error(table: Table, column: Column, row: int, problem: str) -> DataError:
    return DataError(problem, file=table.path, row=int(table.row_lines[row]), column=column.name)
