"""Which topic speaks of what is on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.explain.objective import loss_kind
from regdesk.core.words.settings_text import PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot

WEIGHT_STEP = "weight-step"
"""The topic that shows the numbers of one weight."""
PENALTY_IN_FORCE = "penalty"
"""Stands for the topic of whichever penalty that is."""
OF_PANELS = {"geometryPanel": "corner", "lambdaPanel": "choosing", "pathPanel": "path"}
"""What a panel is about, whatever the model does."""
SEE_ALSO = {
    "dataFitPanel": ("overfitting", "underfitting"),
    "histogramPanel": ("proximal", "bayes"),
    "historyPanel": ("overfitting", "early-stopping"),
    "lambdaPanel": ("choosing", "overfitting", "luck"),
    "pathPanel": ("path", "freedom"),
    "geometryPanel": ("corner", "proximal"),
    "calculatorPanel": ("standardised", "biases"),
    "networkPanel": ("collapse", "group-lasso", "proximal"),
    "variablesPanel": ("twins", "standardised", "luck"),
}
"""Where to read on after the help of a panel."""


def topic_on_screen(frame: Frame | None, scene: RunScene | None, looked_at: str) -> str:
    """The name of the topic; ``looked_at`` is the object name of the panel that was clicked on last, ``WEIGHT_STEP``
    where that was a weight, and empty for nothing.

    A weight comes first, then what has happened to the model, what the panel is about, and the penalty.
    """
    if frame is None or scene is None:
        return "objective"
    if looked_at == WEIGHT_STEP:
        return WEIGHT_STEP
    snapshot = frame.snapshot
    if snapshot.has_diverged:
        return "diverged"
    if snapshot.measured.is_collapsed:
        return "collapse"
    if snapshot.n_too_small:
        return "underflow"
    if looked_at in OF_PANELS:
        return OF_PANELS[looked_at]
    if looked_at in ("dataFitPanel", "historyPanel", "") and frame.verdict is not None:
        return frame.verdict.kind
    if looked_at == "historyPanel":
        return f"loss-{loss_kind(scene)}"
    return penalty_topic(snapshot)


def penalty_topic(snapshot: TrainSnapshot) -> str:
    """That of the penalty in force; λ = 0 is none."""
    return snapshot.settings.penalty if snapshot.settings.effective_lam > 0.0 else "none"


def other_penalty_note(page: str, snapshot: TrainSnapshot) -> str:
    """Where the topic ``page`` is on another penalty than the formula above it; else empty."""
    named, in_force = PENALTY_NAMES.get(page), snapshot.measured.settings.penalty
    if named is None or page in (in_force, penalty_topic(snapshot)):
        return ""
    if in_force == "none":
        return f"The formula has no penalty, for none is in force; below is {named}."
    return f"The formula has the penalty in force, {PENALTY_NAMES[in_force]}; below is {named}."
