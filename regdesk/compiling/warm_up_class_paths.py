"""As ``warm_up_paths``, for paths of log-loss and softmax: what no other path needs."""

from __future__ import annotations

import numpy as np

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC
from regdesk.core.model.penalties import ElasticNet


def warm_up_class_paths() -> None:
    """Compile what finds paths of classes, or load it from the cache; all kinds of them are of the same types."""
    inputs, targets = np.array([[-1.0], [0.5], [1.0], [-0.2]]), np.array([0.0, 1.0, 1.0, 0.0])
    list(solve_path(LinearProblem(inputs, targets, LOGISTIC, ElasticNet(0.0, 1.0)), np.array([1.0, 0.1])))
