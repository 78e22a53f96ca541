"""Numbers that nothing can be calculated with: too large, too far from all others, or differing by next to nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from regdesk.core.model.dataset import Standardizer
from regdesk.core.model.encoding import LARGEST_STANDARDIZED
from regdesk.core.types import Float64s, Integers
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.errors import DataError

LARGEST = 1e300
"""Whatever its unit, a number that is standardised may be as large; its differences from others are still finite."""
LARGEST_RAW_TARGET = 1e140
"""Of a target that is not standardised: its square can still be summed over the rows."""
LEAST_RAW_SPREAD = 1e-140
"""Squares of less, and what they are divided by, leave the range of float64."""


def check_spreads(file: Path, names: tuple[str, ...], columns: Float64s) -> None:
    """Raises DataError for a column of the training rows ``(n_rows, n_columns)`` that varies by next to nothing.

    ``names`` ``(n_columns,)`` are those of the file's columns.
    """
    if not len(columns):
        return
    spreads = np.ptp(columns, axis=0)
    small = np.flatnonzero((spreads > 0.0) & (spreads < LEAST_RAW_SPREAD))
    if small.size:
        raise DataError(
            f"its values differ by {spreads[small[0]]:.2g} at most, too little to work with as they are; standardise "
            "it or use a smaller unit.",
            file=file,
            column=names[small[0]],
        )


def check_magnitudes(table: Table, columns: list[Column]) -> None:
    """Raises DataError, naming the line, for a number that cannot be subtracted from another."""
    for column in columns:
        if not isinstance(column, NumberColumn):
            continue
        large = np.flatnonzero(np.abs(column.numbers) > LARGEST)
        if large.size:
            raise DataError(
                f"{column.numbers[large[0]]:g} is too large to work with; correct it or use a larger unit.",
                file=table.path,
                row=int(table.row_lines[large[0]]),
                column=column.name,
            )


def check_outliers(
    table: Table,
    names: tuple[str, ...],
    scaler: Standardizer,
    columns: Float64s,
    kept: Integers,
    is_scaled: bool,
    most: float = LARGEST_STANDARDIZED,
) -> None:
    """Raises DataError, naming the line, for a number more than ``most`` deviations from the training rows' mean, or
    than ``most`` where nothing is standardised. ``columns`` ``(n_rows, n_columns)``, which come from the file's
    ``names``, are in original units.
    """
    # Far beyond the deviation of the training rows a quotient may be infinite.
    with np.errstate(over="ignore"):
        scaled = np.abs(scaler.apply(columns))
    if not scaled.size or scaled.max() <= most:
        return
    row, position = np.unravel_index(int(scaled.argmax()), scaled.shape)
    raise DataError(
        f"{columns[row, position]:g} is too far from the training rows to work with; correct it or leave it empty."
        if is_scaled
        else f"{columns[row, position]:g} is too large to work with as it is; standardise it or use a larger unit.",
        file=table.path,
        row=int(table.row_lines[kept[row]]),
        column=names[position],
    )
