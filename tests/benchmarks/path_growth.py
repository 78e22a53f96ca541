"""How exact paths and their cross-validation grow with rows, inputs, λ and folds, and which share of it is their limit.

    python tests/benchmarks/path_growth.py [--repeats 9]

Processor time, the least of some repeats, of one thread. The limit is the one product XᵀX that nothing can do without,
by BLAS on one thread: of the folds all their rows together, once. What is left is the path itself and Python.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from unittest import mock

import numpy as np
import path_speed
from path_speed import Rows, make_rows, own_cross_validation, own_lasso, own_ridge
from threadpoolctl import threadpool_limits

from regdesk.compiling import engine_cache

N_ROWS, N_INPUTS, N_LAMBDAS, N_FOLDS = 1_000, 100, 100, 5
GROWTH: dict[str, tuple[int, ...]] = {
    "rows": (500, 1_000, 2_000, 4_000, 16_000),
    "inputs": (25, 50, 100, 200, 400),
    "λ": (25, 50, 100, 200),
    "folds": (2, 5, 10, 20),
}


def least_ms(work: Callable[[], object], n_repeats: int) -> float:
    found = []
    for _ in range(n_repeats):
        started_s = time.process_time()
        work()
        found.append(time.process_time() - started_s)
    return 1e3 * min(found)


def rows_of(what: str, value: int) -> Rows:
    sizes = {"rows": N_ROWS, "inputs": N_INPUTS, "λ": N_LAMBDAS} | {what: value}
    rows = make_rows(sizes["rows"], sizes["inputs"], 1, 1e-3)
    return Rows(rows.inputs, rows.targets, np.geomspace(rows.lambdas[0], rows.lambdas[-1], sizes["λ"]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", choices=("", *GROWTH), help="only what grows with this")
    parser.add_argument("--repeats", type=int, default=9, metavar="N")
    given = parser.parse_args()
    engine_cache.prepare_cache_folder()
    engine_cache.fill(engine_cache.PATHS)
    with threadpool_limits(1):
        print_table(given)


def print_table(given: argparse.Namespace) -> None:
    works = {"lasso path": own_lasso, "ridge path": own_ridge, "CV of the lasso": own_cross_validation}
    print(f"| grows | to | XᵀX, ms | {' | '.join(f'{name}, ms | XᵀX of it' for name in works)} |")
    print(f"|---|---|---|{'---|---|' * len(works)}")
    for what, values in GROWTH.items():
        for value in values if given.only in ("", what) else ():
            rows = rows_of(what, value)
            n_folds = value if what == "folds" else N_FOLDS
            limit_ms = least_ms(lambda rows=rows: rows.inputs.T @ rows.inputs, given.repeats)
            # One thread, whose processor time is all there is.
            with mock.patch.multiple(path_speed, MANY_INPUTS=sys.maxsize, N_FOLDS=n_folds):
                times = [least_ms(lambda rows=rows, work=work: work(rows), given.repeats) for work in works.values()]
            cells = " | ".join(f"{one:.2f} | {100.0 * limit_ms / one:.0f} %" for one in times)
            print(f"| {what} | {value:,} | {limit_ms:.2f} | {cells} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
