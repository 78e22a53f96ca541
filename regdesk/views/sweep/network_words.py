"""What a sweep says of networks alone, in words: how far it is, hysteresis, collapse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.core.words.time_left import time_left_text

if TYPE_CHECKING:
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.sweep.remaining_time import SweepProgress
    from regdesk.core.types import PenaltyKind

SEARCHING = "Looking for the λ from which on no start beats the model without inputs …"
UNTIL_FIRST, TOO_EARLY = "the first {unit} will tell how long", "too early to tell how long"
"""Why the time that is left is not known: nothing is done that could be timed, or too little."""
PHASES = ("a model at every λ", "better starts", "lower J")
"""What a network's sweep does, one after the other."""
IMPROVING = "looking for lower J, every λ has a model"
"""Of all but the first of them; in parts, so that where there is little room the line ends before the second one."""
COARSE_FROM_S = 30.0
WHOLE_TO_ZERO = (
    "Under L2 its weights reach 0 there, all at once: near 0 the layers leave each other no slope. "
    "A single weight of a linear model L2 never takes to 0."
)
"""Why counts of weights fall to 0 under a penalty that makes no zeros."""
ONE_MINIMUM = "One minimum at every λ: no hysteresis."
SEEN_SHARE = 0.01
"""Of J: what is less apart is called the same."""


def progress_text(progress: SweepProgress, penalty: PenaltyKind | None = None, *, is_linear: bool = False) -> str:
    """Such as "Sweeping L1: about 40 s left, step 1 of 3 (a model at every λ), 130 fits done.", from step 2 on with
    ``IMPROVING``; of a linear model "2 of 6 paths".

    Fits of a network have no goal that could be told: each may show that more are worth while.
    """
    if not progress.n_fits:
        return SEARCHING
    name = f" {PENALTY_NAMES[penalty]}" if penalty is not None else ""
    begun = [_left_words(progress, "path" if is_linear else "fit")]
    if progress.phase > 1:
        # That nobody can tell is the least of the news.
        begun.insert(0 if progress.left_s is None else 1, IMPROVING)
    done = f"{progress.n_done} of {progress.n_fits} paths" if is_linear else f"{progress.n_done:,} fits done"
    step = f", step {progress.phase} of {len(PHASES)} ({PHASES[progress.phase - 1]})" if progress.phase else ""
    return f"Sweeping{name}: {', '.join(begun)}{step}, {done}."


def _left_words(progress: SweepProgress, unit: str) -> str:
    if progress.left_s is not None:
        return left_text(progress.left_s)
    if progress.least_left_s is not None:
        return f"{left_text(progress.least_left_s)} or more"
    return TOO_EARLY if progress.n_done else UNTIL_FIRST.format(unit=unit)


def progress_unit(*, is_linear: bool) -> str:
    """What a ``SweepProgress`` counts."""
    return "paths" if is_linear else "fits"


def left_text(left_s: float) -> str:
    """In steps that get finer towards the end, so that it does not flicker."""
    return time_left_text(left_s, COARSE_FROM_S, has_hours=False)


def hysteresis_text(curve: SweepCurve) -> str:
    """How far the sweeps towards larger and smaller λ ended apart; empty where there were none."""
    if curve.network is None:
        return ONE_MINIMUM
    if not np.isfinite(curve.network.objective_up).any():
        return ""
    found = curve.network.hysteresis
    if found is None:
        return "Up and down cannot be compared: at no λ were both solved to the end."
    if found.share < SEEN_SHARE:
        return f"Up and down agree to {100 * max(found.share, 0.001):.1f} % of J."
    lam = number_text(curve.lambdas[found.number])
    return f"Up and down differ by up to {_percent(found.share)} of J at λ {lam}: where J ends depends on the start."


def hysteresis_at(curve: SweepCurve, number: int) -> str:
    """Of one point; empty where the two directions cannot be compared, or agree."""
    network = curve.network
    if network is None or not network.is_comparable[number]:
        return ""
    up, down = float(network.objective_up[number]), float(network.objective_down[number])
    low = min(up, down)
    if low <= 0 or abs(up - down) / low < SEEN_SHARE:
        return ""
    return f"J {number_text(up)} on the way up, {number_text(down)} on the way down"


def collapse_text(curve: SweepCurve) -> str:
    """From where on there is nothing to be had; empty where that is not known."""
    place = None if curve.network is None else curve.network.collapse
    if place is None:
        return ""
    words = f"From λ_collapse {number_text(curve.lambdas[place])} on nothing found beats the model without inputs."
    return f"{words} {WHOLE_TO_ZERO}" if goes_as_a_whole(curve, place) else words


def goes_as_a_whole(curve: SweepCurve, number: int) -> bool:
    """Whether all weights of a network are 0 at a point although the penalty, L2, sets none of them to 0 alone."""
    network = curve.network
    is_gone = network is not None and bool(network.is_collapsed[number]) and not curve.n_nonzero[number]
    # Asked of the kind: the λ in force, which may be 0, is none of a sweep's.
    return is_gone and curve.settings.penalty != "group-lasso" and curve.settings.effective_l1_ratio == 0.0


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.1f} %"
