"""As ``warm_up``, for the geometry."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.class_plane import ClassProfile
from regdesk.core.geometry.linear_plane import profile_of
from regdesk.core.geometry.network_plane import NetworkPlane
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.losses import LOGISTIC, SQUARED
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import ElasticNet


def warm_up_planes() -> None:
    """Compile what finds losses over planes of weights, or load it from the cache."""
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
