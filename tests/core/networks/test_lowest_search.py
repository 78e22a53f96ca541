"""The search of a fit: how low it comes, the same whoever solves the models, within its passes, and what it claims."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from core_problems import LOSSES, make_targets
from network_problems import load_problem

from regdesk.core.model.network import Network
from regdesk.core.networks.job_queue import run_chains
from regdesk.core.networks.lowest import LowestSearch, SearchLimits
from regdesk.core.networks.moves import MOVES, Move, moved
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.stopping import Stop
from regdesk.core.training.cores import Cores
from regdesk.core.training.stack import Stack
from regdesk.core.types import TrainSettings
from regdesk.core.units import CallingThread

pytestmark = pytest.mark.usefixtures("engine")


def search_of(problem, settings, seed=0, crew=None, **limits):
    found = LowestSearch(problem, settings, seed, SearchLimits(**limits))
    crew = crew or CallingThread()
    for _ in run_chains([found.phases()], {problem: crew.share(problem)}, crew, Stop()):
        pass
    return found


def adams_objective(problem, settings, n_steps):
    """J after so many steps from the same seed's weights."""
    start = problem.initial_parameters(0)[np.newaxis]
    stack = Stack(problem.network, problem.loss, problem.rows(), start, [0], np.float32)
    stack.advance([settings], n_steps)
    return problem.measure(stack.parameters[0].astype(np.float64), settings).objective


@pytest.mark.parametrize(
    ("name", "hidden", "activation", "penalty", "lam"),
    [
        ("friedman 2", (8,), "relu", "l2", 1e-3),
        ("linnerud", (16,), "tanh", "l2", 1e-4),
        ("wine", (8,), "tanh", "group-lasso", 1e-4),
        ("circles", (8,), "relu", "l1", 1e-3),
    ],
)
def test_it_comes_lower_than_an_optimiser_with_as_many_passes(name, hidden, activation, penalty, lam):
    problem, settings = load_problem(name, hidden, activation, 100), TrainSettings(penalty, lam)
    found = search_of(problem, settings)
    assert found.n_passes <= 20_000
    assert found.best.objective < adams_objective(problem, settings, found.n_passes)
    own = problem.measure(found.best.parameters, settings)
    assert own.objective == pytest.approx(found.best.objective, rel=1e-12)
    if found.best.is_stationary:
        assert own.residual <= 1e-5


def test_numbers_are_the_same_whoever_solves_the_models():
    problem, settings = load_problem("moons", (4,), "tanh", 60), TrainSettings("l1", 1e-3)
    alone = search_of(problem, settings, seed=3)
    with ThreadPoolExecutor(3) as executor:
        shared = search_of(problem, settings, seed=3, crew=Cores(executor, 3))
    np.testing.assert_array_equal(shared.best.parameters, alone.best.parameters)
    assert shared.n_passes == alone.n_passes


def test_passes_stay_within_the_limit_and_a_loose_tolerance_takes_few():
    problem, settings = load_problem("diabetes", (8,), "relu", 100), TrainSettings("l2", 1e-3)
    short = search_of(problem, settings, max_passes=5000)
    assert short.n_passes <= 5000
    loose = search_of(problem, settings, tolerance=0.2, wants_residual=True)
    assert loose.best.residual <= 0.2
    assert loose.has_settled
    assert loose.n_passes < short.n_passes


def test_what_collapses_is_the_model_without_weights():
    problem = load_problem("moons", (4, 3), "tanh", 60)
    found = search_of(problem, TrainSettings("l2", 10.0))
    assert not found.best.parameters[problem.network.is_weight].any()
    assert found.best.objective == pytest.approx(problem.null_model().objective, rel=1e-12)


@pytest.mark.parametrize("move", MOVES, ids=lambda one: f"{one.kind} {one.size}")
def test_a_move_is_that_of_its_key_and_moves_what_it_says(move):
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(30, 3))
    network = Network((3, 5, 4, 1), "relu")
    # Targets in a unit of their own: parameters are moved in the solver's.
    problem = NetworkProblem(network, LOSSES["squared"], inputs, 1e4 * make_targets(generator, inputs, "squared") + 1e6)
    start = problem.cold_start(1)
    once, again = moved(problem, start, move, (4, 2)), moved(problem, start, move, (4, 2))
    np.testing.assert_array_equal(once, again)
    assert np.isfinite(once).all()
    different = once != start
    if move.kind == "lambda":
        np.testing.assert_allclose(once, start, rtol=1e-12)
        return
    assert different.any()
    assert (moved(problem, start, move, (4, 3)) != once).any()
    if move == Move("units", 0.0):
        # One unit: its weights in and out, and its bias.
        counts = [int((network.weights(once, layer) != network.weights(start, layer)).sum()) for layer in range(3)]
        assert counts in ([3, 4, 0], [0, 5, 1])


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_cold_starts_also_begin_at_other_lambdas_and_never_from_a_collapse(activation):
    problem, settings = load_problem("diabetes", (4,), activation, 60), TrainSettings("l2", 0.01)
    search, asked = LowestSearch(problem, settings, 0, SearchLimits()), []
    (starts, _) = list(search.phases())
    for chain in starts:
        job = next(chain)
        asked.append(job.settings.lam / settings.lam)
        if asked[-1] != 1.0:
            # What it comes to there has collapsed: from the same weights again, at λ itself.
            job_there, job = job, chain.send(replace(problem.null_model(), n_passes=5))
            np.testing.assert_array_equal(job.start, job_there.start)
        assert job.settings.lam == settings.lam
    assert asked[0] == 1.0
    assert len(set(asked)) > 1
