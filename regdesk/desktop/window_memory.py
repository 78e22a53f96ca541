"""Where window and panels were: put there again at a start, unless that may be what kept the last one from it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from regdesk.desktop.preferences import Preferences, WindowPlace
from regdesk.desktop.screens import place_on_screens

if TYPE_CHECKING:
    from regdesk.desktop.start_marker import StartMarker
    from regdesk.views.window.main_window import MainWindow

TITLE_BAR_PX = 40
_log = logging.getLogger("regdesk.settings")


class WindowMemory(QObject):
    """Belongs to the window."""

    def __init__(self, window: MainWindow, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._marker: StartMarker | None = None
        self._has_restored = False
        # What was put in force at the start, and how Qt wrote the same when the window had come up.
        self._restored_place: WindowPlace | None = None
        self._restored_layout: bytes | None = None
        self._explain_width_px = 0

    def restore(self) -> str:
        """Put window and docks where they were; call before the window is shown. Returns a sentence to say, or "".

        Where the start before this one did not come up, nothing is put anywhere: what it had kept may be the reason.
        """
        self._window.docks.installEventFilter(self)
        self._marker = marker = self._preferences.start_marker()
        if marker is not None and marker.set():
            _log.info("The last start did not come up: nothing is restored.")
            self._restore_place(None)
            return self.tr("The last start did not come up: window and panels are where they stood at first.")
        self._restored_place = self._preferences.place
        _log.info("The window was last at %s.", self._restored_place)
        self._restore_place(self._restored_place)
        self._explain_width_px = self._preferences.explain_width_px
        layout = self._preferences.layout
        if layout is not None:
            self._has_restored = self._window.docks.restore_layout(QByteArray(layout), self._preferences.arrangement)
            if not self._has_restored:
                self._window.docks.reset_layout()
        if self._preferences.is_layout_damaged:
            _log.info("The layout that was kept is damaged.")
            return self.tr("The layout that was kept is damaged: the panels are where they stood at first.")
        return ""

    def keep(self) -> None:
        """The window closes. What has not been moved is not written: another window's choice is the newer one then."""
        self._remove_marker()
        place, layout = self._place(), self._layout()
        if place != self._restored_place:
            self._preferences.place = place
        if layout != self._restored_layout:
            self._preferences.layout = layout
        arrangement = self._window.docks.own_arrangement
        if arrangement != self._preferences.arrangement:
            self._preferences.arrangement = arrangement
        if self._window.explain.width_px != self._preferences.explain_width_px:
            self._preferences.explain_width_px = self._window.explain.width_px
        self._preferences.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # When it has been painted.
            QTimer.singleShot(0, self, self._on_came_up)
        return False

    def _on_came_up(self) -> None:
        self._remove_marker()
        if self._explain_width_px:
            self._window.explain.open(self._explain_width_px)
        if self._has_restored:
            self._restored_layout = self._layout()

    def _remove_marker(self) -> None:
        if self._marker is not None:
            self._marker.remove()

    def _restore_place(self, place: WindowPlace | None) -> None:
        window = self._window
        wanted = place.rectangle if place else QRect(window.pos(), window.size())
        # The offscreen platform has no screen to fit on, but says 800×800.
        if QGuiApplication.platformName() != "offscreen":
            screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
            if place is None:
                wanted.moveTopLeft(QGuiApplication.primaryScreen().availableGeometry().topLeft())
            wanted = place_on_screens(wanted, screens, TITLE_BAR_PX)
        window.resize(wanted.size())
        if place is not None:
            window.move(wanted.topLeft())
            if place.is_maximised:
                window.setWindowState(Qt.WindowState.WindowMaximized)

    def _place(self) -> WindowPlace:
        window = self._window
        is_spread = window.isMaximized() or window.isFullScreen()
        rectangle = window.normalGeometry() if is_spread else QRect(window.pos(), window.size())
        return WindowPlace(rectangle, window.isMaximized())

    def _layout(self) -> bytes:
        return bytes(self._window.docks.layout_state().data())
