"""How near a fit and a sweep come to the lowest J known of seventy small problems (``minima_problems.py``).

    python tests/benchmarks/network_minima.py [--seeds 6] [--only TEXT] [--adam] [--note]

For each: what ``fit`` finds from each seed (best and median), what a sweep of that one λ finds from three seeds, and
with ``--adam`` what 20,000 epochs of Adam find, each over the lowest known; and processor time. ``--note`` writes a J
that is lower than any before into ``minima_best_known.json``.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
from minima_problems import FILE, MinimumProblem, best_known, minimum_problems
from network_optima import sweep_objective

from regdesk.compiling import engine_cache
from regdesk.core.networks.job_queue import run_chains
from regdesk.core.networks.lowest import LowestSearch, SearchLimits
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.stopping import Stop
from regdesk.core.training.stack import Stack
from regdesk.core.types import TrainSettings
from regdesk.core.units import CallingThread

NEAR = 1.02
ADAM_EPOCHS, ADAM_LOOKS = 20_000, 200


def fit_objective(problem: NetworkProblem, settings: TrainSettings, seed: int) -> float:
    search = LowestSearch(problem, settings, seed, SearchLimits())
    for _ in run_chains([search.phases()], {problem: problem}, CallingThread(), Stop()):
        pass
    return search.best.objective


def adam_objective(problem: NetworkProblem, settings: TrainSettings, seed: int) -> float:
    """What ``fit --optimizer adam`` comes to: a residual of 1e-5, or so many epochs."""
    start = problem.initial_parameters(seed)[np.newaxis]
    stack = Stack(problem.network, problem.loss, problem.rows(), start, [seed], np.float32)
    for _ in range(ADAM_EPOCHS // ADAM_LOOKS):
        stack.advance([settings], ADAM_LOOKS)
        found = problem.measure(stack.parameters[0].astype(np.float64), settings)
        if found.residual <= 1e-5:
            break
    return found.objective


def timed(find, problem: NetworkProblem, settings: TrainSettings, seeds: range) -> tuple[list[float], float]:
    """J from each seed, and milliseconds of processor time of one."""
    started_s = time.process_time()
    found = [find(problem, settings, seed) for seed in seeds]
    return found, 1e3 * (time.process_time() - started_s) / len(seeds)


def line_of(
    one: MinimumProblem, known: dict[str, float], n_seeds: int, has_adam: bool
) -> tuple[list[str], list[float]]:
    """The cells of a problem; and best of the fits, sweep, best of Adam over the lowest known, and their times."""
    problem, settings, seeds = one.load(), one.settings, range(n_seeds)
    fits, fit_ms = timed(fit_objective, problem, settings, seeds)
    started_s = time.process_time()
    # A sweep cannot have fewer seeds than one.
    swept = sweep_objective(problem, settings, range(min(3, n_seeds)))
    sweep_ms = 1e3 * (time.process_time() - started_s)
    adams, adam_ms = timed(adam_objective, problem, settings, seeds) if has_adam else ([np.nan], np.nan)
    least = min(known.get(one.name, np.inf), *fits, swept, *([] if not has_adam else adams))
    known[one.name] = least
    ratios = [min(fits) / least, swept / least, min(adams) / least]
    cells = [one.name, f"{least:.6g}", f"{ratios[0]:.4f}, {np.median(fits) / least:.4f}", f"{ratios[1]:.4f}"]
    cells += [f"{fit_ms:.0f}", f"{sweep_ms:.0f}"]
    if has_adam:
        cells += [f"{ratios[2]:.4f}, {np.median(adams) / least:.4f}", f"{adam_ms:.0f}"]
    return cells, [*ratios, fit_ms, sweep_ms, adam_ms]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=6)
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="problems whose name contains it, such as 'moons, 300'"
    )
    parser.add_argument("--adam", action="store_true", help="also by the optimiser")
    parser.add_argument("--note", action="store_true", help="write what is lower than any before into the file")
    chosen = parser.parse_args()
    for part in ("float32", "float64", engine_cache.NETWORKS):
        engine_cache.fill(part)
    header = ["problem", "lowest J known", "fit: best, median", "swept", "fit ms", "sweep ms"]
    header += ["Adam: best, median", "Adam ms"] if chosen.adam else []
    print(f"| {' | '.join(header)} |\n|{'---|' * len(header)}")
    known, figures = best_known(), []
    for one in minimum_problems():
        if chosen.only in one.name:
            cells, found = line_of(one, known, chosen.seeds, chosen.adam)
            figures.append(found)
            print(f"| {' | '.join(cells)} |", flush=True)
    table = np.array(figures)
    for place, name in enumerate(("fit", "sweep", "Adam") if chosen.adam else ("fit", "sweep")):
        near, seconds = int((table[:, place] <= NEAR).sum()), table[:, 3 + place].sum() / 1e3
        print(f"\n{name}: within 2 % of the lowest known in {near} of {len(table)}; {seconds:.2f} s of processor time.")
    if chosen.note:
        FILE.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
