"""The compiled calls: train, measure and predict, over a stack of models.

One implementation serves every caller: a live model is a stack of one, a sweep a stack of many. The functions
release the GIL, branch on small integer codes (one compilation per dtype) and touch models ``first`` to ``last``
only, so that Python threads can share a stack.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, fill, smaller
from regdesk.core.engine.output_layer import data_loss
from regdesk.core.engine.passes import forward, gradient_pass
from regdesk.core.engine.steps import steps
from regdesk.core.engine.stored import njit


@njit(nogil=True, error_model="numpy", cache=True)
def train(layout, problem, state, pressure, work, first, last, n_steps):
    """``n_steps`` optimiser steps of models ``first`` to ``last``, each until it diverges.

    A model's numbers depend on its own row of each argument alone.
    """
    for model in range(first, last):
        steps(layout, problem, state, pressure, work, model, n_steps)


@njit(nogil=True, error_model="numpy", cache=True)
def measure(layout, problem, parameters, work, first, last, losses, gradients):
    """Mean training and validation loss of each model into ``losses`` ``(n_models, 2)``, NaN without rows; ∇ of its
    mean training loss into ``gradients`` ``(n_models, n_parameters)``, full batch. What has no rows is not wanted.
    """
    for model in range(first, last):
        if losses.shape[0] > 0:
            _evaluate(layout, problem, parameters[model], work, model, losses[model])
        if gradients.shape[0] > 0:
            _differentiate(layout, problem, parameters[model], work, model)
            copy(work.gradient, gradients[model])


@njit(nogil=True, error_model="numpy")
def _evaluate(layout, problem, parameters, work, model, losses):
    problem_set = problem.set_of_model[model]
    inputs_start = problem_set * layout.sizes[0] * problem.n_padded
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    training, validation = 0.0, 0.0
    start = 0
    while start < problem.n_padded:
        n_samples = smaller(work.block, problem.n_padded - start)
        output = forward(
            layout, parameters, problem.inputs, inputs_start + start, problem.n_padded, n_samples, work.activations,
            work.block,
        )  # fmt: skip
        targets = problem.targets[set_start + start : set_start + start + n_samples]
        rows = weights_start + start
        train_weights = problem.train_weights[rows : rows + n_samples]
        training += data_loss(layout, work.activations, output, work.block, targets, train_weights)
        validation_weights = problem.validation_weights[rows : rows + n_samples]
        validation += data_loss(layout, work.activations, output, work.block, targets, validation_weights)
        start += n_samples
    losses[0] = training / problem.train_total[model]
    losses[1] = validation / problem.validation_total[model]


@njit(nogil=True, error_model="numpy")
def _differentiate(layout, problem, parameters, work, model):
    problem_set = problem.set_of_model[model]
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    n_active = problem.n_active[model]
    fill(work.gradient, parameters.dtype.type(0))
    gradient_pass(
        layout, parameters, problem.inputs, problem_set * layout.sizes[0] * problem.n_padded, problem.n_padded,
        problem.targets[set_start : set_start + n_active],
        problem.train_weights[weights_start : weights_start + n_active],
        parameters.dtype.type(1.0 / problem.train_total[model]), work, np.bool_(False),
    )  # fmt: skip


@njit(nogil=True, error_model="numpy", cache=True)
def predict(layout, parameters, inputs, n_padded, work, outputs):
    """Outputs (log-odds for two classes, a logit each for more) of one model for ``n_padded`` columns.

    ``inputs`` is flat, as in Problem.
    """
    n_outputs = layout.sizes[layout.sizes.size - 1]
    start = np.int64(0)
    while start < n_padded:
        n_samples = smaller(work.block, n_padded - start)
        output = forward(layout, parameters, inputs, start, n_padded, n_samples, work.activations, work.block)
        for unit in range(n_outputs):
            row = output + unit * work.block
            copy(work.activations[row : row + n_samples], outputs[unit, start : start + n_samples])
        start += n_samples
