"""Exact paths against the solvers of the field: same rows, same λ, how long and how far above the best objective.

    python tests/benchmarks/path_speed.py [--peers FOLDER] [--only TEXT] [--pairs 5]

``FOLDER`` is a virtual environment with glmnet, adelie, celer and skglm (never among our dependencies); without it the
peer is scikit-learn alone. Medians of 5 pairs in turn, after one that is not counted. Every peer is tried with one
and with two BLAS threads, and the faster is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from regdesk.compiling import engine_cache
from regdesk.core.linear.cross_validation import sweep
from regdesk.core.linear.path import solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.training.cores import Cores
from regdesk.core.types import TrainSettings

N_LAMBDAS = 100
N_FOLDS = 5
MANY_INPUTS = 500
PEER_GATES = {100: {"glmnet": 4.5, "adelie": 6.0}, 1_000: {"glmnet": 18.0, "adelie": 3.0}}
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
PEER_FILE = Path(__file__).with_name("peer_linear.py")


@dataclass(frozen=True)
class Rows:
    inputs: np.ndarray
    targets: np.ndarray
    lambdas: np.ndarray


def make_rows(n_rows: int, n_inputs: int, seed: int, lowest: float) -> Rows:
    """Standardised rows of which twenty inputs matter, and λ from λ_max to ``lowest`` of it."""
    generator = np.random.default_rng(seed)
    inputs = generator.standard_normal((n_rows, n_inputs))
    inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    truth = np.zeros(n_inputs)
    truth[:20] = generator.standard_normal(20)
    targets = inputs @ truth + 3.0 * generator.standard_normal(n_rows)
    targets = (targets - targets.mean()) / targets.std()
    top = float(np.abs(inputs.T @ targets).max()) / n_rows
    return Rows(np.asfortranarray(inputs), targets, np.geomspace(top, lowest * top, N_LAMBDAS))


def lasso_excess(rows: Rows, weights: np.ndarray, best: np.ndarray) -> float:
    """The most that J of ``weights`` ``(n_lambdas, n_inputs)`` is above that of ``best``, as a share of it."""

    def objectives(all_weights: np.ndarray) -> np.ndarray:
        residuals = rows.targets[:, np.newaxis] - rows.inputs @ all_weights.T
        return 0.5 * np.mean(residuals**2, axis=0) + rows.lambdas * np.abs(all_weights).sum(axis=1)

    ours = objectives(best)
    return float(np.max(objectives(weights) / ours - 1.0))


@contextmanager
def two_threads(rows: Rows) -> Iterator[Cores | None]:
    """As many as the peers are tried with; None of a small problem, half of which is Python, where one thread is."""
    if rows.inputs.shape[1] < MANY_INPUTS:
        yield None
        return
    with ThreadPoolExecutor(2) as executor:
        yield Cores(executor, 2)


def own_lasso(rows: Rows) -> np.ndarray:
    problem = LinearProblem(rows.inputs, rows.targets, SQUARED, ElasticNet(0.0, 1.0))
    with two_threads(rows) as crew:
        return np.array([point.weights[:, 0] for point in solve_path(problem, rows.lambdas, crew=crew)])


def own_ridge(rows: Rows) -> np.ndarray:
    problem = LinearProblem(rows.inputs, rows.targets, SQUARED, ElasticNet(0.0, 0.0))
    return np.array([point.weights[:, 0] for point in solve_path(problem, rows.lambdas)])


def own_cross_validation(rows: Rows) -> np.ndarray:
    order = np.arange(len(rows.targets))
    names = tuple(map(str, range(rows.inputs.shape[1])))

    def dataset(train: np.ndarray, held: np.ndarray) -> Dataset:
        return Dataset(
            "rows", rows.inputs, rows.targets, Split(train, held, order[:0]), "regression", "y", names, names,
            np.arange(len(names)), (), Standardizer.identity(len(names)), Standardizer.identity(1),
        )  # fmt: skip

    parts = np.array_split(order, N_FOLDS)
    folds = [dataset(np.setdiff1d(order, part), part) for part in parts]
    whole, settings = dataset(order, order[:0]), TrainSettings(penalty="l1")
    with two_threads(rows) as crew:
        found = sweep(whole, folds, settings, rows.lambdas, crew=crew)
        return np.array([point.validation_loss for point in found])


def sk_lasso(rows: Rows) -> np.ndarray:
    from sklearn.linear_model import lasso_path

    return np.asarray(lasso_path(rows.inputs, rows.targets, **{"alphas": rows.lambdas})[1].T)


def sk_ridge(rows: Rows) -> np.ndarray:
    from sklearn.linear_model import Ridge

    n_rows = len(rows.targets)
    return np.array([Ridge(n_rows * lam).fit(rows.inputs, rows.targets).coef_ for lam in rows.lambdas])


def sk_cross_validation(rows: Rows) -> np.ndarray:
    from sklearn.linear_model import LassoCV

    order = np.arange(len(rows.targets))
    pairs = [(np.setdiff1d(order, part), part) for part in np.array_split(order, N_FOLDS)]
    model = LassoCV(cv=pairs, n_jobs=2, **{"alphas": rows.lambdas}).fit(rows.inputs, rows.targets)
    return np.asarray(0.5 * model.mse_path_.mean(axis=1))


Run = Callable[[Rows, int], tuple[float, np.ndarray]]


def timed(work: Callable[[Rows], np.ndarray], rows: Rows) -> tuple[float, np.ndarray]:
    started_s = time.perf_counter()
    result = work(rows)
    return time.perf_counter() - started_s, result


def in_process(work: Callable[[Rows], np.ndarray]) -> Run:
    """A run of ``work`` here, with as many BLAS threads as it is told."""

    def run(rows: Rows, n_threads: int) -> tuple[float, np.ndarray]:
        with threadpool_limits(n_threads):
            return timed(work, rows)

    return run


def in_environment(python: Path, solver: str) -> Run:
    """A run of ``peer_linear.py`` in another environment, which times itself."""

    def run(rows: Rows, n_threads: int) -> tuple[float, np.ndarray]:
        environment = os.environ | dict.fromkeys(THREAD_VARIABLES, str(n_threads))
        with tempfile.TemporaryDirectory() as folder:
            np.savez(Path(folder, "rows.npz"), inputs=rows.inputs, targets=rows.targets, lambdas=rows.lambdas)
            subprocess.run([str(python), str(PEER_FILE), solver, folder], check=True, env=environment)
            found = np.load(Path(folder, "found.npz"))
            return float(found["seconds"]), found["weights"]

    return run


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, help="environment with glmnet, adelie, celer and skglm")
    parser.add_argument("--only", default="", help="only the cases whose name contains it")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    found = parser.parse_args()
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    # As in the program, which sets it before numpy is imported; here numpy comes first.
    with threadpool_limits(1):
        measure(found)


def measure(found: argparse.Namespace) -> None:
    cases = [
        ("lasso path, n=1000 d=100", (1_000, 100, 1e-3), own_lasso, {"scikit-learn lasso_path": (sk_lasso, 12.0)}),
        (
            "lasso path, n=10,000 d=1,000", (10_000, 1_000, 1e-3), own_lasso,
            {"scikit-learn lasso_path": (sk_lasso, 2.0)},
        ),
        ("lasso path, n=200 d=5,000", (200, 5_000, 1e-2), own_lasso, {"scikit-learn lasso_path": (sk_lasso, None)}),
        (
            "5-fold CV, n=1000 d=100", (1_000, 100, 1e-3), own_cross_validation,
            {"LassoCV(n_jobs=2)": (sk_cross_validation, 12.0)},
        ),
        (
            "5-fold CV, n=10,000 d=1,000", (10_000, 1_000, 1e-3), own_cross_validation,
            {"LassoCV(n_jobs=2)": (sk_cross_validation, 4.0)},
        ),
        ("ridge path, n=1000 d=100", (1_000, 100, 1e-4), own_ridge, {"a loop of Ridge": (sk_ridge, 80.0)}),
    ]  # fmt: skip
    print(
        "| work, 100 λ | peer | regdesk, ms | peer, ms | ratio, median (range) | gate | peer's J above ours, at most |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, (n_rows, n_inputs, lowest), own, peers in cases:
        if found.only not in name:
            continue
        runs: dict[str, tuple[Run, float | None]] = {
            peer: (in_process(work), gate) for peer, (work, gate) in peers.items()
        }
        if found.peers is not None and own is own_lasso:
            gates = PEER_GATES.get(n_inputs, {})
            # The last two take 10 and 18 s for the largest case, where they are no match.
            for solver in ("glmnet", "adelie") if n_inputs == 1_000 else ("glmnet", "adelie", "celer", "skglm"):
                runs[solver] = (in_environment(found.peers / "bin" / "python", solver), gates.get(solver))
        for peer, (run, gate) in runs.items():
            trial = make_rows(n_rows, n_inputs, found.pairs + 1, lowest)
            run(trial, 1)
            n_threads = min((1, 2), key=lambda n_threads: min(run(trial, n_threads)[0] for _ in range(3)))
            measured = []
            for seed in range(found.pairs + 1):
                rows = make_rows(n_rows, n_inputs, seed, lowest)
                if seed % 2:
                    pair = (timed(own, rows), run(rows, n_threads))
                else:
                    pair = (run(rows, n_threads), timed(own, rows))[::-1]
                measured.append((rows, *pair))
            measured = measured[1:]
            ratios = sorted(other[0] / mine[0] for _, mine, other in measured)
            excess = (
                max(lasso_excess(rows, other[1], mine[1]) for rows, mine, other in measured)
                if own is own_lasso
                else None
            )
            ratio = statistics.median(ratios)
            verdict = "" if gate is None else f"{gate:g}×: {'met' if ratio >= gate else 'MISSED'}"
            own_ms, other_ms = (1e3 * statistics.median(one[side][0] for one in measured) for side in (1, 2))
            print(
                f"| {name} | {peer} ({n_threads} BLAS) | {own_ms:.2f} | {other_ms:.1f} "
                f"| {ratio:.1f} ({ratios[0]:.1f}–{ratios[-1]:.1f}) "
                f"| {verdict} | {'' if excess is None else f'{excess:.0e}'} |",
                flush=True,
            )


if __name__ == "__main__":
    sys.exit(main())
