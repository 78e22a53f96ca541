"""Sums over all rows of a model: in one go, or of many rows in parts, whose sums are added up in order.

The parts are the same whoever asks: one thread takes them one after the other, several share them out
(``row_sharing.py``), and the numbers are equal to the last bit.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import copy, fill, smaller
from regdesk.core.engine.output_layer import data_loss
from regdesk.core.engine.passes import forward, gradient_pass
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import PART_ROWS, ROWS_IN_ONE


@njit(nogil=True, error_model="numpy")
def rows_of_part(n_rows):
    """Rows of one part of a model with ``n_rows`` of them, padded; all where they are summed in one go."""
    return n_rows if n_rows <= ROWS_IN_ONE else PART_ROWS


@njit(nogil=True, error_model="numpy")
def part_gradient(layout, problem, parameters, work, model, start, stop, want_loss):
    """``work.gradient`` becomes what rows ``start`` to ``stop`` add to ∇ of the mean training loss; their share of the
    loss is returned if wanted, else 0.
    """
    problem_set = problem.set_of_model[model]
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    fill(work.gradient, parameters.dtype.type(0))
    return gradient_pass(
        layout, parameters, problem.inputs, problem_set * layout.sizes[0] * problem.n_padded + start, problem.n_padded,
        problem.targets[set_start + start : set_start + stop],
        problem.train_weights[weights_start + start : weights_start + stop],
        parameters.dtype.type(1.0 / problem.train_total[model]), work, want_loss,
    )  # fmt: skip


@njit(nogil=True, error_model="numpy")
def whole_gradient(layout, problem, parameters, work, model, want_loss):
    """``work.gradient`` becomes ∇ of the mean training loss, which is returned if wanted, else 0."""
    n_rows = problem.n_active[model]
    length = rows_of_part(n_rows)
    loss = part_gradient(layout, problem, parameters, work, model, np.int64(0), length, want_loss)
    if length == n_rows:
        return loss
    # The rates are made anew by the update.
    total = work.rates
    copy(work.gradient, total)
    start = length
    while start < n_rows:
        stop = smaller(start + length, n_rows)
        loss += part_gradient(layout, problem, parameters, work, model, start, stop, want_loss)
        for i in range(total.size):
            total[i] += work.gradient[i]
        start = stop
    copy(total, work.gradient)
    return loss


@njit(nogil=True, error_model="numpy")
def part_losses(layout, problem, parameters, work, model, first, last, losses):
    """Sums of the weighted training and validation losses of rows ``first`` to ``last`` into ``losses`` ``(2,)``."""
    problem_set = problem.set_of_model[model]
    inputs_start = problem_set * layout.sizes[0] * problem.n_padded
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    training, validation = 0.0, 0.0
    start = first
    while start < last:
        n_samples = smaller(work.block, last - start)
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
    losses[0] = training
    losses[1] = validation


@njit(nogil=True, error_model="numpy")
def whole_losses(layout, problem, parameters, work, model, losses):
    """Mean training and validation loss into ``losses`` ``(2,)``, NaN without rows."""
    length = rows_of_part(problem.n_padded)
    training, validation = 0.0, 0.0
    start = np.int64(0)
    while start < problem.n_padded:
        stop = smaller(start + length, problem.n_padded)
        part_losses(layout, problem, parameters, work, model, start, stop, losses)
        training += losses[0]
        validation += losses[1]
        start = stop
    losses[0] = training / problem.train_total[model]
    losses[1] = validation / problem.validation_total[model]
