"""How long the constraint geometry takes, as a Markdown table: profiles, slices, contours, budgets, planes of networks.

    python tests/benchmarks/plane_speed.py [--inputs 10,50,100]

The least and the median of eleven runs each, which what else the machine does makes longer.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from regdesk.compiling import engine_cache

N_RUNS = 11


def timed(name: str, call: Callable[[], object]) -> None:
    """One line of the table."""
    call()
    times_ms = []
    for _ in range(N_RUNS):
        start_s = time.perf_counter()
        call()
        times_ms.append(1000.0 * (time.perf_counter() - start_s))
    print(f"| {name} | {min(times_ms):.2f} | {float(np.median(times_ms)):.2f} |", flush=True)


def rows(n_rows: int, n_inputs: int) -> tuple[np.ndarray, np.ndarray]:
    """Correlated, standardised inputs, and targets."""
    generator = np.random.default_rng(0)
    inputs = 0.7 * generator.normal(size=(n_rows, n_inputs)) + 0.7 * generator.normal(size=(n_rows, 1))
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    signal = inputs @ (generator.normal(size=n_inputs) * (generator.uniform(size=n_inputs) < 0.6))
    signal = signal + generator.normal(size=n_rows)
    return inputs, (signal - signal.mean()) / signal.std()


def linear(n_inputs: int) -> None:
    """Linear models of squared error."""
    from regdesk.core.geometry.budget import Budget
    from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
    from regdesk.core.geometry.class_plane import ClassProfile
    from regdesk.core.geometry.contours import contour_lines
    from regdesk.core.geometry.linear_plane import profile_of, slice_of
    from regdesk.core.geometry.plane import contour_levels
    from regdesk.core.linear.problem import LinearProblem
    from regdesk.core.model.losses import LOGISTIC, SQUARED
    from regdesk.core.model.penalties import ElasticNet

    inputs, targets = rows(400, n_inputs)
    classes = LinearProblem(inputs, (targets > 0).astype(np.float64), LOGISTIC, ElasticNet(0.0, 1.0))
    for name, ratio in (("L1", 1.0), ("L2", 0.0)):
        own = ClassProfile(classes, (0, 1), ElasticNet(0.01, ratio))
        for n_points in (15, 41):
            points = np.linspace(-1.0, 1.0, n_points)
            # A grid is kept until another one is asked for.
            timed(
                f"profile of log-loss, {n_inputs} inputs, {name}, {n_points}×{n_points}",
                lambda own=own, points=points: own.grid(points + np.random.default_rng().uniform(0, 1e-9), points),
            )
    exact = BudgetedSolutions(LinearProblem(*rows(400, n_inputs), SQUARED, ElasticNet(0.0, 1.0)))
    statistics, weights = exact.statistics, exact.at(0.02).weights[:, 0]
    assert statistics is not None
    axis, fine = np.linspace(-1.0, 1.0, 41), np.linspace(-1.0, 1.0, 61)
    timed(f"slice, {n_inputs} inputs, 61×61", lambda: slice_of(statistics, (0, 1), weights, 0.0).grid(fine, fine))
    for name, ratio, lam in (("L2", 0.0, 0.02), ("L1, λ 0.1", 1.0, 0.1), ("L1, λ 0.005", 1.0, 0.005)):
        profile = profile_of(statistics, (0, 1), ElasticNet(lam, ratio))
        assert not isinstance(profile, str)
        timed(f"profile, {n_inputs} inputs, {name}, 41×41", lambda profile=profile: profile.grid(axis, axis))
    budget = Budget(exact)
    spent = budget.solution_at(0.02).budget
    timed(f"λ from a budget, L1, {n_inputs} inputs", lambda: budget.lambda_for(spent, near=0.025))
    grid = slice_of(statistics, (0, 1), weights, 0.0).grid(fine, fine)
    levels = contour_levels(float(grid.values.min()), 0.5)
    timed(f"ten contours, {n_inputs} inputs, 61×61", lambda: contour_lines(replace(grid), levels))


def network(kind: str, n_points: int) -> None:
    """Networks of 16-16 under one loss."""
    from regdesk.core.geometry.network_plane import NetworkPlane
    from regdesk.core.model.losses import LOGISTIC, SOFTMAX, SQUARED
    from regdesk.core.model.network import Network

    inputs, signal = rows(1000, 10)
    targets, loss, n_outputs = {
        "squared error": (signal, SQUARED, 1),
        "log-loss": ((signal > 0) * 1.0, LOGISTIC, 1),
        "softmax": (np.digitize(signal, [-0.5, 0.5]) * 1.0, SOFTMAX, 3),
    }[kind]
    shape = Network((10, 16, 16, n_outputs), "tanh")
    parameters = shape.initial_parameters(0, np.zeros(n_outputs))
    plane = NetworkPlane(shape, loss, inputs, targets, np.float32)
    last = int(np.flatnonzero(shape.is_weight)[-1])
    axis = np.linspace(-1.0, 1.0, n_points)
    size = f"16-16, {kind}, 1,000 rows, {n_points}×{n_points}"
    timed(f"slice in the first layer, {size}", lambda: plane.slice(parameters, (0, 1), axis, axis))
    timed(f"slice in first and last, {size}", lambda: plane.slice(parameters, (0, last), axis, axis))
    points = np.tile(parameters, (n_points**2, 1))
    timed(f"plane of two directions, {size}", lambda: plane.losses_at(points))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", default="10,50,100", metavar="N,N", help="of linear models (default 10,50,100)")
    chosen = parser.parse_args()
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PLANES)
    print("| | least, ms | median, ms |\n|---|---|---|")
    for n_inputs in map(int, chosen.inputs.split(",")):
        linear(n_inputs)
    for kind in ("squared error", "log-loss", "softmax"):
        for n_points in (41, 15):
            network(kind, n_points)


if __name__ == "__main__":
    main()
