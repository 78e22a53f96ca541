"""A sweep that is cancelled ends in the midst of its work, and keeps what it has found."""

from __future__ import annotations

import time

import numpy as np
import pytest
from linear_solves import solution_of

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.model.dataset import Standardizer
from regdesk.core.model.scale import ModelScale
from regdesk.core.types import TrainSettings
from regdesk.workers.sweeping import LinearSweepTask, SweepThread, SweepWork

SCALE = ModelScale(("x",), Standardizer.identity(1), Standardizer.identity(1))


@pytest.fixture
def thread(qtbot):
    one = SweepThread()
    yield one
    one.stop()
    assert one.wait(30_000)


def point_at(lam):
    model = solution_of(np.array([1.0, 0.0]), 1.0, lam)
    return SweepPoint(lam, model, 1.0, lam, 0.1, np.nan, np.nan, np.nan, np.nan, np.nan)


def forever(stop):
    while True:
        stop.check()
        # Work that never ends by itself, without keeping the interpreter from the thread that cancels it.
        time.sleep(0.001)


def test_cancelled_while_it_prepares(qtbot, thread):
    work = SweepWork(TrainSettings(), forever)
    with qtbot.waitSignal(thread.ended) as ended:
        number = thread.submit(work)
        qtbot.waitUntil(lambda: thread.is_at_work)
        thread.cancel()
    assert ended.args == [number]
    assert thread.newest is None
    qtbot.waitUntil(lambda: not thread.is_at_work)


def test_cancelled_within_a_point_keeps_those_before(qtbot, thread):
    within = []

    def points(stop):
        yield point_at(2.0)
        yield point_at(1.0)
        within.append("the third")
        forever(stop)

    work = SweepWork(TrainSettings(), lambda stop: LinearSweepTask(50, 5, points(stop), SCALE))
    with qtbot.waitSignal(thread.ended):
        number = thread.submit(work)
        qtbot.waitUntil(lambda: bool(within))
        assert thread.newest is not None
        thread.cancel()
    shown, curve = thread.newest
    assert shown == number
    assert curve.is_done
    assert curve.n_lambdas == 50
    assert curve.lambdas.tolist() == [2.0, 1.0]


def test_a_newer_sweep_ends_the_one_under_way(qtbot, thread):
    thread.submit(SweepWork(TrainSettings(), forever))
    ended = []
    thread.ended.connect(ended.append)
    number = thread.submit(SweepWork(TrainSettings(), lambda _: LinearSweepTask(1, 5, iter([point_at(3.0)]), SCALE)))
    qtbot.waitUntil(lambda: number in ended)
    assert thread.newest[1].lambdas.tolist() == [3.0]


def test_a_thread_that_is_stopped_ends_in_the_midst(qtbot, thread):
    thread.submit(SweepWork(TrainSettings(), forever))
    qtbot.waitUntil(lambda: thread.is_at_work)
    thread.stop()
    assert thread.wait(30_000)
