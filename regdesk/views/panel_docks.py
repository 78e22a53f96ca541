"""The panels in docks: they can be closed, floated, put into tabs and laid out anew."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QSizePolicy, QStyle, QToolButton, QWidget

from regdesk.views.panel import Panel

LAYOUT_VERSION = 1
"""Of a saved layout; one of another version is not restored."""


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
        self.help.setText("?")
        self.float = _button(f"{name}Float", self.tr("Float this panel, or dock it again"))
        self.close_panel = _button(f"{name}Close", self.tr("Close this panel; the View menu brings it back"))
        style = self.style()
        self.float.setIcon(style.standardIcon(QStyle.StandardPixmap.SP_TitleBarNormalButton))
        self.close_panel.setIcon(style.standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        for button in (self.help, self.float, self.close_panel):
            layout.addWidget(button)
        dock.windowTitleChanged.connect(self._title.setText)


class PanelDock(QDockWidget):
    """One panel; its title is the panel's."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel.windowTitle())
        self.panel = panel
        self.setObjectName(panel.objectName().replace("Panel", "Dock"))
        self.setWidget(panel)
        bar = _TitleBar(self)
        self.setTitleBarWidget(bar)
        panel.windowTitleChanged.connect(self.setWindowTitle)
        bar.help.clicked.connect(panel.show_help)
        bar.float.clicked.connect(self._on_float_clicked)
        bar.close_panel.clicked.connect(self.close)

    def _on_float_clicked(self) -> None:
        self.setFloating(not self.isFloating())


class PanelDocks(QMainWindow):
    """The space right of the control column, filled with docks that can be nested."""

    def __init__(self, data_fit: Panel, histogram: Panel, history: Panel) -> None:
        super().__init__()
        self.setObjectName("panelDocks")
        # It is a part of a window, not one.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.docks = tuple(PanelDock(panel) for panel in (data_fit, histogram, history))
        for dock in self.docks:
            self.addDockWidget(Qt.DockWidgetArea.TopDockWidgetArea, dock)
        self.reset_layout()

    def reset_layout(self) -> None:
        """Every panel where it was at first."""
        data_fit, histogram, history = self.docks
        for dock in self.docks:
            dock.setFloating(False)
            dock.show()
            self.removeDockWidget(dock)
        area = Qt.DockWidgetArea.TopDockWidgetArea
        self.addDockWidget(area, data_fit)
        self.splitDockWidget(data_fit, history, Qt.Orientation.Vertical)
        self.splitDockWidget(data_fit, histogram, Qt.Orientation.Horizontal)
        for dock in self.docks:
            dock.show()
        self.resizeDocks([data_fit, histogram], [600, 480], Qt.Orientation.Horizontal)
        self.resizeDocks([data_fit, history], [500, 300], Qt.Orientation.Vertical)

    def layout_state(self) -> QByteArray:
        """The layout, to be restored at another start."""
        return self.saveState(LAYOUT_VERSION)

    def restore_layout(self, state: QByteArray) -> bool:
        """Whether ``state`` could be restored."""
        return self.restoreState(state, LAYOUT_VERSION)


def _button(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setAccessibleName(tip)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    return button
