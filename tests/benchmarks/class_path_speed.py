"""Paths of log-loss and softmax at an equal gap: regdesk against R's glmnet and scikit-learn's LogisticRegression.

    python tests/benchmarks/class_path_speed.py [--rscript Rscript] [--pairs 3]

``--rscript`` is an R that has glmnet; without it the peer is scikit-learn alone, a loop over λ with a warm start, by
the solvers that know the penalty, of which the fastest is measured. For each peer the loosest of its own tolerances is
looked for at which J is nowhere along a path above the least known by more than the share asked for; then pairs are
measured, on other rows. The least known is J of regdesk at a gap of 1e-9. regdesk takes the share as its tolerance.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from regdesk.compiling import engine_cache
from regdesk.core.linear.certificate import objective_of
from regdesk.core.linear.path import lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import LOGISTIC, SOFTMAX
from regdesk.core.model.penalties import ElasticNet

SHARES = (1e-3, 1e-6)
TOLERANCES = tuple(float(f"1e-{digits}") for digits in range(2, 15))
LEAST_KNOWN = 1e-9
LOWEST = 1e-3
"""The least λ, as a share of the lasso's λ_max."""
GATE = 3.0
R_FILE = Path(__file__).with_name("peer_glmnet_classes.R")
COLUMNS = (
    "path", "J above the least, at most", "peer", "its tolerance", "regdesk, ms", "peer, ms", "ratio, median (range)",
    "gate", "regdesk's J above", "the peer's",
)  # fmt: skip
Model = tuple[np.ndarray, np.ndarray]
"""Weights ``(n_inputs, n_outputs)`` and biases ``(n_outputs,)``."""
Run = Callable[["ClassPath", float], tuple[float, list[Model]]]


@dataclass(frozen=True)
class ClassPath:
    """A problem, and the descending λ of its path."""

    problem: LinearProblem
    lambdas: np.ndarray

    @property
    def l1_share(self) -> float:
        return self.problem.penalty.l1_share

    def objectives(self, models: list[Model]) -> np.ndarray:
        pairs = zip(self.lambdas.tolist(), models, strict=True)
        penalty = self.problem.penalty
        return np.array([objective_of(self.problem, replace(penalty, lam=lam), *model) for lam, model in pairs])


def make_path(n_rows: int, n_inputs: int, n_classes: int, l1_share: float, n_lambdas: int, seed: int) -> ClassPath:
    generator = np.random.default_rng(seed)
    inputs = generator.standard_normal((n_rows, n_inputs))
    inputs = np.asfortranarray((inputs - inputs.mean(axis=0)) / inputs.std(axis=0))
    truth = np.zeros((n_inputs, n_classes))
    truth[:10] = generator.standard_normal((min(10, n_inputs), n_classes))
    noise = generator.gumbel(size=(n_rows, n_classes))
    targets = (inputs @ truth + 2.0 * noise).argmax(axis=1).astype(np.float64)
    loss, n_outputs = (LOGISTIC, 1) if n_classes == 2 else (SOFTMAX, n_classes)
    problem = LinearProblem(inputs, targets, loss, ElasticNet(0.0, l1_share), n_outputs)
    top = lambda_max(replace(problem, penalty=ElasticNet(0.0, 1.0)))
    return ClassPath(problem, np.geomspace(top, LOWEST * top, n_lambdas))


def own_path(path: ClassPath, share: float) -> tuple[float, list[Model]]:
    started_s = time.perf_counter()
    found = [(point.weights, point.biases) for point in solve_path(path.problem, path.lambdas, tolerance=share)]
    return time.perf_counter() - started_s, found


def sk_path(solver: str, path: ClassPath, tolerance: float) -> tuple[float, list[Model]]:
    from sklearn.linear_model import LogisticRegression

    inputs, targets, found = path.problem.inputs, path.problem.targets, []
    with warnings.catch_warnings():
        # That a tolerance was not reached is seen by J.
        warnings.simplefilter("ignore")
        started_s = time.perf_counter()
        model = LogisticRegression(
            l1_ratio=path.l1_share, solver=solver, tol=tolerance, max_iter=5_000, warm_start=True
        )
        for lam in path.lambdas.tolist():
            model.set_params(C=1.0 / (len(targets) * lam)).fit(inputs, targets)
            found.append((model.coef_.T.copy(), model.intercept_.copy()))
        return time.perf_counter() - started_s, found


def r_path(program: str, path: ClassPath, tolerance: float) -> tuple[float, list[Model]]:
    problem, n_lambdas = path.problem, len(path.lambdas)
    (n_rows, n_inputs), n_outputs = problem.inputs.shape, problem.n_outputs
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "shape.txt").write_text(f"{n_rows} {n_inputs} {n_lambdas} {n_outputs}\n")
        for part, numbers in (("inputs", problem.inputs.T), ("targets", problem.targets), ("lambdas", path.lambdas)):
            np.ascontiguousarray(numbers).tofile(folder / f"{part}.bin")
        family = "binomial" if n_outputs == 1 else "multinomial"
        command = [program, str(R_FILE), name, str(tolerance), family, str(path.l1_share)]
        subprocess.run(command, check=True, env=environment)
        weights = np.fromfile(folder / "weights.bin").reshape(n_lambdas, n_outputs, n_inputs)
        biases = np.fromfile(folder / "biases.bin").reshape(n_lambdas, n_outputs)
        found = [(one.T, own) for one, own in zip(weights, biases, strict=True)]
        return float((folder / "seconds.txt").read_text()), found


def excess(path: ClassPath, models: list[Model], least: np.ndarray) -> float:
    return float(np.max(path.objectives(models) / least - 1.0))


def least_objectives(path: ClassPath) -> np.ndarray:
    return path.objectives(own_path(path, LEAST_KNOWN)[1])


def loosest(run: Run, trial: ClassPath, share: float, least: np.ndarray) -> tuple[float | None, float]:
    """The loosest tolerance that keeps to ``share`` on ``trial``, or None, and the seconds that it takes there."""
    for tolerance in TOLERANCES:
        seconds, models = run(trial, tolerance)
        if excess(trial, models, least) <= share:
            return tolerance, seconds
        if seconds > 60.0:
            break
    return None, np.inf


def print_line(name: str, peers: dict[str, Run], share: float, make: Callable[[int], ClassPath], n_pairs: int) -> None:
    """Of the fastest of ``peers``."""
    trial = make(n_pairs + 1)
    least = least_objectives(trial)
    choices = {peer: loosest(run, trial, share, least) for peer, run in peers.items()}
    peer = min(choices, key=lambda one: choices[one][1])
    tolerance = choices[peer][0]
    if tolerance is None:
        print(f"| {name} | {share:.0e} | {peer} | left out: never so low {'| ' * (len(COLUMNS) - 4)}|", flush=True)
        return
    measured = []
    for seed in range(n_pairs + 1):
        path = make(seed)
        runs = (partial(own_path, path, share), partial(peers[peer], path, tolerance))
        own, other = (runs[0](), runs[1]()) if seed % 2 else (runs[1](), runs[0]())[::-1]
        least = least_objectives(path)
        measured.append((own[0], other[0], excess(path, own[1], least), excess(path, other[1], least)))
    # The first pair finds cold caches.
    ours, theirs, own_excess, other_excess = zip(*measured[1:], strict=True)
    ratios = sorted(other / own for own, other in zip(ours, theirs, strict=True))
    ratio = statistics.median(ratios)
    print(
        f"| {name} | {share:.0e} | {peer} | {tolerance:.0e} | {1e3 * statistics.median(ours):.1f} "
        f"| {1e3 * statistics.median(theirs):.1f} | **{ratio:.1f}×** ({ratios[0]:.1f} to {ratios[-1]:.1f}) "
        f"| {GATE:g}×: {'met' if ratio >= GATE else 'MISSED'} | {max(own_excess):.0e} | {max(other_excess):.0e} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rscript", help="Rscript of an R that has glmnet")
    parser.add_argument("--only", default="", help="only the paths whose name contains it")
    parser.add_argument("--pairs", type=int, default=3, metavar="N")
    parser.add_argument("--rows", type=int, default=1_000, metavar="N")
    parser.add_argument("--inputs", type=int, default=100, metavar="N")
    parser.add_argument("--lambdas", type=int, default=100, metavar="N")
    given = parser.parse_args()
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    engine_cache.fill(engine_cache.CLASS_PATHS)
    solvers = {1.0: ("saga",), 0.0: ("lbfgs", "newton-cholesky")}
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with threadpool_limits(1):
        for n_classes, loss in ((2, "log-loss"), (3, "softmax of three")):
            for l1_share, penalty in ((1.0, "L1"), (0.0, "L2")):
                name = f"{loss}, {penalty}, n={given.rows:,} d={given.inputs}, {given.lambdas} λ"
                if given.only not in name:
                    continue
                groups: list[dict[str, Run]] = [
                    {f"LogisticRegression ({one})": partial(sk_path, one) for one in solvers[l1_share]}
                ]
                if given.rscript is not None:
                    groups.append({"R's glmnet": partial(r_path, given.rscript)})

                def make(seed: int, n_classes: int = n_classes, l1_share: float = l1_share) -> ClassPath:
                    return make_path(given.rows, given.inputs, n_classes, l1_share, given.lambdas, seed)

                for peers in groups:
                    for share in SHARES:
                        print_line(name, peers, share, make, given.pairs)


if __name__ == "__main__":
    sys.exit(main())
