"""How low J gets: our solver against scikit-learn's L-BFGS (L2) and scipy's on W = U − V (L1, elastic net).

    python tests/benchmarks/network_optima.py [--rows 300] [--seeds 6] [--hidden 16,16] [--only NAME,NAME]

Cold starts, best and median over the seeds; what a sweep of that one λ finds from the same seeds; and "best known", the
lowest of all. No times: the rows are few. Problems from statsmodels' data are left out where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

from network_problems import (
    PROBLEMS,
    STATSMODELS_PROBLEMS,
    load_problem,
    scikit_learns_objective,
    split_objective,
)

from regdesk.compiling import engine_cache
from regdesk.core.networks.chains import DatasetPath
from regdesk.core.networks.job_queue import run_chains
from regdesk.core.networks.solver import SWEEP_LIMITS, NetworkProblem
from regdesk.core.stopping import Stop
from regdesk.core.types import TrainSettings
from regdesk.core.units import CallingThread

LAMBDAS = {"l2": (1e-2, 1e-3), "l1": (3e-3,), "elastic-net": (3e-3,)}


def sweep_objective(problem: NetworkProblem, settings: TrainSettings, seeds: range) -> float:
    path = DatasetPath(problem, settings, np.array([settings.lam]), seeds, SWEEP_LIMITS, has_lead=True)
    for _ in run_chains([path.phases()], {path.problem: path.problem}, CallingThread(), Stop()):
        pass
    best = path.best[0]
    return np.nan if best is None else best.objective


def problem_names(only: str | None) -> list[str]:
    """All that can be loaded, or those named in ``only``; says which are left out."""
    if only is not None:
        return only.split(",")
    if importlib.util.find_spec("statsmodels") is None:
        print(f"statsmodels is not installed: {', '.join(STATSMODELS_PROBLEMS)} left out", file=sys.stderr)
        return list(PROBLEMS)
    return [*PROBLEMS, *STATSMODELS_PROBLEMS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument("--hidden", default="16,16")
    parser.add_argument("--only", metavar="NAME,NAME", help="problems, such as schools,parties")
    parser.add_argument("--penalties", default=",".join(LAMBDAS), metavar="NAME,NAME", help="of " + ", ".join(LAMBDAS))
    chosen = parser.parse_args()
    names = problem_names(chosen.only)
    hidden = tuple(int(size) for size in chosen.hidden.split(","))
    for part in ("float64", engine_cache.NETWORKS):
        engine_cache.fill(part)
    print("| problem | units | penalty | λ | cold | swept | theirs | over best known | hold |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in names:
        for activation in ("tanh", "relu"):
            problem = load_problem(name, hidden, activation, chosen.rows)
            for penalty in chosen.penalties.split(","):
                for lam in LAMBDAS[penalty]:
                    settings = TrainSettings(penalty, lam, 0.5)
                    ratio = settings.effective_l1_ratio
                    own, theirs = [], []
                    for seed in range(chosen.seeds):
                        own.append(problem.solve(problem.initial_parameters(seed), settings).objective)
                        theirs.append(
                            scikit_learns_objective(problem, lam, seed)
                            if penalty == "l2"
                            else split_objective(problem, lam, ratio, seed, max_iter=3000)
                        )
                    swept = sweep_objective(problem, settings, range(chosen.seeds))
                    least = min(*own, *theirs, swept)
                    marks = [
                        "yes" if value <= np.median(theirs) * (1 + 1e-6) and value <= 1.02 * least else "NO"
                        for value in (min(own), swept)
                    ]
                    print(
                        f"| {name} | {activation} | {penalty} | {lam:g} | {min(own):.5g}, {np.median(own):.5g} | "
                        f"{swept:.5g} | {min(theirs):.5g}, {np.median(theirs):.5g} | {min(own) / least:.4f}, "
                        f"{swept / least:.4f} | {', '.join(marks)} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
