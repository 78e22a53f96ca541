"""Many rows of one model are summed in parts: the same numbers on any number of threads, and the right ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from core_problems import Problem, random_parameters
from reference import gradient, mean_loss

from regdesk.core.engine.structs import PART_ROWS, ROWS_IN_ONE
from regdesk.core.training.cores import Cores
from regdesk.core.types import TrainSettings

N_TRAIN, N_VALIDATION = 2 * PART_ROWS + 4_001, 503


class CountingExecutor(ThreadPoolExecutor):
    """Counts what it is handed."""

    n_submitted = 0

    def submit(self, *arguments, **named):
        self.n_submitted += 1
        return super().submit(*arguments, **named)


@pytest.fixture(scope="module")
def problems():
    made = {loss: Problem(N_TRAIN, N_VALIDATION, 2, loss, seed=4) for loss in ("squared", "logistic")}
    for problem in made.values():
        assert problem.train_weights[0, ROWS_IN_ONE:].any()
    return made


def numbers(problem, settings, dtype, n_threads, chunks=(2, 1, 8)):
    """Everything that a stack says after its steps, and how often it handed work to a thread."""
    network = problem.network((3,), "tanh")
    with CountingExecutor(max(n_threads, 1)) as executor:
        cores = Cores(executor, n_threads) if n_threads else None
        stack = problem.stack(network, random_parameters(network, 7), [0], dtype, cores=cores)
        for n_steps in chunks:
            stack.advance([settings], n_steps)
        found = stack.parameters.tobytes(), stack.losses().tobytes(), stack.gradients().tobytes(), stack.steps.tolist()
        return found, executor.n_submitted, stack


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_any_number_of_threads_finds_the_same(problems, loss, dtype):
    settings = TrainSettings("elastic-net", 0.01, 0.5, "adam", 0.02)
    alone, n_submitted, stack = numbers(problems[loss], settings, dtype, 0)
    assert n_submitted == 0
    assert not stack.shares_rows
    for n_threads in (1, 2, 3):
        found, n_submitted, stack = numbers(problems[loss], settings, dtype, n_threads)
        assert found == alone
        assert stack.shares_rows
        # Losses before the first step, then 11 steps, losses and gradients.
        assert n_submitted == n_threads * (1 + 11 + 2)


@pytest.mark.parametrize("n_threads", [0, 2])
@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_losses_and_gradients_are_those_of_all_rows(problems, loss, n_threads):
    problem = problems[loss]
    _, _, stack = numbers(problem, TrainSettings(), "float64", n_threads, ())
    parameters, network = stack.parameters[0], problem.network((3,), "tanh")
    given = parameters, network.sizes, "tanh", loss, problem.inputs[0], problem.targets[0]
    expected = [mean_loss(*given, weights[0]) for weights in (problem.train_weights, problem.validation_weights)]
    with CountingExecutor(2) as executor:
        cores = Cores(executor, n_threads) if n_threads else None
        stack = problem.stack(network, parameters[np.newaxis], [0], "float64", cores=cores)
        np.testing.assert_allclose(stack.losses()[0], expected, rtol=1e-12)
        slopes = gradient(*given, problem.train_weights[0])
        np.testing.assert_allclose(stack.gradients()[0], slopes, rtol=1e-9, atol=1e-12)


def test_a_shared_step_that_diverges_ends_like_another(problems):
    settings = TrainSettings("none", 0.0, 0.5, "sgd", 1e4)
    alone, _, one = numbers(problems["squared"], settings, "float32", 0)
    shared, _, other = numbers(problems["squared"], settings, "float32", 2)
    assert one.has_diverged.all()
    assert other.has_diverged.all()
    assert shared == alone


def test_mini_batches_are_not_shared_out(problems):
    settings = TrainSettings(batch_size=100)
    alone, _, _ = numbers(problems["squared"], settings, "float32", 0)
    found, n_submitted, _ = numbers(problems["squared"], settings, "float32", 2)
    assert found == alone
    assert n_submitted == 2 * 3


def test_up_to_so_many_rows_there_is_one_sum():
    problem = Problem(ROWS_IN_ONE, 0, 1, "squared")
    found, n_submitted, stack = numbers(problem, TrainSettings(), "float32", 2, (1,))
    assert (n_submitted, stack.shares_rows) == (0, False)
    assert found == numbers(problem, TrainSettings(), "float32", 0, (1,))[0]


def test_training_rows_in_one_sum_beside_so_many_others():
    problem = Problem(100, ROWS_IN_ONE, 1, "squared", seed=2)
    order = np.argsort(problem.train_weights[0] == 0, kind="stable")
    problem.inputs, problem.targets = problem.inputs[:, order], problem.targets[:, order]
    for weights in (problem.train_weights, problem.validation_weights):
        weights[:] = weights[:, order]
    found, n_submitted, _ = numbers(problem, TrainSettings(), "float32", 2, (3,))
    # Losses alone, at the start and at the end.
    assert n_submitted == 2 * 2
    assert found == numbers(problem, TrainSettings(), "float32", 0, (3,))[0]
