"""What is said of relu models that have stopped in kinks: proved by directions, and not said on a ridge."""

from __future__ import annotations

import numpy as np
import pytest
from core_problems import LOSSES, make_targets
from fold_datasets import NO_ROWS, make_dataset

from regdesk.core.model.network import Network
from regdesk.core.networks import kinks
from regdesk.core.networks.kinks import certified, kink_certificate
from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.types import Architecture, TrainSettings

TOLERANCE = 1e-5

pytestmark = pytest.mark.usefixtures("engine")


@pytest.mark.parametrize("penalty", ["l1", "l2", "elastic-net", "group-lasso"])
@pytest.mark.parametrize("loss", ["squared", "logistic", "softmax"])
def test_where_no_kink_is_near_it_is_the_residual(penalty, loss):
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(30, 3))
    network = Network((3, 5, 4, 3 if loss == "softmax" else 1), "relu")
    problem = NetworkProblem(network, LOSSES[loss], inputs, make_targets(generator, inputs, loss))
    settings, parameters = TrainSettings(penalty, 0.02), problem.cold_start(1)
    found = kink_certificate(problem, parameters, settings, TOLERANCE)
    assert found.residual == pytest.approx(problem.measure(parameters, settings).residual, rel=1e-9)
    assert found.gap == 0.0


def one_unit(slope: float) -> tuple[NetworkProblem, np.ndarray, TrainSettings]:
    """Rows at −1, 0 and 1 and a unit whose kink is at 0; the output's weight is ``slope``."""
    problem = NetworkProblem(
        Network((1, 1, 1), "relu"),
        LOSSES["squared"],
        np.array([[-1.0], [0.0], [1.0]]),
        np.array([0.5, -1.0, 0.5]),
    )
    return problem, np.array([1.0, 0.0, slope, 0.0]), TrainSettings("l2", 1e-3)


def test_a_ridge_proves_nothing_and_a_valley_does_not_hide_the_rest_of_the_gradient():
    # The row at 0 is above its target, so that J grows with a positive output and falls with a negative one.
    problem, parameters, settings = one_unit(-0.5)
    assert kink_certificate(problem, parameters, settings, TOLERANCE).residual == np.inf
    problem, parameters, settings = one_unit(0.5)
    found = kink_certificate(problem, parameters, settings, TOLERANCE)
    # By the output's bias, which has no kink: the mean of what is left, and nothing else can be.
    assert found.residual >= abs(np.mean([0.0 - 0.5, 0.0 + 1.0, 0.5 - 0.5])) * (1.0 - 1e-12)
    assert found.gap == 0.0


def test_what_is_certified_falls_in_no_direction_and_what_is_not_does(monkeypatch):
    generator = np.random.default_rng(1)
    inputs = np.concatenate([np.linspace(-2.0, -1.0, 20), np.zeros(30), np.linspace(0.5, 2.0, 20)])
    targets = np.concatenate([np.zeros(20), np.full(30, -1.0), 0.5 + 2.0 * np.linspace(0.5, 2.0, 20)])
    whole = make_dataset(inputs[:, np.newaxis], targets, np.arange(len(inputs)), NO_ROWS)
    architecture, settings = Architecture((1,), "relu"), TrainSettings("l2", 0.05)
    plan = NetworkPlan(lambdas=(settings.lam,), seeds=(0, 1, 2))
    *_, sweep = network_sweep(whole, [], architecture, settings, plan)
    (point,), problem = sweep.points, NetworkProblem.of(whole, architecture)
    assert point.converged
    assert point.residual > 100 * TOLERANCE

    def least_after(parameters, length):
        steps = length * generator.normal(size=(300, len(parameters)))
        return min(
            problem.measure(parameters + step, settings).objective + TOLERANCE * np.abs(step).sum() for step in steps
        )

    assert least_after(point.parameters, 1e-4) >= point.objective * (1.0 - 2e-6)
    # Where it would take long, nothing is claimed.
    unproved = problem.measure(point.parameters, settings)
    assert certified(problem, unproved, settings, TOLERANCE).is_stationary
    monkeypatch.setattr(kinks, "MOST_VALUES", 3 * len(inputs) - 1)
    assert not certified(problem, unproved, settings, TOLERANCE).is_stationary
    monkeypatch.undo()
    # A little along the kink from there the same kink proves nothing any more.
    moved = point.parameters * np.array([1.02, 1.02, 1.0, 1.0])
    aside = problem.measure(moved, settings)
    assert not certified(problem, aside, settings, TOLERANCE).is_stationary
    assert least_after(moved, 1e-4) < aside.objective * (1.0 - 2e-6)
