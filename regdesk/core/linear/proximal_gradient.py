"""Gradients of linear, logistic and softmax regression, and a solver that needs nothing more than these.

Accelerated proximal gradient (Beck & Teboulle 2009, FISTA) with restart when the objective's direction
turns (O'Donoghue & Candès 2015, eq. 12), in coordinates scaled by each input's standard deviation so that
unstandardised inputs do not slow it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from regdesk.core.model.column_figures import means_and_deviations
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalty import Penalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s


@dataclass(frozen=True)
class GradientSolution:
    """``weights`` ``(n_inputs, n_outputs)`` and ``biases`` ``(n_outputs,)`` on the scale of the inputs given."""

    weights: Float64s
    biases: Float64s
    kkt_residual: float
    n_iterations: int
    converged: bool


def linear_gradient(
    inputs: Float64s, targets: Float64s, loss: Loss, weights: Float64s, biases: Float64s
) -> tuple[Float64s, Float64s]:
    """∇ of the mean loss by ``weights`` ``(n_inputs, n_outputs)`` and by ``biases`` ``(n_outputs,)``.

    ``inputs`` ``(n_rows, n_inputs)``, ``targets`` ``(n_rows,)``.
    """
    derivatives = loss.derivatives(inputs @ weights + biases, targets)
    return inputs.T @ derivatives / len(targets), derivatives.mean(axis=0)


def linear_kkt_residual(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, weights: Float64s, biases: Float64s
) -> float:
    """∞-norm of the smallest subgradient of J at ``weights`` ``(n_inputs, n_outputs)`` and ``biases``."""
    gradient, bias_gradient = linear_gradient(inputs, targets, loss, weights, biases)
    smallest = np.abs(penalty.smallest_subgradient(weights.ravel(), gradient.ravel()))
    return max(float(smallest.max(initial=0.0)), float(np.abs(bias_gradient).max()))


def least_lambda_without_weights(
    inputs: Float64s, targets: Float64s, loss: Loss, penalty: Penalty, n_outputs: int
) -> float:
    """The least λ at which all weights are zero, with the biases at their best; infinite for L2 (DESIGN)."""
    weights = np.zeros((inputs.shape[1], n_outputs))
    biases = loss.null_outputs(targets, n_outputs)
    return penalty.null_lambda(linear_gradient(inputs, targets, loss, weights, biases)[0].ravel())


def _gradient_of(
    scaled: Float64s, targets: Float64s, loss: Loss, null_outputs: Float64s
) -> tuple[Callable[[Float64s], Float64s], float]:
    """The gradient of the mean loss in scaled coordinates, and the largest eigenvalue of the inputs' Gram matrix."""
    n_rows, n_inputs = scaled.shape
    if loss.kind == "squared":
        gram, statistics = scaled.T @ scaled / n_rows, scaled.T @ targets / n_rows

        def gradient_of(point: Float64s) -> Float64s:
            # The inputs are centred, so that weights and bias do not meet in the Gram matrix.
            return np.vstack([gram @ point[:-1] - statistics[:, np.newaxis], point[-1] - null_outputs])
    else:
        rows = scaled if loss.shares is None else np.sqrt(loss.shares)[:, np.newaxis] * scaled
        gram = rows.T @ rows / n_rows if n_inputs <= n_rows else rows @ rows.T / n_rows

        def gradient_of(point: Float64s) -> Float64s:
            return np.vstack(linear_gradient(scaled, targets, loss, point[:-1], point[-1]))

    return gradient_of, float(np.linalg.eigvalsh(gram)[-1]) if gram.size else 0.0


def proximal_gradient(
    inputs: Float64s,
    targets: Float64s,
    loss: Loss,
    penalty: Penalty,
    n_outputs: int = 1,
    tolerance: float = 1e-8,
    max_iterations: int = 20_000,
    stop: Stop | None = None,
) -> GradientSolution:
    """Minimise mean loss + λ·R(W) over ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``.

    ``n_outputs`` is more than 1 for softmax alone. Ends when ``linear_kkt_residual`` is at most ``tolerance``;
    otherwise says that it has not converged. Raises Stopped soon after ``stop`` says so.
    """
    stop = stop or Stop()
    means, scales = inputs.mean(axis=0), inputs.std(axis=0)
    if loss.shares is not None:
        means, scales = means_and_deviations(inputs, loss.shares)
    scales = np.where(scales > 0, scales, 1.0)
    scaled = (inputs - means) / scales
    n_inputs = scaled.shape[1]
    null_outputs = loss.null_outputs(targets, n_outputs)
    gradient_of, largest = _gradient_of(scaled, targets, loss, null_outputs)
    # The bias column has unit length; 1e-10 keeps rounding from making the step a hair too long.
    step = 1.0 / (loss.curvature_bound * max(largest, 1.0) * (1.0 + 1e-10))
    # A gradient step in w̃ = scale · w is one of step/scale² in w, where the penalty is as it is written.
    units = scales[:, np.newaxis]
    rates = np.repeat(step / scales**2, n_outputs)

    def original(point: Float64s) -> tuple[Float64s, Float64s]:
        weights = point[:-1] / units
        return weights, point[-1] - means @ weights

    # A row an input and one for the biases, in scaled coordinates.
    point = np.zeros((n_inputs + 1, n_outputs))
    point[-1] = null_outputs
    ahead, momentum = point.copy(), 1.0
    n_iterations = 0
    best_point, best_residual = point, np.inf
    for n_iterations in range(1, max_iterations + 1):
        stop.check()
        new_point = ahead - step * gradient_of(ahead)
        new_point[:-1] = units * penalty.prox((new_point[:-1] / units).ravel(), rates).reshape(n_inputs, n_outputs)
        if np.vdot(ahead - new_point, new_point - point) > 0:
            momentum = 1.0
        next_momentum = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * momentum**2))
        ahead = new_point + (momentum - 1.0) / next_momentum * (new_point - point)
        point, momentum = new_point, next_momentum
        # The residual costs as much as a step, so it is looked at every tenth.
        if n_iterations % 10 == 0 or n_iterations == max_iterations:
            residual = linear_kkt_residual(inputs, targets, loss, penalty, *original(point))
            if residual < best_residual:
                best_point, best_residual = point, residual
            if residual <= tolerance:
                break
    weights, biases = original(best_point)
    return GradientSolution(weights, biases, best_residual, n_iterations, best_residual <= tolerance)
