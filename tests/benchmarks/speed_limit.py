"""How fast a step could be on this machine: the time of its multiply-adds and tanhs alone, at their measured peaks.

A multiply-add is one term of a matrix product; its peak is a loop of vector instructions that never leaves the
registers. tanh has the peak of the engine's own loop on values in the nearest cache. Nothing else of a step is counted,
no memory, no optimiser, so no program reaches this limit.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Any

import llvmlite.ir as ir
import numpy as np
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from speed_cases import Case
from threadpoolctl import threadpool_limits

from regdesk.core.engine.elementary import tanh_in_place
from regdesk.core.engine.stored import njit as whole

N_CHAINS = 10
"""Sums that do not wait for each other: more than latency × units of any processor, fewer than its registers."""
BURST_S = 0.02
N_BURSTS = 5


@dataclass(frozen=True)
class Peaks:
    """Rates per second in float32, summed over the cores that were busy."""

    multiply_adds: float
    tanhs: float


def multiply_adds_per_row(sizes: tuple[int, ...]) -> int:
    """Forward, weight gradients, and the deltas of all layers but the first."""
    products = [inputs * outputs for inputs, outputs in pairwise(sizes)]
    return 3 * sum(products) - products[0]


def limit_seconds(case: Case, peaks: Peaks) -> float:
    """The least time of the case's timed steps."""
    multiply_adds = case.n_row_steps * multiply_adds_per_row(case.network.sizes)
    return multiply_adds / peaks.multiply_adds + case.n_row_steps * sum(case.hidden) / peaks.tanhs


def _make_register_loop(n_lanes: int) -> Any:
    """A compiled function of n: n rounds of ``N_CHAINS`` vector multiply-adds of ``n_lanes`` float32."""

    @intrinsic
    def rounds(typing_context: Any, n_rounds: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            vector = ir.VectorType(ir.FloatType(), n_lanes)
            slots = [cgutils.alloca_once(builder, vector) for _ in range(N_CHAINS)]
            for number, slot in enumerate(slots):
                builder.store(ir.Constant(vector, [float(number)] * n_lanes), slot)
            # x ← x/2 + ½ tends to 1: no value becomes denormal or infinite.
            half = ir.Constant(vector, [0.5] * n_lanes)
            kind = ir.FunctionType(vector, [vector] * 3)
            multiply_add = cgutils.get_or_insert_function(builder.module, kind, f"llvm.fma.v{n_lanes}f32")
            with cgutils.for_range(builder, arguments[0]):
                for slot in slots:
                    builder.store(builder.call(multiply_add, [builder.load(slot), half, half]), slot)
            total = builder.load(slots[0])
            for slot in slots[1:]:
                total = builder.fadd(total, builder.load(slot))
            return builder.extract_element(total, ir.Constant(ir.IntType(32), 0))

        return types.float32(types.int64), generate

    @njit(nogil=True)
    def register_loop(n_rounds):
        return rounds(n_rounds)

    return register_loop


_REGISTER_LOOPS = {n_lanes: _make_register_loop(n_lanes) for n_lanes in (8, 16)}


@whole(cache=True, nogil=True)
def _tanh_rounds(values, n_rounds):
    for _ in range(n_rounds):
        tanh_in_place(values, 0, values.size)


def _best_rate(work: Callable[[int], object], items_per_round: int) -> float:
    """Items per second of the best of several bursts of ``work(n_rounds)``."""
    work(1)
    n_rounds, seconds = 16, 0.0
    while seconds < BURST_S / 2:
        n_rounds *= 2
        start = time.perf_counter()
        work(n_rounds)
        seconds = time.perf_counter() - start
    n_rounds = max(1, int(n_rounds * BURST_S / seconds))
    rates = []
    for _ in range(N_BURSTS):
        start = time.perf_counter()
        work(n_rounds)
        rates.append(n_rounds * items_per_round / (time.perf_counter() - start))
    return max(rates)


def _on_cores(n_threads: int, measure: Callable[[], float]) -> float:
    """The sum of ``measure`` on ``n_threads`` cores at the same time, each thread kept on its own core."""
    cores: list[int] = sorted(os.sched_getaffinity(0))[:n_threads] if hasattr(os, "sched_getaffinity") else []

    def pinned(number: int) -> float:
        if cores:
            os.sched_setaffinity(0, {cores[number % len(cores)]})
        return measure()

    with ThreadPoolExecutor(n_threads) as executor:
        return sum(executor.map(pinned, range(n_threads)))


def measure_peaks(n_threads: int) -> Peaks:
    """With ``n_threads`` cores busy; a third of a second once compiled."""

    def tanh_rate() -> float:
        values = np.linspace(-2.0, 2.0, 1024, dtype=np.float32)
        return _best_rate(lambda n_rounds: _tanh_rounds(values, n_rounds), values.size)

    multiply_adds = max(
        _on_cores(n_threads, lambda loop=loop, n_lanes=n_lanes: _best_rate(loop, N_CHAINS * n_lanes))
        for n_lanes, loop in _REGISTER_LOOPS.items()
    )
    return Peaks(multiply_adds, _on_cores(n_threads, tanh_rate))


def sgemm_rate() -> float:
    """Multiply-adds per second of numpy's float32 matrix product, 1024 × 1024, on one core: for comparison."""
    left, right, product = (np.ones((1024, 1024), dtype=np.float32) for _ in range(3))

    def rounds(n_rounds: int) -> None:
        for _ in repeat(None, n_rounds):
            np.matmul(left, right, out=product)

    with threadpool_limits(1):
        rounds(1)
        start = time.perf_counter()
        rounds(5)
        return 5 * 1024**3 / (time.perf_counter() - start)
