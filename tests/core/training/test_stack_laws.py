"""A model of a stack is its own: no bit depends on neighbours, their order, chunks of steps, or threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from core_problems import Problem, random_parameters
from covering import covered

from regdesk.core.engine import kernels
from regdesk.core.training.cores import Cores
from regdesk.core.training.row_passes import PARTS_PER_THREAD
from regdesk.core.training.stack_arrays import columns_of
from regdesk.core.types import OPTIMIZERS, TrainSettings

N_STEPS = 60
# Penalty, λ, l1_ratio, learning rate of each model.
PRESSURES = [
    ("l1", 0.03, 0.5, 0.02),
    ("group-lasso", 0.05, 0.5, 0.01),
    ("none", 1.0, 0.5, 0.005),
    ("l2", 2.0, 0.1, 0.003),
    ("elastic-net", 0.1, 0.3, 0.03),
    ("group-lasso", 1e9, 0.3, 0.03),
    ("l2", 0.0, 0.3, 0.01),
]
N_MODELS = len(PRESSURES)
SEEDS = (5, 6, 7, 5, 9, 2**40, 0)
COLUMNS = {dtype: columns_of(np.random.default_rng(3).normal(size=(40, 3)), dtype) for dtype in ("float64", "float32")}


@pytest.fixture(scope="module")
def executor():
    with ThreadPoolExecutor(3) as pool:
        yield pool


class Models:
    """Seven models that differ in everything a model may have of its own; any of them can be stacked."""

    def __init__(self, loss, optimizer, batch_size, dtype, activation="tanh", hidden=(5, 7)):
        self.problem = Problem(150, 14, 3, loss, seed=1, n_models=N_MODELS, n_sets=3, n_classes=5)
        for model in range(N_MODELS):
            self.problem.train_weights[model, 10 * model :: 3] = 0
        self.network = self.problem.network(hidden, activation, (0, 1, 1))
        self.parameters = random_parameters(self.network, 2, N_MODELS)
        self.dtype = dtype
        self.settings = [
            TrainSettings(penalty, lam, ratio, optimizer, rate, batch_size) for penalty, lam, ratio, rate in PRESSURES
        ]

    def stack(self, models, cores=None):
        seeds = [SEEDS[model] for model in models]
        return self.problem.stack(self.network, self.parameters[list(models)], seeds, self.dtype, models, cores)

    def numbers(self, models, chunks=(N_STEPS,), cores=None):
        """Everything that a stack says of each of ``models`` after the steps, as bytes."""
        stack = self.stack(models, cores)
        for n_steps in chunks:
            stack.advance([self.settings[model] for model in models], n_steps)
            # Looking must not disturb.
            losses, gradients = stack.losses(), stack.gradients()
            outputs = [stack.predict(COLUMNS[self.dtype], 40, k).tobytes() for k in range(len(models))]
        assert not stack.has_diverged.any()
        assert stack.steps.tolist() == [N_STEPS] * len(models)
        return [
            (stack.parameters[k].tobytes(), losses[k].tobytes(), gradients[k].tobytes(), stack.epoch(k), outputs[k])
            for k in range(len(models))
        ]


@covered(
    loss=["squared", "logistic", "softmax"], optimizer=OPTIMIZERS, batch_size=[0, 10], dtype=["float64", "float32"]
)
def test_a_model_has_the_same_numbers_in_any_company(loss, optimizer, batch_size, dtype, executor):
    models = Models(loss, optimizer, batch_size, dtype)
    everyone = list(range(N_MODELS))
    alone = [models.numbers([model])[0] for model in everyone]
    assert len({parameters for parameters, *_ in alone}) == N_MODELS
    companies = [everyone, everyone[::-1], [2, 5], [4, 4, 0, 1, 4], list(np.random.default_rng(0).permutation(21) % 7)]
    for company in companies:
        assert models.numbers(company) == [alone[model] for model in company]
    for chunks in ([1] * N_STEPS, [7] * 8 + [4], [N_STEPS - 1, 1], [0, 33, 0, 27]):
        assert models.numbers(everyone, chunks) == alone
    for n_threads in (1, 2, 3):
        cores = Cores(executor, n_threads)
        assert models.numbers(everyone, cores=cores) == alone
        assert models.numbers(companies[-1], [11, 49], cores) == [alone[model] for model in companies[-1]]
        assert models.numbers([3], cores=cores) == alone[3:4]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [0, 9])
def test_relu_networks_and_linear_models_keep_the_law(batch_size, dtype, executor):
    for hidden in ((16, 3), ()):
        models = Models("softmax", "adam", batch_size, dtype, "relu", hidden)
        everyone = list(range(N_MODELS))
        alone = [models.numbers([model])[0] for model in everyone]
        assert models.numbers(everyone, [13, 47], Cores(executor, 2)) == alone


@covered(loss=["squared", "logistic", "softmax"], optimizer=OPTIMIZERS, batch_size=[0, 10], n_threads=[0, 1, 2, 3])
def test_a_diverging_neighbour_changes_nothing(loss, optimizer, batch_size, n_threads, executor):
    """One neighbour begins with NaN, one with weights that overflow, one breaks out on the way (squared error)."""
    models = Models(loss, optimizer, batch_size, "float32", "relu")
    company = [0, 1, 2, 3, 4, 5, 6, 0, 1]
    alone = [models.numbers([model])[0] for model in range(N_MODELS)]
    models.parameters[1], models.parameters[4] = np.nan, 1e20
    models.problem.inputs[models.problem.set_of_model[2]] *= 1e4
    broken = {1, 2, 4} if loss == "squared" and optimizer != "adam" else {1, 4}
    stack = models.stack(company, Cores(executor, n_threads) if n_threads else None)
    with np.errstate(invalid="ignore", over="ignore"):
        for n_steps in (1, 20, N_STEPS - 21):
            stack.advance([models.settings[model] for model in company], n_steps)
    losses, gradients = stack.losses(), stack.gradients()
    has_diverged = stack.has_diverged.tolist()
    for k, model in enumerate(company):
        assert has_diverged[k] == (model in broken) or model == 2
        # Models 2 and 5 share the rows that were changed.
        if model in broken or models.problem.set_of_model[model] == models.problem.set_of_model[2]:
            continue
        own = (stack.parameters[k].tobytes(), losses[k].tobytes(), gradients[k].tobytes(), stack.epoch(k))
        assert own == alone[model][:4]


def test_two_stacks_that_share_their_threads_do_not_meet(executor):
    """As a sweep and a live model may: each is driven from a thread of its own, the kernels run side by side."""
    models = [Models(loss, "adam", 10, "float64") for loss in ("squared", "softmax")]
    everyone = list(range(N_MODELS))
    expected = [one.numbers(everyone) for one in models]
    with ThreadPoolExecutor(2) as drivers:
        for _ in range(5):
            futures = [drivers.submit(one.numbers, everyone, (20, 40), Cores(executor, 2)) for one in models]
            assert [future.result() for future in futures] == expected


def test_an_error_in_one_thread_is_raised_and_all_threads_have_ended(executor, monkeypatch):
    models = Models("squared", "sgd", 0, "float64")
    stack = models.stack(list(range(N_MODELS)), Cores(executor, 2))
    begun, ended = [], []

    def train(_layout, _problem, _state, _settings, _work, first, last, *_rest):
        begun.append((first, last))
        if first == 0:
            raise ZeroDivisionError
        ended.append((first, last))

    monkeypatch.setattr(kernels, "train", train)
    with pytest.raises(ZeroDivisionError):
        stack.advance(models.settings[:N_MODELS], 1)
    # Every model is in one part, and each thread has several.
    assert len(begun) == min(N_MODELS, PARTS_PER_THREAD * 2)
    firsts, lasts = zip(*sorted(begun), strict=True)
    assert firsts == (0, *lasts[:-1])
    assert lasts[-1] == N_MODELS
    assert sorted(ended) == sorted(begun)[1:]


def test_reviving_one_model_leaves_the_memory_of_its_neighbours():
    """What a model does after a neighbour was revived is what it would have done alone."""
    models = Models("squared", "adam", 0, "float64")
    alone = models.stack([0])
    alone.advance([models.settings[0]], 40)
    models.parameters[1] = np.nan
    stack = models.stack([0, 1])
    stack.advance(models.settings[:2], 20)
    assert stack.has_diverged.tolist() == [False, True]
    stack.clear_divergence()
    stack.advance(models.settings[:2], 20)
    assert stack.parameters[0].tobytes() == alone.parameters[0].tobytes()
