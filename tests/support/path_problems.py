"""Problems along whose paths solutions are known, or hard to find."""

from __future__ import annotations

import numpy as np

from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet

L1, L2, MIXED = ElasticNet(0.0, 1.0), ElasticNet(0.0, 0.0), ElasticNet(0.0, 0.4)
KNOTS = (949.435, 889.314, 452.896, 316.073, 130.130, 88.784, 68.965, 19.981, 5.478, 5.088, 2.182, 1.310)
MOVES = ("bmi", "s5", "bp", "s3", "sex", "s6", "s1", "s4", "s2", "age", "-s3", "+s3")
"""Efron, Hastie, Johnstone & Tibshirani 2004, on the diabetes data: where a variable enters, leaves or returns."""


def standardised(inputs):
    scales = inputs.std(axis=0)
    return (inputs - inputs.mean(axis=0)) / np.where(scales > 0, scales, 1.0)


def squared(inputs, targets, penalty):
    return LinearProblem(inputs, targets, SQUARED, penalty)


def hard_cases():
    generator = np.random.default_rng(2)
    inputs = generator.normal(size=(80, 9))
    targets = inputs[:, 0] - inputs[:, 3] + generator.normal(size=80)
    factor = inputs + 6.0 * generator.normal(size=(80, 1))
    return {
        "plain": (inputs, targets),
        "collinear": (np.column_stack([inputs, inputs[:, 0], inputs[:, 1] + inputs[:, 2]]), targets),
        "nearly collinear": (np.column_stack([inputs, inputs[:, 0] + 1e-7 * inputs[:, 1]]), targets),
        "one factor": (factor, targets),
        "a constant column": (np.column_stack([inputs, np.ones(80)]), targets),
        "two rows": (inputs[:2], targets[:2]),
        "more inputs than rows": (generator.normal(size=(20, 60)), targets[:20]),
        "a constant target": (inputs, np.full(80, 3.0)),
        "large numbers": (1e6 * inputs, 1e5 * targets),
        "small numbers": (1e-6 * inputs, 1e-5 * targets),
    }
