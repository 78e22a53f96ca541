"""The sweep of a network over λ: fixed epochs and to convergence, against loops of scikit-learn's fits.

    python tests/benchmarks/network_sweep.py [--loop-every 6] [--rows 1000] [--lambdas 50] [--epochs 1000] [--wall]

50 λ × 5 folds and the all-rows models, n = 1,000, d = 10, 16-16 tanh. Times are of one thread, processor time, so that
they can be taken on a busy machine; ``--wall`` adds one against two threads by the clock. The loop trains every sixth
λ of all rows and one fold, from one cold start each, and its time is scaled to all of them.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor
from threadpoolctl import threadpool_limits

from regdesk.compiling import engine_cache
from regdesk.core.model.dataset import Dataset, Split
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.networks.points import NetworkSweep
from regdesk.core.training.cores import Cores
from regdesk.core.types import Architecture, Integers, TrainSettings

N_ROWS, N_INPUTS, N_FOLDS = 1_000, 10, 5
NO_ROWS: Integers = np.empty(0, dtype=np.int64)


def make_dataset(inputs: np.ndarray, targets: np.ndarray, train: Integers, held: Integers) -> Dataset:
    names = tuple(f"x{number}" for number in range(inputs.shape[1]))
    return Dataset(
        "rows", inputs, targets, Split(train, held, NO_ROWS), "regression", "y", names, names, np.arange(len(names)),
        (), Standardizer.fit(inputs[train]), Standardizer.fit(targets[train, np.newaxis]),
    )  # fmt: skip


def make_folds(n_rows: int = N_ROWS) -> tuple[Dataset, list[Dataset]]:
    generator = np.random.default_rng(0)
    inputs = generator.normal(size=(n_rows, N_INPUTS))
    targets = np.sin(2.0 * inputs[:, 0]) + inputs[:, 1] * inputs[:, 2] + 0.5 * inputs[:, 3]
    targets += 0.3 * generator.normal(size=n_rows)
    rows, fold_of = np.arange(n_rows), np.arange(n_rows) % N_FOLDS
    folds = [make_dataset(inputs, targets, rows[fold_of != fold], rows[fold_of == fold]) for fold in range(N_FOLDS)]
    return make_dataset(inputs, targets, rows, NO_ROWS), folds


def run(
    n_rows: int, settings: TrainSettings, plan: NetworkPlan, n_threads: int = 1
) -> tuple[float, float, NetworkSweep]:
    """Processor seconds, seconds by the clock, and the last moment."""
    whole, folds = make_folds(n_rows)
    with ThreadPoolExecutor(n_threads) if n_threads > 1 else nullcontext() as pool:
        cores = None if pool is None else Cores(pool, n_threads)
        started, started_s = time.process_time(), time.perf_counter()
        *_, last = network_sweep(whole, folds, Architecture(), settings, plan, cores)
        return time.process_time() - started, time.perf_counter() - started_s, last


def loop(n_rows: int, lambdas: np.ndarray, every: int, **options: object) -> tuple[float, np.ndarray]:
    """Processor seconds of all fits, and J of the all-rows models at every ``every``-th λ.

    BLAS has one thread here: a second one of the peer's waits by spinning, and its processor time would be counted.
    """
    whole, folds = make_folds(n_rows)
    objectives, seconds = [], 0.0
    chosen = lambdas[::every]
    for dataset in (whole, folds[0]):
        rows = dataset.split.train
        inputs, targets = dataset.standardized_inputs(rows), dataset.standardized_targets(rows)
        own = 0.0
        for lam in chosen:
            model = MLPRegressor(hidden_layer_sizes=(16, 16), activation="tanh", alpha=lam * len(rows), random_state=0)
            model.set_params(batch_size=len(rows), **options)
            started = time.process_time()
            with warnings.catch_warnings(), threadpool_limits(1):
                warnings.simplefilter("ignore", ConvergenceWarning)
                model.fit(inputs, targets)
            own += time.process_time() - started
            if dataset is whole:
                objectives.append(float(model.loss_))
        seconds += own * len(lambdas) / len(chosen) * (1 if dataset is whole else N_FOLDS)
    return seconds, np.array(objectives)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loop-every", type=int, default=6)
    parser.add_argument("--rows", type=int, default=N_ROWS, metavar="N")
    parser.add_argument("--lambdas", type=int, default=50, metavar="N", help="how many (default 50)")
    parser.add_argument("--epochs", type=int, default=1_000, metavar="N", help="of the models that are not solved")
    parser.add_argument("--wall", action="store_true", help="also one thread against two, by the clock")
    chosen = parser.parse_args()
    for part in engine_cache.PARTS:
        engine_cache.fill(part)
    n_rows, every, n_epochs, solved = (
        chosen.rows,
        chosen.loop_every,
        chosen.epochs,
        NetworkPlan(n_lambdas=chosen.lambdas),
    )
    print("| sweep | our CPU s | loop CPU s | ratio | loop's J over ours: median, worst |")
    print("|---|---|---|---|---|", flush=True)
    settings = TrainSettings("l2")
    own, _, last = run(n_rows, settings, solved)
    seconds, objectives = loop(n_rows, last.lambdas, every, solver="lbfgs", max_iter=5_000, max_fun=50_000, tol=1e-7)
    ours = np.array([point.objective for point in last.points if point is not None])[::every]
    excess = objectives / ours
    print(
        f"| L2, to convergence, {last.n_done} models | {own:.1f} | {seconds:.1f} | {seconds / own:.1f} | "
        f"{np.median(excess):.3f}, {excess.max():.3f} |",
        flush=True,
    )
    plan = NetworkPlan(lambdas=tuple(last.lambdas), n_epochs=n_epochs)
    own, _, _ = run(n_rows, settings, plan)
    seconds, _ = loop(
        n_rows,
        last.lambdas,
        every,
        solver="adam",
        max_iter=n_epochs,
        learning_rate_init=0.01,
        n_iter_no_change=n_epochs + 1,
    )
    print(f"| L2, {n_epochs} epochs of Adam | {own:.1f} | {seconds:.1f} | {seconds / own:.1f} | |", flush=True)
    for penalty in ("l1", "group-lasso"):
        own, _, last = run(n_rows, TrainSettings(penalty), solved)
        print(f"| {penalty}, to convergence, {last.n_done} models | {own:.1f} | | | |", flush=True)
    if chosen.wall:
        one, two = (run(n_rows, settings, solved, n_threads)[1] for n_threads in (1, 2))
        print(f"\nOne thread {one:.1f} s, two {two:.1f} s by the clock: {one / two:.2f} times as fast.")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
