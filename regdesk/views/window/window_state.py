"""The JSON-able record of what is on screen, for scripts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.settings.configuration import Configuration


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _epoch(epoch: float) -> float | int:
    """Whole between epochs; a fraction says that a pass is under way."""
    return int(epoch) if epoch == int(epoch) else epoch


def window_state(
    file: str | None,
    configuration: Configuration,
    frame: Frame | None,
    is_running: bool,
    steps_per_second: float,
    frames_per_second: float,
    readouts: dict[str, str],
    status: str,
) -> dict[str, Any]:
    """What INTERFACE calls ``state()``; before there is a model counts are 0 and other numbers None.

    ``exact`` is true while the exact model is on screen in place of a paused one, whose epoch and digest stand here.
    Losses, penalty and objective are of ``losses_epoch``, which is before ``epoch`` where rows are very many.
    ``earlier`` is true while all of it is of an earlier moment of the run.
    """
    snapshot = None if frame is None else frame.snapshot
    measured = snapshot.measured if snapshot else None
    training = snapshot.settings if snapshot else configuration.training
    return {
        "file": file,
        "running": is_running,
        "epoch": _epoch(snapshot.epoch) if snapshot else 0,
        "lam": training.lam,
        "penalty": training.penalty,
        "l1_ratio": training.l1_ratio,
        "n_weights": snapshot.n_weights if snapshot else 0,
        "n_nonzero": snapshot.n_nonzero if snapshot else 0,
        "objective": _number(measured.objective) if measured else None,
        "data_loss": _number(measured.train_loss) if measured else None,
        "penalty_value": _number(measured.penalty_value) if measured else None,
        "train_loss": _number(measured.train_loss) if measured else None,
        "validation_loss": _number(measured.validation_loss) if measured else None,
        "weights_digest": snapshot.digest() if snapshot else None,
        "steps_per_second": _number(steps_per_second) if snapshot else None,
        "frames_per_second": _number(frames_per_second) if snapshot else None,
        "readouts": readouts,
        "status": status,
        "earlier": frame is not None and frame.now is not None,
        "exact": snapshot is not None and snapshot.is_exact,
        "losses_epoch": _epoch(measured.epoch) if measured else 0,
    }
