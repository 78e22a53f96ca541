"""Pairs of runs and the line of a table that they make.

Runs alternate, each pair back to back, and are compared pair by pair, so that a busy machine slows both. Just before
each pair the machine's peaks are measured, and regdesk's time is set against the limit that they make.
"""

from __future__ import annotations

import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from speed_cases import Case, Goal, Problem, Run, run_engine
from speed_limit import Peaks, limit_seconds, measure_peaks, sgemm_rate
from speed_peers import Peer

from regdesk.core.types import FULL_BATCH

ENOUGH_OF_LIMIT = 0.30
"""The share of the limit that meets a gate whatever the ratio."""

COLUMNS = (
    "case", "peer", "steps", "regdesk µs/step", "peer µs/step", "ratio, median (range) of pairs", "loss regdesk",
    "loss peer", "largest difference of a loss", "share of the limit", "goals",
)  # fmt: skip
HEADER = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


@dataclass(frozen=True)
class Pair:
    own: Run
    other: Run
    peaks: Peaks


def measure(problem: Problem, peer: Peer, n_pairs: int) -> list[Pair]:
    """``n_pairs`` pairs on the case's rows, with another seed each."""
    n_threads = problem.case.n_threads
    run_engine(problem, 0)
    pairs = []
    for seed in range(n_pairs):
        peaks = measure_peaks(n_threads)
        # Whoever goes second finds warm caches: take turns.
        if seed % 2:
            own, other = run_engine(problem, seed), peer.run(seed)
        else:
            other, own = peer.run(seed), run_engine(problem, seed)
        pairs.append(Pair(own, other, peaks))
    return pairs


def verdict(ratio: float, share: float, goal: Goal) -> str:
    words = []
    if goal.gate is not None:
        met = "met" if ratio >= goal.gate else "MISSED"
        if ratio < goal.gate and share >= ENOUGH_OF_LIMIT:
            met = f"missed, but {ENOUGH_OF_LIMIT:.0%} of the limit suffices"
        words.append(f"gate {goal.gate:g}×: {met}")
    if goal.aim is not None:
        words.append(f"aim {goal.aim:g}×: {'met' if ratio >= goal.aim else 'missed'}")
    return "; ".join(words) or "none"


def line(case: Case, peer: Peer, pairs: Sequence[Pair], goal: Goal) -> str:
    """One line of the table under ``HEADER``."""
    ratios = sorted(pair.other.seconds / pair.own.seconds for pair in pairs)
    shares = [limit_seconds(case, pair.peaks) / pair.own.seconds for pair in pairs]
    ratio, share = statistics.median(ratios), statistics.median(shares)
    n_model_steps = case.n_steps * case.n_models
    own_us, other_us = (
        1e6 * statistics.median(getattr(pair, side).seconds for pair in pairs) / n_model_steps
        for side in ("own", "other")
    )
    # A peer may have trained some of the models only; the same ones of ours are compared.
    own_losses = np.array([pair.own.losses[list(pair.other.models)] for pair in pairs])
    other_losses = np.array([pair.other.losses for pair in pairs])
    difference = f"{np.max(np.abs(own_losses / other_losses - 1)):.1%}"
    if case.batch_size != FULL_BATCH:
        difference = "other batches"
    notes = [peer.form]
    if len(peer_models := pairs[0].other.models) < case.n_models:
        notes.append(f"{len(peer_models)} models timed, × {case.n_models / len(peer_models):g}")
    if peer.note:
        notes.append(peer.note)
    return (
        f"| {case.name} | {peer.name} ({'; '.join(notes)}) | {case.n_steps:,} | {own_us:.1f} | {other_us:.1f} "
        f"| **{ratio:.1f}×** ({ratios[0]:.1f} to {ratios[-1]:.1f}, {len(pairs)} pairs) "
        f"| {np.mean(np.median(own_losses, axis=0)):.4f} | {np.mean(np.median(other_losses, axis=0)):.4f} "
        f"| {difference} | {share:.0%} | {verdict(ratio, share, goal)} |"
    )


def left_out(case: Case, name: str, option: str) -> str:
    return f"| {case.name} | {name}: left out, {option} was not given {'| ' * (len(COLUMNS) - 2)}|"


def machine_line() -> str:
    """What the figures were measured with, for below the table."""
    rates = []
    for n_threads in (1, 2):
        peaks = measure_peaks(n_threads)
        rates.append(
            f"{n_threads} core{'s' * (n_threads > 1)} {2e-9 * peaks.multiply_adds:.0f} GFLOP/s of multiply-adds, "
            f"{1e-9 * peaks.tanhs:.1f} tanh/ns"
        )
    versions = f"Python {platform.python_version()}, numpy {np.__version__}, numba {numba.__version__}"
    return f"{versions}. Peaks: {'; '.join(rates)}; numpy's sgemm on 1 core {2e-9 * sgemm_rate():.0f} GFLOP/s."
