"""Exact paths of squared error from the moments of the rows alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.engine.path_structs import ROUNDED_ZERO
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.row_sums import RowSums
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s
from regdesk.core.units import Crew

if TYPE_CHECKING:
    from regdesk.core.engine.path_structs import PathState

MOST_SWEEPS = 20_000
MOST_GROUP_SWEEPS = 500
"""Twelve times as many at most: what has not ended by then crawls, and Newton's method ends it sooner."""
WORK_A_CALL = 4e7
"""Multiplications that a compiled call may take, about 20 ms, before it can be interrupted."""
CENTRED_SHARE = 1e-6
"""Of a column's mean square, below which the square of its mean can be taken off afterwards: no digit is lost."""


@dataclass(frozen=True)
class GramStatistics:
    """What squared error needs to know of centred rows, and the figures to centre others.

    Attributes:
        means: ``(n_inputs,)``; ``target_mean`` is that of the targets.
        gram: XᵀX/n ``(n_inputs, n_inputs)``, ``products`` Xᵀy/n ``(n_inputs,)``, ``square`` ‖y‖²/n, all centred.
    """

    n_rows: float
    means: Float64s
    target_mean: float
    gram: Float64s
    products: Float64s
    square: float

    @classmethod
    def of(
        cls, inputs: Float64s, targets: Float64s, crew: Crew | None = None, stop: Stop | None = None
    ) -> GramStatistics:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``.

        A ``crew`` in this process shares very many rows, with the same numbers. Raises Stopped.
        """
        n_rows, target_mean = len(targets), float(targets.mean())
        square = float(targets @ targets) / n_rows
        sums = RowSums.of(inputs, targets, crew, stop)
        means = sums.inputs / n_rows
        squares = sums.gram.diagonal() / n_rows
        # Rows that have been standardised are centred but for rounding: no copy need be made to take it off.
        is_centred = target_mean**2 <= CENTRED_SHARE * square and (np.square(means) <= CENTRED_SHARE * squares).all()
        if is_centred:
            gram = np.divide(sums.gram, n_rows, out=sums.gram)
            gram -= np.outer(means, means)
            products = sums.products / n_rows - target_mean * means
            return cls(n_rows, means, target_mean, gram, products, max(square - target_mean**2, 0.0))
        left = targets - target_mean
        centred = RowSums.of(inputs - means, left, crew, stop)
        square = float(left @ left) / n_rows
        return cls(n_rows, means, target_mean, centred.gram / n_rows, centred.products / n_rows, square)

    def minus_gradient(self, weights: Float64s) -> Float64s:
        """Xᵀ(y − Xw)/n for each row of ``weights`` ``(n_models, n_inputs)``, of the same shape."""
        # Gram matrices are symmetric: all models in one product.
        return np.asarray(self.products - weights @ self.gram)

    def losses(self, weights: Float64s, minus_gradient: Float64s) -> Float64s:
        """½‖y − Xw‖²/n ``(n_models,)`` with the best bias, for ``weights`` and their ``minus_gradient``."""
        fitted = np.einsum("ij,ij->i", weights, self.products + minus_gradient)
        return np.asarray(0.5 * np.maximum(self.square - fitted, 0.0))

    def loss(self, weights: Float64s) -> float:
        """As ``losses``, of one model's ``weights`` ``(n_inputs,)``."""
        return float(self.losses(weights[np.newaxis], self.minus_gradient(weights[np.newaxis]))[0])

    def biases(self, weights: Float64s) -> Float64s:
        """The best biases ``(n_models,)`` for ``weights`` ``(n_models, n_inputs)``."""
        return np.asarray(self.target_mean - weights @ self.means)


@dataclass(frozen=True)
class Solutions:
    """The models at some λ in a row that were found together, by λ.

    Attributes:
        lambdas: ``(n_lambdas,)``, as are ``objectives`` J, ``gaps``, the most that J can be above its minimum,
            ``kkt_residuals`` and ``losses`` ½‖y − Xw‖²/n.
        weights: ``(n_lambdas, n_inputs)``.
    """

    lambdas: Float64s
    weights: Float64s
    objectives: Float64s
    gaps: Float64s
    kkt_residuals: Float64s
    losses: Float64s


def squared_path(
    statistics: GramStatistics, penalty: Penalty, lambdas: Float64s, tolerance: float, stop: Stop | None = None
) -> Iterator[Solutions]:
    """The solutions under ``penalty`` at each of the descending ``lambdas`` (whatever λ it carries itself).

    As many λ at once as take about 20 ms. Raises Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    if not penalty.is_separable:
        return _group_path(statistics, penalty, lambdas, tolerance, stop)
    if penalty.is_ridge:
        return _ridge_path(statistics, lambdas, stop)
    return _elastic_net_path(statistics, penalty, lambdas, tolerance, stop)


def _elastic_net_path(
    statistics: GramStatistics, penalty: Penalty, lambdas: Float64s, tolerance: float, stop: Stop
) -> Iterator[Solutions]:
    from regdesk.core.engine.path_kernels import gram_path
    from regdesk.core.engine.path_measures import measure_path
    from regdesk.core.engine.path_structs import (
        ActiveSet,
        CertifiedSolutions,
        GramProblem,
        PathPlan,
        PathSolutions,
        PathState,
    )

    n_inputs, n_lambdas = len(statistics.products), len(lambdas)
    weights, minus_gradient = np.zeros(n_inputs), statistics.products.copy()
    problem = GramProblem(statistics.gram, statistics.products, statistics.square)
    ratio = penalty.l1_share
    plan = PathPlan(lambdas * ratio, lambdas * (1.0 - ratio), tolerance, MOST_SWEEPS, stop.flag)
    state = PathState(weights, minus_gradient, weights.copy(), minus_gradient.copy())
    # Active sets are for the lasso alone: under l2 every λ would have a factor of its own.
    active_set = ActiveSet(
        factor=np.empty((n_inputs, n_inputs) if ratio == 1.0 else (1, 1)),
        along=np.empty((2, n_inputs)),
        order=np.empty(n_inputs, dtype=np.int64),
        signs=np.empty(n_inputs),
        counts=np.array([-1, 0, -1]),
    )
    figures = np.zeros((4, n_lambdas))
    found = CertifiedSolutions(np.zeros((n_lambdas, n_inputs)), *figures)
    solutions = PathSolutions(found.weights, found.objectives, found.gaps)
    # By active sets a λ takes a tenth of what it takes by sweeps; one that took sweeps all the same ends a call.
    share = 1.0 if ratio == 1.0 else 10.0
    at_once = max(1, int(WORK_A_CALL / (share * n_inputs * n_inputs + 1.0)))
    shown = 0
    while shown < n_lambdas:
        last = min(shown + at_once, n_lambdas)
        stopped = gram_path(problem, plan, state, active_set, solutions, shown, last)
        stop.check()
        behind = min(stopped + 1, last)
        pulls = statistics.minus_gradient(found.weights[shown:behind])
        good = measure_path(problem, plan, found, pulls, shown, behind)
        if good < behind:
            active_set.counts[2] = good
            _go_back(statistics, state, found.weights[good - 1 : good + 1])
        if good > shown:
            done = slice(shown, good)
            yield Solutions(lambdas[done], found.weights[done], *figures[:, done])
            shown = good


def _go_back(statistics: GramStatistics, state: PathState, weights: Float64s) -> None:
    """``state`` as it was when the last of ``weights`` ``(2, n_inputs)`` had been found, and the first before it."""
    before, now = statistics.minus_gradient(weights)
    parts = (state.last_weights, state.weights, state.last_minus_gradient, state.minus_gradient)
    for part, values in zip(parts, (*weights, before, now), strict=True):
        part[:] = values


def without_rounded_zeros(weights: Float64s, deviations: Float64s, square: float) -> Float64s:
    """``weights`` ``(n_lambdas, n_inputs)`` with exact zeros where there is less than a solution can be exact to.

    The pull of an input that is a copy of one in the model is λ₁ but for rounding, which may let it in by 1e-16; so may
    that of the first at λ_max. What is dropped moves the fit by 1e-13: J, its gap and the KKT residual hardly change.
    ``deviations`` ``(n_inputs,)`` are those of the inputs, ``square`` the target's variance.
    """
    effects = np.abs(weights) * deviations
    # What other weights explain all of leaves rounding, of either sign.
    largest = np.maximum(effects.max(axis=1, initial=0.0), np.sqrt(max(square, 0.0)))
    return np.where(effects > ROUNDED_ZERO * largest[:, np.newaxis], weights, 0.0)


def _ridge_path(statistics: GramStatistics, lambdas: Float64s, stop: Stop) -> Iterator[Solutions]:
    """All λ from one eigendecomposition: w = V (Λ + λ)⁻¹ Vᵀ Xᵀy/n (Hastie et al. 2009, eq. 3.47)."""
    values, vectors = np.linalg.eigh(statistics.gram)
    along = vectors.T @ statistics.products
    n_inputs, tiny = len(values), np.finfo(np.float64).tiny
    least = n_inputs * np.finfo(np.float64).eps * max(float(values[-1]), 0.0) if n_inputs else 0.0
    at_once = max(1, int(WORK_A_CALL / (2.0 * n_inputs * n_inputs + 1.0)))
    for first in range(0, len(lambdas), at_once):
        stop.check()
        some = lambdas[first : first + at_once]
        column = some[:, np.newaxis]
        # At λ = 0 directions in which no row differs are left at 0: the shortest of the solutions.
        weights = np.where(values > least, along / np.maximum(values + column, tiny), 0.0) @ vectors.T
        minus_gradient = statistics.minus_gradient(weights)
        losses = statistics.losses(weights, minus_gradient)
        objectives = losses + 0.5 * some * np.einsum("ij,ij->i", weights, weights)
        slopes = minus_gradient - column * weights
        squares = np.einsum("ij,ij->i", slopes, slopes)
        gaps = np.divide(squares, 2.0 * some, out=np.full(len(some), np.inf), where=some > 0)
        yield Solutions(some, weights, objectives, gaps, np.abs(slopes).max(axis=1, initial=0.0), losses)


def _group_path(
    statistics: GramStatistics, penalty: Penalty, lambdas: Float64s, tolerance: float, stop: Stop
) -> Iterator[Solutions]:
    from regdesk.core.engine.quadratic_kernels import GroupPenalty, Quadratic, descend

    unit = replace(penalty, lam=1.0).blocks(np.arange(len(statistics.products)))
    bounds, roots = unit.bounds, unit.limits
    blocks = [statistics.gram[first:last, first:last] for first, last in itertools.pairwise(bounds)]
    curvatures = np.array([float(np.linalg.eigvalsh(block)[-1]) for block in blocks])
    weights, minus_gradient = np.zeros(len(statistics.products)), statistics.products.copy()
    ridges = np.zeros(len(curvatures))
    deviations = np.sqrt(np.maximum(statistics.gram.diagonal(), 0.0))
    quadratic = Quadratic(statistics.gram, weights, minus_gradient)
    for lam in lambdas:
        enough = 0.1 * tolerance * _group_gap(statistics, replace(penalty, lam=float(lam)), weights, minus_gradient)[0]
        for _ in range(12):
            limits = lam * roots
            most = MOST_GROUP_SWEEPS
            descend(quadratic, GroupPenalty(bounds, limits, ridges, curvatures), enough, most, stop.flag)
            stop.check()
            minus_gradient[:] = statistics.products - statistics.gram @ weights
            objective, gap = _group_gap(statistics, replace(penalty, lam=float(lam)), weights, minus_gradient)
            if gap <= tolerance * objective:
                break
            enough *= 0.1
        found = without_rounded_zeros(weights[np.newaxis], deviations, statistics.square)
        left = statistics.minus_gradient(found)
        smallest = replace(penalty, lam=float(lam)).smallest_subgradient(found[0], -left[0])
        residual, losses = np.abs(smallest).max(initial=0.0), statistics.losses(found, left)
        one = (np.array([figure], dtype=np.float64) for figure in (lam, objective, gap, residual))
        at, objectives, gaps, residuals = one
        yield Solutions(at, found, objectives, gaps, residuals, losses)


def kkt_residuals_along(l1_ratio: float, lambdas: Float64s, weights: Float64s, minus_gradient: Float64s) -> Float64s:
    """∞-norm of ``ElasticNet.smallest_subgradient`` at each of ``lambdas``, of each row of ``weights``."""
    l1s, l2s = l1_ratio * lambdas[:, np.newaxis], (1.0 - l1_ratio) * lambdas[:, np.newaxis]
    smooth = minus_gradient - l2s * weights if l1_ratio < 1.0 else minus_gradient
    # Of a weight at 0 what the penalty bears is taken off; the pull on another is to be λ in its direction.
    excess = np.where(weights == 0.0, np.abs(smooth) - l1s, np.abs(smooth - l1s * np.sign(weights)))
    return np.asarray(excess.max(axis=1, initial=0.0))


def _group_gap(
    statistics: GramStatistics, penalty: Penalty, weights: Float64s, minus_gradient: Float64s
) -> tuple[float, float]:
    """J and its duality gap; the dual point is the residual, scaled as in ``path_parts.duality_gap``.

    That one knows no groups, and adds weight by weight what numpy adds in vectors here: made one, they would round
    differently, and paths would stop elsewhere. ``duality.duality_gap`` needs the rows, of which only sums are here.
    """
    largest = float(penalty.steepness(minus_gradient).max(initial=0.0))
    scale = 1.0 if largest <= penalty.lam else penalty.lam / largest
    linear = float(weights @ statistics.products)
    residual = max(statistics.square - 2.0 * linear + float(weights @ (statistics.products - minus_gradient)), 0.0)
    objective = 0.5 * residual + penalty.lam * penalty.value(weights)
    return objective, objective - scale * (statistics.square - linear) + 0.5 * scale**2 * residual
