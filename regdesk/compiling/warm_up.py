"""Every compiled function once, on a tiny problem or none, so that a cache is filled or read before anyone waits."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from regdesk.core.engine import kernels, structs
from regdesk.core.engine.addresses import find_forward, find_gradient_pass
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.network import Network
from regdesk.core.training.stack_arrays import Rows, engine_settings_of, problem_of, shape_of, state_of, work_of
from regdesk.core.types import TrainSettings


def warm_up_steps(dtype: DTypeLike) -> None:
    """Compile what steps a stack of ``dtype`` (float32 or float64) but for its passes, or load it from the cache."""
    network, problem, work = _tiny(dtype)
    state = state_of(np.zeros((1, network.n_parameters)), [0], problem, dtype)
    layout, pressure = shape_of(network, SQUARED, dtype), engine_settings_of([TrainSettings()])
    kernels.train(layout, problem, state, pressure, work, 0, 0, 0, False, 0.0)


def warm_up_forward(dtype: DTypeLike) -> None:
    """As ``warm_up_steps``, for the forward pass over a network."""
    find_forward(shape_of(_tiny(dtype)[0], SQUARED, dtype))


def warm_up_gradient_pass(dtype: DTypeLike) -> None:
    """As ``warm_up_steps``, for the pass that finds the gradient."""
    find_gradient_pass(shape_of(_tiny(dtype)[0], SQUARED, dtype))


def warm_up_measures(dtype: DTypeLike) -> None:
    """As ``warm_up_steps``, for losses, gradients and outputs of a stack."""
    network, problem, work = _tiny(dtype)
    layout, parameters = shape_of(network, SQUARED, dtype), np.zeros((1, network.n_parameters), dtype=dtype)
    kernels.measure(layout, problem, parameters, work, 0, 0, np.empty((1, 2)), parameters[:0], False, False)
    kernels.predict(layout, parameters[0], problem.inputs, 0, work, np.empty((1, 0), dtype=dtype))


def _tiny(dtype: DTypeLike) -> tuple[Network, structs.Problem, structs.Work]:
    network, inputs = Network((1, 1), "tanh"), np.array([[[-1.0], [1.0]]])
    rows = Rows(inputs, inputs[:, :, 0], np.ones((1, 2)), np.zeros((1, 2)), [0])
    return network, problem_of(rows, dtype), work_of(network, dtype)
