"""The prior that a penalty stands for, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.core.types import TrainSettings
    from regdesk.core.weights.prior import WeightPrior

START = "prior exp(−nλR)"
NOISE_UNIT = " σ²"


def prior_text(
    settings: TrainSettings, priors: Sequence[WeightPrior | None], bars: Sequence[tuple[float, float]], is_noisy: bool
) -> str:
    """``priors`` of the layers; ``bars`` are each layer's half axis and width of a bar.

    ``is_noisy``: of a regression, whose prior is in units of the noise variance σ².
    """
    if settings.effective_lam == 0:
        return "No prior: λ is 0." if settings.penalty != "none" else "No prior: there is no penalty."
    drawn = next((prior for prior in priors if prior is not None), None)
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
    notes = []
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
