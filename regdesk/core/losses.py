"""Data losses: value per row, derivative by the output, the null model, and the link to predictions.

The compiled engine holds the same formulas for its inner loop; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from regdesk.core.types import Float64s, Task

LossKind = Literal["squared", "logistic"]


@dataclass(frozen=True)
class Loss:
    """``squared``: ½(y − z)². ``logistic``: log(1 + e^z) − y z with y in {0, 1} and z the log-odds of class 1."""

    kind: LossKind
    curvature_bound: float
    """Largest second derivative by the output: 1, or ¼ for the logistic loss."""

    def values(self, outputs: Float64s, targets: Float64s) -> Float64s:
        """Loss of each row; all shapes ``(n_rows,)``, on the training scale."""
        if self.kind == "squared":
            return 0.5 * (outputs - targets) ** 2
        softplus = np.maximum(outputs, 0.0) + np.log1p(np.exp(-np.abs(outputs)))
        return np.asarray(softplus - targets * outputs)

    def derivatives(self, outputs: Float64s, targets: Float64s) -> Float64s:
        """∂ℓ/∂z of each row; shapes ``(n_rows,)``."""
        if self.kind == "squared":
            return outputs - targets
        return sigmoid(outputs) - targets

    def null_output(self, targets: Float64s) -> float:
        """The constant output that minimises the mean loss: the mean, or the log-odds. ``targets`` ``(n_rows,)``."""
        mean = float(np.mean(targets))
        if self.kind == "squared":
            return mean
        # A class without rows would put the log-odds at infinity; half a row stands in for it.
        least = 0.5 / len(targets)
        mean = min(max(mean, least), 1.0 - least)
        return float(np.log(mean) - np.log1p(-mean))


SQUARED = Loss("squared", 1.0)
LOGISTIC = Loss("logistic", 0.25)


def sigmoid(outputs: Float64s) -> Float64s:
    """1/(1 + e^−z), without overflow; any shape."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * outputs)))


def loss_for(task: Task) -> Loss:
    """Squared error for regression, log-loss for two classes."""
    return SQUARED if task == "regression" else LOGISTIC
