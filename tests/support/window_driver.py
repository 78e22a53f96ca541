"""A person in front of the window: finds controls by name, clicks, types, looks, and waits without sleeping."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QGraphicsView, QLineEdit, QPushButton, QSlider, QToolBar, QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from shiboken6 import isValid
from stillness import Stillness
from tables import write_classes, write_csv, write_curve, write_kinds, write_sparse, write_steep

from regdesk.core.geometry.view import GeometryView
from regdesk.core.run.frame import Frame
from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.session.controller import Controller
from regdesk.session.data_service import DataService
from regdesk.session.geometry_service import GeometryService
from regdesk.session.session import Session
from regdesk.session.sweep_service import SweepService
from regdesk.tasks.loading import Loaded
from regdesk.views.window.main_window import MainWindow

__all__ = [
    "WindowDriver",
    "write_classes",
    "write_csv",
    "write_curve",
    "write_kinds",
    "write_sparse",
    "write_steep",
]

PATIENCE_MS = 60_000
"""Longer than anything takes on a machine with other things to do; what is waited for longer will not come."""
LOOK_MS, LATER_MS, RAREST_LOOK_MS = 10, 5, 40
"""Between two looks of who waits, at first, more after each, and at most: to look at a state draws all panels."""


def _is_so(condition: Callable[[], bool]) -> bool:
    """False also where it asserts what is not so yet, as pytest-qt has it."""
    try:
        return condition()
    except AssertionError:
        return False


class WindowDriver:
    """One window; ``frame`` and ``geometry`` are the newest that it has been shown, None before there is one."""

    def __init__(self, window: MainWindow, controller: Controller, qtbot: Any) -> None:
        self.window, self.controller, self.qtbot = window, controller, qtbot
        self.frame: Frame | None = None
        self.n_frames = 0
        self._services: dict[type, QObject] = {}
        controller.frame_shown.connect(self._on_frame_shown)
        self.geometry: Any = None
        service = self.part(GeometryService)
        service.made.connect(self._on_geometry_made)
        service.refused.connect(lambda _sentence: self._on_geometry_made(None))

    def _on_frame_shown(self, frame: Frame) -> None:
        self.frame = frame
        self.n_frames += 1

    def _on_geometry_made(self, view: GeometryView | None) -> None:
        self.geometry = view

    @property
    def state(self) -> dict[str, Any]:
        return self.window.state()

    @property
    def snapshot(self) -> TrainSnapshot:
        assert self.frame is not None
        return self.frame.snapshot

    def wait(self, condition: Callable[[], bool], timeout_ms: int = PATIENCE_MS) -> None:
        end_s, pause_ms = time.monotonic() + timeout_ms / 1000, LOOK_MS
        while not _is_so(condition):
            if time.monotonic() > end_s:
                raise QtTimeoutError(f"not so after {timeout_ms} ms; the status is: {self.window.state()['status']}")
            self.qtbot.wait(pause_ms)
            pause_ms = min(pause_ms + LATER_MS, RAREST_LOOK_MS)

    def wait_state(self, timeout_ms: int = PATIENCE_MS, /, **wanted: Any) -> dict[str, Any]:
        """Until every named entry of ``state()`` is equal to, or fulfils, what is wanted."""

        def is_so() -> bool:
            state = self.state
            return all(want(state[key]) if callable(want) else state[key] == want for key, want in wanted.items())

        self.wait(is_so, timeout_ms)
        return self.state

    def wait_model(self) -> dict[str, Any]:
        """Until a model is on screen, at rest or running."""
        return self.wait_state(weights_digest=lambda digest: digest is not None)

    def wait_still(self) -> dict[str, Any]:
        """Until nothing is under way any more; for a model that is paused."""
        Stillness(self).wait()
        return self.state

    def child(self, name: str) -> Any:
        found = self.window.findChild(QObject, name)
        assert found is not None, f"the window has no {name}"
        return found

    def part(self, kind: type) -> Any:
        """The one object of that class that belongs to the window: a service, a worker, what is in a panel."""
        kept = self._services.get(kind)
        if kept is not None and isValid(kept):
            return kept
        (found,) = self.window.findChildren(kind)
        # There are thousands of others to ask; what is in a panel may be another by and by.
        if not isinstance(found, QWidget):
            self._services[kind] = found
        return found

    def leave_plots_unpainted(self) -> None:
        """For a story of very many states that is about what is in force: to paint them took a quarter of its time.

        ``paint_once`` paints one of them.
        """
        self._have_plots_painted(False)

    def paint_once(self) -> None:
        """All of the window, as it is now."""
        self._have_plots_painted(True)
        self.window.grab()
        self._have_plots_painted(False)

    def _have_plots_painted(self, are_painted: bool) -> None:
        for view in self.window.findChildren(QGraphicsView):
            view.setUpdatesEnabled(are_painted)

    @property
    def loaded(self) -> Loaded:
        """The table in force, and the way it is used."""
        found = self.part(DataService).now
        assert found is not None
        return found

    @property
    def session(self) -> Session:
        """What holds the configuration."""
        return self.part(Session)

    @property
    def sweep(self) -> SweepService:
        """What has been swept, and whether it still is what is in force."""
        found: SweepService = self.part(SweepService)
        return found

    def click_action(self, name: str) -> None:
        """A click on the action's button in the toolbar, once there is one that can be clicked."""
        action = self.child(name)
        self.wait(action.isEnabled)
        button = self.window.findChild(QToolBar).widgetForAction(action)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def trigger(self, name: str) -> None:
        """An action, once it can be done: one that waits for the engine would do nothing, and say nothing."""
        action = self.child(name)
        self.wait(action.isEnabled)
        action.trigger()

    def run(self) -> None:
        assert not self.state["running"]
        self.click_action("runAction")
        assert self.state["running"]

    def pause(self) -> dict[str, Any]:
        assert self.state["running"]
        self.click_action("runAction")
        assert not self.state["running"]
        return self.wait_still()

    def click(self, name: str) -> None:
        button: QPushButton = self.child(name)
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def enter(self, name: str, text: str) -> None:
        """Type over what stands in an edit, then Enter."""
        self.type_over(name, text)
        self.qtbot.keyClick(self.child(name), Qt.Key.Key_Return)

    def type_over(self, name: str, text: str) -> None:
        edit: QLineEdit = self.child(name)
        self.qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
        self.qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClick(edit, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(edit, text)

    def press(self, name: str, *keys: Qt.Key) -> None:
        widget: QWidget = self.child(name)
        for key in keys:
            self.qtbot.keyClick(widget, key)

    def choose(self, name: str, value: str) -> None:
        """Walk with the arrow keys to the entry with that text or datum; those between are chosen on the way."""
        box: QComboBox = self.child(name)
        index = max(box.findText(value), box.findData(value))
        assert index >= 0, f"{name} has no {value}"
        box.setFocus()
        while box.currentIndex() != index:
            before = box.currentIndex()
            self.qtbot.keyClick(box, Qt.Key.Key_Down if index > before else Qt.Key.Key_Up)
            assert box.currentIndex() != before, f"{name} cannot be moved"

    def go_flat_out(self) -> None:
        slider: QSlider = self.child("speedSlider")
        self.qtbot.keyClick(slider, Qt.Key.Key_End)
