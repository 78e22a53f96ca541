"""The panels in docks: they can be closed, floated, put into tabs and laid out anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from regdesk.views.docks.laid_out_docks import LaidOutDocks
from regdesk.views.docks.panel_dock import PanelDock

if TYPE_CHECKING:
    from regdesk.views.docks.remembered_layout import RememberedLayout
    from regdesk.views.plots.panel import Panel


def _tab_names() -> tuple[tuple[str, ...], ...]:
    """In the order of the panels; with each what one sees there, and shorter, where its tab has its whole title."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("PanelDocks", text)

    return (
        (tr("Data fit"), tr("The rows, and the model's answer to them"), tr("Rows and answer")),
        (tr("Weights"), tr("Every weight, layer by layer"), tr("Every weight")),
        (tr("History"), tr("The losses while it trains"), tr("The losses")),
        (tr("Loss"),),
        (tr("Path"),),
        (tr("Geometry"),),
        (tr("Calculator"), tr("What the model says to values of yours"), tr("Values of yours")),
        (tr("Network"), tr("Inputs, units, and the weights between them"), tr("Units and weights")),
        (tr("Variables"), tr("What each column counts for"), tr("Columns")),
    )


class PanelDocks(LaidOutDocks):
    """The space right of the control column, filled with docks that can be nested.

    Signals: ``tab_chosen(str)`` with the object name of the panel whose tab was clicked on; ``moved(object, str)`` when
    a hand has let go of a panel, with how all stood before, and in a few words what was done.
    """

    tab_chosen = Signal(str)
    moved = Signal(object, str)

    def __init__(self, *panels: Panel) -> None:
        """``panels`` in the order of their tabs' names."""
        super().__init__(PanelDock(panel, *names) for panel, names in zip(panels, _tab_names(), strict=True))
        self.setObjectName("panelDocks")
        self._held: RememberedLayout | None = None
        self._stood: tuple[object, ...] = ()
        for dock in self.docks:
            dock.taken.connect(self._on_taken)
            dock.let_go.connect(self._on_let_go)

    def put_in_front(self, names: Sequence[str]) -> None:
        """Of panels in one place those of these names; the first above all, and no narrower than what is beside it."""
        for dock in reversed(self.docks):
            if dock.panel.objectName() in names[1:]:
                dock.raise_()
        for dock in self.docks:
            if names and dock.panel.objectName() == names[0]:
                dock.raise_()
                self._widen(dock)

    def raise_panels(self, names: Sequence[str]) -> None:
        """Of panels in one place those of these names; every place is as large as before."""
        for dock in self.docks:
            if dock.panel.objectName() in names:
                dock.raise_()

    def _widen(self, dock: PanelDock) -> None:
        """Give ``dock`` half of the room that it shares with a wider one beside it."""
        if dock.isFloating() or dock.isHidden():
            return
        for one in self.docks:
            is_there = one.is_in_front and not one.isHidden() and not one.isFloating()
            is_beside = one.x() >= dock.x() + dock.width() or dock.x() >= one.x() + one.width()
            if one is not dock and is_there and is_beside and one.width() > dock.width():
                half_px = (one.width() + dock.width()) // 2
                self.resizeDocks([one, dock], [half_px, half_px], Qt.Orientation.Horizontal)
                return

    def stack(self) -> None:
        """Every panel in one place, in tabs; the first is on top."""
        self.end_lecture()
        self.leaving_places.emit(self.tr("panels as tabs"))
        first, *others = self.docks
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
        for dock in others:
            self.tabifyDockWidget(first, dock)
        first.raise_()
        self._say_closed()
        self.took_places.emit()

    def bring_up(self, panel: Panel) -> None:
        """Show a panel that may be closed or behind others."""
        self.end_lecture()
        for dock in self.docks:
            if dock.panel is panel:
                dock.show()
                dock.raise_()
                self._say_closed()

    def hides(self, widget: QWidget | None) -> bool:
        """Whether ``widget`` is in a panel behind a tab, or is the tabs of panels that are alone now: Qt puts them out
        of sight, but they count as shown, and Tab would get there.
        """
        if self.are_tabs_of_one(widget):
            return True
        return any(not dock.is_in_front and widget is not None and dock.isAncestorOf(widget) for dock in self.docks)

    def _on_tab_clicked(self, bar: QTabBar, number: int) -> None:
        panels = (dock.panel.objectName() for dock in self.docks if dock.windowTitle() == bar.tabText(number))
        self.tab_chosen.emit(next(panels, ""))

    def event(self, event: QEvent) -> bool:
        # Between panels the mouse is over what holds them: an edge is moved.
        if event.type() == QEvent.Type.MouseButtonPress:
            self._on_taken()
        is_done = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:
            held, self._held = self._held, None
            if held is not None and held.state != self.remembered().state:
                # Whoever has moved an edge wants it there in any room that there is.
                self._is_own = False
                self.moved.emit(held, self.tr("move an edge between panels"))
        return is_done

    def childEvent(self, event: QChildEvent) -> None:
        super().childEvent(event)
        bar = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(bar, QTabBar):
            bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self._on_taken()
            self._stood = self._together
        elif event.type() == QEvent.Type.MouseButtonRelease:
            # Qt lets go of a panel that is dragged by its tab when it has this event.
            QTimer.singleShot(0, self, self._on_tab_let_go)
        return super().eventFilter(watched, event)

    @property
    def _together(self) -> tuple[object, ...]:
        """Which panels float, and which stand in one place, in the order of their tabs; not which is in front."""
        return tuple((dock.isFloating(), tuple(self.tabifiedDockWidgets(dock))) for dock in self.docks)

    def _on_tab_let_go(self) -> None:
        if self._together == self._stood:
            self._held = None
        self._on_let_go()

    def _on_taken(self) -> None:
        # Of a lecture, whose panels stand where it has them, nothing is undone.
        self._held = self.remembered() if self._before is None else None

    def _on_let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self.moved.emit(held, self.tr("move a panel"))

    def apply_theme(self) -> None:
        for dock in self.docks:
            dock.apply_theme()
