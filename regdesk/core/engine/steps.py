"""One optimiser step: the epoch's order, the moments, the metric, the prox.

Formulas: Adam, Kingma & Ba 2015, algorithm 1; its proximal form in the optimiser's own metric, Yun, Lozano & Yang
2020 (ProxGen), with a floor under the metric (see ``metric_floor``).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from regdesk.core.engine.passes import gradient_pass
from regdesk.core.engine.records import (
    ADAM,
    ADAM_EPSILON,
    BETA_1,
    BETA_2,
    CHECK_EVERY,
    DIVERGED,
    SHRINK_STEPS,
    SQUARED,
)


@njit(nogil=True, error_model="numpy")
def copy(source, destination):
    """Element by element: a slice assignment compiles numba's shape check, with its message, at 2 s each."""
    for i in range(source.size):
        destination[i] = source[i]


@njit(nogil=True, error_model="numpy")
def fill(destination, value):
    for i in range(destination.size):
        destination[i] = value


@njit(nogil=True, error_model="numpy")
def _mixed(value):
    """SplitMix64's finaliser (Steele, Lea & Flood 2014)."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@njit(nogil=True, error_model="numpy")
def _shuffle(rows, n_rows, seed, epoch, order):
    """The epoch's order of the training rows: a function of seed and epoch alone (Fisher & Yates)."""
    copy(rows[:n_rows], order)
    golden = np.uint64(0x9E3779B97F4A7C15)
    state = _mixed(seed + golden * np.uint64(epoch + 1))
    for i in range(n_rows - 1, 0, -1):
        state += golden
        draw = (_mixed(state) >> np.uint64(32)) * np.uint64(i + 1)
        j = np.int64(draw >> np.uint64(32))
        order[i], order[j] = order[j], order[i]


@njit(nogil=True, error_model="numpy")
def _batch_pass(layout, problem, parameters, inputs_start, set_start, weights_start, rows, work, want_loss):
    """The gradient of the mean loss over ``rows``, gathered block by block."""
    total = 0.0
    for i in range(rows.size):
        total += np.float64(problem.train_weights[weights_start + rows[i]])
    inverse_total = work.gradient.dtype.type(1.0 / total)
    loss = 0.0
    start = 0
    while start < rows.size:
        count = min(work.block, rows.size - start)
        padded = (count + 15) // 16 * 16
        for i in range(padded):
            if i < count:
                row = rows[start + i]
                work.batch_targets[i] = problem.targets[set_start + row]
                work.batch_weights[i] = problem.train_weights[weights_start + row]
            else:
                work.batch_targets[i] = 0
                work.batch_weights[i] = 0
        for column in range(layout.sizes[0]):
            source = inputs_start + column * problem.n_padded
            target = column * work.block
            for i in range(count):
                work.batch_inputs[target + i] = problem.inputs[source + rows[start + i]]
            for i in range(count, padded):
                work.batch_inputs[target + i] = 0
        loss += gradient_pass(
            layout, parameters, work.batch_inputs, np.int64(0), work.block,
            work.batch_targets[:padded], work.batch_weights[:padded], inverse_total, work, want_loss,
        )  # fmt: skip
        start += count
    return loss


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _moments(gradient, first, second, beta_1, beta_2, one, tiny):
    """Adam's running means of g and g²; values below ``tiny`` become 0 (denormal numbers cost 50 times the time)."""
    rest_1, rest_2, zero = one - beta_1, one - beta_2, one - one
    for i in range(gradient.size):
        value = beta_1 * first[i] + rest_1 * gradient[i]
        first[i] = zero if abs(value) <= tiny else value
    for i in range(gradient.size):
        value = beta_2 * second[i] + rest_2 * gradient[i] * gradient[i]
        second[i] = zero if value <= tiny else value


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _adam_rates(second, learning_rate, correction, epsilon, floor, rates):
    """η/d with d = max(√v̂ + ε, floor), per parameter."""
    for i in range(rates.size):
        metric = math.sqrt(second[i] * correction) + epsilon
        rates[i] = learning_rate / (floor if metric < floor else metric)


@njit(nogil=True, error_model="numpy", fastmath={"contract"})
def _proximal_step(parameters, direction, scale, rates, is_weight, l1, l2, one, tiny):
    """w ← prox(w − rate·scale·direction), the prox being that of rate·(l1‖w‖₁ + l2/2‖w‖₂²) on weights.

    NaN passes through, so that divergence is noticed and not hidden.
    """
    zero = one - one
    for i in range(parameters.size):
        u = parameters[i] - rates[i] * (scale * direction[i])
        pull = rates[i] * is_weight[i]
        size = (abs(u) - pull * l1) / (one + pull * l2)
        parameters[i] = zero if size <= tiny else (size if u > zero else -size)


@njit(nogil=True, error_model="numpy")
def metric_floor(lam, learning_rate, n_layers):
    """The least d that Adam divides by, for gradient and prox alike; any positive d has the same fixed points.

    min(λ, 1), because after a rest at λ = 0 the gradients and so √v̂ have vanished, and one step would kill every
    weight. A step then shrinks by the learning rate: at 0.01 a third of a network is gone within 50 steps, and what
    a network has lost may not come back. So for networks the floor is raised until a step takes 1/300 at most
    (breast cancer data, 16-16, λ 0 → 0.02, 50 steps, learning rate 0.01: L1 keeps 505 of 752 weights instead of 183,
    L2 85 % of ‖W‖₂ instead of 61 %). Linear models, which lose nothing for ever, keep the lower floor: it is faster.
    """
    raised = max(1.0, SHRINK_STEPS * learning_rate) if n_layers > 1 else 1.0
    return min(lam * raised, 1.0)


@njit(nogil=True, error_model="numpy")
def _update(layout, parameters, first, second, beta_powers, lam, l1_ratio, learning_rate, optimizer, work):
    """One optimiser step of one model from ``work.gradient``."""
    real = parameters.dtype.type
    one, tiny = real(1.0), work.tiny
    l1, l2 = real(lam * l1_ratio), real(lam * (1.0 - l1_ratio))
    if optimizer == ADAM:
        _moments(work.gradient, first, second, real(BETA_1), real(BETA_2), one, tiny)
        beta_powers[0] *= BETA_1
        beta_powers[1] *= BETA_2
        _adam_rates(
            second, real(learning_rate), real(1.0 / (1.0 - beta_powers[1])), real(ADAM_EPSILON),
            real(metric_floor(lam, learning_rate, layout.weight_offsets.size)), work.rates,
        )  # fmt: skip
        scale = real(1.0 / (1.0 - beta_powers[0]))
        _proximal_step(parameters, first, scale, work.rates, layout.is_weight, l1, l2, one, tiny)
    else:
        fill(work.rates, real(learning_rate))
        _proximal_step(parameters, work.gradient, one, work.rates, layout.is_weight, l1, l2, one, tiny)


@njit(nogil=True, error_model="numpy")
def _is_finite(values):
    total = 0.0
    for i in range(values.size):
        total += abs(np.float64(values[i]))
    return math.isfinite(total)


@njit(nogil=True, error_model="numpy")
def step(layout, problem, state, pressure, work, model):
    """One optimiser step of one model; leaves the last sound parameters and says so where it has diverged."""
    parameters = state.parameters[model]
    n_inputs = layout.sizes[0]
    problem_set = problem.set_of_model[model]
    inputs_start = problem_set * n_inputs * problem.n_padded
    set_start, weights_start = problem_set * problem.n_padded, model * problem.n_padded
    n_train = problem.n_train[model]
    batch_size = pressure.batch_size
    is_full = batch_size <= 0 or batch_size >= n_train
    is_check = state.steps[model] % CHECK_EVERY == 0
    # A squared error is nearly free and looked at in every step: relu units can die in a burst of two or three.
    want_loss = is_check or layout.loss == SQUARED
    fill(work.gradient, parameters.dtype.type(0))
    if is_full:
        n_active = problem.n_active[model]
        loss = gradient_pass(
            layout, parameters, problem.inputs, inputs_start, problem.n_padded,
            problem.targets[set_start : set_start + n_active],
            problem.train_weights[weights_start : weights_start + n_active],
            parameters.dtype.type(1.0 / problem.train_total[model]), work, want_loss,
        )  # fmt: skip
    else:
        if state.ordered_epoch[model] != state.epochs[model]:
            _shuffle(problem.train_rows[model], n_train, state.seeds[model], state.epochs[model], state.order[model])
            state.ordered_epoch[model] = state.epochs[model]
            state.cursor[model] = 0
        cursor = state.cursor[model]
        stop = min(cursor + batch_size, n_train)
        loss = _batch_pass(
            layout, problem, parameters, inputs_start, set_start, weights_start,
            state.order[model, cursor:stop], work, want_loss,
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
    _update(
        layout, parameters, state.first_moment[model], state.second_moment[model], state.beta_powers[model],
        pressure.lam[model], pressure.l1_ratio[model], pressure.learning_rate[model], pressure.optimizer, work,
    )  # fmt: skip
    state.steps[model] += 1
    if is_full or stop == n_train:
        state.epochs[model] += 1
        state.cursor[model] = 0
    else:
        state.cursor[model] = stop
