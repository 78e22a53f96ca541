"""The prior that a penalty stands for, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import exact_text, number_text

if TYPE_CHECKING:
    from regdesk.core.types import TrainSettings
    from regdesk.core.weights.prior import WeightPrior

START = "prior exp(−nλR)"
NOISE_UNIT = " σ²"


def prior_text(
    settings: TrainSettings,
    priors: Sequence[WeightPrior | None],
    bars: Sequence[tuple[float, float]],
    is_noisy: bool,
    factors: Sequence[float] = (),
) -> str:
    """``priors`` of the layers; ``bars`` are each layer's half axis and width of a bar.

    ``is_noisy``: of a regression, whose prior is in units of the noise variance σ². ``factors`` are the penalty factors
    of the inputs, of which the first layer's prior depends; empty where all are 1.
    """
    if settings.effective_lam == 0:
        return "No prior: λ is 0." if settings.penalty != "none" else "No prior: there is no penalty."
    drawn = next((prior for prior in priors if prior is not None), None)
    first = _first_layer_note(factors)
    if drawn is None and first:
        return f"{START}: {first}: no curve."
    if drawn is None:
        return f"{START}: the group lasso's is on whole groups, not on single weights: no curve."
    unit = NOISE_UNIT if is_noisy else ""
    if drawn.is_laplace:
        shape = f"Laplace, scale {number_text(1.0 / drawn.l1_rate)}{unit}"
    elif drawn.is_gauss:
        shape = f"Gauss, variance {number_text(1.0 / drawn.l2_rate)}{unit}"
    else:
        shape = (
            f"Laplace, scale {number_text(1.0 / drawn.l1_rate)}{unit}, times Gauss, variance "
            f"{number_text(1.0 / drawn.l2_rate)}{unit}"
        )
    notes = [first] if first and len(priors) > 1 else []
    if drawn.is_of_groups:
        notes.append("only where a group is one weight")
    if is_noisy:
        notes.append("σ²: noise variance, drawn at 1")
    scale = drawn.scale
    if all(scale < 0.5 * width for _, width in bars):
        notes.append("narrower than a bar")
    elif all(scale > 2.0 * limit for limit, _ in bars):
        notes.append("wider than the axes")
    return f"{START}: {shape}" + (f" ({'; '.join(notes)})" if notes else "")


def _first_layer_note(factors: Sequence[float]) -> str:
    """What the penalty factors of the inputs make of the first layer's prior; empty where all are 1."""
    distinct = set(factors) or {1.0}
    if distinct == {1.0}:
        return ""
    if distinct == {0.0}:
        return "no input is penalised"
    if len(distinct) == 1:
        return f"of inputs, whose penalty factor is {exact_text(distinct.pop())}; other layers have that of factor 1"
    return "inputs have priors of their own, by their penalty factors"
