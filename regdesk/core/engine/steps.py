"""Optimiser steps of one model: the gradient, the look at whether it has diverged, the update."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.engine.arrays import copy, fill, larger, smaller
from regdesk.core.engine.batches import batch_pass, shuffle
from regdesk.core.engine.row_parts import whole_gradient
from regdesk.core.engine.stored import njit
from regdesk.core.engine.structs import CHECK_EVERY, DIVERGED, RUNNING, SHUFFLED_SINGLY, SQUARED
from regdesk.core.engine.updates import update


@njit(nogil=True, error_model="numpy", fastmath={"reassoc"})
def _is_finite(values):
    """Summed up in any order, and in parts at once: one after the other they took 3 % of a step on 32 rows."""
    total = 0.0
    for i in range(values.size):
        total += abs(np.float64(values[i]))
    return math.isfinite(total)


@njit(nogil=True, error_model="numpy")
def steps(layout, problem, state, settings, work, model, n_steps, is_ready, ready_loss):
    """``n_steps`` optimiser steps of one model, fewer where it diverges: then the last sound parameters are left.

    Several in one call: what the arguments hold is some 300 words, which are handed over on the stack. Where the
    gradient and loss of a full batch are there already, ``is_ready`` says so.
    """
    parameters = state.parameters[model]
    n_inputs = layout.sizes[0]
    problem_set = problem.set_of_model[model]
    inputs_start = problem_set * n_inputs * problem.n_padded
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    n_train = problem.n_train[model]
    batch_size = settings.batch_size
    is_full = batch_size <= 0 or batch_size >= n_train
    for _ in range(n_steps):
        if state.status[model] != RUNNING:
            return
        is_check = state.steps[model] % CHECK_EVERY == 0
        # A squared error is nearly free and looked at in every step: relu units can die in a burst of two or three.
        want_loss = is_check or layout.loss == SQUARED
        if is_ready:
            loss = ready_loss
        elif is_full:
            loss = whole_gradient(layout, problem, parameters, work, model, want_loss)
        else:
            if state.ordered_epoch[model] != state.epochs[model]:
                shuffle(problem.train_rows[model], n_train, state.seeds[model], state.epochs[model], state.order[model])
                state.ordered_epoch[model] = state.epochs[model]
                state.cursor[model] = 0
            cursor = state.cursor[model]
            fill(work.gradient, parameters.dtype.type(0))
            stop = smaller(cursor + batch_size, n_train)
            loss = batch_pass(
                layout, problem, parameters, inputs_start, set_start, weights_start,
                state.order[model, cursor:stop], n_train <= SHUFFLED_SINGLY, work, want_loss,
            )  # fmt: skip
        has_failed = want_loss and not (loss <= state.loss_limit[model])
        if is_check and not has_failed:
            has_failed = not _is_finite(parameters)
        if has_failed:
            copy(state.sound[model], parameters)
            state.status[model] = DIVERGED
            return
        if is_check:
            copy(parameters, state.sound[model])
        update(
            layout, parameters, state.first_moment[model], state.second_moment[model], state.beta_powers[model],
            settings.lam[model], settings.l1_ratio[model], settings.is_grouped[model], settings.learning_rate[model],
            settings.optimizer, state.floor_steps_left[model], work,
        )  # fmt: skip
        state.floor_steps_left[model] = larger(state.floor_steps_left[model] - 1, 0)
        state.steps[model] += 1
        if is_full or stop == n_train:
            state.epochs[model] += 1
            state.cursor[model] = 0
        else:
            state.cursor[model] = stop
