"""The convex twin: linear and logistic regression solved to a stated residual.

Accelerated proximal gradient (Beck & Teboulle 2009, FISTA) with restart when the objective's direction
turns (O'Donoghue & Candès 2015, eq. 12), in coordinates scaled by each input's standard deviation so that
unstandardised inputs do not slow it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.losses import Loss
from regdesk.core.penalties import Penalty, prox
from regdesk.core.types import Float64s


@dataclass(frozen=True)
class LinearSolution:
    """``weights`` ``(n_inputs,)`` and ``bias`` on the scale of the inputs given."""

    weights: Float64s
    bias: float
    kkt_residual: float
    n_iterations: int
    converged: bool


def linear_gradient(
    inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, bias: float
) -> tuple[Float64s, float]:
    """∇ of the mean loss by ``weights`` ``(n_inputs,)`` and by the bias; ``inputs`` ``(n_rows, n_inputs)``."""
    derivatives = loss.derivatives(inputs @ weights + bias, targets)
    return inputs.T @ derivatives / len(targets), float(derivatives.mean())


def linear_kkt_residual(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, weights: Float64s, bias: float
) -> float:
    """∞-norm of the smallest subgradient of J at ``weights`` ``(n_inputs,)`` and ``bias``."""
    gradient, bias_gradient = linear_gradient(inputs, targets, loss, weights, bias)
    smallest = np.abs(penalty.smallest_subgradient(weights, gradient))
    return max(float(smallest.max(initial=0.0)), abs(bias_gradient))


def solve_linear(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    tolerance: float = 1e-8,
    max_iterations: int = 20_000,
) -> LinearSolution:
    """Minimise mean loss + λ·R(w) over ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``.

    Ends when ``linear_kkt_residual`` is at most ``tolerance``; otherwise says that it has not converged.
    """
    means, scales = inputs.mean(axis=0), inputs.std(axis=0)
    scales = np.where(scales > 0, scales, 1.0)
    scaled = (inputs - means) / scales
    n_rows, n_inputs = scaled.shape
    if loss.kind == "squared":
        gram, moments = scaled.T @ scaled / n_rows, scaled.T @ targets / n_rows
        mean_target = float(targets.mean())

        def gradient_of(point: Float64s) -> Float64s:
            # The inputs are centred, so that weights and bias do not meet in the Gram matrix.
            return np.append(gram @ point[:-1] - moments, point[-1] - mean_target)
    else:
        gram = scaled.T @ scaled / n_rows if n_inputs <= n_rows else scaled @ scaled.T / n_rows

        def gradient_of(point: Float64s) -> Float64s:
            gradient, bias_gradient = linear_gradient(scaled, targets, loss, point[:-1], float(point[-1]))
            return np.append(gradient, bias_gradient)

    largest = float(np.linalg.eigvalsh(gram)[-1]) if gram.size else 0.0
    # The bias column has unit length; 1e-10 keeps rounding from making the step a hair too long.
    step = 1.0 / (loss.curvature_bound * max(largest, 1.0) * (1.0 + 1e-10))
    # With w = w̃/scale, λ|w| is (λ/scale)|w̃| and λw² is (λ/scale²)w̃²: per-input rates of the one penalty.
    l1_rates, l2_rates = step * penalty.l1 / scales, step * penalty.l2 / scales**2

    point = np.zeros(n_inputs + 1)
    point[-1] = loss.null_output(targets)
    ahead, momentum = point.copy(), 1.0
    n_iterations, residual = 0, np.inf
    best_point, best_residual = point, np.inf
    for n_iterations in range(1, max_iterations + 1):
        u = ahead - step * gradient_of(ahead)
        new_point = u.copy()
        new_point[:-1] = prox(u[:-1], l1_rates, l2_rates)
        if (ahead - new_point) @ (new_point - point) > 0:
            momentum = 1.0
        next_momentum = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * momentum**2))
        ahead = new_point + (momentum - 1.0) / next_momentum * (new_point - point)
        point, momentum = new_point, next_momentum
        # The residual costs as much as a step, so it is looked at every tenth.
        if n_iterations % 10 == 0 or n_iterations == max_iterations:
            weights = point[:-1] / scales
            bias = float(point[-1] - means @ weights)
            residual = linear_kkt_residual(inputs, targets, loss, penalty, weights, bias)
            if residual < best_residual:
                best_point, best_residual = point, residual
            if residual <= tolerance:
                break
    weights = best_point[:-1] / scales
    bias = float(best_point[-1] - means @ weights)
    return LinearSolution(weights, bias, best_residual, n_iterations, best_residual <= tolerance)
