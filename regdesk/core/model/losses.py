"""Data losses: value per row, derivative by the outputs, the null model, and the link to predictions.

Outputs are ``(n_rows, n_outputs)`` everywhere; only softmax has more than one. The compiled engine holds the same
formulas for its inner loop; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from regdesk.core.model.row_weights import mean_of_rows, shares_of
from regdesk.core.types import Float64s, Integers, Task

LossKind = Literal["squared", "logistic", "softmax"]


@dataclass(frozen=True)
class Loss:
    """``squared``: ½(y − z)². ``logistic``: log(1 + e^z) − y z with y in {0, 1} and z the log-odds of class 1.

    ``softmax``: log Σₖ e^zₖ − z_y with y the class's index (Bridle 1990).

    With ``row_weights`` it is the loss of these rows alone: what belongs to a row is multiplied by its ``shares``, its
    weight over the mean weight, so that a mean over the rows is the weighted mean. Other rows make a ValueError.
    """

    kind: LossKind
    curvature_bound: float
    """Largest second derivative by the outputs: 1, ¼ for the logistic loss, ½ for softmax (Böhning 1992)."""
    row_weights: Float64s | None = field(default=None, compare=False, repr=False)
    """``(n_rows,)``, as in ``row_weights.py``; None where every row counts once."""

    def weighed(self, weights: Float64s | None) -> Loss:
        """The same loss of rows of these ``weights`` ``(n_rows,)``, or of any rows where they are None."""
        return replace(self, row_weights=weights)

    @cached_property
    def shares(self) -> Float64s | None:
        """``(n_rows,)``, with mean 1; None where every row counts once."""
        return None if self.row_weights is None else shares_of(self.row_weights)

    def values(self, outputs: Float64s, targets: Float64s) -> Float64s:
        """Loss of each row ``(n_rows,)`` for ``outputs`` ``(n_rows, n_outputs)``, on the training scale."""
        plain = self._values(outputs, targets)
        return plain if self.shares is None else self._shares_of(targets) * plain

    def _shares_of(self, targets: Float64s) -> Float64s:
        assert self.shares is not None
        if len(self.shares) != len(targets):
            raise ValueError(f"the loss is that of {len(self.shares)} other rows, not of {len(targets)}")
        return self.shares

    def _values(self, outputs: Float64s, targets: Float64s) -> Float64s:
        if self.kind == "softmax":
            return _softmax_losses(outputs, targets.astype(np.int64))
        single = outputs[:, 0]
        if self.kind == "squared":
            return 0.5 * (single - targets) ** 2
        # By the margin, as a difference would leave no digit of the loss of a row that is far on its own side.
        margins = np.where(targets == 1.0, single, -single)
        return np.asarray(np.maximum(-margins, 0.0) + np.log1p(np.exp(-np.abs(margins))))

    def derivatives(self, outputs: Float64s, targets: Float64s) -> Float64s:
        """∂ℓ/∂z of each row; ``(n_rows, n_outputs)``, each to all of its digits however close to 0."""
        plain = self._derivatives(outputs, targets)
        return plain if self.shares is None else self._shares_of(targets)[:, np.newaxis] * plain

    def _derivatives(self, outputs: Float64s, targets: Float64s) -> Float64s:
        if self.kind == "softmax":
            return _softmax_derivatives(outputs, targets.astype(np.int64))
        if self.kind == "squared":
            return outputs - targets[:, np.newaxis]
        signs = np.where(targets == 1.0, 1.0, -1.0)[:, np.newaxis]
        return -signs * small_sigmoid(-signs * outputs)

    def null_loss(self, targets: Float64s, n_outputs: int = 1) -> float:
        """The mean loss of ``null_outputs``: J of a model without weights. ``targets`` ``(n_rows,)``."""
        outputs = np.tile(self.null_outputs(targets, n_outputs), (len(targets), 1))
        return float(self.values(outputs, targets).mean())

    def null_outputs(self, targets: Float64s, n_outputs: int = 1) -> Float64s:
        """The constant outputs ``(n_outputs,)`` that minimise the mean loss: the mean, or log-odds.

        ``targets`` ``(n_rows,)``. Of softmax's outputs, which a shift does not change, those with mean 0.
        """
        shares = None if self.shares is None else self._shares_of(targets)
        if self.kind == "squared":
            return np.array([mean_of_rows(targets, shares)])
        # A class without rows would put its log-odds at infinity; half a row stands in for it.
        least = 0.5 / len(targets)
        if self.kind == "softmax":
            counts = np.bincount(targets.astype(np.int64), weights=shares, minlength=n_outputs) / len(targets)
            logs = np.log(np.where(counts > 0.0, counts, least))
            return np.asarray(logs - logs.mean())
        mean = float(mean_of_rows(targets, shares))
        # A class that is there may be of less weight than half a row.
        mean = min(max(mean, least), 1.0 - least) if targets.min() == targets.max() else mean
        return np.array([np.log(mean) - np.log1p(-mean)])


SQUARED = Loss("squared", 1.0)
LOGISTIC = Loss("logistic", 0.25)
SOFTMAX = Loss("softmax", 0.5)


def sigmoid(outputs: Float64s) -> Float64s:
    """1/(1 + e^−z), without overflow; any shape."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * outputs)))


def small_sigmoid(outputs: Float64s) -> Float64s:
    """As ``sigmoid``, with all digits where it is close to 0; any shape."""
    powers = np.exp(-np.abs(outputs))
    return np.asarray(np.where(outputs < 0.0, powers, 1.0) / (1.0 + powers))


def softmax(outputs: Float64s) -> Float64s:
    """e^zₖ / Σⱼ e^zⱼ, without overflow; ``(n_rows, n_outputs)``."""
    powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _others(outputs: Float64s, labels: Integers) -> Float64s:
    """How far each logit of a row is above that of its class; −∞ for the class itself. ``(n_rows, n_outputs)``."""
    rows = np.arange(len(labels))
    above = outputs - outputs[rows, labels][:, np.newaxis]
    above[rows, labels] = -np.inf
    return above


def _softmax_losses(outputs: Float64s, labels: Integers) -> Float64s:
    above = _others(outputs, labels)
    largest = np.maximum(above.max(axis=1), 0.0)
    powers = np.exp(above - largest[:, np.newaxis]).sum(axis=1)
    # log(1 + Σ e^above): of a row that is far on its own side the 1 is kept apart, or the sum would be lost in it.
    return np.asarray(np.where(largest > 0.0, largest + np.log(np.exp(-largest) + powers), np.log1p(powers)))


def _softmax_derivatives(outputs: Float64s, labels: Integers) -> Float64s:
    above = _others(outputs, labels)
    largest = np.maximum(above.max(axis=1, keepdims=True), 0.0)
    powers = np.exp(above - largest)
    found = powers / (np.exp(-largest) + powers.sum(axis=1, keepdims=True))
    # Of the class itself p − 1, as minus the sum of the others.
    found[np.arange(len(labels)), labels] = -found.sum(axis=1)
    return np.asarray(found)


def class_probabilities(outputs: Float64s) -> Float64s:
    """Probabilities ``(n_rows, n_classes)`` from ``outputs`` ``(n_rows, n_outputs)``: log-odds, or a logit a class."""
    if outputs.shape[1] > 1:
        return softmax(outputs)
    second = sigmoid(outputs)
    return np.hstack([1.0 - second, second])


def loss_for(task: Task, n_outputs: int = 1) -> Loss:
    """Squared error for regression, log-loss for two classes, softmax cross-entropy for more."""
    if task == "regression":
        return SQUARED
    return LOGISTIC if n_outputs == 1 else SOFTMAX
