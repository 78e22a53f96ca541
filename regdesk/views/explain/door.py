"""The window's side of the Explain dock: the action that opens it, how wide it opens, and what leads to its topics."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from regdesk.views.explain.dock import ExplainDock
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.views.docks.side_tabs import SideTabs
    from regdesk.views.plots.panel import Panel


class ExplainDoor(QObject):
    """Belongs to the window, whose dock it makes."""

    def __init__(self, window: QMainWindow, action: QAction, room_px: Callable[[], int]) -> None:
        """``action`` opens and closes it; ``room_px`` says how wide it may be."""
        super().__init__(window)
        self._window, self._room_px = window, room_px
        self.dock, self.action = ExplainDock(), action
        action.setCheckable(True)
        action.triggered.connect(self._on_triggered)
        self.dock.opened_or_closed.connect(self._on_opened_or_closed)
        self._panels: tuple[Panel, ...] = ()
        # It is shown as well where it comes to the front of a tab, or the window comes back; then it keeps its width.
        self._is_open = False
        # That of a dock that was open, and closed again.
        self._last_width_px = 0

    def put_in_place(self, panels: Sequence[Panel], side: SideTabs) -> None:
        """Where it opens; what asks for help in ``panels``, and clicks on them, lead to it."""
        side.add(self.dock)
        self.dock.hide()
        self._panels = tuple(panels)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        for panel in panels:
            panel.help_requested.connect(partial(self._explain_panel, panel))
            panel.link_clicked.connect(self.follow_link)
            panel.clicked_on.connect(partial(self.dock.note_panel, panel.objectName()))

    @property
    def width_px(self) -> int:
        """Of the dock; 0 where it is closed, or floats."""
        return self.dock.width() if self._is_open and not self.dock.isFloating() else 0

    def open(self, width_px: int = 0) -> None:
        """With this width, or as wide as it was last, or as usual."""
        self._last_width_px = width_px or self._last_width_px
        self.dock.open()

    @property
    def open_px(self) -> int | None:
        """Its width; 0 where it is closed, None where it floats and takes no room from the panels."""
        return None if self._is_open and self.dock.isFloating() else self.width_px

    def bring_back(self, open_px: int) -> None:
        """Have it docked and as wide as ``open_px`` has found it, or closed."""
        if open_px == 0:
            self.dock.close()
            return
        self.dock.setFloating(False)
        self.open(open_px)
        self._window.resizeDocks([self.dock], [open_px], Qt.Orientation.Horizontal)

    def follow_link(self, address: str) -> None:
        """Open the dock at the topic that a link leads to; any other address leads nowhere."""
        from regdesk.views.explain.links import topic_in

        topic = topic_in(address)
        if topic:
            self.dock.explain(topic)

    def _explain_panel(self, panel: Panel) -> None:
        self.dock.explain_panel(panel.objectName(), panel.windowTitle(), panel.help_text)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        panel = next((panel for panel in self._panels if now is not None and panel.isAncestorOf(now)), None)
        if panel is not None:
            self.dock.note_panel(panel.objectName())

    def _on_triggered(self, is_wanted: bool) -> None:
        if is_wanted:
            self.open()
        else:
            self.dock.close()

    def _on_opened_or_closed(self, is_open: bool) -> None:
        self.action.setChecked(is_open)
        was_open, self._is_open = self._is_open, is_open
        if not is_open:
            self._last_width_px = self.dock.width()
        elif not was_open and not self.dock.isFloating():
            wanted = self._last_width_px or scaled_px(self.dock.usual_width_px)
            # A very narrow window has no room at all, and Qt makes the dock as narrow as it can be.
            width_px = max(1, min(wanted, self._room_px()))
            self._window.resizeDocks([self.dock], [width_px], Qt.Orientation.Horizontal)
