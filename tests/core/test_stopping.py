"""Places to stop: in every kind of path, in compiled code, and while folds are prepared."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.engine.path_kernels import gram_path
from regdesk.core.engine.path_row_kernels import residual_path
from regdesk.core.engine.path_structs import ActiveSet, GramProblem, PathPlan, PathSolutions, PathState, RowProblem
from regdesk.core.engine.quadratic_kernels import GroupPenalty, Quadratic, descend
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
from regdesk.core.model.penalties import ElasticNet, GroupLasso
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import DataSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds

L1, MIXED = ElasticNet(0.0, 1.0), ElasticNet(0.0, 0.4)


class CountingStop(Stop):
    """Asks to stop when it has been looked at for the ``last`` time."""

    def __init__(self, last=None):
        super().__init__()
        self.n_looks, self.last = 0, last

    def check(self):
        self.n_looks += 1
        if self.n_looks == self.last:
            self.request()
        super().check()


def rows(n_rows=60, n_inputs=6, n_classes=0):
    generator = np.random.default_rng(2)
    inputs = generator.normal(size=(n_rows, n_inputs))
    signal = inputs[:, 0] - inputs[:, 1] + 0.5 * generator.normal(size=n_rows)
    if n_classes:
        return inputs, np.argsort(np.argsort(signal)) * n_classes // n_rows
    return inputs, signal - signal.mean()


PROBLEMS = {
    "lasso": LinearProblem(*rows(), SQUARED, L1),
    "elastic net, more inputs than rows": LinearProblem(*rows(30, 50), SQUARED, MIXED),
    "group lasso": LinearProblem(*rows(), SQUARED, GroupLasso(0.0, np.array([0, 3, 6]))),
    "logistic": LinearProblem(*(part.astype(float) for part in rows(n_classes=2)), LOGISTIC, L1),
    "softmax": LinearProblem(*(part.astype(float) for part in rows(n_classes=3)), SOFTMAX, L1, 3),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_path_stops_within_a_lambda_and_what_it_has_yielded_holds(name):
    problem = PROBLEMS[name]
    lambdas = lambda_grid(problem, 6)
    whole = CountingStop()
    undisturbed = list(solve_path(problem, lambdas, whole))
    # Small problems are solved several λ at a time, which is a single look.
    assert whole.n_looks >= 1
    stop = CountingStop(whole.n_looks)
    found = []
    with pytest.raises(Stopped):
        found.extend(solve_path(problem, lambdas, stop))
    assert stop.n_looks == whole.n_looks
    path, found = solve_path(problem, lambdas, stop := Stop()), []
    found.append(next(path))
    stop.request()
    if name != "lasso":
        with pytest.raises(Stopped):
            next(path)
    assert np.array_equal(found[0].weights, undisturbed[0].weights)


def test_compiled_sweeps_heed_the_flag():
    inputs, targets = rows()
    gram, products = inputs.T @ inputs / 60, inputs.T @ targets / 60
    columns = np.ascontiguousarray(inputs.T)
    l1s, l2s = np.array([0.01]), np.zeros(1)
    for is_stopped in (0, 1):
        flag = np.array([is_stopped], dtype=np.uint8)
        plan, found = PathPlan(l1s, l2s, 1e-9, 1000, flag), PathSolutions(np.zeros((1, 6)), np.zeros(1), np.zeros(1))
        state = PathState(np.zeros(6), products.copy(), np.zeros(6), products.copy())
        order, counts = np.empty(6, dtype=np.int64), np.array([-1, 0, -1])
        active_set = ActiveSet(np.empty((6, 6)), np.empty((2, 6)), order, np.empty(6), counts)
        by_sums = GramProblem(gram, products, targets @ targets / 60)
        number = gram_path(by_sums, plan, state, active_set, found, 0, 1)
        assert (number, found.weights.any()) == ((0, False) if is_stopped else (1, True))
        found.weights[:] = 0.0
        by_rows = RowProblem(columns, np.square(columns).mean(axis=1), products, targets)
        number = residual_path(by_rows, plan, np.zeros(6), products.copy(), found, 0, 1)
        assert (number, found.weights.any()) == ((0, False) if is_stopped else (1, True))
        point, ones = np.zeros(6), np.ones(6)
        quadratic = Quadratic(gram, point, products.copy())
        penalty = GroupPenalty(np.arange(7), 0.01 * ones, 0.0 * ones, ones)
        n_sweeps = descend(quadratic, penalty, 1e-12, 1000, flag)
        assert (n_sweeps == 0, point.any()) == (bool(is_stopped), not is_stopped)


def test_folds_are_given_up_between_two_columns(tmp_path):
    generator = np.random.default_rng(1)
    file = tmp_path / "rows.csv"
    cells = generator.normal(size=(40, 9)).round(3)
    file.write_text("\n".join([",".join([*"abcdefgh", "y"]), *(",".join(map(str, row)) for row in cells)]) + "\n")
    table, settings = read_table(file), DataSettings(target="y")
    whole = CountingStop()
    prepare_folds(table, settings, 0, 5, whole)
    # Six datasets, each of eight columns that are fitted and transformed.
    assert whole.n_looks >= 6 * 2 * 8
    for last in (1, 20, whole.n_looks):
        stop = CountingStop(last)
        with pytest.raises(Stopped):
            prepare_folds(table, settings, 0, 5, stop)
        assert stop.n_looks == last
