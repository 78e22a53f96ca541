"""A place for docks that can be nested and put into tabs, each row of tabs with a name."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QChildEvent, QEvent, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget


class TabbedArea(QMainWindow):
    """A part of a window; its tabs are above the docks, and have their whole names."""

    def __init__(self) -> None:
        super().__init__()
        self._n_tab_bars = 0
        # It is a part of a window, not one.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)

    def are_tabs_of_one(self, widget: QWidget | None) -> bool:
        """Whether ``widget`` is the tabs of panels that are alone now: Qt puts them out of sight."""
        is_bar = isinstance(widget, QTabBar) and widget.parentWidget() is self
        return is_bar and widget is not None and not self.rect().intersects(widget.geometry())

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        bar = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(bar, QTabBar):
            self._n_tab_bars += 1
            name_tabs(bar, f"panelTabs{self._n_tab_bars}", self.tr("Panels in one place"))
            bar.tabBarClicked.connect(partial(self._on_tab_clicked, bar))

    def _on_tab_clicked(self, bar: QTabBar, number: int) -> None:
        """Told by ``number`` which tab of ``bar`` was clicked on."""


def name_tabs(bar: QTabBar, object_name: str, name: str) -> None:
    """Of tabs that Qt has made above docks."""
    bar.setObjectName(object_name)
    bar.setAccessibleName(name)
    # "L…" says nothing: without room for all tabs, there are buttons to get to the others.
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    bar.setUsesScrollButtons(True)
    # What is below has an edge of its own.
    bar.setDrawBase(False)
