"""Training written out in plain numpy, from the formulas, to hold the compiled engine against.

Nothing here is shared with the engine: parameters are lists of (W, b), groups are labels, the row order, the losses,
the proxes and the optimisers are written anew. Adam: Kingma & Ba 2015, algorithm 1, made proximal in its own metric
d = √v̂ + ε (Yun, Lozano & Yang 2020) with the floor d ≥ min(λ, 1), after a rise of λ d ≥ min(λ·max(1, 300 η c/3000), 1),
c counting 3,000 steps down.
Momentum is damped: v ← 0.9 v + 0.1 g. The group lasso's prox is found by bisection.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
MOST_ROWS_SHUFFLED_SINGLY, RUN = 8192, 16


def split_mix(value: int) -> int:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014)."""
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & MASK
    return value ^ (value >> 31)


def shuffled(items: list, seed: int, epoch: int) -> list:
    """Fisher–Yates from the end, each draw the high half of a 32-bit product (Lemire 2019)."""
    order = list(items)
    state = split_mix((seed + GOLDEN * (epoch + 1)) & MASK)
    for i in range(len(order) - 1, 0, -1):
        state = (state + GOLDEN) & MASK
        j = ((split_mix(state) >> 32) * (i + 1)) >> 32
        order[i], order[j] = order[j], order[i]
    return order


def epoch_order(rows: list[int], seed: int, epoch: int) -> list[int]:
    """The training rows shuffled; above 8,192 of them in runs of 16 of the list, the last run being shorter."""
    if len(rows) <= MOST_ROWS_SHUFFLED_SINGLY:
        return shuffled(rows, seed, epoch)
    runs = [rows[start : start + RUN] for start in range(0, len(rows), RUN)]
    return [row for run in shuffled(runs, seed, epoch) for row in run]


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


def group_labels(sizes, input_groups=()):
    """The group of each parameter as a number from 0 on, −1 for a bias.

    What leaves one column (several inputs may share one) is a group, and what leaves one unit of a deeper layer.
    """
    names, labels = {}, []
    for layer, (n_inputs, n_outputs) in enumerate(pairwise(sizes)):
        for source in range(n_inputs):
            column = input_groups[source] if layer == 0 and len(input_groups) else source
            labels += [names.setdefault((layer, column), len(names))] * n_outputs
        labels += [-1] * n_outputs
    return np.array(labels)


def forward(parameters, sizes, activation, inputs):
    """Inputs of every layer, the pre-activations, and the outputs ``(n_rows, n_outputs)``."""
    layers = unpack(parameters, sizes)
    values, befores = [inputs], []
    for number, (weights, biases) in enumerate(layers):
        before = values[-1] @ weights + biases
        befores.append(before)
        if number == len(layers) - 1:
            return values, befores, before
        values.append(np.tanh(before) if activation == "tanh" else np.where(before > 0, before, 0.0))
    raise AssertionError("a network has a layer")


def loss_values(loss, outputs, targets):
    """Of each row; ``outputs`` ``(n_rows, n_outputs)``, ``targets`` ``(n_rows,)``.

    log(1 + Σ exp(zₖ − z_own)) over the other classes: losses next to 0 keep their digits.
    """
    if loss == "softmax":
        rows, own = np.arange(len(outputs)), np.asarray(targets).astype(int)
        others = outputs - outputs[rows, own][:, np.newaxis]
        others[rows, own] = -np.inf
        return _log_of_one_and(others)
    single = outputs[:, 0]
    if loss == "squared":
        return 0.5 * (targets - single) ** 2
    return _log_of_one_and(np.where(targets > 0.5, -single, single)[:, np.newaxis])


def _log_of_one_and(exponents):
    """log(1 + Σ exp) over each row of ``exponents``; nothing overflows, and a small sum is not lost beside the 1."""
    highest = np.maximum(exponents.max(axis=1), 0.0)
    with np.errstate(over="ignore", under="ignore"):
        small = np.log1p(np.exp(np.minimum(exponents, 0.0)).sum(axis=1))
        shifted = np.exp(-highest) + np.exp(exponents - highest[:, np.newaxis]).sum(axis=1)
        return np.where(highest > 0.0, highest + np.log(shifted), small)


def loss_slopes(loss, outputs, targets):
    """∂ℓ/∂outputs, ``(n_rows, n_outputs)``."""
    if loss == "softmax":
        probabilities = np.exp(outputs - np.logaddexp.reduce(outputs, axis=1)[:, np.newaxis])
        return probabilities - np.eye(outputs.shape[1])[targets.astype(int)]
    if loss == "squared":
        return outputs - targets[:, np.newaxis]
    return 1.0 / (1.0 + np.exp(-outputs)) - targets[:, np.newaxis]


def mean_loss(parameters, sizes, activation, loss, inputs, targets, row_weights):
    outputs = forward(parameters, sizes, activation, inputs)[2]
    return np.sum(row_weights * loss_values(loss, outputs, targets)) / np.sum(row_weights)


def gradient(parameters, sizes, activation, loss, inputs, targets, row_weights, total=None):
    """∇ of Σ weight · loss over ``total``, flat; without one of the weighted mean loss."""
    values, befores, outputs = forward(parameters, sizes, activation, inputs)
    total = row_weights.sum() if total is None else total
    delta = loss_slopes(loss, outputs, targets) * (row_weights / total)[:, np.newaxis]
    layers = unpack(parameters, sizes)
    parts = []
    for number in range(len(layers) - 1, -1, -1):
        parts = [(values[number].T @ delta).ravel(), delta.sum(axis=0), *parts]
        if number:
            back = delta @ layers[number][0].T
            before = befores[number - 1]
            delta = back * (1.0 - np.tanh(before) ** 2 if activation == "tanh" else before > 0)
    return np.concatenate(parts)


def group_prox(lam, labels, points, rates):
    """argmin of Σ ½(w − u)²/rate + λ Σ_g √|g| ‖w_g‖₂, by bisection on each s = ‖w_g‖₂.

    Stationary where (w − u)/rate + τ w/s = 0, so w = u/(1 + τ rate/s), whose norm must be s; 0 is the minimum where
    ‖u/rate‖₂ ≤ τ. ``labels`` number the groups from 0 on; each argument ``(n_weights,)``.
    """
    sizes = np.bincount(labels)
    tau = lam * np.sqrt(sizes)
    is_zero = np.sqrt(np.bincount(labels, (points / rates) ** 2)) <= tau
    low, high = np.zeros(len(sizes)), np.sqrt(np.bincount(labels, points**2))
    minus_gradient = tau[labels] * rates
    for _ in range(60):
        middle = 0.5 * (low + high)
        spread = middle[labels]
        shrunk = points * spread / (spread + minus_gradient)
        is_longer = np.bincount(labels, shrunk**2) > middle**2
        low, high = np.where(is_longer, middle, low), np.where(is_longer, high, middle)
    spread = (0.5 * (low + high))[labels]
    return np.where(is_zero[labels], 0.0, points * spread / (spread + minus_gradient))


def prox(penalty, lam, l1_ratio, points, rate, labels=None):
    """argmin of ½(w − u)²/rate + λ·R(w), from the table in which each penalty has its own line."""
    if penalty == "none" or lam == 0.0:
        return points
    if penalty == "l1":
        return np.sign(points) * np.maximum(np.abs(points) - rate * lam, 0.0)
    if penalty == "l2":
        return points / (1.0 + rate * lam)
    if penalty == "group-lasso":
        return group_prox(lam, labels, points, np.broadcast_to(rate, points.shape))
    shrunk = np.sign(points) * np.maximum(np.abs(points) - rate * lam * l1_ratio, 0.0)
    return shrunk / (1.0 + rate * lam * (1.0 - l1_ratio))


def penalty_value(penalty, l1_ratio, weights, labels=None):
    """R of ``weights``; the group lasso's groups are told by ``labels``, both ``(n_weights,)``."""
    if penalty == "group-lasso":
        groups = [weights[labels == label] for label in np.unique(labels)]
        return sum(np.sqrt(len(group)) * np.linalg.norm(group) for group in groups)
    l1, l2 = np.sum(np.abs(weights)), 0.5 * np.sum(weights**2)
    return {"none": 0.0, "l1": l1, "l2": l2, "elastic-net": l1_ratio * l1 + (1.0 - l1_ratio) * l2}[penalty]


def kkt_residual(penalty, lam, l1_ratio, weights, slopes, labels=None):
    """∞-norm of the element of ∇f + λ∂R nearest to 0, weight by weight or group by group."""
    if penalty in ("none", "l1", "l2", "elastic-net"):
        ratio = {"none": 0.0, "l1": 1.0, "l2": 0.0, "elastic-net": l1_ratio}[penalty]
        lam = 0.0 if penalty == "none" else lam
        worst = 0.0
        for weight, slope in zip(weights, slopes, strict=True):
            smooth, edge = slope + lam * (1.0 - ratio) * weight, lam * ratio
            own = max(abs(smooth) - edge, 0.0) if weight == 0 else abs(smooth + edge * np.sign(weight))
            worst = max(worst, own)
        return worst
    worst = 0.0
    for label in np.unique(labels):
        group, slope = weights[labels == label], slopes[labels == label]
        limit, norm = lam * np.sqrt(len(group)), np.linalg.norm(group)
        if norm > 0:
            own = slope + limit * group / norm
        else:
            size = np.linalg.norm(slope)
            own = slope * (max(size - limit, 0.0) / size if size else 0.0)
        worst = max(worst, np.abs(own).max())
    return worst


class ReferenceModel:
    """One model, trained a step at a time."""

    def __init__(self, sizes, activation, loss, inputs, targets, row_weights, parameters, seed, input_groups=()):
        self.sizes, self.activation, self.loss = tuple(sizes), activation, loss
        self.inputs, self.targets, self.row_weights = inputs, targets, row_weights
        self.parameters = np.array(parameters, dtype=np.float64)
        self.seed = seed
        self.is_weight = weight_mask(self.sizes)
        self.labels = group_labels(self.sizes, input_groups)[self.is_weight]
        self.rows = [int(row) for row in np.flatnonzero(row_weights)]
        self.epoch, self.done = 0, 0
        self.raise_metric_floor = 0
        self.forget()

    def forget(self):
        self.first = np.zeros_like(self.parameters)
        self.second = np.zeros_like(self.parameters)
        self.time = 0

    def next_batch(self, batch_size):
        if batch_size == 0 or batch_size >= len(self.rows):
            self.epoch, self.done = self.epoch + 1, 0
            return self.rows
        if self.done == 0:
            self.order = epoch_order(self.rows, self.seed, self.epoch)
        batch = self.order[self.done : self.done + batch_size]
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
            # Each row by its weight over the mean of all weights: over those of the batch it would not be the same
            # row in every batch.
            len(batch) * self.row_weights[self.rows].mean(),
        )
        if settings.optimizer == "adam":
            self.time += 1
            self.first = 0.9 * self.first + 0.1 * slope
            self.second = 0.999 * self.second + 0.001 * slope**2
            direction = self.first / (1.0 - 0.9**self.time)
            lam = 0.0 if settings.penalty == "none" else settings.lam
            raised = max(1.0, 300.0 * settings.learning_rate * self.raise_metric_floor / 3000)
            floor = min(lam * raised, 1.0)
            metric = np.maximum(np.sqrt(self.second / (1.0 - 0.999**self.time)) + 1e-8, floor)
        elif settings.optimizer == "momentum":
            self.first = 0.9 * self.first + 0.1 * slope
            direction, metric = self.first, np.ones_like(slope)
        else:
            direction, metric = slope, np.ones_like(slope)
        rate = settings.learning_rate / metric
        moved = self.parameters - rate * direction
        mask, pressure = self.is_weight, (settings.penalty, settings.lam, settings.l1_ratio)
        moved[mask] = prox(*pressure, moved[mask], rate[mask], self.labels)
        self.parameters = moved
        self.raise_metric_floor = max(self.raise_metric_floor - 1, 0)

    def losses(self, validation_weights):
        """Mean training and validation loss."""
        data = (self.inputs, self.targets)
        return [
            mean_loss(self.parameters, self.sizes, self.activation, self.loss, *data, weights)
            for weights in (self.row_weights, validation_weights)
        ]
