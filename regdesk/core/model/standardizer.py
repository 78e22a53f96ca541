"""The figures that standardise columns, and what they make of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.types import Float64s, Integers


@dataclass(frozen=True)
class Standardizer:
    """x ↦ (x − mean) / scale, one figure per column, shapes ``(n_columns,)``.

    ``scale`` is the population standard deviation, or 1 where all values are equal; such a column becomes exactly 0.
    """

    mean: Float64s
    scale: Float64s

    @classmethod
    def fit(cls, columns: Float64s, weights: Float64s | None = None) -> Standardizer:
        """Figures of ``columns``, shape ``(n_rows, n_columns)``; without rows the identity.

        ``weights`` ``(n_rows,)`` say how much each row counts; None: once.
        """
        if not len(columns):
            return cls.identity(columns.shape[1])
        mean, deviation = means_and_deviations(columns, weights)
        return cls(mean, np.where(deviation > 0, deviation, 1.0))

    @classmethod
    def identity(cls, n_columns: int) -> Standardizer:
        return cls(np.zeros(n_columns), np.ones(n_columns))

    def apply(self, columns: Float64s) -> Float64s:
        """``columns`` ``(n_rows, n_columns)`` in original units, standardised."""
        found = columns - self.mean
        # In place: of 10,000 × 1,000 a second copy takes 40 ms.
        found /= self.scale
        return found

    def of_rows(self, columns: Float64s, rows: Integers) -> Float64s:
        """``apply`` of some ``rows`` of ``columns``, without a copy between."""
        found = columns[rows]
        found -= self.mean
        found /= self.scale
        return found

    def invert(self, columns: Float64s) -> Float64s:
        """``columns`` ``(n_rows, n_columns)`` standardised, in original units."""
        return columns * self.scale + self.mean
