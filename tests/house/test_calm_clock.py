"""In tests a window is drawn more rarely while its model trains, and as often as ever while it rests."""

from __future__ import annotations

from typing import Any

from calm_clock import CALM_MS, CalmClock
from PySide6.QtCore import QObject, Signal

from regdesk.session.controllers.frame_clock import FRAME_MS


class Model(QObject):
    running_changed = Signal(bool)
    is_running = True


def test_only_frames_of_a_model_that_trains_are_rare(qapp: Any) -> None:
    clock, owner, model = CalmClock(), QObject(), Model()
    other, frames = clock.ticks(5, owner), clock.ticks(FRAME_MS, owner)
    clock.listen(model)
    assert frames.interval() == CALM_MS > 2 * FRAME_MS
    model.running_changed.emit(False)
    assert frames.interval() == FRAME_MS
    model.running_changed.emit(True)
    assert (frames.interval(), other.interval()) == (CALM_MS, 5)
