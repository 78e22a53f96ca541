"""How much worse a model is on validation rows when one column says nothing about the row it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from regdesk.core.types import Float64s, Floats


@dataclass(frozen=True, eq=False)
class PermutedLosses:
    """Permutation importance (Breiman 2001, section 10) of each column, on the training scale of the loss.

    Attributes:
        parameters: those of the model that was asked, ``(n_parameters,)``.
        epoch: of the moment that they are of.
        increases: ``(n_columns,)``, the mean over the repeats of the validation loss with the column's cells permuted
            among the rows, less the validation loss.
        spreads: ``(n_columns,)``, the standard deviation of that over the repeats.
        loss: the validation loss.
        n_repeats: permutations of each column; they are the same ones for every column.
        n_rows, n_rows_all: validation rows that were asked, and those that there are.
    """

    parameters: Floats
    epoch: float
    increases: Float64s
    spreads: Float64s
    loss: float
    n_repeats: int
    n_rows: int
    n_rows_all: int
