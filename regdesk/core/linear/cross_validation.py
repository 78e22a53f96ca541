"""Loss against λ on rows that were held out: folds in step along one path."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from regdesk.core.linear.fold_moments import SharedMoments
from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.path import GAP_TOLERANCE, PathPoint, points_of_moments, solve_path
from regdesk.core.linear.problem import penalty_of, problem_of
from regdesk.core.linear.squared_path import squared_path
from regdesk.core.linear.uniqueness import UniquenessJudge
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.scoring import FoldScores, averages_of, scores_of, unit_of_losses
from regdesk.core.model.shortfalls import LinearShortfall, SeparatedFolds, WhyNoCriteria
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, TrainSettings

T = TypeVar("T")


@dataclass(frozen=True)
class SweepPoint:
    """One λ of a sweep.

    Attributes:
        model: of all rows that are not held back for the test, on their standardised scale.
        train_loss, validation_loss: means over the folds, weighted by their rows; of each fold's own model.
        validation_se: standard error of ``validation_loss``: √(weighted variance of the fold means / (folds − 1)), as
            in glmnet (Friedman, Hastie & Tibshirani 2010); with one fold that of the rows.
        accuracy, auroc: means over the folds; NaN for regression.
        degrees_of_freedom, aic, bic: of ``model``; NaN where not defined, and ``no_criteria`` says why.
        separated_folds: the folds which have no best model though all rows have one: without a penalty, where their
            training rows can be told apart.
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
    no_criteria: WhyNoCriteria | None = None
    separated_folds: SeparatedFolds | None = None

    @property
    def has_optimum(self) -> bool:
        """Whether there is a best model of all rows, and one of each fold to have a validation loss."""
        return self.model.has_optimum and self.separated_folds is None

    @property
    def shortfalls(self) -> tuple[LinearShortfall | SeparatedFolds, ...]:
        """Why ``model`` is not converged, and folds without a best model; empty where all is well."""
        return tuple(one for one in (self.model.shortfall, self.separated_folds) if one is not None)


def sweep(
    whole: Dataset,
    folds: Sequence[Dataset],
    settings: TrainSettings,
    lambdas: Float64s,
    stop: Stop | None = None,
) -> Iterator[SweepPoint]:
    """One point for each of the descending ``lambdas``; between two of them is a place to stop.

    ``whole`` trains on every row that is not test. Each of ``folds`` has figures, training and held-out rows of its
    own. The λ of ``settings`` is not used. Raises Stopped soon after ``stop`` says so, which may be within one λ.
    """
    stop = stop or Stop()
    problem = problem_of(whole, settings)
    shared = (
        SharedMoments.of(whole, folds, stop)
        if whole.task == "regression" and len(folds) > 1 and problem.penalty.is_even
        else None
    )
    gram = None
    models: Iterator[list[PathPoint]] = ([point] for point in solve_path(problem, lambdas, stop))
    if shared is not None:
        statistics = shared.total.standardised(*shared.scalers(whole))
        gram = statistics.gram
        models = points_of_moments(statistics, problem.penalty, lambdas, problem, stop)
    criteria, judge = InformationCriteria(problem, gram), UniquenessJudge(problem, gram)
    runs = [_FoldRun(whole, fold, settings, lambdas, stop) for fold in folds]
    scores = [run.scores_by_moments(shared, number) if shared else run.scores() for number, run in enumerate(runs)]
    sizes = [len(fold.split.validation) for fold in folds]
    shares = [size / sum(sizes) for size in sizes]
    whole_track, fold_tracks = _Track(models), [_Track(one) for one in scores]
    for lam in lambdas.tolist():
        model, found = judge.of(whole_track.next()), []
        for track in fold_tracks:
            stop.check()
            found.append(track.next())
        train, validation, error, accuracy, auroc = averages_of(found, shares)
        information = criteria.of(model)
        yield SweepPoint(
            lam=lam,
            model=model,
            train_loss=train,
            validation_loss=validation,
            validation_se=error,
            accuracy=accuracy,
            auroc=auroc,
            degrees_of_freedom=information.degrees_of_freedom,
            aic=information.aic,
            bic=information.bic,
            no_criteria=information.unavailable_reason,
            separated_folds=_separated_folds(model, found),
        )


def _separated_folds(model: PathPoint, found: Sequence[FoldScores]) -> SeparatedFolds | None:
    """See ``SweepPoint``; where all rows can be told apart those of each fold can, and nothing more is to be said."""
    separated = tuple(number for number, one in enumerate(found, start=1) if not one.has_optimum)
    return SeparatedFolds(separated, len(found)) if separated and model.has_optimum else None


class _Track(Generic[T]):
    """One path: what has been found ahead of its time, as some λ at once take less."""

    def __init__(self, chunks: Iterator[Sequence[T]]) -> None:
        self._chunks, self._waiting = chunks, deque[T]()

    def next(self) -> T:
        if not self._waiting:
            self._waiting.extend(next(self._chunks))
        return self._waiting.popleft()


class _FoldRun:
    """One fold's path along the same λ as all others."""

    def __init__(self, whole: Dataset, fold: Dataset, settings: TrainSettings, lambdas: Float64s, stop: Stop) -> None:
        self._fold, self._settings, self._lambdas, self._stop = fold, settings, lambdas, stop
        self._unit = unit_of_losses(fold, whole)

    def scores(self) -> Iterator[list[FoldScores]]:
        """From the rows themselves."""
        fold, rows = self._fold, self._fold.split.validation
        problem = problem_of(fold, self._settings)
        inputs, targets = fold.standardized_inputs(rows), fold.standardized_targets(rows)
        for point in solve_path(problem, self._lambdas, self._stop):
            train = problem.loss.values(problem.inputs @ point.weights + point.biases, problem.targets)
            outputs = inputs @ point.weights + point.biases
            scores = scores_of(problem.loss, fold.task, self._unit, float(train.mean()), outputs, targets)
            yield [replace(scores, has_optimum=point.has_optimum)]

    def scores_by_moments(self, shared: SharedMoments, number: int) -> Iterator[list[FoldScores]]:
        """From sums alone: training rows are the total less what this fold, the ``number``-th, holds out."""
        held = shared.held_out[number]
        inputs, target = shared.scalers(self._fold)
        statistics = shared.training(number, inputs, target)
        penalty = penalty_of(self._fold, self._settings)
        for solutions in squared_path(statistics, penalty, self._lambdas, GAP_TOLERANCE, self._stop):
            biases = statistics.biases(solutions.weights)
            held_losses = self._unit * held.losses(solutions.weights, biases, inputs, target)
            yield list(map(FoldScores, (self._unit * solutions.losses).tolist(), held_losses.tolist()))
