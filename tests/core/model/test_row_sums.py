"""Sums over rows in parts: the same bits whoever adds them, however many do, and in whichever order parts are done."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pytest

from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model import row_sums
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.row_sums import RowSums
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.training.cores import Cores


class Reversing:
    """A crew that does ``n_units`` when the last of them has come, and that one first."""

    def __init__(self, n_units):
        self.n_workers = self.n_units = n_units
        self.waiting, self.n_done = [], 0

    def share(self, value):
        return value

    def submit(self, unit, *arguments, stop):
        future = Future()
        self.waiting.append((future, unit, arguments, stop))
        if len(self.waiting) == self.n_units:
            for one, work, values, flag in reversed(self.waiting):
                one.set_result(work(*values, flag))
                self.n_done += 1
            self.waiting.clear()
        return future

    def give_up(self, futures, stop):
        pass


@pytest.fixture
def six_parts(monkeypatch):
    """Rows whose sums are six parts."""
    for name, value in (("LEAST_WORK", 1), ("LEAST_ROWS", 100), ("WORK_OF_TWO", 700 * 400)):
        monkeypatch.setattr(row_sums, name, value)
    generator = np.random.default_rng(0)
    return generator.normal(size=(2_003, 20)) + 0.3, generator.normal(size=2_003)


def equal(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("gram", "inputs", "products"))


def test_parts_are_added_in_their_order_whoever_does_them(six_parts):
    inputs, targets = six_parts
    alone, crew = RowSums.of(inputs, targets), Reversing(6)
    assert equal(RowSums.of(inputs, targets, crew), alone)
    assert crew.n_done == 6
    for n_threads in (1, 2, 5):
        with ThreadPoolExecutor(n_threads) as executor:
            assert equal(RowSums.of(inputs, targets, Cores(executor, n_threads)), alone)
    np.testing.assert_allclose(alone.gram, inputs.T @ inputs, rtol=1e-13)
    np.testing.assert_allclose(alone.inputs, inputs.sum(axis=0), rtol=1e-13)
    np.testing.assert_allclose(alone.products, targets @ inputs, rtol=1e-11)


def test_few_rows_are_nobodys_else_and_many_are_shared_by_two():
    generator = np.random.default_rng(1)
    for shape, n_parts in (((1_000, 100), 0), ((10, 2_000), 0), ((9_000, 400), 2)):
        crew = Reversing(n_parts)
        RowSums.of(generator.normal(size=shape), np.zeros(shape[0]), crew)
        assert crew.n_done == n_parts


@pytest.mark.parametrize("shift", [0.0, 40.0])
def test_moments_and_a_path_have_the_same_bits_with_threads(six_parts, shift):
    inputs, targets = six_parts[0] + shift, six_parts[1] + shift
    if not shift:
        inputs, targets = inputs - inputs.mean(axis=0), targets - targets.mean()
    problem, lambdas = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0)), np.geomspace(0.05, 1e-3, 8)
    alone = [point.parameters for point in solve_path(problem, lambdas)]
    centred, left = inputs - inputs.mean(axis=0), targets - targets.mean()
    with ThreadPoolExecutor(2) as executor:
        crew = Cores(executor, 2)
        statistics = GramStatistics.of(inputs, targets, crew)
        assert np.array_equal([point.parameters for point in solve_path(problem, lambdas, crew=crew)], alone)
    np.testing.assert_allclose(statistics.gram, centred.T @ centred / len(targets), atol=1e-12)
    np.testing.assert_allclose(statistics.products, left @ centred / len(targets), atol=1e-12)
    np.testing.assert_allclose(statistics.means, inputs.mean(axis=0), atol=1e-12)
    assert statistics.square == pytest.approx(targets.var(), rel=1e-12)


def test_sums_can_be_given_up_between_two_parts(six_parts):
    class Third(Stop):
        n_looks = 0

        def check(self):
            self.n_looks += 1
            if self.n_looks == 3:
                self.request()
            super().check()

    stop = Third()
    with pytest.raises(Stopped):
        RowSums.of(*six_parts, stop=stop)
    assert stop.n_looks == 3
