"""The last layer of one block: its data loss, and the loss's derivative by its outputs."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import larger
from regdesk.core.engine.elementary import exp_of_negative, tanh
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import LOGISTIC, SQUARED


@njit(nogil=True, error_model="numpy", fastmath={"contract", "reassoc"})
def _single_output_loss(loss, outputs, targets, weights):
    """Σ weight · ℓ(target, output) of the squared or logistic loss over one block; each argument ``(n_samples,)``."""
    total = 0.0
    if loss == SQUARED:
        for i in range(outputs.size):
            residual = np.float64(outputs[i]) - np.float64(targets[i])
            total += np.float64(weights[i]) * 0.5 * residual * residual
    else:
        for i in range(outputs.size):
            # Padded rows would cost a logarithm each for nothing.
            if weights[i] != 0:
                z = np.float64(outputs[i])
                softplus = larger(z, 0.0) + math.log1p(math.exp(-abs(z)))
                total += np.float64(weights[i]) * (softplus - np.float64(targets[i]) * z)
    return total


@njit(nogil=True, error_model="numpy")
def _softmax_loss(activations, output, block, n_classes, targets, weights):
    total = 0.0
    for i in range(targets.size):
        if weights[i] != 0:
            largest = np.float64(activations[output + i])
            for k in range(1, n_classes):
                z = np.float64(activations[output + k * block + i])
                # Written so that NaN becomes the largest and comes out as the loss.
                largest = largest if largest >= z else z
            powers = 0.0
            for k in range(n_classes):
                powers += math.exp(np.float64(activations[output + k * block + i]) - largest)
            chosen = np.float64(activations[output + np.int64(targets[i]) * block + i])
            total += np.float64(weights[i]) * (largest + math.log(powers) - chosen)
    return total


@njit(nogil=True, error_model="numpy")
def data_loss(layout, activations, output, block, targets, weights):
    """Σ weight · ℓ over one block; outputs stand at ``output``, a row each; targets, weights ``(n_samples,)``."""
    if layout.loss == SQUARED or layout.loss == LOGISTIC:
        return _single_output_loss(layout.loss, activations[output : output + targets.size], targets, weights)
    n_classes = layout.sizes[layout.sizes.size - 1]
    return _softmax_loss(activations, output, block, n_classes, targets, weights)


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _single_output_deltas(loss, outputs, targets, weights, inverse_total, deltas):
    if loss == SQUARED:
        for i in range(outputs.size):
            deltas[i] = (outputs[i] - targets[i]) * (weights[i] * inverse_total)
    else:
        half = inverse_total / (inverse_total + inverse_total)
        for i in range(outputs.size):
            # The logistic function as a tanh, which is vectorised.
            deltas[i] = tanh(outputs[i] * half)
        for i in range(outputs.size):
            deltas[i] = (half + half * deltas[i] - targets[i]) * (weights[i] * inverse_total)


@njit(nogil=True, error_model="numpy")
def _larger_of(values, others):
    for i in range(values.size):
        values[i] = values[i] if values[i] >= others[i] else others[i]


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _exponentials(outputs, largest, powers, totals):
    """powers = e^(output − largest), added to ``totals``."""
    for i in range(powers.size):
        powers[i] = exp_of_negative(outputs[i] - largest[i])
    for i in range(powers.size):
        totals[i] += powers[i]


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _softmax_deltas(activations, output, block, n_classes, targets, weights, inverse_total, deltas):
    """(softmax − indicator of the class)·weight; two rows of the upper half of ``deltas`` are scratch."""
    n_samples = targets.size
    scratch = deltas.size // 2
    largest, totals = deltas[scratch : scratch + n_samples], deltas[scratch + block : scratch + block + n_samples]
    for i in range(n_samples):
        largest[i] = activations[output + i]
        totals[i] = 0
    for k in range(1, n_classes):
        row = output + k * block
        _larger_of(largest, activations[row : row + n_samples])
    for k in range(n_classes):
        row = output + k * block
        _exponentials(activations[row : row + n_samples], largest, deltas[k * block : k * block + n_samples], totals)
    for i in range(n_samples):
        totals[i] = weights[i] * inverse_total / totals[i]
    for k in range(n_classes):
        row = deltas[k * block : k * block + n_samples]
        for i in range(n_samples):
            row[i] *= totals[i]
    for i in range(n_samples):
        deltas[np.int64(targets[i]) * block + i] -= weights[i] * inverse_total


@njit(nogil=True, error_model="numpy")
def output_deltas(layout, activations, output, block, targets, weights, inverse_total, deltas):
    """∂(mean loss)/∂outputs of one block, a row an output from the start of ``deltas``."""
    n_samples = targets.size
    if layout.loss == SQUARED or layout.loss == LOGISTIC:
        outputs = activations[output : output + n_samples]
        _single_output_deltas(layout.loss, outputs, targets, weights, inverse_total, deltas[:n_samples])
    else:
        n_classes = layout.sizes[layout.sizes.size - 1]
        _softmax_deltas(activations, output, block, n_classes, targets, weights, inverse_total, deltas)
