"""Loss against λ on rows that were held out: folds in step along one path."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Generic, TypeVar

from regdesk.core.linear.fold_moments import SharedMoments
from regdesk.core.linear.information import InformationCriteria
from regdesk.core.linear.path import GAP_TOLERANCE, solutions_of_moments, solve_path
from regdesk.core.linear.problem import LinearProblem, penalty_of, problem_of
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.squared_path import GramStatistics, squared_path
from regdesk.core.linear.uniqueness import UniquenessJudge
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.scoring import FoldScores, averages_of, scores_of, shares_of_folds, unit_of_losses
from regdesk.core.model.shortfalls import LinearShortfall, SeparatedFolds, WhyNoCriteria
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, TrainSettings
from regdesk.core.units import Crew, begun, is_near, near, results_of

T = TypeVar("T")


@dataclass(frozen=True)
class SweepPoint:
    """One λ of a sweep.

    Attributes:
        model: of all rows that are not held back for the test, on their standardised scale.
        train_loss, validation_loss: means over the folds, weighted by their rows, which count as much as they weigh; of
            each fold's own model.
        validation_se: standard error of ``validation_loss``: √(weighted variance of the fold means / (folds − 1)), as
            in glmnet (Friedman, Hastie & Tibshirani 2010); with one fold that of the rows.
        accuracy, auroc: means over the folds; NaN for regression.
        degrees_of_freedom, aic, bic: of ``model``; NaN where not defined, and ``no_criteria`` says why.
        separated_folds: the folds which have no best model though all rows have one: without a penalty, where their
            training rows can be told apart.
    """

    lam: float
    model: LinearSolution
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


@dataclass(frozen=True, eq=False)
class SweepRows:
    """What all paths of a sweep share.

    Attributes:
        whole: trains on every row that is not test.
        folds: each has figures, training and held-out rows of its own.
        settings: the penalty; its λ is not used.
        lambdas: descending.
        moments: of folds that hold out each row of a regression once; None of others.
    """

    whole: Dataset
    folds: Sequence[Dataset]
    settings: TrainSettings
    lambdas: Float64s
    moments: SharedMoments | None

    @classmethod
    def of(
        cls,
        whole: Dataset,
        folds: Sequence[Dataset],
        settings: TrainSettings,
        lambdas: Float64s,
        stop: Stop,
        crew: Crew | None = None,
    ) -> SweepRows:
        """Raises Stopped."""
        # Sums over rows know nothing of penalty factors.
        has_moments = whole.task == "regression" and len(folds) > 1 and not whole.penalty_factors
        moments = SharedMoments.of(whole, folds, stop, crew) if has_moments else None
        return cls(whole, folds, settings, lambdas, moments)

    @cached_property
    def statistics(self) -> GramStatistics | None:
        """Of all rows, where moments are shared."""
        return None if self.moments is None else self.moments.total.standardised(*self.moments.scalers(self.whole))

    def models(self, problem: LinearProblem, stop: Stop) -> Iterator[list[LinearSolution]]:
        """The path of all rows; ``problem`` is theirs."""
        statistics = self.statistics
        if statistics is None:
            return ([point] for point in solve_path(problem, self.lambdas, stop))
        return solutions_of_moments(statistics, problem.penalty, self.lambdas, problem, stop)

    def scores(self, number: int, stop: Stop) -> Iterator[list[FoldScores]]:
        """Along the path of the ``number``-th fold."""
        run = _FoldRun(self.whole, self.folds[number], self.settings, self.lambdas, stop)
        return run.scores() if self.moments is None else run.scores_by_moments(self.moments, number)


def sweep_path(
    rows: SweepRows, number: int, problem: LinearProblem | None, stop: Stop
) -> list[LinearSolution] | list[FoldScores]:
    """A unit of work: the whole path of all rows, or along that of a fold, of which 1 is the first.

    ``problem`` is that of all rows, where it need not be sent.
    """
    if number == 0:
        return list(chain.from_iterable(rows.models(problem or problem_of(rows.whole, rows.settings), stop)))
    return list(chain.from_iterable(rows.scores(number - 1, stop)))


def sweep(
    whole: Dataset,
    folds: Sequence[Dataset],
    settings: TrainSettings,
    lambdas: Float64s,
    stop: Stop | None = None,
    crew: Crew | None = None,
    note: Callable[[int, int], None] = lambda _done, _most: None,
) -> Iterator[SweepPoint]:
    """One point for each of the descending ``lambdas``; between two of them is a place to stop.

    The first four as in ``SweepRows``. A ``crew`` solves each path as one unit, with the same numbers, and ``note``
    hears of units done and in all; without one all paths go in step, λ by λ, in the calling thread. Raises Stopped soon
    after ``stop`` says so, which may be within one λ.
    """
    stop = stop or Stop()
    with begun(near(crew), _problem_of, whole, settings, stop=stop) as soon:
        rows = SweepRows.of(whole, folds, settings, lambdas, stop, crew)
        problem: LinearProblem = soon.result()
    gram = None if rows.statistics is None else rows.statistics.gram
    with begun(near(crew), _judge_of, problem, gram, stop=stop) as soon:
        if crew is None:
            models = rows.models(problem, stop)
            scores = [rows.scores(number, stop) for number in range(len(folds))]
        else:
            first, *others = _paths_of_crew(rows, problem, crew, note, stop)
            models, scores = iter([first]), [iter([one]) for one in others]
        judge: UniquenessJudge = soon.result()
    criteria = InformationCriteria(problem, gram, judge.are_inputs_independent is True)
    shares = shares_of_folds(folds)
    whole_track, fold_tracks = _Track(models), [_Track(one) for one in scores]
    for lam in lambdas.tolist():
        stop.check()
        model = judge.of(whole_track.next(stop))
        found = [track.next(stop) for track in fold_tracks]
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


def _problem_of(whole: Dataset, settings: TrainSettings, stop: Stop) -> LinearProblem:
    """A unit of work: rows that are standardised while others are summed."""
    stop.check()
    return problem_of(whole, settings)


def _judge_of(problem: LinearProblem, gram: Float64s | None, stop: Stop) -> UniquenessJudge:
    """A unit of work: it factorises ``gram`` while paths are solved."""
    stop.check()
    return UniquenessJudge(problem, gram)


def _paths_of_crew(
    rows: SweepRows, problem: LinearProblem, crew: Crew, note: Callable[[int, int], None], stop: Stop
) -> list[Any]:
    """What ``sweep_path`` gives of all rows and of each fold. Raises Stopped."""
    shared, own = crew.share(rows), problem if is_near(crew) else None
    found: dict[int, Any] = {}
    numbers = range(1 + len(rows.folds))
    calls = [(shared, number, own if number == 0 else None) for number in numbers]
    with closing(results_of(crew, sweep_path, calls, stop)) as results:
        for number, path in results:
            found[number] = path
            note(len(found), len(numbers))
    return [found[number] for number in numbers]


def _separated_folds(model: LinearSolution, found: Sequence[FoldScores]) -> SeparatedFolds | None:
    """See ``SweepPoint``; where all rows can be told apart those of each fold can, and nothing more is to be said."""
    separated = tuple(number for number, one in enumerate(found, start=1) if not one.has_optimum)
    return SeparatedFolds(separated, len(found)) if separated and model.has_optimum else None


class _Track(Generic[T]):
    """One path: what has been found ahead of its time, as some λ at once take less."""

    def __init__(self, chunks: Iterator[Sequence[T]]) -> None:
        self._chunks, self._waiting = chunks, deque[T]()

    def next(self, stop: Stop) -> T:
        if not self._waiting:
            # Between two paths is a place to stop, where something is to be solved.
            stop.check()
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
        held_loss = fold.loss_on(rows)
        for point in solve_path(problem, self._lambdas, self._stop):
            train = problem.loss.values(problem.inputs @ point.weights + point.biases, problem.targets)
            outputs = inputs @ point.weights + point.biases
            scores = scores_of(held_loss, fold.task, self._unit, float(train.mean()), outputs, targets)
            yield [scores._replace(has_optimum=point.has_optimum)]

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
