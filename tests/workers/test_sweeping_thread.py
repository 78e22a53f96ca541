"""A sweep that is cancelled ends in the midst of its work, and keeps what it has found."""

from __future__ import annotations

import time

import numpy as np
import pytest
from linear_solves import solution_of
from sweep_steps import prepared_sweep, steps_of

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.types import TrainSettings
from regdesk.workers.sweeping import SweepThread, SweepWork

RIDGE = TrainSettings()


@pytest.fixture
def prepared(tmp_path):
    return prepared_sweep(tmp_path, RIDGE)


@pytest.fixture
def thread(qtbot):
    one = SweepThread()
    yield one
    one.stop()
    assert one.wait(30_000)


def point_at(lam):
    model = solution_of(np.array([1.0, 1.0, 1.0, 0.0]), 1.0, lam)
    return SweepPoint(lam, model, 1.0, lam, 0.1, np.nan, np.nan, np.nan, np.nan, np.nan)


def forever(_has_company, stop, _paths):
    while True:
        stop.check()
        # Work that never ends by itself, without keeping the interpreter from the thread that cancels it.
        time.sleep(0.001)


def test_cancelled_while_it_prepares(qtbot, thread):
    work = SweepWork(RIDGE, forever)
    with qtbot.waitSignal(thread.ended) as ended:
        number = thread.submit(work)
        qtbot.waitUntil(lambda: thread.is_at_work)
        thread.cancel()
    assert ended.args == [number]
    assert thread.newest is None
    qtbot.waitUntil(lambda: not thread.is_at_work)


def test_cancelled_within_a_point_keeps_those_before(qtbot, thread, prepared):
    within = []

    def points(stop):
        yield point_at(2.0)
        yield point_at(1.0)
        within.append("the third")
        forever(None, stop, None)

    work = SweepWork(RIDGE, lambda _company, stop, _paths: steps_of(prepared, points(stop), 50))
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


def test_a_newer_sweep_ends_the_one_under_way(qtbot, thread, prepared):
    thread.submit(SweepWork(RIDGE, forever))
    ended = []
    thread.ended.connect(ended.append)
    number = thread.submit(SweepWork(RIDGE, lambda *_: steps_of(prepared, [point_at(3.0)], 1)))
    qtbot.waitUntil(lambda: number in ended)
    assert thread.newest[1].lambdas.tolist() == [3.0]


def test_a_thread_that_is_stopped_ends_in_the_midst(qtbot, thread):
    thread.submit(SweepWork(RIDGE, forever))
    qtbot.waitUntil(lambda: thread.is_at_work)
    thread.stop()
    assert thread.wait(30_000)
