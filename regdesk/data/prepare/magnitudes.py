"""Columns whose numbers differ by so little that their squares are no numbers, where nothing is standardised."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.errors import DataError

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
