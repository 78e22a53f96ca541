"""Exact paths of squared error: from the moments of the rows alone, or from the rows where inputs outnumber them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.penalties import ElasticNet, GroupLasso, Penalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s

MOST_SWEEPS = 20_000
ROUNDED_ZERO = 1e-13
"""Of the target's deviation, or of the largest effect of an input: a weight with less is a zero that was rounded."""
WORK_A_CALL = 4e7
"""Multiplications that a compiled call may take, about 20 ms, before it can be interrupted."""


@dataclass(frozen=True)
class Moments:
    """What squared error needs to know of centred rows, and the figures to centre others.

    Attributes:
        means: ``(n_inputs,)``; ``target_mean`` is that of the targets.
        gram: XᵀX/n ``(n_inputs, n_inputs)``, ``products`` Xᵀy/n ``(n_inputs,)``, ``square`` ‖y‖²/n, all centred.
    """

    n_rows: int
    means: Float64s
    target_mean: float
    gram: Float64s
    products: Float64s
    square: float

    @classmethod
    def of(cls, inputs: Float64s, targets: Float64s) -> Moments:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``."""
        means, target_mean = inputs.mean(axis=0), float(targets.mean())
        centred, left = inputs - means, targets - target_mean
        n_rows = len(targets)
        return cls(
            n_rows,
            means,
            target_mean,
            centred.T @ centred / n_rows,
            centred.T @ left / n_rows,
            float(left @ left) / n_rows,
        )

    def loss(self, weights: Float64s) -> float:
        """½‖y − Xw‖²/n with the best bias, for ``weights`` ``(n_inputs,)``."""
        fitted = float(weights @ (2.0 * self.products - self.gram @ weights))
        return 0.5 * max(self.square - fitted, 0.0)


@dataclass(frozen=True)
class WeightsAt:
    """The weights ``(n_inputs,)`` at one λ, J there, the most it can be above its minimum, and the kkt residual."""

    lam: float
    weights: Float64s
    objective: float
    gap: float
    kkt_residual: float


def squared_path(
    moments: Moments, penalty: Penalty, lambdas: Float64s, tolerance: float, stop: Stop | None = None
) -> Iterator[WeightsAt]:
    """The solutions under ``penalty`` at each of the descending ``lambdas`` (whatever λ it carries itself).

    Raises Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    if isinstance(penalty, GroupLasso):
        return _group_path(moments, penalty, lambdas, tolerance, stop)
    assert isinstance(penalty, ElasticNet)
    if penalty.l1_ratio == 0.0:
        return _ridge_path(moments, lambdas)
    return _elastic_net_path(moments, penalty, lambdas, tolerance, stop)


def _elastic_net_path(
    moments: Moments, penalty: ElasticNet, lambdas: Float64s, tolerance: float, stop: Stop
) -> Iterator[WeightsAt]:
    from regdesk.core.engine.path_kernels import gram_path

    n_inputs, n_lambdas = len(moments.products), len(lambdas)
    weights, pulls = np.zeros(n_inputs), moments.products.copy()
    last_weights, last_pulls = weights.copy(), pulls.copy()
    path, objectives, gaps = np.zeros((n_lambdas, n_inputs)), np.zeros(n_lambdas), np.zeros(n_lambdas)
    deviations = np.sqrt(np.maximum(moments.gram.diagonal(), 0.0))
    at_once = max(1, int(WORK_A_CALL / (10.0 * n_inputs * n_inputs + 1.0)))
    shown = 0
    while shown < n_lambdas:
        last = min(shown + at_once, n_lambdas)
        stopped = gram_path(
            moments.gram, moments.products, moments.square,
            lambdas * penalty.l1_ratio, lambdas * (1.0 - penalty.l1_ratio), tolerance, MOST_SWEEPS, stop.flag,
            shown, last, weights, pulls, last_weights, last_pulls, path, objectives, gaps,
        )  # fmt: skip
        stop.check()
        for number in range(shown, min(stopped + 1, last)):
            found = without_rounded_zeros(path[number], deviations, moments.square)
            residual = _kkt_residual(penalty, lambdas[number], found, moments.products - moments.gram @ found)
            yield WeightsAt(float(lambdas[number]), found, float(objectives[number]), float(gaps[number]), residual)
        shown = min(stopped + 1, last)


def residual_path(
    inputs: Float64s,
    targets: Float64s,
    penalty: ElasticNet,
    lambdas: Float64s,
    tolerance: float,
    stop: Stop | None = None,
) -> Iterator[WeightsAt]:
    """As ``squared_path``, from centred ``inputs`` ``(n_rows, n_inputs)`` and ``targets``: no Gram matrix is made."""
    from regdesk.core.engine import path_kernels

    stop = stop or Stop()
    columns = np.ascontiguousarray(inputs.T)
    n_inputs, n_rows = columns.shape
    curvatures = np.einsum("ij,ij->i", columns, columns) / n_rows
    products = columns @ targets / n_rows
    weights, pulls, n_lambdas = np.zeros(n_inputs), products.copy(), len(lambdas)
    path, objectives, gaps = np.zeros((n_lambdas, n_inputs)), np.zeros(n_lambdas), np.zeros(n_lambdas)
    for number in range(n_lambdas):
        path_kernels.residual_path(
            columns, curvatures, products, targets,
            lambdas * penalty.l1_ratio, lambdas * (1.0 - penalty.l1_ratio), tolerance, MOST_SWEEPS, stop.flag,
            number, number + 1, weights, pulls, path, objectives, gaps,
        )  # fmt: skip
        stop.check()
        found = without_rounded_zeros(path[number], np.sqrt(curvatures), float(targets @ targets) / n_rows)
        left = (targets - inputs @ found) @ inputs / n_rows
        residual = _kkt_residual(penalty, lambdas[number], found, left)
        yield WeightsAt(float(lambdas[number]), found, float(objectives[number]), float(gaps[number]), residual)


def without_rounded_zeros(weights: Float64s, deviations: Float64s, square: float) -> Float64s:
    """``weights`` ``(n_inputs,)`` with exact zeros where there is less than a solution can be exact to.

    The pull of an input that is a copy of one in the model is λ₁ but for rounding, which may let it in by 1e-16; so may
    that of the first at λ_max. What is dropped moves the fit by 1e-13: J, its gap and the kkt residual hardly change.
    ``deviations`` ``(n_inputs,)`` are those of the inputs, ``square`` the target's variance.
    """
    effects = np.abs(weights) * deviations
    return np.where(effects > ROUNDED_ZERO * max(float(effects.max(initial=0.0)), np.sqrt(square)), weights, 0.0)


def _ridge_path(moments: Moments, lambdas: Float64s) -> Iterator[WeightsAt]:
    """All λ from one eigendecomposition: w = V (Λ + λ)⁻¹ Vᵀ Xᵀy/n (Hastie et al. 2009, eq. 3.47)."""
    values, vectors = np.linalg.eigh(moments.gram)
    along = vectors.T @ moments.products
    least = len(values) * np.finfo(np.float64).eps * max(float(values[-1]), 0.0) if len(values) else 0.0
    for lam in lambdas:
        # At λ = 0 directions in which no row differs are left at 0: the shortest of the solutions.
        inverse = np.where(values > least, 1.0 / np.maximum(values + lam, np.finfo(np.float64).tiny), 0.0)
        weights = vectors @ (inverse * along)
        pulls = moments.products - moments.gram @ weights
        objective = moments.loss(weights) + 0.5 * lam * float(weights @ weights)
        slope = pulls - lam * weights
        gap = float(slope @ slope) / (2.0 * lam) if lam > 0 else np.inf
        yield WeightsAt(float(lam), weights, objective, gap, float(np.abs(slope).max(initial=0.0)))


def _group_path(
    moments: Moments, penalty: GroupLasso, lambdas: Float64s, tolerance: float, stop: Stop
) -> Iterator[WeightsAt]:
    from regdesk.core.engine.quadratic_kernels import descend

    bounds = penalty.bounds
    blocks = [moments.gram[first:last, first:last] for first, last in itertools.pairwise(bounds)]
    curvatures = np.array([float(np.linalg.eigvalsh(block)[-1]) for block in blocks])
    weights, pulls = np.zeros(len(moments.products)), moments.products.copy()
    ridges, roots = np.zeros(len(curvatures)), np.sqrt(penalty.sizes)
    deviations = np.sqrt(np.maximum(moments.gram.diagonal(), 0.0))
    for lam in lambdas:
        enough = 0.1 * tolerance * _group_gap(moments, replace(penalty, lam=float(lam)), weights, pulls)[0]
        for _ in range(12):
            limits = lam * roots
            descend(moments.gram, weights, pulls, bounds, limits, ridges, curvatures, enough, MOST_SWEEPS, stop.flag)
            stop.check()
            pulls[:] = moments.products - moments.gram @ weights
            objective, gap = _group_gap(moments, replace(penalty, lam=float(lam)), weights, pulls)
            if gap <= tolerance * objective:
                break
            enough *= 0.1
        found = without_rounded_zeros(weights, deviations, moments.square)
        residual = _kkt_residual(penalty, lam, found, moments.products - moments.gram @ found)
        yield WeightsAt(float(lam), found, objective, gap, residual)


def _kkt_residual(penalty: Penalty, lam: float, weights: Float64s, pulls: Float64s) -> float:
    smallest = replace(penalty, lam=float(lam)).smallest_subgradient(weights, -pulls)
    return float(np.abs(smallest).max(initial=0.0))


def _group_gap(moments: Moments, penalty: GroupLasso, weights: Float64s, pulls: Float64s) -> tuple[float, float]:
    """J and its duality gap; the dual point is the residual, scaled as in ``path_kernels.duality_gap``."""
    norms = np.sqrt(np.add.reduceat(np.square(pulls), penalty.bounds[:-1]) / penalty.sizes)
    largest = float(norms.max(initial=0.0))
    scale = 1.0 if largest <= penalty.lam else penalty.lam / largest
    linear = float(weights @ moments.products)
    residual = max(moments.square - 2.0 * linear + float(weights @ (moments.products - pulls)), 0.0)
    objective = 0.5 * residual + penalty.lam * penalty.value(weights)
    return objective, objective - scale * (moments.square - linear) + 0.5 * scale**2 * residual
