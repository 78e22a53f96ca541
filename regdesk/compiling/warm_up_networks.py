"""As ``warm_up``, for networks along λ."""

from __future__ import annotations

import numpy as np

from regdesk.core.model.losses import SQUARED
from regdesk.core.model.network import Network
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import TrainSettings


def warm_up_networks() -> None:
    """Compile what solves networks to convergence, or load it from the cache."""
    inputs = np.array([[-1.0], [1.0]])
    problem = NetworkProblem(Network((1, 1), "tanh"), SQUARED, inputs, inputs[:, 0])
    start = problem.initial_parameters(0)
    problem.solve(start, TrainSettings())
    problem.outputs(start, inputs)
