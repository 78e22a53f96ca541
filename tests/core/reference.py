"""Training written out in plain numpy, from the formulas, to hold the compiled engine against.

Nothing here is shared with the engine: parameters are lists of (W, b), the row order, the losses, the prox and
Adam are written anew. Adam: Kingma & Ba 2015, algorithm 1, made proximal in its own metric d = √v̂ + ε (Yun,
Lozano & Yang 2020) with the floor d ≥ min(λ, 1), for networks d ≥ min(λ·max(1, 300 η), 1).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def split_mix(value: int) -> int:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014)."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def epoch_order(rows: list[int], seed: int, epoch: int) -> list[int]:
    """Fisher–Yates from the end, each draw the high half of a 32-bit product (Lemire 2019)."""
    order = list(rows)
    state = split_mix((seed + GOLDEN * (epoch + 1)) & MASK)
    for i in range(len(order) - 1, 0, -1):
        state = (state + GOLDEN) & MASK
        j = ((split_mix(state) >> 32) * (i + 1)) >> 32
        order[i], order[j] = order[j], order[i]
    return order


def unpack(parameters, sizes):
    """Flat W1, b1, W2, … as a list of (W ``(n_inputs, n_outputs)``, b ``(n_outputs,)``)."""
    layers, start = [], 0
    for n_inputs, n_outputs in pairwise(sizes):
        stop = start + n_inputs * n_outputs
        layers.append((parameters[start:stop].reshape(n_inputs, n_outputs), parameters[stop : stop + n_outputs]))
        start = stop + n_outputs
    assert start == len(parameters)
    return layers


def weight_mask(sizes):
    parts = [[True] * (n_inputs * n_outputs) + [False] * n_outputs for n_inputs, n_outputs in pairwise(sizes)]
    return np.concatenate(parts)


def forward(parameters, sizes, activation, inputs):
    """Inputs of every layer, the pre-activations, and the output ``(n_rows,)``."""
    layers = unpack(parameters, sizes)
    values, befores = [inputs], []
    for number, (weights, biases) in enumerate(layers):
        before = values[-1] @ weights + biases
        befores.append(before)
        if number == len(layers) - 1:
            return values, befores, before[:, 0]
        values.append(np.tanh(before) if activation == "tanh" else np.where(before > 0, before, 0.0))
    raise AssertionError("a network has a layer")


def loss_values(loss, outputs, targets):
    if loss == "squared":
        return 0.5 * (targets - outputs) ** 2
    return np.logaddexp(0.0, outputs) - targets * outputs


def mean_loss(parameters, sizes, activation, loss, inputs, targets, row_weights):
    outputs = forward(parameters, sizes, activation, inputs)[2]
    return np.sum(row_weights * loss_values(loss, outputs, targets)) / np.sum(row_weights)


def gradient(parameters, sizes, activation, loss, inputs, targets, row_weights):
    """∇ of the weighted mean loss, flat."""
    values, befores, outputs = forward(parameters, sizes, activation, inputs)
    error = outputs - targets if loss == "squared" else 1.0 / (1.0 + np.exp(-outputs)) - targets
    delta = (error * row_weights / row_weights.sum())[:, np.newaxis]
    layers = unpack(parameters, sizes)
    parts = []
    for number in range(len(layers) - 1, -1, -1):
        parts = [(values[number].T @ delta).ravel(), delta.sum(axis=0), *parts]
        if number:
            back = delta @ layers[number][0].T
            before = befores[number - 1]
            delta = back * (1.0 - np.tanh(before) ** 2 if activation == "tanh" else before > 0)
    return np.concatenate(parts)


def prox(penalty, lam, l1_ratio, points, rate):
    """argmin of ½(w − u)² + rate·λ·R(w), from the table in which each penalty has its own line."""
    if penalty == "none":
        return points
    if penalty == "l1":
        return np.sign(points) * np.maximum(np.abs(points) - rate * lam, 0.0)
    if penalty == "l2":
        return points / (1.0 + rate * lam)
    shrunk = np.sign(points) * np.maximum(np.abs(points) - rate * lam * l1_ratio, 0.0)
    return shrunk / (1.0 + rate * lam * (1.0 - l1_ratio))


def penalty_value(penalty, l1_ratio, weights):
    l1, l2 = np.sum(np.abs(weights)), 0.5 * np.sum(weights**2)
    return {"none": 0.0, "l1": l1, "l2": l2, "elastic-net": l1_ratio * l1 + (1.0 - l1_ratio) * l2}[penalty]


class ReferenceModel:
    """One model, trained a step at a time."""

    def __init__(self, sizes, activation, loss, inputs, targets, row_weights, parameters, seed):
        self.sizes, self.activation, self.loss = tuple(sizes), activation, loss
        self.inputs, self.targets, self.row_weights = inputs, targets, row_weights
        self.parameters = np.array(parameters, dtype=np.float64)
        self.seed = seed
        self.rows = [int(row) for row in np.flatnonzero(row_weights)]
        self.epoch, self.done = 0, 0
        self.forget()

    def forget(self):
        self.first = np.zeros_like(self.parameters)
        self.second = np.zeros_like(self.parameters)
        self.time = 0

    def next_batch(self, batch_size):
        if batch_size == 0 or batch_size >= len(self.rows):
            self.epoch, self.done = self.epoch + 1, 0
            return self.rows
        order = epoch_order(self.rows, self.seed, self.epoch)
        batch = order[self.done : self.done + batch_size]
        self.done += len(batch)
        if self.done == len(self.rows):
            self.epoch, self.done = self.epoch + 1, 0
        return batch

    def step(self, settings):
        batch = self.next_batch(settings.batch_size)
        slope = gradient(
            self.parameters,
            self.sizes,
            self.activation,
            self.loss,
            self.inputs[batch],
            self.targets[batch],
            self.row_weights[batch],
        )
        if settings.optimizer == "adam":
            self.time += 1
            self.first = 0.9 * self.first + 0.1 * slope
            self.second = 0.999 * self.second + 0.001 * slope**2
            direction = self.first / (1.0 - 0.9**self.time)
            lam = 0.0 if settings.penalty == "none" else settings.lam
            raised = max(1.0, 300.0 * settings.learning_rate) if len(self.sizes) > 2 else 1.0
            floor = min(lam * raised, 1.0)
            metric = np.maximum(np.sqrt(self.second / (1.0 - 0.999**self.time)) + 1e-8, floor)
        else:
            direction, metric = slope, np.ones_like(slope)
        rate = settings.learning_rate / metric
        moved = self.parameters - rate * direction
        shrunk = prox(settings.penalty, settings.lam, settings.l1_ratio, moved, rate)
        self.parameters = np.where(weight_mask(self.sizes), shrunk, moved)

    def losses(self, validation_weights):
        """Mean training and validation loss."""
        data = (self.inputs, self.targets)
        return [
            mean_loss(self.parameters, self.sizes, self.activation, self.loss, *data, weights)
            for weights in (self.row_weights, validation_weights)
        ]
