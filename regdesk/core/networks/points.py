"""Points of a network's sweep: what is known of every λ, put together from all datasets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.dataset import Dataset
from regdesk.core.model.minimum import doubt_of_minimum
from regdesk.core.model.scoring import FoldScores, averages_of, scores_of, shares_of_folds, unit_of_losses
from regdesk.core.model.shortfalls import Diverged, Doubt, EpochsDone, NetworkShortfall, ResidualLeft
from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.solver import Solution
from regdesk.core.types import Float64s, TrainSettings


@dataclass(frozen=True, eq=False)
class NetworkPoint:
    """One λ of a sweep, as far as it is known.

    Attributes:
        parameters: ``(n_parameters,)`` of the all-rows model of lowest J; ``objective``, ``data_loss``,
            ``penalty_value`` (R, without λ), ``n_nonzero`` and ``residual`` (∞-norm of the smallest subgradient of J)
            are of that model.
        converged: of that model: it is stationary, as its residual is within the tolerance, or as a subgradient at the
            kinks of relu that it stands in is. Nothing says that J is lower nowhere. False in a sweep of so many
            epochs, where a model that has diverged has NaN for all its losses, and where there is a ``doubt``.
        is_verified: of that model: a round of restarts nearby, of relu with small steps, gained no more than 1e-4 of J.
        objective_up, objective_down: where the sweeps towards larger and smaller λ ended; NaN where they have not been.
            What is apart there is hysteresis where ``converged_up`` and ``converged_down``, else passes may have been
            too few.
        is_collapsed: nothing better than the null model was found, to 1e-6 of J.
        train_loss, validation_loss, validation_se, accuracy, auroc: as in ``SweepPoint``, of the folds' own models; NaN
            until every fold has one.
        doubt: why that model need not be at a minimum, however small its residual; None where it is one. With a doubt
            no direction has converged.
    """

    lam: float
    parameters: Float64s
    objective: float
    data_loss: float
    penalty_value: float
    n_nonzero: int
    residual: float
    converged: bool
    is_collapsed: bool
    objective_up: float
    objective_down: float
    converged_up: bool
    converged_down: bool
    train_loss: float
    validation_loss: float
    validation_se: float
    accuracy: float
    auroc: float
    doubt: Doubt | None = None
    is_verified: bool = False

    @property
    def has_optimum(self) -> bool:
        """Whether there is a minimum that the models of all rows and of the folds can be at."""
        return self.doubt is None

    def shortfall(self, n_epochs: int | None = None) -> NetworkShortfall | None:
        """Why it is not converged, of training for ``n_epochs`` where that was asked for; None where it is."""
        if self.converged:
            return None
        if self.doubt is not None:
            return self.doubt
        if not math.isfinite(self.objective):
            return Diverged()
        return EpochsDone(n_epochs) if n_epochs is not None else ResidualLeft(self.residual, None, self.is_verified)


@dataclass(frozen=True, eq=False)
class NetworkSweep:
    """A moment of a sweep.

    Attributes:
        lambdas: ``(n_lambdas,)``, descending.
        points: one for each λ, None where the all-rows model has not been solved yet.
        changed: numbers of the points that are new or better than in the moment before.
        n_done, n_units: models solved, and how many there will be as far as that is known.
        work_done, work_left: passes over the rows of all datasets; models differ a thousandfold in how many they take.
        is_done: nothing is left to be found.
        phase: the phase under way, of the dataset that is furthest behind; 0 where there are none.
    """

    lambdas: Float64s
    points: tuple[NetworkPoint | None, ...]
    changed: tuple[int, ...]
    n_done: int
    n_units: int
    is_done: bool
    work_done: float = 0.0
    work_left: float = 0.0
    phase: int = 0

    @property
    def lambda_collapse(self) -> float | None:
        """The smallest λ from which on the best objective found is the null model's; None if there is none."""
        found = None
        for point in self.points:
            if point is None or not point.is_collapsed:
                break
            found = point.lam
        return found


class Curve:
    """Points made of what the datasets' paths know; the first path is that of all rows."""

    def __init__(self, whole: Dataset, folds: Sequence[Dataset], paths: Sequence[DatasetPath]) -> None:
        self._whole, self._folds = paths[0], paths[1:]
        self._scorers = [_FoldScorer(whole, fold, path) for fold, path in zip(folds, paths[1:], strict=True)]
        self._shares = shares_of_folds(folds)
        self._points: list[NetworkPoint | None] = [None] * len(self._whole.lambdas)

    def moment(self, is_done: bool) -> NetworkSweep:
        paths = (self._whole, *self._folds)
        numbers = sorted(set().union(*(path.changed for path in paths)))
        for path in paths:
            path.changed.clear()
        changed = []
        for number in numbers:
            best = self._whole.best[number]
            self._points[number] = None if best is None else self._point(number, best)
            if best is not None:
                changed.append(number)
        n_done, n_units = (sum(getattr(path, name) for path in paths) for name in ("n_done", "n_units"))
        done, left = (sum(path.work[place] for path in paths) for place in (0, 1))
        phase, lambdas = min(path.phase for path in paths), self._whole.lambdas
        return NetworkSweep(lambdas, tuple(self._points), tuple(changed), n_done, n_units, is_done, done, left, phase)

    def _point(self, number: int, best: Solution) -> NetworkPoint:
        scores = [scorer.scores(number) for scorer in self._scorers]
        found = [one for one in scores if one is not None]
        nothing = (math.nan,) * 5
        train, validation, error, accuracy, auroc = (
            averages_of(found, self._shares) if found and len(found) == len(scores) else nothing
        )
        whole = self._whole
        doubt = _doubt_of(whole, float(whole.lambdas[number]), best)
        return NetworkPoint(
            lam=float(self._whole.lambdas[number]),
            parameters=best.parameters,
            objective=best.objective,
            data_loss=best.data_loss,
            penalty_value=best.penalty_value,
            n_nonzero=int(np.count_nonzero(best.parameters[whole.problem.network.is_weight])),
            residual=best.residual,
            converged=best.is_stationary and doubt is None,
            is_collapsed=whole.is_null_best(number),
            objective_up=float(whole.up.objective[number]),
            objective_down=float(whole.down.objective[number]),
            converged_up=bool(whole.up.converged[number]) and doubt is None,
            converged_down=bool(whole.down.converged[number]) and doubt is None,
            train_loss=train,
            validation_loss=validation,
            validation_se=error,
            accuracy=accuracy,
            auroc=auroc,
            doubt=doubt,
            is_verified=best.is_verified,
        )


def _doubt_of(path: DatasetPath, lam: float, model: Solution) -> Doubt | None:
    """Why ``model`` of ``path`` at λ need not be at a minimum; of one that has diverged there is nothing to doubt."""
    if lam > 0.0 or not math.isfinite(model.objective):
        return None
    problem = path.problem
    outputs = problem.outputs(model.parameters, problem.inputs)
    settings = TrainSettings("none", lam)
    return doubt_of_minimum(problem.loss, settings, problem.network.is_linear, outputs, problem.targets)


class _FoldScorer:
    """One fold's figures at each λ, of the best model there; calculated anew only for another model."""

    def __init__(self, whole: Dataset, fold: Dataset, path: DatasetPath) -> None:
        self._fold, self._path = fold, path
        rows = fold.split.validation
        self._inputs, self._targets = fold.standardized_inputs(rows), fold.standardized_targets(rows)
        self._loss, self._unit = fold.loss_on(rows), unit_of_losses(fold, whole)
        self._known: dict[int, tuple[Solution, FoldScores]] = {}

    def scores(self, number: int) -> FoldScores | None:
        best = self._path.best[number]
        if best is None:
            return None
        if number not in self._known or self._known[number][0] is not best:
            self._known[number] = (best, self._scores_of(best))
        return self._known[number][1]

    def _scores_of(self, model: Solution) -> FoldScores:
        if not math.isfinite(model.objective):
            return FoldScores(math.nan, math.nan)
        problem = self._path.problem
        outputs = problem.outputs(model.parameters, self._inputs)
        return scores_of(self._loss, self._fold.task, self._unit, model.data_loss, outputs, self._targets)
