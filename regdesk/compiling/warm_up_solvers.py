"""As ``warm_up``, for what solves: exact paths, networks to convergence, losses over planes."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.class_plane import ClassProfile
from regdesk.core.geometry.linear_plane import profile_of
from regdesk.core.geometry.network_plane import NetworkPlane
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import TrainSettings


def warm_up_paths() -> None:
    """Compile what finds exact paths of linear models, or load it from the cache."""
    inputs, targets = np.array([[-1.0, 0.5, 1.0], [1.0, 0.2, -1.0]]), np.array([-1.0, 1.0])
    lambdas = np.array([1.0, 0.1])
    l1, groups = ElasticNet(0.0, 1.0), GroupLasso(0.0, np.array([0, 2]))
    # One input and two rows go by the Gram matrix, three inputs by the rows.
    for columns, penalty in ((1, l1), (3, l1), (2, groups)):
        list(solve_path(LinearProblem(inputs[:, :columns], targets, SQUARED, penalty), lambdas))


def warm_up_networks() -> None:
    """As ``warm_up_paths``, for what solves networks to convergence."""
    inputs = np.array([[-1.0], [1.0]])
    problem = NetworkProblem(Network((1, 1), "tanh"), SQUARED, inputs, inputs[:, 0])
    start = problem.initial_parameters(0)
    problem.solve(start, TrainSettings())
    problem.outputs(start, inputs)


def warm_up_planes() -> None:
    """As ``warm_up_paths``, for losses over planes of weights."""
    inputs, axis = np.array([[-1.0, 0.5, 1.0], [1.0, 0.2, -1.0]]), np.array([0.0, 1.0])
    targets, network = np.array([-1.0, 1.0]), Network((3, 1, 1), "tanh")
    parameters = np.zeros(network.n_parameters)
    for dtype in (np.float32, np.float64):
        plane = NetworkPlane(network, SQUARED, inputs, targets, dtype)
        plane.slice(parameters, (0, 1), axis, axis)
        plane.losses_at(parameters[np.newaxis])
    profile = profile_of(GramStatistics.of(inputs, targets), (0, 1), ElasticNet(0.1, 1.0))
    assert not isinstance(profile, Unavailable)
    profile.grid(axis, axis)
    classes = LinearProblem(inputs, np.array([0.0, 1.0]), LOGISTIC, ElasticNet(0.1, 1.0))
    ClassProfile(classes, (0, 1), ElasticNet(0.1, 1.0)).grid(axis, axis)
