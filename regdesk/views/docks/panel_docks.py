"""The panels in docks: they can be closed, floated, put into tabs and laid out anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMainWindow, QStyle, QTabBar, QTabWidget, QWidget

from regdesk.views.docks.arrangement import Arrangement, arrange, fitting_arrangement
from regdesk.views.docks.panel_dock import PanelDock

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel

TAB_MARGIN_PX = 14
"""Of a tab, above and below its name."""
LAYOUT_VERSION = 6
"""Of a saved layout; one of another version is not restored."""


@dataclass(frozen=True)
class RememberedLayout:
    """``is_own``: nothing had been moved by hand; ``front`` is the tab that was in front of others, if any."""

    is_own: bool
    closed: tuple[str, ...]
    front: PanelDock | None
    state: QByteArray


class PanelDocks(QMainWindow):
    """The space right of the control column, filled with docks that can be nested.

    Signals: ``settings_chosen(object)`` with the values of settings by path: which panels are closed;
    ``tab_chosen(str)`` with the object name of the panel whose tab was clicked on.
    """

    settings_chosen = Signal(object)
    tab_chosen = Signal(str)

    def __init__(self, *panels: Panel) -> None:
        """``panels`` in the order in which ``arrange`` takes their docks."""
        super().__init__()
        self._n_tab_bars = 0
        self.setObjectName("panelDocks")
        # It is a part of a window, not one.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        names = (
            self.tr("Data fit"),
            self.tr("Weights"),
            self.tr("History"),
            self.tr("Loss"),
            self.tr("Path"),
            self.tr("Geometry"),
            self.tr("Calculator"),
            self.tr("Network"),
            self.tr("Variables"),
        )
        self.docks = tuple(PanelDock(panel, name) for panel, name in zip(panels, names, strict=True))
        for dock in self.docks:
            self.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
        # How much room there is is known when it is shown.
        self._is_laid_out = False
        self._room = QSize()
        # Nothing has been moved by hand: where panels are follows the room that there is.
        self._is_own = True
        self._is_laying_out = False
        for dock in self.docks:
            dock.dockLocationChanged.connect(self._on_arranged)
            dock.topLevelChanged.connect(self._on_arranged)
            dock.toggleViewAction().triggered.connect(self._on_opened_or_closed)
            dock.was_closed.connect(self._on_opened_or_closed)
        self._lay_out("four")

    def show_room(self, room: QSize) -> None:
        """How much room there is, which panels that were moved by hand may not be content with."""
        self._room = room
        if self.isVisible():
            self.fit_room()

    def fit_room(self) -> None:
        """Put panels behind tabs, or beside others, as the room and the size of the text have it."""
        if self._is_own and self._fitting != self._arrangement:
            front, closed = self._front, self.closed
            self._lay_out(self._fitting)
            self.show_closed(closed)
            if front is not None:
                front.raise_()

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        self._lay_out(self._fitting)
        self._say_closed()

    @property
    def closed(self) -> tuple[str, ...]:
        """Object names of the panels that are closed; one behind a tab is not."""
        return tuple(dock.panel.objectName() for dock in self.docks if dock.isHidden())

    def show_closed(self, names: tuple[str, ...]) -> None:
        """Close the panels of these names, and no other."""
        for dock in self.docks:
            is_closed = dock.panel.objectName() in names
            if is_closed != dock.isHidden():
                dock.setVisible(not is_closed)

    def _say_closed(self) -> None:
        self.settings_chosen.emit({"view.closed_panels": self.closed})

    def remembered(self) -> RememberedLayout:
        """How the panels stand, to be brought back in this window."""
        return RememberedLayout(self._is_own, self.closed, self._front, self.layout_state())

    def bring_back(self, layout: RememberedLayout) -> None:
        """The panels as they stood; where nobody had moved any, as the room has it now."""
        if layout.is_own:
            self._lay_out(self._fitting)
            self.show_closed(layout.closed)
            if layout.front is not None:
                layout.front.raise_()
            self._say_closed()
        else:
            self.restore_layout(layout.state)

    def put_in_front(self, names: Sequence[str]) -> None:
        """Of panels in one place those of these names, the first of them above all."""
        for dock in reversed(self.docks):
            if dock.panel.objectName() in names[1:]:
                dock.raise_()
        for dock in self.docks:
            if names and dock.panel.objectName() == names[0]:
                dock.raise_()

    def least_size(self) -> QSize:
        """Of the room in which one panel, with tabs above it, has its own."""
        sizes = [dock.minimumSizeHint() for dock in self.docks]
        tabs_px = self.fontMetrics().height() + TAB_MARGIN_PX
        return QSize(max(size.width() for size in sizes), max(size.height() for size in sizes) + tabs_px)

    @property
    def _front(self) -> PanelDock | None:
        """The tab that can be seen, if it is one that neither layout puts in front by itself."""
        return next((dock for dock in self.docks[4:] if not dock.panel.visibleRegion().isEmpty()), None)

    @property
    def _fitting(self) -> Arrangement:
        between_px = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
        return fitting_arrangement(self._room, self.least_size(), between_px)

    def _lay_out(self, arrangement: Arrangement) -> None:
        self._arrangement, self._is_laying_out = arrangement, True
        arrange(self, self.docks, arrangement)
        self._is_own, self._is_laying_out = True, False

    def stack(self) -> None:
        """Every panel in one place, in tabs; the first is on top."""
        first, *others = self.docks
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
        for dock in others:
            self.tabifyDockWidget(first, dock)
        first.raise_()
        self._say_closed()

    def bring_up(self, panel: Panel) -> None:
        """Show a panel that may be closed or behind others."""
        for dock in self.docks:
            if dock.panel is panel:
                dock.show()
                dock.raise_()
                self._say_closed()

    def hides(self, widget: QWidget | None) -> bool:
        """Whether ``widget`` is in a panel behind a tab, or is the tabs of panels that are alone now: Qt puts them out
        of sight, but they count as shown, and Tab would get there.
        """
        if isinstance(widget, QTabBar) and widget.parentWidget() is self:
            return not self.rect().intersects(widget.geometry())
        return any(not dock.is_in_front and widget is not None and dock.isAncestorOf(widget) for dock in self.docks)

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        bar = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(bar, QTabBar):
            self._n_tab_bars += 1
            bar.setObjectName(f"panelTabs{self._n_tab_bars}")
            bar.setAccessibleName(self.tr("Panels in one place"))
            # "L…" says nothing: without room for all tabs, there are buttons to get to the others.
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)
            bar.tabBarClicked.connect(partial(self._on_tab_clicked, bar))

    def _on_tab_clicked(self, bar: QTabBar, number: int) -> None:
        panels = (dock.panel.objectName() for dock in self.docks if dock.windowTitle() == bar.tabText(number))
        self.tab_chosen.emit(next(panels, ""))

    def apply_theme(self) -> None:
        for dock in self.docks:
            dock.apply_theme()

    def layout_state(self) -> QByteArray:
        """The layout, to be restored at another start."""
        return self.saveState(LAYOUT_VERSION)

    def restore_layout(self, state: QByteArray) -> bool:
        """Whether ``state`` could be restored."""
        self._is_laid_out = self.restoreState(state, LAYOUT_VERSION)
        self._is_own = self._is_own and not self._is_laid_out
        self._say_closed()
        return self._is_laid_out

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_laid_out:
            self._is_laid_out = True
            self.fit_room()
        super().showEvent(event)

    def _on_arranged(self) -> None:
        if not self._is_laying_out:
            self._is_own = False

    def _on_opened_or_closed(self) -> None:
        self._on_arranged()
        self._say_closed()
