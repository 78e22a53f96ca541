"""Rows that are alike, as one with the sum of their weights: then a weight of 2 is two rows to the last bit.

Both are the same problem, and a linear model's minimum is the same to all digits that matter. A network trains in
float32, where sums over the same rows in another order differ in the seventh digit, and its steps carry that on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Float64s, Integers
from regdesk.sklearn.given_data import Given, text_of

_LEAST_ROWS_A_CLASS = 2
"""Fewer distinct rows are left as they were given: whether there are enough to learn from is a matter of all rows."""


@dataclass(frozen=True, eq=False)
class DistinctRows:
    """``rows`` ``(n_distinct,)`` has the number of the first row of each kind, ``weights`` the sum over all of it."""

    rows: Integers
    weights: Float64s


def distinct_rows(
    given: Mapping[str, Given], targets: NDArray[Any], weights: Float64s | None, n_classes: int
) -> DistinctRows | None:
    """The distinct rows in an order that depends on nothing but themselves; None where all are and each counts once.

    ``n_classes`` is 1 for regression.
    """
    codes = np.column_stack([*map(_codes, given.values()), np.unique(targets, return_inverse=True)[1]])
    distinct, first, kinds = np.unique(codes, axis=0, return_index=True, return_inverse=True)
    sums = np.bincount(kinds.ravel(), weights, len(distinct)).astype(np.float64)
    if (sums == 1.0).all() or len(distinct) <= _LEAST_ROWS_A_CLASS * n_classes:
        return None
    return DistinctRows(first.astype(np.int64), sums)


def picked(cells: Given, rows: Integers) -> Given:
    """Those of ``rows``."""
    return cells[rows] if isinstance(cells, np.ndarray) else [cells[row] for row in rows.tolist()]


def _codes(cells: Given) -> Integers:
    """Of each cell its place among the distinct ones, sorted; missing ones are alike."""
    if isinstance(cells, np.ndarray):
        return np.unique(cells, return_inverse=True)[1].astype(np.int64)
    texts = [text_of(cell) for cell in cells]
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.array([places[text] for text in texts], np.int64)
