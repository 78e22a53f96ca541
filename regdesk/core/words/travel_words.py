"""What is said of an earlier moment of a run, and of a course that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.words.number_text import epoch_text, number_text
from regdesk.core.words.settings_text import PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import TrainSettings


RETURNED = "Returned to a branch; the course that was left is one by now (Train, Earlier moments, Branches)."


def gone_on_sentence(epoch: float) -> str:
    """Somebody goes on from an earlier moment."""
    return (
        f"The model is that of epoch {epoch_text(epoch)} again. What came after it is kept as a branch "
        "(Train, Earlier moments, Branches)."
    )


def earlier_sentence(snapshot: TrainSnapshot, now: TrainSnapshot) -> str:
    """Which moment the window shows, and that nothing has happened to the model."""
    pressure = pressure_text(snapshot.settings)
    return (
        f"An earlier moment: epoch {epoch_text(snapshot.epoch)} of {epoch_text(now.epoch)}, {pressure}. "
        "The model itself is untouched and rests at the last one."
    )


def branch_sentence(left: TrainSnapshot, epoch: float) -> str:
    """A course that ended with ``left`` and was left at ``epoch``, for a list of them."""
    return (
        f"Epoch {epoch_text(left.epoch)}, {pressure_text(left.settings)}, training loss "
        f"{number_text(left.train_loss)} (left at epoch {epoch_text(epoch)})"
    )


def pressure_text(settings: TrainSettings) -> str:
    """Penalty and λ in a few words."""
    if settings.penalty == "none":
        return "without a penalty"
    return f"{PENALTY_NAMES[settings.penalty]} with λ {number_text(settings.effective_lam)}"
