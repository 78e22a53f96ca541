"""Numbers that nothing can be calculated with: too large, too far from all others, or differing by next to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from regdesk.core.fitted.encoding import LARGEST_STANDARDIZED
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.powers import largest_base
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


def check_powers(table: Table, columns: Sequence[Column], degree: int) -> None:
    """Raises DataError for numbers whose power ``degree`` leaves double precision: too large a one, with its line, or
    nothing but numbers so small that all of their powers are 0.
    """
    highest, least = largest_base(degree), LEAST_RAW_SPREAD ** (2.0 / degree)
    for column in columns:
        if not isinstance(column, NumberColumn):
            continue
        sizes = np.abs(column.numbers)
        large = np.flatnonzero(sizes > highest)
        if large.size:
            raise DataError(
                f"{column.numbers[large[0]]:g} is too large to be raised to the power {degree}; choose a smaller "
                "degree or a larger unit.",
                file=table.path,
                row=int(table.row_lines[large[0]]),
                column=column.name,
            )
        most = float(np.max(sizes, initial=0.0, where=~np.isnan(sizes)))
        if 0.0 < most < least:
            raise DataError(
                f"its numbers are {most:g} at most, too small to be raised to the power {degree}; choose a smaller "
                "degree or a smaller unit.",
                file=table.path,
                column=column.name,
            )


def check_outliers(
    table: Table,
    names: tuple[str, ...],
    powers: tuple[int, ...],
    scaler: Standardizer,
    columns: Float64s,
    kept: Integers,
    is_scaled: bool,
    most: float = LARGEST_STANDARDIZED,
) -> None:
    """Raises DataError, naming the line, for a number more than ``most`` deviations from the training rows' mean, or
    than ``most`` where nothing is standardised. ``columns`` ``(n_rows, n_columns)``, which are ``powers`` of
    the file's ``names``, are in original units.
    """
    if not columns.size:
        return
    # Far beyond the deviation of the training rows a quotient may be infinite.
    with np.errstate(over="ignore"):
        # The ends of each column settle it: of a million rows the others would take as much memory as all inputs.
        if np.abs(scaler.apply(np.stack([columns.min(axis=0), columns.max(axis=0)]))).max() <= most:
            return
        scaled = np.abs(scaler.apply(columns))
    row, position = np.unravel_index(int(scaled.argmax()), scaled.shape)
    power = powers[position]
    number = f"{columns[row, position]:g}"
    if power > 1:
        # The number itself stands power − 1 inputs before it.
        number = f"{columns[row, position - power + 1]:g} to the power {power}"
    remedy = "choose a smaller degree, " if power > 1 else ""
    raise DataError(
        f"{number} is too far from the training rows to work with; {remedy}correct it or leave it empty."
        if is_scaled
        else f"{number} is too large to work with as it is; {remedy}standardise it or use a larger unit.",
        file=table.path,
        row=int(table.row_lines[kept[row]]),
        column=names[position],
    )
