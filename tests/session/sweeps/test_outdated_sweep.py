"""A sweep that is ended because something else is in force says so, and why, in place of that it was cancelled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from session_fakes import FakeSweeping, curve_at, loaded_from, write_small

from regdesk.compiling.engine_cache import NETWORKS, PATHS
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.controllers.sweep import SweepController
from regdesk.session.session import Session
from regdesk.session.sweep_service import SweepService

L1 = Configuration(architecture=Architecture(hidden=()), training=TrainSettings(penalty="l1"))
L2 = replace(L1, training=TrainSettings(penalty="l2"))
MIXED = replace(L1, training=TrainSettings(penalty="elastic-net", l1_ratio=0.5))


class Window(QObject):
    """What the controller asks of a window; ``said`` is what stood in its status line."""

    sweep_requested = Signal()
    weights_requested = Signal(float)
    lambda_followed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.loss_curve = self
        self.said: list[tuple[str, str]] = []
        for name in ("show_aside", "show_error", "show_status"):
            setattr(self, name, lambda words, name=name: self.said.append((name, words)))

    def show_sweep(self, view: Any) -> None:
        """Nothing is drawn here."""


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (L2, L1, "The sweep of L2 has ended: the penalty is another."),
        (
            MIXED,
            replace(MIXED, training=replace(MIXED.training, l1_ratio=0.9)),
            "The sweep of elastic net has ended: the L1 share is another.",
        ),
        (L1, replace(L1, architecture=Architecture(hidden=(4,))), "The sweep of L1 has ended: the layers are others."),
    ],
)
def test_a_sweep_that_other_settings_end_says_so_once(
    qapp: Any, tmp_path: Path, before: Configuration, after: Configuration, sentence: str
) -> None:
    window: Any = Window()
    thread, session = FakeSweeping(), Session(before)
    data: Any = SimpleNamespace(now=loaded_from(write_small(tmp_path)), opened=None, being_read=None)
    service = SweepService(thread, session, data)
    session.changed.connect(service.follow)
    services: Any = SimpleNamespace(sweeps=service, data=data)
    SweepController(window, session, services, session)
    service.set_ready(PATHS)
    service.set_ready(NETWORKS)
    window.sweep_requested.emit()
    thread.newest = 1, curve_at([1.0], 3)
    service.pull()
    window.said.clear()
    session.change("training.lam", 7.0)
    assert window.said == [], "the sweep holds for every λ"
    session.change_all({"architecture": after.architecture, "training": after.training})
    thread.ended.emit(1)
    assert window.said == [("show_aside", sentence)]
    # None is under way.
    session.change_all({"architecture": before.architecture, "training": before.training})
    assert len(window.said) == 1
    # The next one that somebody cancels ends as ever.
    window.sweep_requested.emit()
    service.cancel()
    assert [name for name, _ in window.said] == ["show_aside", "show_status", "show_error"]
    assert "cancelled" in window.said[-1][1]
    session.deleteLater()
