"""The exact path of a linear model along λ, with a certificate at every point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.linear.certificate import SOLVED_GAP
from regdesk.core.linear.duality import duality_gap
from regdesk.core.linear.newton_path import NewtonPath
from regdesk.core.linear.optimum import row_space, solve_linear
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.proximal_gradient import linear_kkt_residual
from regdesk.core.linear.squared_path import GramStatistics, Solutions, residual_path, squared_path
from regdesk.core.model.penalty import Penalty
from regdesk.core.model.shortfalls import LinearShortfall
from regdesk.core.stopping import Stop
from regdesk.core.types import LINEAR_TOLERANCE, Float64s

GAP_TOLERANCE = 1e-9
"""Largest duality gap, as a share of J, at which a point is left; what counts as solved is ten times that."""
MOST_GRAM_INPUTS = 4000
"""A Gram matrix of more inputs takes 128 MB and more."""
MOST_GROUPED_INPUTS = 1000
ROW_SHARE = 1e-5
"""J over the null model's below which certificates are taken from the rows: a Gram matrix has lost their digits."""


@dataclass(frozen=True)
class PathPoint:
    """The model at one λ, on the scale of the rows it was solved for.

    Attributes:
        weights: ``(n_inputs, n_outputs)``; ``biases``: ``(n_outputs,)``.
        objective: J; ``gap`` is the most that J can be above its minimum (infinite where no bound is known).
        kkt_residual: ∞-norm of the smallest subgradient of J.
        converged: the gap is at most 1e-8 of J, or without a penalty the residual at most 1e-8; ``shortfall`` says
            why not, once all has been tried.
        has_optimum: there is a minimum at all; without a penalty classes that can be told apart have none.
        is_unique: no other parameters do as well; None where nobody has looked, or there is no minimum.
    """

    lam: float
    weights: Float64s
    biases: Float64s
    objective: float
    gap: float
    kkt_residual: float
    converged: bool
    shortfall: LinearShortfall | None = None
    has_optimum: bool = True
    is_unique: bool | None = None

    @property
    def n_nonzero(self) -> int:
        return int(np.count_nonzero(self.weights))


def solve_path(problem: LinearProblem, lambdas: Float64s, stop: Stop | None = None) -> Iterator[PathPoint]:
    """The solution at each of the descending ``lambdas``, one by one: between two of them is a place to stop.

    Raises Stopped soon after ``stop`` says so, which may be within one λ.
    """
    # With some λ, as without any it would be none.
    problem = replace(problem, penalty=replace(problem.penalty, lam=1.0).simplest)
    if problem.loss.kind == "squared" and not _needs_working_sets(problem):
        yield from _squared(problem, lambdas, stop)
        return
    path = NewtonPath(problem.inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs, stop)
    if _is_wide(problem):
        # Nothing but the rows' own space is used: as many inputs as there are rows say all.
        means, inputs, rows = row_space(problem.inputs)
        path = NewtonPath(inputs, problem.targets, problem.loss, problem.penalty, problem.n_outputs, stop)
    for model in path.solve(lambdas, GAP_TOLERANCE):
        weights, biases = model.weights, model.biases
        if _is_wide(problem):
            weights = rows.T @ weights
            biases = biases - means @ weights
        yield _mended(problem, _point(problem, model.lam, weights, biases), stop)


def _needs_working_sets(problem: LinearProblem) -> bool:
    """Groups of so many inputs that their products would fill the memory."""
    n_rows, n_inputs = problem.inputs.shape
    return not problem.penalty.is_separable and n_inputs > max(n_rows, MOST_GROUPED_INPUTS)


def _is_wide(problem: LinearProblem) -> bool:
    penalty, (n_rows, n_inputs) = problem.penalty, problem.inputs.shape
    return penalty.is_ridge and n_inputs > n_rows


def _squared(problem: LinearProblem, lambdas: Float64s, stop: Stop | None) -> Iterator[PathPoint]:
    penalty, inputs, targets = problem.penalty, problem.inputs, problem.targets
    n_rows, n_inputs = inputs.shape
    if penalty.is_separable and penalty.makes_zeros and n_inputs > min(n_rows, MOST_GRAM_INPUTS):
        means, target_mean = inputs.mean(axis=0), float(targets.mean())
        solutions = residual_path(inputs - means, targets - target_mean, penalty, lambdas, GAP_TOLERANCE, stop)
        for solution in solutions:
            for point in points_of(solution, np.asarray(target_mean - solution.weights @ means)):
                yield _mended(problem, point, stop)
        return
    if _is_wide(problem):
        means, coordinates, rows = row_space(inputs)
        for solution in squared_path(GramStatistics.of(coordinates, targets), penalty, lambdas, GAP_TOLERANCE, stop):
            full = replace(solution, weights=solution.weights @ rows)
            for point in points_of(full, np.asarray(float(targets.mean()) - full.weights @ means)):
                yield _mended(problem, _point(problem, point.lam, point.weights, point.biases), stop)
        return
    for points in points_of_moments(GramStatistics.of(inputs, targets), penalty, lambdas, problem, stop):
        yield from points


def points_of_moments(
    statistics: GramStatistics, penalty: Penalty, lambdas: Float64s, problem: LinearProblem, stop: Stop | None = None
) -> Iterator[list[PathPoint]]:
    """The path of squared error from ``statistics``, as many λ at once as are found together.

    ``problem`` holds the rows, which the closest fits are judged by.
    """
    least = ROW_SHARE * statistics.square
    for solutions in squared_path(statistics, penalty, lambdas, GAP_TOLERANCE, stop):
        points = list(points_of(solutions, statistics.biases(solutions.weights)))
        if (solutions.objectives >= least).all():
            yield points if _is_sound(solutions) else [_mended(problem, point, stop) for point in points]
            continue
        # Of many rows each of these takes long: between two of them is a place to stop.
        for point in points:
            is_close = point.objective < least
            found = _point(problem, point.lam, point.weights, point.biases) if is_close else point
            yield [_mended(problem, found, stop)]


def _is_sound(solutions: Solutions) -> bool:
    return bool(solutions.lambdas[-1] > 0.0 and (solutions.gaps <= SOLVED_GAP * solutions.objectives).all())


def _mended(problem: LinearProblem, point: PathPoint, stop: Stop | None) -> PathPoint:
    """``point``, or a better one where it has no certificate, or no penalty: then there may be none, or many."""
    if point.converged and point.lam > 0.0:
        return point
    penalty = replace(problem.penalty, lam=point.lam)
    found = solve_linear(
        problem.inputs, problem.targets, problem.loss, penalty, problem.n_outputs, stop=stop, names=problem.input_names
    )
    if point.lam > 0.0 and not found.converged and not found.gap < point.gap:
        return replace(point, shortfall=found.shortfall)
    return PathPoint(
        point.lam, found.weights, found.biases, found.objective, found.gap, found.kkt_residual, found.converged,
        found.shortfall, found.separation is None, found.is_unique,
    )  # fmt: skip


def points_of(solutions: Solutions, biases: Float64s) -> Iterator[PathPoint]:
    """One for each λ; ``biases`` ``(n_lambdas,)``."""
    # A small residual alone says nothing of a small λ: at λ = 1e-9 that of no weights at all may be as small.
    is_solved = solutions.gaps <= SOLVED_GAP * solutions.objectives
    is_solved |= (solutions.kkt_residuals <= LINEAR_TOLERANCE) & (solutions.lambdas == 0.0)
    # Lists, as reading single numbers from arrays takes longer than all that is done with them here.
    return map(
        PathPoint,
        solutions.lambdas.tolist(),
        solutions.weights[:, :, np.newaxis],
        biases[:, np.newaxis],
        solutions.objectives.tolist(),
        # Without a penalty the bound is 0, which says nothing of how far J is above its minimum.
        np.where(solutions.lambdas > 0, np.maximum(solutions.gaps, 0.0), np.inf).tolist(),
        solutions.kkt_residuals.tolist(),
        is_solved.tolist(),
    )


def _point(problem: LinearProblem, lam: float, weights: Float64s, biases: Float64s) -> PathPoint:
    """With certificates from the rows themselves."""
    penalty = replace(problem.penalty, lam=lam)
    rows = (problem.inputs, problem.targets, problem.loss, penalty, weights, biases)
    losses = problem.loss.values(problem.inputs @ weights + biases, problem.targets)
    objective = float(losses.mean()) + lam * penalty.value(weights.ravel())
    gap, residual = duality_gap(*rows), linear_kkt_residual(*rows)
    is_solved = gap <= SOLVED_GAP * objective if lam > 0.0 else residual <= LINEAR_TOLERANCE
    return PathPoint(lam, weights, biases, objective, gap, residual, bool(is_solved))
