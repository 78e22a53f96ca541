"""Penalties in words: the prior that one stands for, and three of them side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regdesk.core.words.number_text import exact_text, number_text

if TYPE_CHECKING:
    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.core.types import TrainSettings
    from regdesk.core.weights.prior import WeightPrior

NO_MODEL = "Open a CSV file or a sample: three penalties are compared on its rows."
NETWORK = (
    "Exact solutions under three penalties are those of a linear model: empty “Hidden layers”. A network would have to "
    "be trained three times; Compare in the geometry does so."
)
NOT_READY = "The three penalties are compared as soon as their code is compiled, which the first launch does."
WAITING = "Solving under L1, L2 and the elastic net …"
TROUBLES = {
    "too large": "So many rows and inputs would take too long to be solved three times.",
    "no minimum": "Without a penalty these classes can be told apart, and no weights are best: raise λ.",
}
START = "prior exp(−nλR(W))"
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


def trouble_sentence(trouble: str) -> str:
    """Why there is nothing to compare."""
    return TROUBLES[trouble]


def comparison_sentence(found: SideBySide) -> str:
    """How many weights each penalty leaves at the λ in force."""
    n_alive = [int(one) for one in (found.weights != 0.0).sum(axis=0)]
    return (
        f"The same rows at λ {number_text(found.lam)}: of {len(found.weights)} weights L1 leaves {n_alive[0]}, "
        f"L2 {n_alive[1]}, the elastic net (L1 share {number_text(found.l1_ratio)}) {n_alive[2]}."
    )
