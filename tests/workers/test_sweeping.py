"""The sweeping thread: a curve first, then its exact events, which can be cancelled and never hold it up."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sweep_steps import prepared_sweep, steps_of

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.sweep.lasso_knots import Knot
from regdesk.core.types import TrainSettings
from regdesk.tasks import sweep_curves
from regdesk.workers.sweeping import SweepThread, SweepWork


class EndlessKnots:
    """The first input enters at λ = 0.5, and then the search goes on for ever."""

    def __init__(self) -> None:
        self.found = [Knot(0.5, 0, True)]
        self.reached = 0.5
        self.copies: list[int] = []
        self.n_calls = 0

    def advance(self) -> bool:
        self.n_calls += 1
        # Leaves the interpreter to the others.
        threading.Event().wait(0.005)
        return True


def test_the_search_for_exact_events_is_cancelled_and_keeps_what_it_has(
    qtbot: Any, engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasso = TrainSettings(penalty="l1")
    prepared = prepared_sweep(tmp_path, lasso)
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(40, 3))
    targets = inputs @ [1.0, 0.5, 0.2]
    problem = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0))
    thread = SweepThread()
    knots = EndlessKnots()
    monkeypatch.setattr(sweep_curves, "knots_of", lambda _problem, _last: knots)

    def begin(*_: Any) -> Any:
        models = solve_path(problem, np.array([0.4, 0.2, 0.1]))
        points = (SweepPoint(model.lam, model, 0.0, 0.0, 0.0, 0.0, 0.0) for model in models)
        return steps_of(prepared, points, 3)

    thread.submit(SweepWork(lasso, begin))
    try:
        qtbot.waitUntil(lambda: knots.n_calls > 3)
        # What is drawn has not waited; its events are known between two λ.
        number, curve = thread.newest
        assert curve.is_done
        assert not any(event.is_exact for event in curve.path.events.events)
        with qtbot.waitSignal(thread.ended):
            thread.cancel()
        newest_number, newest = thread.newest
        assert newest_number == number
        assert newest is not curve
        assert [event.is_exact for event in newest.path.events.events] == [True, False, False]
        np.testing.assert_array_equal(newest.path.events.order, [1, 2, 3])
    finally:
        thread.stop()
        thread.wait()
