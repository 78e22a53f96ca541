"""How good the solutions of an exact path of squared error are, compiled: all λ of a call at once, from their pulls."""

from __future__ import annotations

import math

from regdesk.core.engine.arrays import larger
from regdesk.core.engine.stored import njit


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _sums(weights, pulls, products):
    """Σ |w|, Σ w · Xᵀy/n and Σ w · Xᵀr/n. Nothing is written here: see ``class_path_rows``."""
    size, linear, left = 0.0, 0.0, 0.0
    for j in range(weights.size):
        size += abs(weights[j])
        linear += weights[j] * products[j]
        left += weights[j] * pulls[j]
    return size, linear, left


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc", "nnan", "nsz"})
def _largest(weights, pulls, l1, l2):
    """Of |Xᵀr/n|, and of the smallest subgradient of J."""
    pull, residual = 0.0, 0.0
    for j in range(weights.size):
        w = weights[j]
        smooth = pulls[j] - l2 * w
        # Of a weight at 0 what the penalty bears is taken off; the pull on another is to be λ in its direction.
        excess = abs(smooth) - l1 if w == 0.0 else abs(smooth - (l1 if w > 0.0 else -l1))
        pull = larger(pull, abs(pulls[j]))
        residual = larger(residual, excess)
    return pull, residual


@njit(cache=True, nogil=True, error_model="numpy")
def measure_path(problem, plan, found, pulls, first, last):
    """Of λ number ``first`` up to ``last``: KKT residuals and losses, and J and gap where ``found`` has none.

    ``problem`` is a ``GramProblem``, ``plan`` a ``PathPlan``, ``found`` ``CertifiedSolutions``; ``pulls``
    ``(last − first, n_inputs)`` are Xᵀr/n for the weights of these λ. A gap of −∞ is none: J and gap are then those of
    ``path_parts.duality_gap`` without l2. The number of the first of those that is not good enough, or ``last``.
    """
    poor = last
    for number in range(first, last):
        weights, own, l1 = found.weights[number], pulls[number - first], plan.l1s[number]
        size, linear, left = _sums(weights, own, problem.products)
        pull, found.kkt_residuals[number] = _largest(weights, own, l1, plan.l2s[number])
        found.losses[number] = 0.5 * larger(problem.square - linear - left, 0.0)
        if found.gaps[number] != -math.inf:
            continue
        residual = larger(problem.square - linear - left, 0.0)
        scale = 1.0 if pull <= l1 else l1 / pull
        objective = 0.5 * residual + l1 * size
        gap = objective - scale * (problem.square - linear) + 0.5 * scale * scale * residual
        found.objectives[number], found.gaps[number] = objective, gap
        if poor == last and not gap <= plan.tolerance * objective:
            poor = number
    return poor
