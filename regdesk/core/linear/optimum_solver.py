"""Finds the optimum of the linear model of one dataset, again and again as λ moves."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from regdesk.core.linear.certificate import SOLVED_GAP
from regdesk.core.linear.distance import Optimum, PenaltyKey, penalty_key_of
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.optimum import solve_linear
from regdesk.core.linear.problem import LinearProblem, penalty_of, problem_of
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.linear.ridge import ridge_weights, statistics_of
from regdesk.core.linear.squared_path import GramStatistics, squared_path
from regdesk.core.linear.uniqueness import UniquenessJudge
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.shortfalls import Separated, TooCloseToNone, TooManyWeights, Unsolvable
from regdesk.core.stopping import Stopped
from regdesk.core.types import Float64s, TrainSettings

TOLERANCE = 1e-13
"""Gap at which a solution is left, as a share of J: its weights are then exact to some 1e-8."""
ENOUGH_RESIDUAL = 1e-8
MOST_KEPT = 64
MOST_CLASS_WEIGHTS = 2000
"""min(rows, inputs) × outputs: 1,500 take 1 to 8 s, 2,000 up to 15; a Newton step on more cannot be given up soon."""
FIRST_SHARE = 0.3
"""Newton's way down to λ goes by factors of this, each from the solution before."""
MOST_MOMENTS = 1000
"""Inputs beyond the rows whose products are all kept."""


class OptimumSolver:
    """Keeps what does not depend on λ: moments, Newton's last solution, the newest answers."""

    def __init__(self, dataset: Dataset, should_stop: Callable[[], bool]) -> None:
        """Of the training rows of ``dataset``; ``should_stop`` is asked at every pass over the rows."""
        self._dataset, self._should_stop = dataset, should_stop
        self._problem: LinearProblem | None = None
        self._statistics: GramStatistics | None = None
        self._newton: tuple[object, NewtonPath] | None = None
        self._judge: tuple[object, UniquenessJudge] | None = None
        self._known: OrderedDict[PenaltyKey, Optimum] = OrderedDict()

    def solve(self, settings: TrainSettings) -> Optimum:
        """The optimum under ``settings``. Raises Stopped when ``should_stop`` says so."""
        penalty_key = penalty_key_of(settings)
        known = self._known.get(penalty_key)
        if known is None:
            known = self._known[penalty_key] = self._solve(settings)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return known

    def _solve(self, settings: TrainSettings) -> Optimum:
        problem, penalty_key = self._problem_under(settings), penalty_key_of(settings)
        null_loss = problem.loss.null_loss(problem.targets, problem.n_outputs)
        found = self._squared(problem) if problem.loss.kind == "squared" else self._classes(problem)
        if not isinstance(found, _Model):
            return Optimum(penalty_key, None, float("nan"), null_loss, found)
        found = self._shortest(problem, found)
        # From the rows, as the live model's: moments have lost the last digits of a close fit.
        outputs = problem.inputs @ found.weights + found.biases
        losses = problem.loss.values(outputs, problem.targets)
        objective = float(losses.mean()) + problem.penalty.lam * problem.penalty.value(found.weights.ravel())
        parameters = np.concatenate([found.weights.ravel(), found.biases])
        parameters.flags.writeable = False
        return Optimum(penalty_key, parameters, objective, null_loss, is_unique=found.is_unique is not False)

    def _shortest(self, problem: LinearProblem, found: _Model) -> _Model:
        """Of several optima the one of the least ‖W‖₂."""
        if found.is_unique is not None:
            return found
        kind = problem.penalty.kind
        if self._judge is None or self._judge[0] != kind:
            self._judge = kind, UniquenessJudge(problem, None if self._statistics is None else self._statistics.gram)
        self._check()
        weights, biases, is_unique = self._judge[1].shortest(problem.penalty, found.weights, found.biases)
        return replace(found, weights=weights, biases=biases, is_unique=is_unique)

    def _problem_under(self, settings: TrainSettings) -> LinearProblem:
        """The rows, with the penalty of ``settings``."""
        self._check()
        if self._problem is None:
            problem = problem_of(self._dataset, settings)
            loss = _WatchedLoss(
                problem.loss.kind, problem.loss.curvature_bound, problem.loss.row_weights, check=self._check
            )
            self._problem = replace(problem, loss=loss)
        # Without λ the L1 of a penalty would keep weights at 0 that nothing holds there.
        penalty = penalty_of(self._dataset, settings) if settings.effective_lam else ElasticNet(0.0, 0.0)
        return replace(self._problem, penalty=penalty)

    def _check(self) -> None:
        if self._should_stop():
            raise Stopped

    def _squared(self, problem: LinearProblem) -> _Model | Unsolvable:
        penalty, (n_rows, n_inputs) = problem.penalty, problem.inputs.shape
        if penalty.lam == 0.0 or not penalty.is_even or n_inputs > min(n_rows, MOST_MOMENTS):
            return self._from_rows(problem)
        if self._statistics is None:
            self._statistics = statistics_of(problem.inputs, problem.targets, self._check)
        statistics = self._statistics
        gap = np.inf
        if penalty.is_smooth:
            weights = ridge_weights(statistics, penalty.lam)
        else:
            solution = next(squared_path(statistics, penalty, np.array([penalty.lam]), TOLERANCE))
            weights, objective = solution.weights[0], float(solution.objectives[0])
            gap = float(solution.gaps[0]) / max(objective, np.finfo(np.float64).tiny)
        bias = statistics.target_mean - float(statistics.means @ weights)
        model = _Model(weights[:, np.newaxis], np.array([bias]), gap)
        return model if _is_solved(problem, model) else self._from_rows(problem)

    def _from_rows(self, problem: LinearProblem) -> _Model | Unsolvable:
        """As ``fit`` finds it: slower, and with all digits; or why there is no optimum."""
        found = solve_linear(
            problem.inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs,
            names=problem.input_names,
        )  # fmt: skip
        model = _Model(found.weights, found.biases, found.gap / max(found.objective, np.finfo(np.float64).tiny))
        model = replace(model, is_unique=found.is_unique is not False)
        if isinstance(found.shortfall, Separated):
            return found.shortfall
        # Weights of inputs in units of their own may leave a residual that is nothing in these.
        return model if found.converged or _is_solved(problem, model) else TooCloseToNone()

    def _classes(self, problem: LinearProblem) -> _Model | Unsolvable:
        penalty = problem.penalty
        if min(problem.inputs.shape) * problem.n_outputs > MOST_CLASS_WEIGHTS:
            return TooManyWeights(MOST_CLASS_WEIGHTS)
        if (
            penalty.lam == 0.0
            or not penalty.is_even
            or problem.inputs.shape[1] * problem.n_outputs > MOST_CLASS_WEIGHTS
        ):
            return self._from_rows(problem)
        if self._newton is not None and self._newton[0] == penalty.kind:
            # λ has moved a little: the last solution is close by.
            model = _newton_at(self._newton[1], np.array([penalty.lam]))
            if _is_solved(problem, model):
                return model
        newton = NewtonPath(problem.inputs, problem.targets, problem.loss, penalty, problem.n_outputs)
        self._newton = None
        model = _newton_at(newton, _way_down(problem))
        if not _is_solved(problem, model):
            return self._from_rows(problem)
        self._newton = penalty.kind, newton
        return model


@dataclass(frozen=True)
class _Model:
    """``weights`` ``(n_inputs, n_outputs)``, ``biases`` ``(n_outputs,)``, the duality gap as a share of J."""

    weights: Float64s
    biases: Float64s
    gap: float
    is_unique: bool | None = None


@dataclass(frozen=True)
class _WatchedLoss(Loss):
    """A loss that asks at every pass over the rows whether anybody still waits."""

    check: Callable[[], None] = field(kw_only=True)

    def values(self, outputs: Float64s, targets: Float64s) -> Float64s:
        self.check()
        return super().values(outputs, targets)

    def derivatives(self, outputs: Float64s, targets: Float64s) -> Float64s:
        self.check()
        return super().derivatives(outputs, targets)


def _newton_at(newton: NewtonPath, lambdas: Float64s) -> _Model:
    """The model at the last of ``lambdas``."""
    found = list(newton.solve(lambdas, TOLERANCE))[-1]
    return _Model(found.weights, found.biases, found.gap / max(found.objective, np.finfo(np.float64).tiny))


def _way_down(problem: LinearProblem) -> Float64s:
    """Descending λ from where all weights are zero, or nearly, to the one wanted; that alone if it is 0 or above."""
    lam = problem.penalty.lam
    if lam == 0.0:
        return np.array([lam])
    top = problem.lambda_max()
    top = top if np.isfinite(top) else 1.0
    n_steps = int(np.ceil(np.log(lam / top) / np.log(FIRST_SHARE))) if lam < top else 0
    return np.append(top * FIRST_SHARE ** np.arange(1, n_steps), lam)


def _is_solved(problem: LinearProblem, model: _Model) -> bool:
    """Whether J is exact to 1e-8, or its slope is next to nothing in units of the inputs and of the target."""
    if problem.penalty.lam > 0.0 and model.gap <= SOLVED_GAP:
        return True
    gradient, bias_gradient = linear_gradient(
        problem.inputs, problem.targets, problem.loss, model.weights, model.biases
    )
    smallest = np.abs(problem.penalty.smallest_subgradient(model.weights.ravel(), gradient.ravel()))
    units = np.where(scales := problem.inputs.std(axis=0), scales, 1.0)
    unit = float(problem.targets.std()) if problem.loss.kind == "squared" else 1.0
    residual = float((smallest.reshape(model.weights.shape) / units[:, np.newaxis]).max(initial=0.0))
    return max(residual, float(np.abs(bias_gradient).max())) <= ENOUGH_RESIDUAL * (unit or 1.0)
