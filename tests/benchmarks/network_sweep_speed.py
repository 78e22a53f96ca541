"""50 λ × 5 folds of a network at fixed epochs, on two cores, against other programs, as Markdown tables.

    python tests/benchmarks/network_sweep_speed.py [--torch-python PATH] [--jax-python PATH] [--pairs N] [--epochs N]

The first table is of the 250 models alone, n=1000 d=10 16-16 tanh, full batch, 1,000 rows each: one stack of ours
against loops and ensembles, as in sweep_speed.py; of loops five models are timed and their time is scaled.
The second is of the whole task, folds, scores and choice included: ours, which fits the all-rows model of every λ
besides, against GridSearchCV(n_jobs=2) without its refit; 1,000 rows, of which each model trains on 800.
An option names the Python of an environment that has the peer (README.md beside this file says how to make one).
"""

from __future__ import annotations

import argparse
import statistics
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from network_sweep import make_folds
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPRegressor
from speed_cases import LEARNING_RATE, Case, Goal, Problem
from speed_pairs import HEADER, left_out, line, machine_line, measure, verdict
from speed_peers import child_peers, fastest, sklearn_peers

from regdesk.compiling import engine_cache
from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.training.cores import Cores
from regdesk.core.types import FULL_BATCH, Architecture, TrainSettings

N_LAMBDAS, N_FOLDS, N_THREADS = 50, 5, 2
LAMBDAS = np.geomspace(1e-1, 1e-5, N_LAMBDAS)
CASE = Case(
    "50 λ × 5 folds, n=1000 d=10, full batch, two cores",
    1_000,
    10,
    FULL_BATCH,
    1_000,
    lams=tuple(float(lam) for lam in np.repeat(LAMBDAS, N_FOLDS)),
    n_threads=N_THREADS,
)
LOOPED = (0, 62, 124, 187, 249)
ALL = tuple(range(N_LAMBDAS * N_FOLDS))
LAYOUTS = ("rows-first", "units-first")
CHILDREN = (
    ("torch", "peer_torch.py", ("eager",), LOOPED, Goal(15)),
    ("torch", "peer_torch.py", LAYOUTS, ALL, Goal(1.6)),
    ("jax", "peer_jax.py", LAYOUTS, ALL, Goal(2.5)),
)
GRID_GOAL = Goal(5)
GRID_COLUMNS = (
    "peer", "epochs", "regdesk s", "peer s", "ratio, median (range) of pairs", "least validation loss regdesk",
    "least validation loss peer", "goals",
)  # fmt: skip
GRID_HEADER = f"| {' | '.join(GRID_COLUMNS)} |\n|{'---|' * len(GRID_COLUMNS)}"


def own_sweep(n_epochs: int) -> tuple[float, np.ndarray]:
    """Seconds by the clock of the sweep itself, and its validation losses by λ."""
    whole, folds = make_folds()
    plan = NetworkPlan(lambdas=tuple(LAMBDAS), n_epochs=n_epochs)
    with ThreadPoolExecutor(N_THREADS) as pool:
        cores = Cores(pool, N_THREADS)
        started_s = time.perf_counter()
        *_, last = network_sweep(whole, folds, Architecture(), TrainSettings("l2"), plan, cores)
        seconds = time.perf_counter() - started_s
    return seconds, np.array([point.validation_loss for point in last.points if point is not None])


def grid_search(n_epochs: int) -> tuple[float, np.ndarray]:
    """The same of GridSearchCV; in float32, which is its fastest form, on one BLAS thread a process."""
    whole, folds = make_folds()
    rows = whole.split.train
    inputs, targets = (
        part.astype(np.float32) for part in (whole.standardized_inputs(rows), whole.standardized_targets(rows))
    )
    n_train = len(folds[0].split.train)
    model = MLPRegressor(
        hidden_layer_sizes=(16, 16), activation="tanh", solver="adam", batch_size=n_train, shuffle=False,
        learning_rate_init=LEARNING_RATE, max_iter=n_epochs, tol=0.0, n_iter_no_change=n_epochs + 1, random_state=0,
    )  # fmt: skip
    # Its strength is divided by the rows of a batch.
    grid = {"alpha": [float(lam) * n_train for lam in LAMBDAS]}
    splits = [(fold.split.train, fold.split.validation) for fold in folds]
    search = GridSearchCV(model, grid, scoring="neg_mean_squared_error", cv=splits, refit=False, n_jobs=N_THREADS)
    started_s = time.perf_counter()
    search.fit(inputs, targets)
    seconds = time.perf_counter() - started_s
    return seconds, -0.5 * search.cv_results_["mean_test_score"]


def grid_line(n_epochs: int, n_pairs: int) -> str:
    # Its processes have to start, and ours to load its code.
    grid_search(1)
    own_sweep(1)
    pairs = []
    for number in range(n_pairs):
        first, second = (own_sweep, grid_search) if number % 2 else (grid_search, own_sweep)
        results = {run.__name__: run(n_epochs) for run in (first, second)}
        pairs.append((results["own_sweep"], results["grid_search"]))
    ratios = sorted(other[0] / own[0] for own, other in pairs)
    own_s, other_s = (statistics.median(pair[side][0] for pair in pairs) for side in (0, 1))
    losses = [float(pairs[0][side][1].min()) for side in (0, 1)]
    ratio = statistics.median(ratios)
    return (
        f"| GridSearchCV(n_jobs={N_THREADS}), float32 | {n_epochs:,} | {own_s:.1f} | {other_s:.1f} | **{ratio:.1f}×** "
        f"({ratios[0]:.1f} to {ratios[-1]:.1f}, {n_pairs} pairs) | {losses[0]:.4f} | {losses[1]:.4f} "
        f"| {verdict(ratio, 0.0, GRID_GOAL)} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", metavar="PATH", help="without it PyTorch is left out")
    parser.add_argument("--jax-python", metavar="PATH", help="without it JAX is left out")
    parser.add_argument("--pairs", type=int, default=5, metavar="N")
    parser.add_argument("--epochs", type=int, default=CASE.n_steps, metavar="N", help="of every model (default 1000)")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    for part in (engine_cache.NETWORKS, "float32"):
        engine_cache.fill(part)
    case = replace(CASE, n_steps=chosen.epochs)
    problem = Problem(case)
    pythons = {"torch": chosen.torch_python, "jax": chosen.jax_python}
    print(HEADER)
    peer = fastest(sklearn_peers(problem, LOOPED))
    print(line(case, peer, measure(problem, peer, chosen.pairs), Goal(12, 30)), flush=True)
    for name, script, forms, models, goal in CHILDREN:
        if pythons[name] is None:
            print(left_out(case, f"{name} {'/'.join(forms)}", f"--{name}-python"), flush=True)
            continue
        with child_peers(pythons[name], script, problem, forms, models) as peers:
            peer = fastest(peers)
            print(line(case, peer, measure(problem, peer, chosen.pairs), goal), flush=True)
    print(f"\n{GRID_HEADER}")
    print(grid_line(chosen.epochs, chosen.pairs), flush=True)
    print(f"\n{machine_line()}")


if __name__ == "__main__":
    main()
