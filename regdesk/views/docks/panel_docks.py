"""The panels in docks: they can be closed, floated, put into tabs and laid out anew."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QChildEvent, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QContextMenuEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMainWindow,
    QStyle,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from regdesk.views.kit import icons, theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.keys import opens_menu, takes_space
from regdesk.views.kit.text_size import text_scale

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel

TAB_MARGIN_PX = 14
"""Of a tab, above and below its name."""
LAYOUT_VERSION = 4
"""Of a saved layout; one of another version is not restored."""
AMPLE_PX, AMPLE_TEXT_PX = (410, 230), (75, 75)
"""Width and height of one of four panels: so much, and so much more for the text at its usual size."""
Arrangement = Literal["four", "three", "beside", "above", "one"]
"""How many panels are seen at once: two and two, two above one, two side by side or above each other, or one; others
are behind tabs."""


class _TitleBar(QWidget):
    """The title in bold and three buttons: help, float, close."""

    def __init__(self, dock: PanelDock) -> None:
        super().__init__(dock)
        # A long title must not keep a panel wide.
        self._title = ElidedLabel()
        self._title.show_text(dock.windowTitle())
        # Of a font that only says that it is bold, the size follows that of the application.
        font = QFont()
        font.setBold(True)
        self._title.setFont(font)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 4, 1)
        layout.setSpacing(2)
        layout.addWidget(self._title, stretch=1)
        name = dock.panel.objectName()
        self.help = _button(f"{name}Help", self.tr("What one sees here"))
        self.float = _button(f"{name}Float", self.tr("Float this panel, or dock it again"))
        self.close_panel = _button(f"{name}Close", self.tr("Close this panel; the View menu brings it back"))
        for button in (self.help, self.float, self.close_panel):
            layout.addWidget(button)

    def show_title(self, title: str) -> None:
        # Which picture it is can be seen, and is under the pointer.
        self._title.show_text(title, title.split(": ")[0])

    def apply_theme(self) -> None:
        for button, name in ((self.help, "question"), (self.float, "float"), (self.close_panel, "close")):
            button.setIcon(icons.icon(name))


class PanelDock(QDockWidget):
    """One panel under its title; its tab has the short name, which must be legible beside three others.

    Signal: ``was_closed()``, by its button, by its entry in the menu, or by the system where it floats.
    """

    was_closed = Signal()

    def __init__(self, panel: Panel, tab_name: str) -> None:
        super().__init__(tab_name)
        self.panel = panel
        self.setObjectName(panel.objectName().replace("Panel", "Dock"))
        self.setWidget(panel)
        self._bar = bar = _TitleBar(self)
        self.setTitleBarWidget(bar)
        panel.windowTitleChanged.connect(self._on_title_changed)
        self._on_title_changed(panel.windowTitle())
        bar.help.clicked.connect(panel.show_help)
        bar.float.clicked.connect(self._on_float_clicked)
        self.close_button = bar.close_panel
        self.close_button.clicked.connect(self.close)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.is_in_front = True
        self._focus_ring = FocusRing(self)

    def apply_theme(self) -> None:
        self._bar.apply_theme()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isFloating():
            # With a title bar of its own Qt leaves the frame out, and a white panel has no edge on a white window.
            painter = QPainter(self)
            width = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetFrameWidth, None, self)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colours().quiet_text))
            painter.drawRect(self.rect())
            painter.fillRect(self.rect().adjusted(width, width, -width, -width), self.palette().window())
            painter.end()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        # At once and not when the event has been: whoever hears of it sees it closed.
        self.hide()
        self.was_closed.emit()

    def event(self, event: QEvent) -> bool:
        # A floating dock is a window of its own: the main window does not hear of its keys.
        if takes_space(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Of a floating dock, which is a window of its own.
        if not (self.isFloating() and opens_menu(event, self.focusWidget())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        has_moved = super().focusNextPrevChild(next)
        if has_moved and self.isFloating():
            self._focus_ring.show_around(self.focusWidget())
        return has_moved

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Its title and the buttons there stand for the panel.
        self.panel.contextMenuEvent(event)

    def _on_title_changed(self, title: str) -> None:
        self._bar.show_title(title)
        self.toggleViewAction().setText(title)

    def _on_float_clicked(self) -> None:
        self.setFloating(not self.isFloating())
        if not self.isFloating():
            # Back among tabs it would stand behind another that was in front before.
            self.raise_()

    def _on_visibility_changed(self, is_visible: bool) -> None:
        # A panel in a tab behind another counts as shown, so being raised is no event of its own.
        self.is_in_front = is_visible
        if is_visible:
            self.panel.show_again()


class PanelDocks(QMainWindow):
    """The space right of the control column, filled with docks that can be nested.

    Signal: ``settings_chosen(object)`` with the values of settings by path: which panels are closed.
    """

    settings_chosen = Signal(object)

    def __init__(
        self,
        data_fit: Panel,
        histogram: Panel,
        history: Panel,
        loss_curve: Panel,
        weight_path: Panel,
        geometry: Panel,
    ) -> None:
        super().__init__()
        self._n_tab_bars = 0
        self.setObjectName("panelDocks")
        # It is a part of a window, not one.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        names = {
            data_fit: self.tr("Data fit"),
            histogram: self.tr("Weights"),
            history: self.tr("History"),
            loss_curve: self.tr("Loss"),
            weight_path: self.tr("Path"),
            geometry: self.tr("Geometry"),
        }
        self.docks = tuple(PanelDock(panel, name) for panel, name in names.items())
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
        """The arrangement with the most panels for which there is room."""
        width_px, height_px = self._room.width(), self._room.height()
        ample = [fixed + text_scale() * text for fixed, text in zip(AMPLE_PX, AMPLE_TEXT_PX, strict=True)]
        least = self.least_size()
        between_px = self.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
        if width_px >= 2.0 * ample[0] + between_px and height_px >= 2.0 * ample[1] + between_px:
            return "four"
        is_wide = width_px >= 2 * least.width() + between_px
        is_high = height_px >= 2 * least.height() + between_px
        if is_wide:
            return "three" if is_high else "beside"
        return "above" if is_high else "one"

    def _lay_out(self, arrangement: Arrangement) -> None:
        self._arrangement, self._is_laying_out = arrangement, True
        data_fit, histogram, history, loss_curve, weight_path, geometry = self.docks
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
            self.removeDockWidget(dock)
        area = Qt.DockWidgetArea.TopDockWidgetArea
        self.addDockWidget(area, data_fit)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        if arrangement == "four":
            self.splitDockWidget(data_fit, loss_curve, across)
            self.splitDockWidget(data_fit, histogram, down)
            self.splitDockWidget(loss_curve, history, down)
            in_tabs = [[loss_curve, weight_path, geometry]]
        elif arrangement == "three":
            self.splitDockWidget(data_fit, history, down)
            self.splitDockWidget(data_fit, histogram, across)
            in_tabs = [[histogram, loss_curve, weight_path, geometry]]
        elif arrangement == "beside":
            self.splitDockWidget(data_fit, histogram, across)
            in_tabs = [[data_fit, history], [histogram, loss_curve, weight_path, geometry]]
        elif arrangement == "above":
            self.splitDockWidget(data_fit, history, down)
            in_tabs = [[data_fit, histogram, loss_curve, weight_path, geometry]]
        else:
            in_tabs = [[data_fit, histogram, history, loss_curve, weight_path, geometry]]
        for group in in_tabs:
            for before, after in pairwise(group):
                self.tabifyDockWidget(before, after)
        for dock in self.docks:
            dock.show()
        for group in in_tabs:
            group[0].raise_()
        if arrangement == "four":
            self.resizeDocks([data_fit, loss_curve], [600, 480], across)
            self.resizeDocks([data_fit, histogram], [460, 330], down)
            self.resizeDocks([loss_curve, history], [440, 350], down)
        else:
            self.resizeDocks([data_fit, histogram], [500, 500], across)
            self.resizeDocks([data_fit, history], [460, 330], down)
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


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
