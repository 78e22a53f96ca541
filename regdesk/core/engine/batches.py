"""Mini-batches: the epoch's order of the rows, and the gradient over the next of them."""

from __future__ import annotations

import numpy as np

from regdesk.core.engine.arrays import smaller
from regdesk.core.engine.passes import gradient_pass
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import SHUFFLE_RUN, SHUFFLED_SINGLY
from regdesk.core.engine.tiles import LANE_MULTIPLE, copy_rows


@njit(nogil=True, error_model="numpy")
def _mixed(value):
    """SplitMix64's finaliser (Steele, Lea & Flood 2014)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@njit(nogil=True, error_model="numpy")
def shuffle(rows, n_rows, seed, epoch, order):
    """The epoch's order of the training rows: a function of seed and epoch alone (Fisher & Yates).

    Many rows are shuffled in runs of neighbours, which are then read as vectors: row by row, the gather would cost
    three times the arithmetic. The file's order is already a seeded shuffle, so neighbours are unrelated.
    """
    length = 1 if n_rows <= SHUFFLED_SINGLY else SHUFFLE_RUN
    n_runs = (n_rows + length - 1) // length
    runs = order[order.size - n_runs :]
    for i in range(n_runs):
        runs[i] = i
    golden = np.uint64(0x9E3779B97F4A7C15)
    state = _mixed(seed + golden * np.uint64(epoch + 1))
    # Unsigned, so that numba does not look whether a place is counted from the end.
    for i in range(n_runs - 1, 0, -1):
        state += golden
        draw = (_mixed(state) >> np.uint64(32)) * np.uint64(i + 1)
        j, last = draw >> np.uint64(32), np.uint64(i)
        runs[last], runs[j] = runs[j], runs[last]
    # The runs stand at the end and are laid out from the start: what is written has always been read.
    if length == 1:
        for i in range(n_runs):
            order[i] = rows[np.uint64(runs[i])]
        return
    written = 0
    for i in range(n_runs):
        start = np.int64(runs[i]) * length
        for row in range(start, smaller(start + length, n_rows)):
            order[written] = rows[row]
            written += 1


@njit(nogil=True, error_model="numpy")
def _run_length(rows, start, most):
    """How many of ``rows`` from ``start`` on are neighbours in the table; ``most`` at the most."""
    length = 1
    while length < most and rows[start + length] == rows[start] + length:
        length += 1
    return length


@njit(nogil=True, error_model="numpy")
def _gather_singly(source, rows, destination):
    """destination[i] = source[rows[i]], and 0 behind them."""
    for i in range(rows.size):
        destination[i] = source[np.uint64(rows[i])]
    for i in range(rows.size, destination.size):
        destination[i] = 0


@njit(nogil=True, error_model="numpy")
def _gather_runs(problem, n_inputs, inputs_start, set_start, weights_start, rows, padded, work):
    count = rows.size
    start = 0
    while start < count:
        length = _run_length(rows, start, count - start)
        first = np.int64(rows[start])
        if length < LANE_MULTIPLE:
            for i in range(length):
                row = first + i
                work.batch_targets[start + i] = problem.targets[set_start + row]
                work.batch_weights[start + i] = problem.train_weights[weights_start + row]
                for column in range(n_inputs):
                    source = inputs_start + column * problem.n_padded + row
                    work.batch_inputs[column * work.block + start + i] = problem.inputs[source]
        else:
            length = length // LANE_MULTIPLE * LANE_MULTIPLE
            copy_rows(problem.targets, set_start + first, 0, work.batch_targets, start, 0, 1, length)
            copy_rows(problem.train_weights, weights_start + first, 0, work.batch_weights, start, 0, 1, length)
            copy_rows(
                problem.inputs, inputs_start + first, problem.n_padded, work.batch_inputs, start, work.block,
                n_inputs, length,
            )  # fmt: skip
        start += length
    for i in range(count, padded):
        work.batch_targets[i] = 0
        work.batch_weights[i] = 0
        for column in range(n_inputs):
            work.batch_inputs[column * work.block + i] = 0


@njit(nogil=True, error_model="numpy")
def _gather(problem, n_inputs, inputs_start, set_start, weights_start, rows, is_single, work):
    """The columns, targets and weights of ``rows`` side by side in ``work``, padded with rows of weight 0."""
    n_padded, block = problem.n_padded, work.block
    padded = (rows.size + 15) // 16 * 16
    if not is_single:
        _gather_runs(problem, n_inputs, inputs_start, set_start, weights_start, rows, padded, work)
        return padded
    # Column by column, without a look at whether rows are neighbours: that took a quarter of a step on 32 rows.
    _gather_singly(problem.targets[set_start : set_start + n_padded], rows, work.batch_targets[:padded])
    _gather_singly(problem.train_weights[weights_start : weights_start + n_padded], rows, work.batch_weights[:padded])
    for column in range(n_inputs):
        start = inputs_start + column * n_padded
        own = work.batch_inputs[column * block : column * block + padded]
        _gather_singly(problem.inputs[start : start + n_padded], rows, own)
    return padded


@njit(nogil=True, error_model="numpy")
def batch_pass(layout, problem, parameters, inputs_start, set_start, weights_start, rows, is_single, work, want_loss):
    """The gradient of the mean loss over ``rows``, gathered block by block; ``is_single`` where no two are neighbours
    but by chance.

    Weights have the mean 1 over all training rows, and so in expectation over a batch: what counts in it are its rows.
    Over their own sum a row would count more in a batch of light ones, and batches would lead elsewhere than all rows.
    """
    inverse_total = work.gradient.dtype.type(1.0 / rows.size)
    loss = 0.0
    start = 0
    while start < rows.size:
        count = smaller(work.block, rows.size - start)
        padded = _gather(
            problem, layout.sizes[0], inputs_start, set_start, weights_start, rows[start : start + count], is_single,
            work,
        )  # fmt: skip
        loss += gradient_pass(
            layout, parameters, work.batch_inputs, np.int64(0), work.block,
            work.batch_targets[:padded], work.batch_weights[:padded], inverse_total, work, want_loss,
        )  # fmt: skip
        start += count
    return loss
