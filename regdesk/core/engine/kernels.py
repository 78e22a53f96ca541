"""The compiled calls: train, measure and predict, over a stack of models.

One implementation serves every caller: a live model is a stack of one, a sweep a stack of many. The functions
release the GIL, branch on small integer codes (one compilation per dtype) and touch models ``first`` to ``last``
only, so that Python threads can share a stack.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, smaller
from regdesk.core.engine.passes import forward
from regdesk.core.engine.row_parts import part_gradient, part_losses, whole_gradient, whole_losses
from regdesk.core.engine.steps import steps
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import PART_ROWS


@njit(nogil=True, error_model="numpy", cache=True)
def train(layout, problem, state, settings, work, first, last, n_steps, is_ready, ready_loss):
    """``n_steps`` optimiser steps of models ``first`` to ``last``, each until it diverges.

    A model's numbers depend on its own row of each argument alone. Where ``is_ready`` says so, the gradient of one step
    of one model stands in ``work`` already, and ``ready_loss`` is its mean training loss.
    """
    for model in range(first, last):
        steps(layout, problem, state, settings, work, model, n_steps, is_ready, ready_loss)


@njit(nogil=True, error_model="numpy", cache=True)
def measure(layout, problem, parameters, work, first, last, losses, gradients, in_parts, want_loss):
    """Mean training and validation loss of each model into ``losses`` ``(n_models, 2)``, NaN without rows; ∇ of its
    mean training loss into ``gradients`` ``(n_models, n_parameters)``, full batch. What has no rows is not wanted.

    With ``in_parts`` a row is no model's but that of a part of the rows of model 0, of more than ``ROWS_IN_ONE``: sums
    of losses, or, where gradients are wanted, what each part adds to ∇ and, with ``want_loss``, to the loss, which is
    then in ``losses[:, 0]``. A unit of its own would take half a second more before the first step.
    """
    for number in range(first, last):
        if in_parts:
            start = np.int64(number) * PART_ROWS
            if gradients.shape[0] > 0:
                stop = smaller(start + PART_ROWS, problem.n_active[0])
                losses[number, 0] = part_gradient(
                    layout, problem, parameters[0], work, np.int64(0), start, stop, want_loss
                )  # fmt: skip
                copy(work.gradient, gradients[number])
            else:
                stop = smaller(start + PART_ROWS, problem.n_padded)
                part_losses(layout, problem, parameters[0], work, np.int64(0), start, stop, losses[number])
        else:
            if losses.shape[0] > 0:
                whole_losses(layout, problem, parameters[number], work, number, losses[number])
            if gradients.shape[0] > 0:
                whole_gradient(layout, problem, parameters[number], work, number, np.bool_(False))
                copy(work.gradient, gradients[number])


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
