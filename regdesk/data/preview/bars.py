"""A histogram of a column that fits into a cell of a list."""

from __future__ import annotations

import numpy as np

from regdesk.data.csv.table import MISSING_CODE, Column, NumberColumn

MOST_BARS = 16


def bars_of(column: Column) -> tuple[float, ...]:
    """Heights from 0 to 1: of ``MOST_BARS`` equal parts from the smallest number to the largest, of each value where
    there are fewer, or of the most frequent words; empty where every cell is missing.
    """
    if isinstance(column, NumberColumn):
        present = column.numbers[~column.missing]
        if not present.size:
            return ()
        if column.distinct > MOST_BARS:
            counts = _binned(present, float(present.min()), float(present.max()))
        else:
            _, counts = np.unique(present, return_counts=True)
    else:
        counts = np.bincount(column.codes[column.codes != MISSING_CODE], minlength=1)
        counts = -np.sort(-counts[counts > 0])[:MOST_BARS]
        if not counts.size:
            return ()
    return tuple((counts / counts.max()).tolist())


def _binned(present: np.ndarray, low: float, high: float) -> np.ndarray:
    # Halved first: the difference of two large numbers may leave all floats.
    share = (present / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0)
    return np.bincount(np.minimum((share * MOST_BARS).astype(np.int64), MOST_BARS - 1), minlength=MOST_BARS)
