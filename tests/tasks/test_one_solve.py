"""``fit``, a sweep, Solve and the geometry come to one solution of one problem, and say the same of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from covering import covered
from proximal_solver import elastic_net_prox, group_prox, proximal_minimum

from regdesk.core.geometry.solution_cache import LinearSolutionCache
from regdesk.core.linear.certificate import certificate_of
from regdesk.core.linear.optimum_solver import OptimumSolver
from regdesk.core.linear.problem import LinearProblem, problem_of
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.solve import solve
from regdesk.core.settings.configuration import Configuration, SweepSettings
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.csv.table import Table
from regdesk.data.prepare.encoding import prepare_dataset
from regdesk.tasks.fit import fit_model
from regdesk.tasks.fits.finished import FinishedFit
from regdesk.tasks.linear_sweep import sweep_table

LINEAR = Architecture(())
COLUMNS = ("a", "b", "c", "shade")
N_CLASSES = {"price": 0, "sold": 2, "grade": 3}
RATIOS = {"l1": 1.0, "elastic-net": 0.5, "l2": 0.0}
LAM = 0.03


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """Three numbers and a column of labels, which are one group; every row trains."""
    generator = np.random.default_rng(8)
    numbers = generator.normal(size=(90, 3)) @ (np.eye(3) + 0.4)
    shade = generator.integers(0, 3, 90)
    price = numbers @ [1.0, -0.6, 0.1] + np.array([0.0, 0.5, -0.4])[shade] + 0.7 * generator.normal(size=90)
    lines = [",".join([*COLUMNS, *N_CLASSES])]
    for row in range(90):
        cells = [f"{cell!r}" for cell in numbers[row].tolist()] + ["rgb"[shade[row]], repr(float(price[row]))]
        grade = "uvw"[int(np.digitize(price[row], np.quantile(price, [0.3, 0.7])))]
        lines.append(",".join([*cells, "yes" if price[row] > np.median(price) else "no", grade]))
    path: Path = tmp_path_factory.mktemp("one") / "rows.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_table(path)


@dataclass(frozen=True)
class Doors:
    """What each door answers about one problem."""

    problem: LinearProblem
    fitted: FinishedFit
    swept: LinearSolution
    solved: LinearSolution
    drawn: LinearSolution

    @property
    def solutions(self) -> tuple[LinearSolution, ...]:
        return solve(self.problem, self.problem.penalty), self.swept, self.solved, self.drawn


def doors_of(table: Table, target: str, penalty: str, factors: tuple[tuple[str, float], ...] = ()) -> Doors:
    settings = TrainSettings(penalty, LAM)
    data = DataSettings(target, COLUMNS, validation_fraction=0.0, penalty_factors=factors)
    configuration = Configuration(data, LINEAR, settings, seed=0, sweep=SweepSettings(lambdas=(LAM,), n_folds=3))
    dataset = prepare_dataset(table, data, 0)
    problem = problem_of(dataset, settings)
    point = sweep_table(table, configuration).points[0]
    optimum = OptimumSolver(dataset, lambda: False).solve(settings)
    assert optimum.solution is not None
    drawn = LinearSolutionCache(problem).at(LAM).solution
    return Doors(problem, fit_model(dataset, configuration), point.model, optimum.solution, drawn)


def least(problem: LinearProblem, n_classes: int, penalty: str) -> tuple[np.ndarray, np.ndarray]:
    """By a solver of the tests."""
    n_outputs = problem.n_outputs
    if penalty == "group-lasso":
        prox = group_prox(np.ones(4), np.array([0, 1, 2, 3, problem.inputs.shape[1]]))
    else:
        prox = elastic_net_prox(np.ones(problem.inputs.shape[1]), RATIOS[penalty])
    weights, biases = proximal_minimum(problem.inputs, problem.targets, n_classes, LAM, prox)
    return weights.reshape(-1, n_outputs), biases


@covered(target=["price", "sold", "grade"], penalty=["l1", "elastic-net", "l2", "group-lasso"])
def test_all_doors_lead_to_one_solution(engine, table, target, penalty):
    doors = doors_of(table, target, penalty)
    problem = doors.problem
    weights, biases = least(problem, N_CLASSES[target], penalty)
    best = certificate_of(problem, problem.penalty, weights, biases).objective
    for found in doors.solutions:
        assert (type(found), found.lam, found.converged, found.is_unique) == (LinearSolution, LAM, True, True)
        # What is claimed is so: J is no further above the least than the certificate says, and that is next to nothing.
        again = certificate_of(problem, problem.penalty, found.weights, found.biases)
        assert found.objective == pytest.approx(again.objective, rel=1e-12)
        assert -1e-12 * best <= again.objective - best <= found.gap + 1e-12 * best
        assert found.gap <= 1e-8 * found.objective
        np.testing.assert_allclose(found.weights, weights, rtol=0, atol=3e-4)
    # ``fit`` is the solve without a warm start, digit by digit.
    cold = doors.solutions[0]
    np.testing.assert_array_equal(doors.fitted.parameters, cold.parameters)
    assert (doors.fitted.duality_gap, doors.fitted.kkt_residual) == (max(cold.gap, 0.0), cold.kkt_residual)
    # Solve and the geometry have the warm start's solution, digit by digit, as exact as rounding allows.
    np.testing.assert_array_equal(doors.solved.parameters, doors.drawn.parameters)
    assert doors.solved.certificate == doors.drawn.certificate
    assert doors.solved.kkt_residual <= 1e-14
    np.testing.assert_allclose(doors.solved.weights, weights, rtol=0, atol=1e-10)
    assert ((doors.solved.weights == 0.0) == (weights == 0.0)).all()


@pytest.mark.parametrize("target", N_CLASSES)
def test_they_do_where_an_input_is_never_penalised(engine, table, target):
    doors = doors_of(table, target, "l1", (("a", 0.0), ("b", 2.0)))
    np.testing.assert_array_equal(doors.solved.parameters, doors.drawn.parameters)
    assert doors.solved.kkt_residual <= 1e-14
    for found in doors.solutions:
        assert found.converged
        assert found.objective == pytest.approx(doors.solved.objective, rel=1e-8)
        np.testing.assert_allclose(found.weights, doors.solved.weights, rtol=0, atol=3e-4)


def test_of_several_optima_all_doors_show_the_shortest(engine, table):
    """The least-squares weights of the three levels of a column may all be moved by one number."""
    settings = TrainSettings("none")
    data = DataSettings("price", COLUMNS, validation_fraction=0.0)
    problem = problem_of(prepare_dataset(table, data, 0), settings)
    doubled = LinearProblem(
        np.column_stack([problem.inputs, problem.inputs[:, 0]]), problem.targets, problem.loss, problem.penalty
    )
    least_squares = np.linalg.lstsq(doubled.inputs, doubled.targets, rcond=None)[0]
    found = solve(doubled, doubled.penalty)
    drawn = LinearSolutionCache(doubled).at(0.0).solution
    for one in (found, drawn):
        assert one.is_unique is False
        np.testing.assert_allclose(one.weights[:, 0], least_squares, rtol=0, atol=1e-12)
    lasso = problem_of(prepare_dataset(table, data, 0), TrainSettings("l1", LAM))
    twice = LinearProblem(np.column_stack([lasso.inputs, lasso.inputs[:, 0]]), lasso.targets, lasso.loss, lasso.penalty)
    alone, shared = solve(lasso, lasso.penalty), LinearSolutionCache(twice).at(LAM).solution
    assert shared.is_unique is False
    np.testing.assert_allclose(shared.weights[[0, -1], 0], 0.5 * alone.weights[0, 0], rtol=0, atol=1e-8)
