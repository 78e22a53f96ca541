"""What each column adds to a prediction: the change when that column alone is set to its training mean."""

from __future__ import annotations

import numpy as np

from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.types import Float64s


def contributions(model: CalculatorModel, inputs: Float64s) -> Float64s:
    """``(n_columns, n_answers)``, in the unit of the target or as probabilities.

    The answer at ``inputs`` ``(n_inputs,)``, in original units, less the answer where all inputs of one column stand at
    their training means: of labels at the share of rows that have each of them. Of a model with hidden units these need
    not add up to the difference from the answer at all means. Exactly 0 for a column at its mean, and for one that the
    model does not use.
    """
    others, own = model.sums_without(inputs), model.column_sums(inputs)
    # Both in the same order of terms, or rounding would tell apart what is equal.
    here, there = model.answers_of_sums(others + own), model.answers_of_sums(others + model.column_sums(model.means))
    return np.asarray(here - there)
