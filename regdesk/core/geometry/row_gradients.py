"""The training rows of one problem: the gradient of the data loss at any parameters, and planes over them."""

from __future__ import annotations

import numpy as np

from regdesk.core.geometry.network_plane import NetworkPlane
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.network import Network
from regdesk.core.training.stack import Stack
from regdesk.core.training.stack_arrays import Rows
from regdesk.core.types import Architecture, Float64s, Floats, training_dtype


class RowGradients:
    """``problem`` has the rows themselves, with how much each counts in its loss.

    ``null_loss`` is the data loss of no weights; ``statistics`` those of squared error and no hidden layer.
    """

    def __init__(self, network: Network, problem: LinearProblem, architecture: Architecture) -> None:
        self.network, self.problem, self.loss = network, problem, problem.loss
        self.null_loss = problem.loss.null_loss(problem.targets, problem.n_outputs)
        is_gram = network.is_linear and problem.loss.kind == "squared"
        plain = problem.as_plain if is_gram else problem
        self.statistics = GramStatistics.of(plain.inputs, plain.targets) if is_gram else None
        self._dtype = training_dtype(architecture)
        self._stack: Stack | None = None
        self._plane: NetworkPlane | None = None

    @property
    def plane(self) -> NetworkPlane:
        if self._plane is None:
            one = self.problem
            self._plane = NetworkPlane(self.network, one.loss, one.inputs, one.targets, self._dtype)
        return self._plane

    def gradient(self, parameters: Floats) -> Float64s:
        """∇ of the mean data loss, ``(n_parameters,)``; of squared error and no hidden layer from the Gram matrix."""
        statistics = self.statistics
        if statistics is not None:
            weights, bias = parameters[:-1].astype(np.float64), float(parameters[-1])
            left = statistics.target_mean - bias - float(statistics.means @ weights)
            return np.append(statistics.gram @ weights - statistics.products - left * statistics.means, -left)
        if self._stack is None:
            one = self.problem
            rows = Rows.of_training(one.inputs, one.targets, one.loss.row_weights)
            self._stack = Stack(self.network, one.loss, rows, np.array([parameters]), [0], self._dtype)
        self._stack.parameters[0] = parameters
        return np.asarray(self._stack.gradients()[0], dtype=np.float64)
