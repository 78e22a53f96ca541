"""The window's side of the Explain dock: the action that opens it, and what in the window leads to its topics."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from regdesk.views.explain.dock import ExplainDock
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.views.docks.panel_docks import PanelDocks
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.centre import Centre
    from regdesk.views.window.window_parts import WindowParts


class ExplainDoor(QObject):
    """Belongs to the window. ``width_px`` is that of the open dock, as it was last."""

    def __init__(self, window: WindowParts) -> None:
        super().__init__(window)
        self._window = window
        self.dock = ExplainDock()
        self.action = window.commands.make(
            self.tr("Help"), "explain", self.tr("&Explain what is on screen"),
            self.tr("The objective with live numbers, and why the weights do what they do"), "F2", "explain",
        )  # fmt: skip
        self.action.setCheckable(True)
        self.action.triggered.connect(self._on_triggered)
        self.dock.opened_or_closed.connect(self._on_opened_or_closed)
        self._width_px = 0

    def connect_parts(self, docks: PanelDocks, centre: Centre) -> None:
        """When all is in the window: whatever has something to explain leads here."""
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()
        for dock in docks.docks:
            dock.panel.help_requested.connect(partial(self._explain_panel, dock.panel))
            dock.panel.clicked_on.connect(partial(self.dock.note_panel, dock.panel.objectName()))
        docks.tab_chosen.connect(self.dock.note_panel)
        centre.frame_said.connect(self.dock.show_frame)
        centre.objective_clicked.connect(partial(self.dock.explain, "objective"))

    @property
    def width_px(self) -> int:
        """0 where it is closed."""
        return self.dock.width() if self.action.isChecked() and not self.dock.isFloating() else 0

    def open(self, width_px: int = 0) -> None:
        """With this width, or as wide as is usual."""
        self._width_px = width_px or self._width_px
        self.dock.open()

    def _explain_panel(self, panel: Panel) -> None:
        self.dock.explain_panel(panel.objectName(), panel.windowTitle(), panel.help_text)

    def _on_triggered(self, is_wanted: bool) -> None:
        if is_wanted:
            self.open()
        else:
            self.dock.close()

    def _on_opened_or_closed(self, is_open: bool) -> None:
        self.action.setChecked(is_open)
        if is_open and not self.dock.isFloating():
            wanted = self._width_px or scaled_px(self.dock.usual_width_px)
            self._window.resizeDocks([self.dock], [wanted], Qt.Orientation.Horizontal)
        elif not is_open:
            self._width_px = self.dock.width()
