"""What stands beside the panels, such as Explain and a lesson, in one place: tabs above it, and one in front.

Below each other both were too low to be read: of 640 pixels Explain had 190.
"""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar, QTabWidget, QWidget

from regdesk.views.docks.tabbed_area import name_tabs

SIDES = Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea


class SideTabs(QObject):
    """Belongs to the window whose docks these are."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: list[QDockWidget] = []
        self._n_tab_bars = 0
        window.setTabPosition(SIDES, QTabWidget.TabPosition.North)

    def add(self, dock: QDockWidget) -> None:
        """Put ``dock`` on the right, in the place of the one that is there already."""
        area = Qt.DockWidgetArea.RightDockWidgetArea
        self._window.addDockWidget(area, dock)
        beside = [one for one in self._docks if self._window.dockWidgetArea(one) == area and not one.isFloating()]
        self._docks.append(dock)
        if beside:
            self._window.tabifyDockWidget(beside[-1], dock)

    def takes_room(self) -> bool:
        """Whether one of them is open beside the panels; one that floats takes nothing from them."""
        return any(not dock.isHidden() and not dock.isFloating() for dock in self._docks)

    def note_child(self, event: QChildEvent) -> None:
        """Something has become of a child of the window: of tabs that are ready it is said what they are."""
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QTabBar):
            self._n_tab_bars += 1
            name_tabs(child, f"sideTabs{self._n_tab_bars}", self.tr("Explain and lesson"))

    def hides(self, widget: QWidget | None) -> bool:
        """Whether ``widget`` is in a dock behind a tab, or is the tabs of one that is alone: both are out of sight."""
        if widget is None:
            return False
        part = next((one for one in self._docks if one is widget or one.isAncestorOf(widget)), None)
        if part is None and isinstance(widget, QTabBar) and widget.parentWidget() is self._window:
            return not self._window.rect().intersects(widget.geometry())
        return part is not None and not part.isFloating() and not self._window.rect().intersects(part.geometry())
