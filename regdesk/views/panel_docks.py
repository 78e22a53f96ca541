"""The panels in docks: they can be closed, floated, put into tabs and laid out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QStyle,
    QTabWidget,
    QToolButton,
    QWidget,
)

from regdesk.views import icons, theme
from regdesk.views.keys import takes_space

if TYPE_CHECKING:
    from regdesk.views.panel import Panel

LAYOUT_VERSION = 4
"""Of a saved layout; one of another version is not restored."""
HIGH_PX, WIDE_PX = 620, 1000
"""Of the space for panels, from which four of them have room side by side and above each other."""


class _TitleBar(QWidget):
    """The title in bold and three buttons: help, float, close."""

    def __init__(self, dock: PanelDock) -> None:
        super().__init__(dock)
        self._title = QLabel(dock.windowTitle())
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        # A long title must not keep a panel wide.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
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
        self._title.setText(title)

    def apply_theme(self) -> None:
        for button, name in ((self.help, "question"), (self.float, "float"), (self.close_panel, "close")):
            button.setIcon(icons.icon(name))


class PanelDock(QDockWidget):
    """One panel under its title; its tab has the short name, which must be legible beside three others."""

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

    def event(self, event: QEvent) -> bool:
        # A floating dock is a window of its own: the main window does not hear of its keys.
        if takes_space(event, self.focusWidget()):
            event.accept()
            return True
        return super().event(event)

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
        if is_visible:
            self.panel.show_again()


class PanelDocks(QMainWindow):
    """The space right of the control column, filled with docks that can be nested."""

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
        # How high it will be is known when it is shown.
        self._is_laid_out = False
        # Nothing has been moved by hand: where panels are follows the size of the window.
        self._is_own = True
        self._is_laying_out = False
        for dock in self.docks:
            dock.dockLocationChanged.connect(self._on_arranged)
            dock.topLevelChanged.connect(self._on_arranged)
            dock.toggleViewAction().triggered.connect(self._on_arranged)
            dock.close_button.clicked.connect(self._on_arranged)
        self._lay_out(is_large=True)

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        self._lay_out(self._has_room)

    @property
    def _front(self) -> PanelDock | None:
        """The tab that can be seen, if it is one that neither layout puts in front by itself."""
        return next((dock for dock in self.docks[4:] if not dock.panel.visibleRegion().isEmpty()), None)

    @property
    def _has_room(self) -> bool:
        return self.height() >= HIGH_PX and self.width() >= WIDE_PX

    def _lay_out(self, is_large: bool) -> None:
        self._is_large, self._is_laying_out = is_large, True
        data_fit, histogram, history, loss_curve, weight_path, geometry = self.docks
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
            self.removeDockWidget(dock)
        area = Qt.DockWidgetArea.TopDockWidgetArea
        self.addDockWidget(area, data_fit)
        if is_large:
            self.splitDockWidget(data_fit, loss_curve, Qt.Orientation.Horizontal)
            self.splitDockWidget(data_fit, histogram, Qt.Orientation.Vertical)
            self.splitDockWidget(loss_curve, history, Qt.Orientation.Vertical)
        else:
            self.splitDockWidget(data_fit, history, Qt.Orientation.Vertical)
            self.splitDockWidget(data_fit, histogram, Qt.Orientation.Horizontal)
            self.tabifyDockWidget(histogram, loss_curve)
        self.tabifyDockWidget(loss_curve, weight_path)
        self.tabifyDockWidget(weight_path, geometry)
        for dock in self.docks:
            dock.show()
        (loss_curve if is_large else histogram).raise_()
        self.resizeDocks([data_fit, loss_curve if is_large else histogram], [600, 480], Qt.Orientation.Horizontal)
        self.resizeDocks([data_fit, histogram if is_large else history], [460, 330], Qt.Orientation.Vertical)
        if is_large:
            self.resizeDocks([loss_curve, history], [440, 350], Qt.Orientation.Vertical)
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

    def bring_up(self, panel: Panel) -> None:
        """Show a panel that may be closed or behind others."""
        for dock in self.docks:
            if dock.panel is panel:
                dock.show()
                dock.raise_()

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
        return self._is_laid_out

    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_laid_out:
            self._is_laid_out = True
            if not self._has_room:
                self.reset_layout()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible() and self._is_own and self._has_room != self._is_large:
            front = self._front
            self.reset_layout()
            if front is not None:
                front.raise_()

    def _on_arranged(self) -> None:
        if not self._is_laying_out:
            self._is_own = False


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
