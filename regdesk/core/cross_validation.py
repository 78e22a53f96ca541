"""Loss against λ on rows that were held out: folds in step along one path, and the rules that choose λ."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.dataset import Dataset
from regdesk.core.fold_moments import SharedMoments
from regdesk.core.information import InformationCriteria
from regdesk.core.linear_path import GAP_TOLERANCE, LinearProblem, PathPoint, path_of_moments, solve_path
from regdesk.core.losses import Loss, loss_for
from regdesk.core.metrics import classification_scores
from regdesk.core.network import Network
from regdesk.core.penalties import Penalty, penalty_for
from regdesk.core.squared_path import squared_path
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, Float64s, Task, TrainSettings


@dataclass(frozen=True)
class FoldScores:
    """One fold's model at one λ; losses on the scale of all rows, NaN where there are no rows or no such score."""

    train_loss: float
    validation_loss: float
    accuracy: float = math.nan
    auroc: float = math.nan
    row_error: float = math.nan
    """Standard error of ``validation_loss`` over the rows."""


@dataclass(frozen=True)
class SweepPoint:
    """One λ of a sweep.

    Attributes:
        model: of all rows that are not held back for the test, on their standardised scale.
        train_loss, validation_loss: means over the folds, weighted by their rows; of each fold's own model.
        validation_se: standard error of ``validation_loss``: √(weighted variance of the fold means / (folds − 1)), as
            in glmnet (Friedman, Hastie & Tibshirani 2010); with one fold that of the rows.
        accuracy, auroc: means over the folds; NaN for regression.
        degrees_of_freedom, aic, bic: of ``model``; NaN where not defined, and ``criteria_obstacle`` says why.
    """

    lam: float
    model: PathPoint
    train_loss: float
    validation_loss: float
    validation_se: float
    accuracy: float
    auroc: float
    degrees_of_freedom: float = math.nan
    aic: float = math.nan
    bic: float = math.nan
    criteria_obstacle: str = ""


def penalty_of(dataset: Dataset, settings: TrainSettings) -> Penalty:
    """The penalty on the weights of a linear model of ``dataset``; its groups are the dataset's own columns."""
    network = Network.of(Architecture(hidden=()), dataset.n_inputs, dataset.n_outputs, dataset.input_groups)
    return penalty_for(settings, network)


def problem_of(dataset: Dataset, settings: TrainSettings) -> LinearProblem:
    """The training rows of ``dataset``, standardised, as a path needs them."""
    rows = dataset.split.train
    return LinearProblem(
        dataset.standardized_inputs(rows),
        dataset.standardized_targets(rows),
        loss_for(dataset.task, dataset.n_outputs),
        penalty_of(dataset, settings),
        dataset.n_outputs,
    )


def sweep(
    whole: Dataset, folds: Sequence[Dataset], settings: TrainSettings, lambdas: Float64s, stop: Stop | None = None
) -> Iterator[SweepPoint]:
    """One point for each of the descending ``lambdas``; between two of them is a place to stop.

    ``whole`` trains on every row that is not test. Each of ``folds`` has figures, training and held-out rows of its
    own. The λ of ``settings`` is not used. Raises Stopped soon after ``stop`` says so, which may be within one λ.
    """
    stop = stop or Stop()
    problem = problem_of(whole, settings)
    shared = SharedMoments.of(whole, folds, stop) if whole.task == "regression" and len(folds) > 1 else None
    models, gram = solve_path(problem, lambdas, stop), None
    if shared is not None:
        moments = shared.total.standardised(*shared.scalers(whole))
        gram = moments.gram
        models = path_of_moments(moments, problem.penalty, lambdas, problem, stop)
    criteria = InformationCriteria(problem, gram)
    runs = [_FoldRun(whole, fold, settings, lambdas, stop) for fold in folds]
    scores = [run.scores_by_moments(shared, number) if shared else run.scores() for number, run in enumerate(runs)]
    sizes = np.array([len(fold.split.validation) for fold in folds], dtype=np.float64)
    for lam, model in zip(lambdas, models, strict=True):
        found = []
        for one in scores:
            stop.check()
            found.append(next(one))
        train, validation, error, accuracy, auroc = averages_of(found, sizes)
        information = criteria.of(model)
        yield SweepPoint(
            lam=float(lam),
            model=model,
            train_loss=train,
            validation_loss=validation,
            validation_se=error,
            accuracy=accuracy,
            auroc=auroc,
            degrees_of_freedom=information.degrees_of_freedom,
            aic=information.aic,
            bic=information.bic,
            criteria_obstacle=information.obstacle,
        )


def averages_of(found: Sequence[FoldScores], sizes: Float64s) -> tuple[float, float, float, float, float]:
    """Training loss, validation loss, its standard error, accuracy and AUROC over folds of ``sizes`` ``(n_folds,)``.

    As described at ``SweepPoint``.
    """
    losses = np.array([one.validation_loss for one in found])
    mean = float(np.average(losses, weights=sizes))
    spread = float(np.average((losses - mean) ** 2, weights=sizes))
    return (
        float(np.average([one.train_loss for one in found], weights=sizes)),
        mean,
        math.sqrt(spread / (len(found) - 1)) if len(found) > 1 else found[0].row_error,
        float(np.average([one.accuracy for one in found], weights=sizes)),
        float(np.average([one.auroc for one in found], weights=sizes)),
    )


def scores_of(
    loss: Loss, task: Task, unit: float, train_loss: float, outputs: Float64s, targets: Float64s
) -> FoldScores:
    """One fold's model from its ``outputs`` ``(n_rows, n_outputs)`` on the rows held out; losses times ``unit``.

    ``train_loss`` is on the fold's own scale, ``targets`` ``(n_rows,)`` too.
    """
    losses = unit * loss.values(outputs, targets)
    accuracy = auroc = math.nan
    if task == "classification":
        figures = classification_scores(targets, outputs)
        accuracy, auroc = figures.accuracy, figures.auroc
    error = float(losses.std(ddof=1)) / math.sqrt(len(losses)) if len(losses) > 1 else math.nan
    return FoldScores(unit * train_loss, float(losses.mean()), accuracy, auroc, error)


class _FoldRun:
    """One fold's path along the same λ as all others."""

    def __init__(self, whole: Dataset, fold: Dataset, settings: TrainSettings, lambdas: Float64s, stop: Stop) -> None:
        self._fold, self._settings, self._lambdas, self._stop = fold, settings, lambdas, stop
        # A target is scaled by the fold's own deviation: its losses are put back on the scale of all rows.
        self._unit = float(fold.target_scaler.scale[0] / whole.target_scaler.scale[0]) ** 2

    def scores(self) -> Iterator[FoldScores]:
        """From the rows themselves."""
        fold, rows = self._fold, self._fold.split.validation
        problem = problem_of(fold, self._settings)
        inputs, targets = fold.standardized_inputs(rows), fold.standardized_targets(rows)
        for point in solve_path(problem, self._lambdas, self._stop):
            train = problem.loss.values(problem.inputs @ point.weights + point.biases, problem.targets)
            outputs = inputs @ point.weights + point.biases
            yield scores_of(problem.loss, fold.task, self._unit, float(train.mean()), outputs, targets)

    def scores_by_moments(self, shared: SharedMoments, number: int) -> Iterator[FoldScores]:
        """From sums alone: training rows are the total less what this fold, the ``number``-th, holds out."""
        held = shared.held_out[number]
        inputs, target = shared.scalers(self._fold)
        moments = shared.training(number, inputs, target)
        penalty = penalty_of(self._fold, self._settings)
        for solution in squared_path(moments, penalty, self._lambdas, GAP_TOLERANCE, self._stop):
            weights = solution.weights
            bias = moments.target_mean - float(moments.means @ weights)
            loss = held.loss(weights, bias, inputs, target)
            yield FoldScores(self._unit * moments.loss(weights), self._unit * loss)


def best_lambda(lambdas: Float64s, losses: Float64s) -> int:
    """The number of the λ with the least of ``losses`` ``(n_lambdas,)``; among equals the largest λ."""
    least = np.flatnonzero(losses == np.nanmin(losses))
    return int(least[np.argmax(lambdas[least])])


def one_standard_error_lambda(lambdas: Float64s, losses: Float64s, errors: Float64s) -> int:
    """The number of the largest λ whose loss is within one standard error of the best (Breiman et al. 1984, 3.4.3)."""
    best = best_lambda(lambdas, losses)
    error = errors[best] if np.isfinite(errors[best]) else 0.0
    within = np.flatnonzero((losses <= losses[best] + error) & (lambdas >= lambdas[best]))
    return int(within[np.argmax(lambdas[within])])
