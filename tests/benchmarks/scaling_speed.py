"""The cost of regdesk's full-batch step as rows, inputs, width, depth and models grow, as Markdown tables.

    python tests/benchmarks/scaling_speed.py [--only n|d|width|depth|K] [--seconds 0.2]

One thing grows at a time around n=1000 d=10 16-16 tanh and one model. Beside the time of a step of all models stands
its share of one row and one multiply-add (as the limit counts them: forward, weight gradients, deltas), in picoseconds:
where that column is level, cost is linear.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import speed_cases
from speed_cases import Case, Problem
from speed_limit import multiply_adds_per_row

from regdesk.core.training.cores import Cores
from regdesk.core.types import FULL_BATCH

BASE = Case("n=1000 d=10 16-16", 1_000, 10, FULL_BATCH, 1)
REPEATS = 5


def step_us(case: Case, repeat_s: float) -> tuple[float, str]:
    """Median time of one step of all models, and the dtype they are trained in."""
    with ThreadPoolExecutor(case.n_threads) as executor:
        cores = Cores(executor, case.n_threads) if case.n_threads > 1 else None
        stack, settings = speed_cases.make_stack(Problem(case), 0, cores)
        n_done = n_steps = 1
        seconds = 0.0
        stack.advance(settings, 1)
        while seconds < repeat_s / 4:
            n_steps *= 2
            start = time.perf_counter()
            stack.advance(settings, n_steps)
            seconds = time.perf_counter() - start
            n_done += n_steps
        n_steps = max(1, int(n_steps * repeat_s / seconds))
        times = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            stack.advance(settings, n_steps)
            times.append(time.perf_counter() - start)
        # A model that has diverged stands still, which is quick.
        assert (stack.steps == n_done + REPEATS * n_steps).all(), case
    return 1e6 * statistics.median(times) / n_steps, stack.dtype.name


def variations() -> Iterator[tuple[str, str, Case]]:
    """What grows, its value, and the case."""
    for n_rows in (100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000):
        yield "n", f"{n_rows:,}", replace(BASE, n_rows=n_rows)
    for n_inputs in (1, 2, 5, 10, 20, 50, 100, 200):
        yield "d", f"{n_inputs}", replace(BASE, n_inputs=n_inputs)
    for width in (4, 8, 16, 32, 64, 128):
        yield "width", f"{width}-{width}", replace(BASE, hidden=(width, width))
    for depth in range(7):
        yield "depth", f"{depth}", replace(BASE, hidden=(16,) * depth)
    for n_threads in (1, 2):
        for n_models in (1, 2, 5, 10, 20, 50, 100, 200):
            name = f"{n_models}, {n_threads} thread{'s' * (n_threads > 1)}"
            yield "K", name, replace(BASE, lams=(speed_cases.LAM,) * n_models, n_threads=n_threads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=("n", "d", "width", "depth", "K"))
    parser.add_argument("--seconds", type=float, default=0.2, metavar="S", help="of each of the five repeats")
    arguments = parser.parse_args()
    last = None
    for axis, value, case in variations():
        if arguments.only not in (None, axis):
            continue
        if axis != last:
            print(f"\n| {axis} | dtype | µs/step of all models | ps per row × multiply-add |\n|---|---|---|---|")
            last = axis
        time_us, dtype = step_us(case, arguments.seconds)
        n_products = case.n_models * case.n_rows * multiply_adds_per_row(case.network.sizes)
        print(f"| {value} | {dtype} | {time_us:,.1f} | {1e6 * time_us / n_products:.1f} |", flush=True)


if __name__ == "__main__":
    main()
