"""Whether classes can be told apart, against linear programming, and what is said of it."""

from __future__ import annotations

import numpy as np
import pytest
from linear_solves import solve_rows
from scipy.optimize import linprog

from regdesk.core.linear.no_minimum import overlaps
from regdesk.core.linear.separation import separation_of
from regdesk.core.model.losses import LOGISTIC, SOFTMAX
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.words.shortfalls import shortfall_sentence

NO_PENALTY = ElasticNet(0.0, 0.0)


def margins(inputs, targets, n_outputs, weights, biases):
    """How far each row is on its own side of every other class, ``(n_inequalities,)``."""
    outputs = inputs @ weights + biases
    if n_outputs == 1:
        return np.where(targets == 1, outputs[:, 0], -outputs[:, 0])
    own = outputs[np.arange(len(targets)), targets.astype(int)]
    return np.array([own[i] - outputs[i, k] for i in range(len(own)) for k in range(n_outputs) if k != targets[i]])


def is_separable(inputs, targets, n_outputs):
    """By linear programming (Konis 2007): the largest sum of margins, none below 0, of weights in [−1, 1]."""
    n_inputs, eye = inputs.shape[1], np.eye((inputs.shape[1] + 1) * n_outputs)
    columns = [
        margins(inputs, targets, n_outputs, one.reshape(-1, n_outputs)[:n_inputs], one.reshape(-1, n_outputs)[-1])
        for one in eye
    ]
    system = np.column_stack(columns)
    found = linprog(-system.sum(axis=0), A_ub=-system, b_ub=np.zeros(len(system)), bounds=(-1, 1))
    return -found.fun > 1e-7


def random_classes(seed):
    generator = np.random.default_rng(seed)
    n_rows, n_inputs, n_outputs = (
        int(generator.integers(6, 50)),
        int(generator.integers(1, 5)),
        int(generator.choice([1, 3])),
    )
    inputs = generator.normal(size=(n_rows, n_inputs))
    kind = seed % 3
    if kind == 1:
        inputs = generator.integers(0, 3, size=(n_rows, n_inputs)).astype(float)
    elif kind == 2:
        inputs = np.eye(4)[generator.integers(0, 4, n_rows)]
    signal = inputs @ generator.normal(size=inputs.shape[1]) + generator.choice([0.0, 0.4]) * generator.normal(
        size=n_rows
    )
    targets = np.searchsorted(np.quantile(signal, [0.5] if n_outputs == 1 else [0.3, 0.6]), signal).astype(float)
    return inputs, targets, n_outputs


def test_it_is_found_exactly_where_linear_programming_finds_it():
    n_found = n_all = 0
    for seed in range(120):
        inputs, targets, n_outputs = random_classes(seed)
        if len(np.unique(targets)) < max(n_outputs, 2):
            continue
        scaled = (inputs - inputs.mean(axis=0)) / np.where(inputs.std(axis=0) > 0, inputs.std(axis=0), 1.0)
        found = separation_of(inputs, targets, n_outputs)
        assert (found is not None) == is_separable(scaled, targets, n_outputs), seed
        n_all += 1
        if found is not None:
            n_found += 1
            own = margins(inputs, targets, n_outputs, found.weights, found.biases)
            assert own.min() >= -1e-7
            assert own.max() == pytest.approx(1.0)
            if found.is_complete:
                assert own.min() > 0.0
    assert 12 < n_found < n_all - 12


def test_the_inputs_that_separate_are_named():
    generator = np.random.default_rng(3)
    inputs = generator.normal(size=(60, 5))
    alone = separation_of(inputs, (inputs[:, 3] > 0.2).astype(float), 1)
    assert (alone.inputs, alone.is_complete) == ((3,), True)
    both = separation_of(inputs, (inputs[:, 1] + inputs[:, 4] > 0).astype(float), 1)
    assert (both.inputs, both.is_complete) == ((1, 4), True)
    # A level that only one class has, of which there are also rows without it.
    level = (np.arange(60) % 3 == 0).astype(float)
    partly = np.where(level > 0, 1.0, generator.integers(0, 2, 60))
    quasi = separation_of(np.column_stack([inputs[:, :2], level]), partly, 1)
    assert (quasi.inputs, quasi.is_complete) == ((2,), False)


@pytest.mark.parametrize("seed", range(12))
def test_without_a_penalty_only_what_has_a_minimum_is_called_converged(seed):
    inputs, targets, n_outputs = random_classes(3 * seed)
    loss = LOGISTIC if n_outputs == 1 else SOFTMAX
    solution = solve_rows(inputs, targets, loss, NO_PENALTY, n_outputs)
    assert solution.converged == (not is_separable(inputs, targets, n_outputs))
    assert solution.converged == (solution.shortfall is None)
    if solution.converged:
        assert solution.kkt_residual <= 1e-8
    else:
        assert shortfall_sentence(solution.shortfall).startswith("separated by the inputs together")
        assert solution.is_unique is None


def test_a_model_that_has_ended_proves_that_classes_overlap():
    """Of classes that are far from being told apart; one that is driven off proves nothing."""
    inputs = np.random.default_rng(0).normal(size=(80, 3))
    mixed = (inputs[:, 0] + np.random.default_rng(1).normal(size=80) > 0).astype(float)
    solution = solve_rows(inputs, mixed, LOGISTIC, NO_PENALTY)
    assert overlaps(inputs, mixed, LOGISTIC, solution.weights, solution.biases)
    three = np.digitize(inputs[:, 0] + np.random.default_rng(2).normal(size=80), [-0.5, 0.5]).astype(float)
    solution = solve_rows(inputs, three, SOFTMAX, NO_PENALTY, 3)
    assert overlaps(inputs, three, SOFTMAX, solution.weights, solution.biases)
    apart = (inputs[:, 0] > 0).astype(float)
    solution = solve_rows(inputs, apart, LOGISTIC, NO_PENALTY)
    assert not overlaps(inputs, apart, LOGISTIC, solution.weights, solution.biases)


def test_the_sentence_names_inputs_and_what_to_do():
    inputs = np.array([[1.0, 4.0], [2.0, 1.0], [3.0, 3.0], [4.0, 2.0]])
    solution = solve_rows(inputs, np.array([0.0, 0, 1, 1]), LOGISTIC, NO_PENALTY, names=("a", "b"))
    sentence = shortfall_sentence(solution.shortfall)
    assert sentence.startswith("separated by a: the classes can be told apart completely")
    assert sentence.endswith("Raise λ.")
