"""Windows that are made and closed in one process, as in a notebook, leave nothing of themselves in Python."""

from __future__ import annotations

import atexit
import gc
import weakref
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from tables import write_curve

from regdesk.cli.arguments import parse_window_arguments
from regdesk.desktop.program import build

OURS = (
    "regdesk.views.",
    "regdesk.session.",
    "regdesk.workers.",
    "regdesk.desktop.",
    "pyqtgraph.graphicsItems.",
    "pyqtgraph.widgets.",
)
"""Rooms and libraries of what makes a window; values of the core may be kept by whoever computes with them."""


def life(qtbot: Any, file: Path) -> tuple[Callable[[], object], ...]:
    """Of one window, which trains and is closed; weak references to it and to its controller."""
    window, controller = build(parse_window_arguments(["--run", str(file)]))
    with qtbot.waitSignal(controller.frame_shown, timeout=60_000):
        pass
    for dock in window.docks.docks:
        window.docks.bring_up(dock.panel)
        QApplication.processEvents()
    window.close()
    controller.shut_down()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return weakref.ref(window), weakref.ref(controller)


def kinds() -> Counter[str]:
    """How many objects there are of each kind that a window is made of."""
    gc.collect()
    counted = (
        one for one in map(type, gc.get_objects()) if issubclass(one, QObject) or str(one.__module__).startswith(OURS)
    )
    return Counter(f"{one.__module__}.{one.__qualname__}" for one in counted)


def test_a_closed_window_is_gone(qtbot: Any, engine: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_exit: list[Any] = []
    monkeypatch.setattr(atexit, "register", at_exit.append)
    monkeypatch.setattr(atexit, "unregister", at_exit.remove)
    # A window would keep what it is made of from the collector.
    monkeypatch.setattr(gc, "freeze", lambda: None)
    file = write_curve(tmp_path / "curve.csv")
    after = []
    for _ in range(2):
        references = life(qtbot, file)
        after.append(kinds())
        assert [reference() for reference in references] == [None, None]
        # Libraries that the first one has loaded have theirs.
        assert not [one for one in at_exit if str(one.__module__).startswith(OURS)]
    assert after[1] - after[0] == Counter()
