"""Panels that are to be painted at once are painted in turn: all of them in one go hold the window for a tenth of a
second, in which it answers to nothing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget


class PaintTurns(QObject):
    """Keeps widgets from being painted and lets them go one by one; what is on the screen stays until then."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: list[QWidget] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timed_out)

    def begin(self, widgets: Iterable[QWidget]) -> None:
        """The first of those that can be seen is painted with the next paint, each other a turn of the loop later."""
        self.end()
        self._held = [one for one in widgets if one.isVisible() and not one.visibleRegion().isEmpty()][1:]
        for widget in self._held:
            widget.setUpdatesEnabled(False)
        if self._held:
            self._timer.start(0)

    def end(self) -> None:
        """All of them may be painted; safe to call twice."""
        self._timer.stop()
        held, self._held = self._held, []
        for widget in held:
            widget.setUpdatesEnabled(True)

    def _on_timed_out(self) -> None:
        self._held.pop(0).setUpdatesEnabled(True)
        if not self._held:
            self._timer.stop()
