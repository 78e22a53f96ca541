"""How well models do on rows that were held out, and the rules that choose one λ of many."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.metrics import classification_scores
from regdesk.core.model.row_weights import n_counted
from regdesk.core.types import Float64s, Task


class FoldScores(NamedTuple):
    """One fold's model at one λ; losses on the scale of all rows, NaN where there are no rows or no such score.

    A tuple, as a sweep of a hundred λ makes five hundred of them in a few milliseconds.

    Attributes:
        row_error: standard error of ``validation_loss`` over the rows.
        has_optimum: whether there is a best model, which this one is.
    """

    train_loss: float
    validation_loss: float
    accuracy: float = math.nan
    auroc: float = math.nan
    row_error: float = math.nan
    has_optimum: bool = True


def unit_of_losses(fold: Dataset, whole: Dataset) -> float:
    """What puts the losses of ``fold``, whose target is scaled by its own deviation, on the scale of ``whole``."""
    return float(fold.target_scaler.scale[0] / whole.target_scaler.scale[0]) ** 2


def averages_of(found: Sequence[FoldScores], shares: Sequence[float]) -> tuple[float, float, float, float, float]:
    """Training loss, validation loss, its standard error, accuracy and AUROC, weighted by the folds' rows.

    ``shares`` are those of the folds in the rows held out, in Σ w where rows have weights: see ``shares_of_folds``.
    """
    losses = [one.validation_loss for one in found]
    mean = _mean(losses, shares)
    # By a power of two, which rounds nothing: losses of raw targets may have no square.
    unit = math.ldexp(1.0, max(math.frexp(loss - mean)[1] for loss in losses))
    spread = _mean([((loss - mean) / unit) ** 2 for loss in losses], shares)
    return (
        _mean([one.train_loss for one in found], shares),
        mean,
        unit * math.sqrt(spread / (len(found) - 1)) if len(found) > 1 else found[0].row_error,
        _mean([one.accuracy for one in found], shares),
        _mean([one.auroc for one in found], shares),
    )


def shares_of_folds(folds: Sequence[Dataset]) -> list[float]:
    """The share of each of ``folds`` in the rows held out, which count as much as they weigh."""
    counts = [fold.n_counted(fold.split.validation) for fold in folds]
    return [count / sum(counts) for count in counts]


def scores_of(
    loss: Loss, task: Task, unit: float, train_loss: float, outputs: Float64s, targets: Float64s
) -> FoldScores:
    """One fold's model from its ``outputs`` ``(n_rows, n_outputs)`` on the rows held out; losses times ``unit``.

    ``train_loss`` is on the fold's own scale, ``targets`` ``(n_rows,)`` too. ``loss`` is that of these rows; where they
    have weights, Σ w stands for their number in the standard error as well.
    """
    losses = unit * loss.values(outputs, targets)
    accuracy = auroc = math.nan
    if task == "classification":
        figures = classification_scores(targets, outputs, loss.row_weights)
        accuracy, auroc = figures.accuracy, figures.auroc
    return FoldScores(unit * train_loss, float(losses.mean()), accuracy, auroc, _row_error(losses, loss))


def _row_error(losses: Float64s, loss: Loss) -> float:
    """Standard error of the mean of ``losses`` ``(n_rows,)`` of ``loss``; NaN where the rows count as one at most."""
    if loss.shares is None:
        return float(losses.std(ddof=1)) / math.sqrt(len(losses)) if len(losses) > 1 else math.nan
    n_rows = n_counted(loss.row_weights, len(losses))
    if n_rows <= 1.0:
        return math.nan
    deviation = float(means_and_deviations((losses / loss.shares)[:, np.newaxis], loss.row_weights)[1][0])
    return deviation / math.sqrt(n_rows - 1.0)


def _mean(values: Sequence[float], shares: Sequence[float]) -> float:
    return sum(map(operator.mul, values, shares), 0.0)


class Choosable(Protocol):
    """A point that a rule may choose, of a linear model or of a network."""

    @property
    def validation_loss(self) -> float: ...

    @property
    def has_optimum(self) -> bool: ...


def losses_to_choose_by(points: Sequence[Choosable]) -> Float64s:
    """Validation losses ``(n_points,)``, NaN where there is no best model to choose; all, where there is none at all.

    Of classes that can be told apart what a solver ends with at λ = 0 depends on when it gives up.
    """
    losses = np.array([point.validation_loss for point in points], dtype=np.float64)
    has_optimum: NDArray[np.bool_] = np.array([point.has_optimum for point in points])
    choosable = np.where(has_optimum, losses, np.nan)
    return choosable if np.isfinite(choosable).any() else losses


def lowest(lambdas: Float64s, values: Float64s) -> int | None:
    """The number of the λ with the least of ``values`` ``(n_lambdas,)``, NaN apart; among equals the largest λ.

    None where no value is finite.
    """
    if not np.isfinite(values).any():
        return None
    least = np.flatnonzero(values == np.nanmin(values))
    return int(least[np.argmax(lambdas[least])])


def best_lambda(lambdas: Float64s, losses: Float64s) -> int:
    """``lowest`` of validation ``losses`` ``(n_lambdas,)``. Raises ValueError where none is finite."""
    number = lowest(lambdas, losses)
    if number is None:
        raise ValueError("no λ has a validation loss")
    return number


def one_standard_error_lambda(lambdas: Float64s, losses: Float64s, errors: Float64s) -> int:
    """The number of the largest λ whose loss is within one standard error of the best (Breiman et al. 1984, 3.4.3)."""
    best = best_lambda(lambdas, losses)
    error = errors[best] if np.isfinite(errors[best]) else 0.0
    within = np.flatnonzero((losses <= losses[best] + error) & (lambdas >= lambdas[best]))
    return int(within[np.argmax(lambdas[within])])
