"""Lasso paths of more inputs than rows at an equal duality gap: regdesk against the solvers of the field.

    python tests/benchmarks/wide_path_speed.py [--peers FOLDER] [--rscript Rscript] [--pairs 5]

``FOLDER`` is a virtual environment with celer and adelie, ``--rscript`` an R that has glmnet; what is not given is left
out, and scikit-learn is always there. For each peer the loosest of its own tolerances is looked for at which no gap
along a path is above the one asked for, with one and with two threads; then pairs are measured, on other rows. A gap is
measured here, from the rows, as a share of J at its λ, the largest of a path. regdesk takes the gap as its tolerance.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from path_speed import PEER_FILE, THREAD_VARIABLES, Rows, make_rows, timed
from threadpoolctl import threadpool_limits

from regdesk.compiling import engine_cache
from regdesk.core.linear.row_paths import CentredRows, row_path
from regdesk.core.model.penalties import ElasticNet

GAPS = (1e-3, 1e-6, 1e-9)
TOLERANCES = tuple(float(f"1e-{digits}") for digits in range(2, 19))
R_FILE = Path(__file__).with_name("peer_glmnet.R")
LOWEST = 1e-2
"""The least λ, as a share of λ_max."""
COLUMNS = (
    "lasso path, 100 λ", "gap, at most", "peer", "its tolerance", "regdesk, ms", "peer, ms", "ratio, median (range)",
    "largest gap of regdesk", "of the peer",
)  # fmt: skip
Run = Callable[[Rows, float, int], tuple[float, np.ndarray]]


def largest_gap(rows: Rows, weights: np.ndarray) -> float:
    """Of ``weights`` ``(n_lambdas, n_inputs)``, as a share of J."""
    n_rows = len(rows.targets)
    residuals = rows.targets[:, np.newaxis] - rows.inputs @ weights.T
    pulls = rows.inputs.T @ residuals / n_rows
    scales = np.minimum(1.0, rows.lambdas / np.maximum(np.abs(pulls).max(axis=0), 1e-300))
    losses, sizes = 0.5 * np.mean(residuals**2, axis=0), np.abs(weights).sum(axis=1)
    # Of this form no term is a difference of large numbers.
    left = (rows.lambdas * np.abs(weights).T - scales * weights.T * pulls).sum(axis=0)
    return float(np.max((left + (1.0 - scales) ** 2 * losses) / (losses + rows.lambdas * sizes)))


def own_path(rows: Rows, gap: float) -> np.ndarray:
    found = row_path(CentredRows.of(rows.inputs, rows.targets), ElasticNet(0.0, 1.0), rows.lambdas, gap)
    return np.concatenate([some.weights for some in found])


def sk_path(rows: Rows, tolerance: float, n_threads: int) -> tuple[float, np.ndarray]:
    from sklearn.linear_model import lasso_path

    def work(rows: Rows) -> np.ndarray:
        with warnings.catch_warnings():
            # That a tolerance was not reached is seen by the gap.
            warnings.simplefilter("ignore")
            found = lasso_path(rows.inputs, rows.targets, **{"alphas": rows.lambdas}, tol=tolerance, max_iter=100_000)
        return np.asarray(found[1].T)

    with threadpool_limits(n_threads):
        return timed(work, rows)


def in_environment(python: Path, solver: str) -> Run:
    def run(rows: Rows, tolerance: float, n_threads: int) -> tuple[float, np.ndarray]:
        environment = os.environ | dict.fromkeys(THREAD_VARIABLES, str(n_threads))
        with tempfile.TemporaryDirectory() as folder:
            np.savez(Path(folder, "rows.npz"), inputs=rows.inputs, targets=rows.targets, lambdas=rows.lambdas)
            command = [str(python), str(PEER_FILE), solver, folder, str(tolerance)]
            subprocess.run(command, check=True, env=environment)
            found = np.load(Path(folder, "found.npz"))
            return float(found["seconds"]), found["weights"]

    return run


def in_r(program: str) -> Run:
    def run(rows: Rows, tolerance: float, n_threads: int) -> tuple[float, np.ndarray]:
        environment = os.environ | dict.fromkeys(THREAD_VARIABLES, str(n_threads))
        n_lambdas, (n_rows, n_inputs) = len(rows.lambdas), rows.inputs.shape
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "shape.txt").write_text(f"{n_rows} {n_inputs} {n_lambdas}\n")
            for name, numbers in (("inputs", rows.inputs.T), ("targets", rows.targets), ("lambdas", rows.lambdas)):
                np.ascontiguousarray(numbers).tofile(Path(folder, f"{name}.bin"))
            subprocess.run([program, str(R_FILE), folder, str(tolerance)], check=True, env=environment)
            weights = np.fromfile(Path(folder, "weights.bin")).reshape(n_lambdas, n_inputs)
            return float(Path(folder, "seconds.txt").read_text()), weights

    return run


def loosest(run: Run, trial: Rows, gap: float, first: float) -> tuple[float | None, float]:
    """The loosest tolerance from ``first`` on that keeps to ``gap`` on ``trial``, or None; the least gap seen."""
    least = np.inf
    for tolerance in (one for one in TOLERANCES if one <= first):
        least = min(least, largest_gap(trial, run(trial, tolerance, 1)[1]))
        if least <= gap:
            return tolerance, least
    return None, least


def left_out(name: str, gap: float, peer: str, least: float) -> str:
    return f"| {name} | {gap:.0e} | {peer} | left out: never below {least:.0e} {'| ' * (len(COLUMNS) - 4)}|"


def line(
    name: str, peer: str, run: Run, gap: float, tolerance: float, make: Callable[[int], Rows], n_pairs: int
) -> str:
    trial = make(n_pairs + 1)
    n_threads = min((1, 2), key=lambda n_threads: min(run(trial, tolerance, n_threads)[0] for _ in range(2)))
    measured = []
    for seed in range(n_pairs + 1):
        rows = make(seed)
        if seed % 2:
            own, other = timed(lambda rows: own_path(rows, gap), rows), run(rows, tolerance, n_threads)
        else:
            other, own = run(rows, tolerance, n_threads), timed(lambda rows: own_path(rows, gap), rows)
        measured.append((own[0], other[0], largest_gap(rows, own[1]), largest_gap(rows, other[1])))
    # The first pair finds cold caches.
    ours, theirs, own_gaps, other_gaps = zip(*measured[1:], strict=True)
    ratios = sorted(other / own for own, other in zip(ours, theirs, strict=True))
    return (
        f"| {name} | {gap:.0e} | {peer} ({n_threads} threads) | {tolerance:.0e} | {1e3 * statistics.median(ours):.1f} "
        f"| {1e3 * statistics.median(theirs):.1f} "
        f"| **{statistics.median(ratios):.1f}×** ({ratios[0]:.1f} to {ratios[-1]:.1f}, {n_pairs} pairs) "
        f"| {max(own_gaps):.0e} | {max(other_gaps):.0e} |"
    )


def print_lines(name: str, peer: str, run: Run, make: Callable[[int], Rows], n_pairs: int) -> None:
    """One for each gap, of which each takes a tolerance at least as tight as the one before."""
    tolerance: float | None = TOLERANCES[0]
    least = np.inf
    for gap in GAPS:
        if tolerance is not None:
            tolerance, least = loosest(run, make(n_pairs + 1), gap, tolerance)
        if tolerance is None:
            print(left_out(name, gap, peer, least), flush=True)
        else:
            print(line(name, peer, run, gap, tolerance, make, n_pairs), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, help="environment with celer and adelie")
    parser.add_argument("--rscript", help="Rscript of an R that has glmnet")
    parser.add_argument("--only", default="", help="only the peers whose name contains it")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--rows", type=int, default=200, metavar="N")
    parser.add_argument("--inputs", type=int, default=5_000, metavar="N")
    found = parser.parse_args()
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    peers: dict[str, Run] = {"scikit-learn lasso_path": sk_path}
    if found.rscript is not None:
        peers["R's glmnet"] = in_r(found.rscript)
    if found.peers is not None:
        peers |= {solver: in_environment(found.peers / "bin" / "python", solver) for solver in ("adelie", "celer")}
    name = f"n={found.rows:,} d={found.inputs:,}"
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")

    def make(seed: int) -> Rows:
        return make_rows(found.rows, found.inputs, seed, LOWEST)

    with threadpool_limits(1):
        for peer, run in peers.items():
            if found.only in peer:
                print_lines(name, peer, run, make, found.pairs)


if __name__ == "__main__":
    sys.exit(main())
