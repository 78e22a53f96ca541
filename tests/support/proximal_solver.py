"""Accelerated proximal gradient that shares nothing with the program: its minima are what solvers are judged by."""

from __future__ import annotations

from itertools import pairwise

import numpy as np


def proximal_minimum(inputs, targets, n_classes, lam, prox):
    """Accelerated proximal gradient in float64, with a prox of λR written here: weights and biases."""
    n_rows, n_outputs = len(inputs), n_classes if n_classes > 2 else 1
    columns = np.column_stack([inputs, np.ones(n_rows)])
    step = 1.0 / (np.linalg.eigvalsh(columns.T @ columns / n_rows)[-1] * (1.0 if n_classes != 2 else 0.25))
    point = ahead = np.zeros((inputs.shape[1] + 1, n_outputs))
    momentum = 1.0
    for _ in range(60_000):
        outputs = columns @ ahead
        if not n_classes:
            slopes = outputs - targets[:, np.newaxis]
        elif n_classes == 2:
            slopes = 1.0 / (1.0 + np.exp(-outputs)) - targets[:, np.newaxis]
        else:
            chances = np.exp(outputs - outputs.max(axis=1, keepdims=True))
            slopes = chances / chances.sum(axis=1, keepdims=True) - np.eye(n_outputs)[targets.astype(int)]
        new = ahead - step * columns.T @ slopes / n_rows
        new[:-1] = prox(new[:-1], step * lam)
        if np.vdot(ahead - new, new - point) > 0.0:
            momentum = 1.0
        following = 0.5 * (1.0 + np.sqrt(1.0 + 4.0 * momentum**2))
        ahead = new + (momentum - 1.0) / following * (new - point)
        moved = np.abs(new - point).max()
        point, momentum = new, following
        if moved < 1e-15:
            break
    return point[:-1], point[-1]


def elastic_net_prox(factors, ratio):
    def prox(points, rate):
        pull = rate * factors[:, np.newaxis]
        return np.sign(points) * np.maximum(np.abs(points) - pull * ratio, 0.0) / (1.0 + pull * (1.0 - ratio))

    return prox


def group_prox(factors, bounds):
    def prox(points, rate):
        found = points.copy()
        for (first, last), factor in zip(pairwise(bounds), factors, strict=True):
            part = points[first:last]
            norm = np.linalg.norm(part)
            pull = rate * factor * np.sqrt(part.size)
            found[first:last] = part * max(1.0 - pull / norm, 0.0) if norm > 0.0 else 0.0
        return found

    return prox
