"""Solutions of linear models as exact as rounding allows, with the budget they spend and how λ moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from regdesk.core.linear.least_squares import least_squares
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_gradient
from regdesk.core.linear.ridge import ridge_weights
from regdesk.core.linear.squared_path import GramStatistics, squared_path
from regdesk.core.model.class_hessian import class_hessian
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.penalty import Penalty
from regdesk.core.quadratic.active_set import quadratic_minimum
from regdesk.core.quadratic.groups import group_minimum
from regdesk.core.types import Float64s

START_GAP = 1e-13
NOISE = 1e-15
"""Share of the largest pull: less than that calls no weight in."""
MOST_SWEEPS = 200
MOST_POLISHES = 8
SHARE_A_STEP = 0.3
"""Log-loss and softmax come down to a λ by factors of this, each from the solution before."""


@dataclass(frozen=True, eq=False)
class ExactSolution:
    """The model at one λ.

    Attributes:
        weights: ``(n_inputs, n_outputs)``; ``biases`` ``(n_outputs,)``.
        gradient: of the data loss by the weights, ``(n_inputs, n_outputs)``.
        loss: the data loss; ``budget`` is R of all weights, ``budget_slope`` its derivative by λ (0 or below).
        kkt_residual: ∞-norm of the smallest subgradient of J.
    """

    lam: float
    weights: Float64s
    biases: Float64s
    gradient: Float64s
    loss: float
    budget: float
    budget_slope: float
    kkt_residual: float


class ExactSolutions:
    """Of one problem under one kind of penalty, at any λ; keeps moments, or Newton's last solution."""

    def __init__(self, problem: LinearProblem) -> None:
        """``problem.penalty`` says which kind; its λ is left open."""
        self.problem = problem
        self._newton: NewtonPath | None = None
        self._lam = np.inf

    @cached_property
    def statistics(self) -> GramStatistics | None:
        """Of squared error; None for classes. Of many inputs they fill the memory: made when they are asked for."""
        problem = self.problem
        return GramStatistics.of(problem.inputs, problem.targets) if problem.loss.kind == "squared" else None

    def at(self, lam: float) -> ExactSolution:
        """The solution at ``lam`` ≥ 0. At 0 of log-loss there may be none: then what Newton's method ends with."""
        penalty = replace(self.problem.penalty, lam=lam)
        weights, biases = self._start(penalty)
        alive = penalty.is_alive(weights.ravel())
        weights, biases = self._polished(penalty, weights, biases, alive)
        return self._solution(penalty, weights, biases, alive)

    def _start(self, penalty: Penalty) -> tuple[Float64s, Float64s]:
        problem = self.problem
        if self.statistics is not None:
            if penalty.lam == 0.0:
                free = least_squares(problem.inputs, problem.targets)
                return free.weights[:, np.newaxis], np.array([free.bias])
            found = _squared_start(self.statistics, penalty)
            return found[:, np.newaxis], np.array([self.statistics.target_mean - float(self.statistics.means @ found)])
        if self._newton is None:
            self._newton = NewtonPath(problem.inputs, problem.targets, problem.loss, penalty, problem.n_outputs)
            self._lam = problem.lambda_max()
            self._lam = self._lam if np.isfinite(self._lam) else 1.0
        lambdas = [penalty.lam]
        if 0.0 < penalty.lam < self._lam:
            n_steps = int(np.log(penalty.lam / self._lam) / np.log(SHARE_A_STEP))
            lambdas = [*(self._lam * SHARE_A_STEP ** np.arange(1, n_steps + 1)), penalty.lam]
        model = list(self._newton.solve(np.array(lambdas), START_GAP))[-1]
        self._lam = penalty.lam or self._lam
        return model.weights, model.biases

    def _slope_and_hessian(
        self, penalty: Penalty, weights: Float64s, biases: Float64s, alive: NDArray[np.bool_]
    ) -> tuple[Float64s, Float64s]:
        """Of J by the alive weights and, but for squared error, the biases after them."""
        problem, n_outputs = self.problem, self.problem.n_outputs
        if self.statistics is not None:
            slope = (self.statistics.gram @ weights[:, 0] - self.statistics.products)[alive]
            hessian = self.statistics.gram[np.ix_(alive, alive)].copy()
        else:
            by_weight, by_bias = linear_gradient(problem.inputs, problem.targets, problem.loss, weights, biases)
            is_used = np.append(alive, np.ones(n_outputs, dtype=bool))
            slope = np.append(by_weight.ravel(), by_bias)[is_used]
            columns = alive.reshape(-1, n_outputs).any(axis=1)
            rows = np.column_stack([problem.inputs[:, columns], np.ones(len(problem.targets))])
            outputs = problem.inputs @ weights + biases
            hessian = class_hessian(rows, class_probabilities(outputs), n_outputs, shares=problem.loss.shares)
            kept = is_used[np.repeat(np.append(columns, True), n_outputs)]
            hessian = hessian[np.ix_(kept, kept)]
        n_alive = int(alive.sum())
        first, second = replace(penalty, lam=1.0).derivatives(weights.ravel(), alive)
        slope[:n_alive] += penalty.lam * first
        hessian[:n_alive, :n_alive] += penalty.lam * second
        return slope, hessian

    def _polished(
        self, penalty: Penalty, weights: Float64s, biases: Float64s, alive: NDArray[np.bool_]
    ) -> tuple[Float64s, Float64s]:
        """Newton's steps among the weights that are not 0, as long as they bring the slope down."""
        n_alive = int(alive.sum())
        best, smallest = (weights, biases), np.inf
        for _ in range(MOST_POLISHES):
            slope, hessian = self._slope_and_hessian(penalty, weights, biases, alive)
            size = float(np.abs(slope).max(initial=0.0))
            if size >= smallest:
                break
            best, smallest = (weights, biases), size
            step = _solved(hessian, -slope)
            flat = weights.ravel().copy()
            flat[alive] += step[:n_alive]
            has_other_signs = ((flat * weights.ravel() <= 0.0) & alive & ~penalty.is_free(len(flat))).any()
            if has_other_signs and penalty.is_separable and penalty.lam * penalty.l1_share > 0.0:
                break
            weights = flat.reshape(weights.shape)
            if self.statistics is not None:
                biases = np.array([self.statistics.target_mean - float(self.statistics.means @ weights[:, 0])])
            else:
                biases = biases + step[n_alive:]
        return best

    def _solution(
        self, penalty: Penalty, weights: Float64s, biases: Float64s, alive: NDArray[np.bool_]
    ) -> ExactSolution:
        problem = self.problem
        if self.statistics is not None:
            gradient = (self.statistics.gram @ weights[:, 0] - self.statistics.products)[:, np.newaxis]
            loss = self.statistics.loss(weights[:, 0])
        else:
            gradient = linear_gradient(problem.inputs, problem.targets, problem.loss, weights, biases)[0]
            loss = float(problem.loss.values(problem.inputs @ weights + biases, problem.targets).mean())
        smallest = penalty.smallest_subgradient(weights.ravel(), gradient.ravel())
        n_alive, slope = int(alive.sum()), 0.0
        if n_alive:
            hessian = self._slope_and_hessian(penalty, weights, biases, alive)[1]
            pull = np.zeros(len(hessian))
            pull[:n_alive] = replace(penalty, lam=1.0).derivatives(weights.ravel(), alive)[0]
            # The conditions of the optimum, differentiated by λ.
            slope = -float(pull @ _solved(hessian, pull))
        return ExactSolution(
            penalty.lam, weights, biases, gradient, loss, penalty.value(weights.ravel()), min(slope, 0.0),
            float(np.abs(smallest).max(initial=0.0)),
        )  # fmt: skip


def exact_weights(statistics: GramStatistics, penalty: Penalty) -> Float64s:
    """Weights ``(n_inputs,)`` of squared error under ``penalty``, as exact as rounding allows."""
    weights = _squared_start(statistics, penalty)
    alive = penalty.is_alive(weights.ravel())
    if not (penalty.is_separable and alive.any()):
        return weights
    own = penalty.blocks(np.flatnonzero(alive))
    matrix, l1 = statistics.gram[np.ix_(alive, alive)] + np.diag(own.ridges), own.limits
    exact = np.zeros(len(weights))
    exact[alive] = _solved(matrix, statistics.products[alive] - l1 * np.sign(weights[alive]))
    return weights if ((exact * weights < 0.0)[alive] & (l1 > 0.0)).any() else exact


def _squared_start(statistics: GramStatistics, penalty: Penalty) -> Float64s:
    if not penalty.is_even:
        return _uneven_start(statistics, penalty)
    if penalty.is_smooth:
        return ridge_weights(statistics, penalty.lam)
    found = next(squared_path(statistics, penalty, np.array([penalty.lam]), START_GAP))
    return np.asarray(found.weights[0])


def _uneven_start(statistics: GramStatistics, penalty: Penalty) -> Float64s:
    n_inputs = len(statistics.products)
    blocks, start = penalty.blocks(np.arange(n_inputs)), np.zeros(n_inputs)
    slope, gram = -statistics.products, statistics.gram
    if penalty.is_separable:
        return quadratic_minimum(gram, slope, start, blocks.limits, blocks.ridges, NOISE * float(np.abs(slope).max()))
    return group_minimum(gram, slope, start, blocks.bounds, blocks.limits, START_GAP * statistics.square, MOST_SWEEPS)


def _solved(matrix: Float64s, right: Float64s) -> Float64s:
    """The shortest x with ``matrix`` x = ``right``, in units in which the diagonal is 1."""
    units = np.sqrt(np.maximum(np.diag(matrix), np.finfo(np.float64).tiny))
    scaled = np.linalg.lstsq(matrix / np.outer(units, units), right / units, rcond=1e-14)[0]
    return np.asarray(scaled / units)
