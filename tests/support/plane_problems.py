"""Rows of linear models that the tests of the geometry share."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso

LOSSES = {"squared": SQUARED, "logistic": LOGISTIC, "softmax": SOFTMAX}


def penalty(kind, n_outputs=1, n_inputs=8):
    """Of kind l1, elastic-net, l2 or group-lasso (groups of 2, 1, 3 and the other inputs), λ left at 0."""
    if kind == "group-lasso":
        return GroupLasso(0.0, np.array([0, 2, 3, 6, n_inputs]) * n_outputs)
    return ElasticNet(0.0, {"l1": 1.0, "elastic-net": 0.5, "l2": 0.0}[kind])


def two_inputs(first, second, rho, n_rows=40):
    """Standardised rows ``(n_rows, 2)`` and targets with XᵀX/n = [[1, ρ], [ρ, 1]] and Xᵀy/n = (first, second)."""
    generator = np.random.default_rng(3)
    raw = generator.normal(size=(n_rows, 3))
    basis = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(n_rows)
    inputs = basis[:, :2] @ np.array([[1.0, rho], [0.0, np.sqrt(1.0 - rho**2)]])
    along = np.linalg.solve([[1.0, rho], [rho, 1.0]], [first, second])
    return inputs, inputs @ along + 0.3 * basis[:, 2] + 2.0


def many_inputs(loss="squared", n_rows=150, n_inputs=8, shared=0.5, seed=1, is_centred=True):
    """Correlated inputs and targets of any loss; without centring means other than 0."""
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(n_rows, 1))
    inputs = np.sqrt(1.0 - shared) * generator.normal(size=(n_rows, n_inputs)) + np.sqrt(shared) * common
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0) if is_centred else inputs + np.arange(n_inputs)
    slopes = generator.normal(size=n_inputs) * (generator.uniform(size=n_inputs) < 0.7)
    signal = inputs @ slopes + generator.normal(size=n_rows)
    signal = (signal - signal.mean()) / signal.std()
    if loss == "logistic":
        return inputs, (signal > 0).astype(np.float64)
    return inputs, np.digitize(signal, [-0.5, 0.5]).astype(np.float64) if loss == "softmax" else signal


def solutions(loss, kind):
    """Exact solutions on ``many_inputs``."""
    inputs, targets = many_inputs(loss)
    n_outputs = 3 if loss == "softmax" else 1
    return BudgetedSolutions(LinearProblem(inputs, targets, LOSSES[loss], penalty(kind, n_outputs), n_outputs))
