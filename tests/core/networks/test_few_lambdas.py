"""A sweep of a few λ: what is searched, how long, and that it comes lower than the chains it begins with."""

from __future__ import annotations

import numpy as np
import pytest
from network_problems import load_problem

from regdesk.core.networks import improving, settling
from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.job_queue import run_chains
from regdesk.core.networks.solver import SWEEP_LIMITS
from regdesk.core.stopping import Stop
from regdesk.core.types import TrainSettings
from regdesk.core.units import CallingThread

pytestmark = pytest.mark.usefixtures("engine")


def swept(name, hidden, activation, settings, lambdas, seeds=(0, 1, 2)):
    problem = load_problem(name, hidden, activation, 100)
    path = DatasetPath(problem, settings, np.array(lambdas), seeds, SWEEP_LIMITS, has_lead=True)
    for _ in run_chains([path.phases()], {problem: problem}, CallingThread(), Stop()):
        pass
    return path


@pytest.mark.parametrize(
    ("name", "activation", "penalty", "lam", "least_gain"),
    [("diabetes", "tanh", "l2", 1e-4, 0.03), ("diabetes", "relu", "l2", 1e-3, 0.01)],
)
def test_it_comes_lower_than_its_chains_alone(monkeypatch, name, activation, penalty, lam, least_gain):
    settings = TrainSettings(penalty, lam)
    found = swept(name, (8,), activation, settings, [lam])
    monkeypatch.setattr(improving, "FEW", 0)
    alone = swept(name, (8,), activation, settings, [lam])
    assert found.best[0].objective < alone.best[0].objective * (1.0 - least_gain)
    assert found.n_done == found.n_units
    assert found.best[0].objective == pytest.approx(
        found.problem.measure(found.best[0].parameters, settings).objective, rel=1e-12
    )
    # Moves and the end of each are bounded by what came before.
    most = 1.0 + improving.SINGLE_SHARE + settling.SETTLING_SHARE
    assert found.passes.n_done < 2.0 * most * alone.passes.n_done


def test_where_starts_agree_little_is_looked_for(monkeypatch):
    moved = []
    monkeypatch.setattr(
        improving.MovingOn,
        "from_best",
        lambda self, best, key: moved.append((self.most_idle, key)) or (yield from ()) or best,
    )
    swept("moons", (8,), "tanh", TrainSettings("group-lasso"), [0.05])
    assert [n_idle for n_idle, _ in moved] == [improving.EASY_IDLE_MOVES]
    moved.clear()
    swept("diabetes", (8,), "relu", TrainSettings("l2"), [1e-3])
    assert {n_idle for n_idle, _ in moved} == {improving.IDLE_MOVES}
    # Each from another model, with moves of its own.
    assert len({key for _, key in moved}) == len(moved) > 1
