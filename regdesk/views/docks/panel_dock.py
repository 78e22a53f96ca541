"""One panel in its dock: the title, its buttons, and how it behaves where it floats as a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.kit import icons, spacing
from regdesk.views.kit.card_dock import CardDock, title_button
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.keys import opens_menu, takes_space
from regdesk.views.kit.text_size import heading_font, make_heading

if TYPE_CHECKING:
    from regdesk.views.plots.panel import Panel


class _TitleBar(QWidget):
    """The title in bold and three buttons: help, float, close; a fourth while a plot is zoomed."""

    def __init__(self, dock: PanelDock) -> None:
        super().__init__(dock)
        # A long title must not keep a panel wide.
        self._title = ElidedLabel()
        self._title.show_text(dock.windowTitle())
        make_heading(self._title)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing.USUAL_PX, spacing.SMALL_PX, spacing.SMALL_PX, spacing.TIGHT_PX)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(self._title, stretch=1)
        name = dock.panel.objectName()
        self.help = title_button(f"{name}Help", self.tr("What you see here"))
        self.float = title_button(f"{name}Float", self.tr("Float this panel, or dock it again"))
        self.close_panel = title_button(f"{name}Close", self.tr("Close this panel; the View menu brings it back"))
        tip = self.tr("The whole picture again; a double click in it does the same")
        self.whole = title_button(f"{name}Whole", tip)
        self.whole.setText(self.tr("Show all"))
        self.whole.setAutoRaise(False)
        self.whole.hide()
        for button in (self.whole, self.help, self.float, self.close_panel):
            layout.addWidget(button)

    def show_title(self, title: str, *shorter: str, is_heading: bool = True) -> None:
        self._title.show_text(title, *shorter)
        font = heading_font()
        font.setBold(is_heading)
        self._title.setFont(font)

    def apply_theme(self) -> None:
        for button, name in ((self.help, "question"), (self.float, "float"), (self.close_panel, "close")):
            button.setIcon(icons.icon(name))


class PanelDock(CardDock):
    """One panel under its title; its tab has the short name, which must be legible beside three others.

    Signals: ``was_closed()``, by its button, by its entry in the menu, or by the system where it floats; ``taken()``
    before a hand may move it by its title or has it float by its button, and ``let_go()`` when that is over.
    """

    was_closed = Signal()
    taken, let_go = Signal(), Signal()

    def __init__(self, panel: Panel, tab_name: str, *seen: str) -> None:
        """``seen``, fullest first, is what stands in place of the title while that is on a tab right above it."""
        super().__init__(tab_name)
        self.panel, self._seen = panel, seen
        self.setObjectName(panel.objectName().replace("Panel", "Dock"))
        self.setWidget(panel)
        self._bar = bar = _TitleBar(self)
        self.setTitleBarWidget(bar)
        panel.windowTitleChanged.connect(self._on_title_changed)
        self._on_title_changed(panel.windowTitle())
        bar.help.clicked.connect(panel.show_help)
        bar.whole.clicked.connect(panel.restore_axes)
        panel.zoom_changed.connect(bar.whole.setVisible)
        bar.float.clicked.connect(self._on_float_clicked)
        self.close_button = bar.close_panel
        self.close_button.clicked.connect(self.close)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self.is_in_front = True
        # Qt's own handler closes a panel that is asked for while it stands behind another.
        self.toggleViewAction().triggered.disconnect()
        self.toggleViewAction().triggered.connect(self._on_view_chosen)
        self._focus_ring = FocusRing(self)

    def apply_theme(self) -> None:
        self._bar.apply_theme()

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
        if event.type() == QEvent.Type.MouseButtonPress:
            self.taken.emit()
        is_done = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.let_go.emit()
        return is_done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Of a floating dock, which is a window of its own.
        if self.isFloating() and event.key() == Qt.Key.Key_Escape:
            self.panel.select_nothing()
        elif not (self.isFloating() and opens_menu(event, self.focusWidget())):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        has_moved = super().focusNextPrevChild(next)
        if has_moved and self.isFloating():
            self._focus_ring.show_around(self.focusWidget())
        return has_moved

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Of the panel, which leaves it to its dock, and of its title and the buttons there.
        menu = panel_menu(self.panel)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A tab comes or goes: it takes the height of a line from its dock.
        self._show_title()

    @property
    def _is_tabbed(self) -> bool:
        """Whether a tab with its name is above it."""
        area = self.parentWidget()
        if not isinstance(area, QMainWindow) or self.isFloating():
            return False
        return any(not one.isHidden() for one in area.tabifiedDockWidgets(self))

    def _show_title(self) -> None:
        # Which picture it is can be seen, and is under the pointer.
        title = self.panel.windowTitle()
        name, _, detail = title.partition(": ")
        if name == self.windowTitle() and self._is_tabbed:
            texts = (f"{detail[:1].upper()}{detail[1:]}",) if detail else self._seen or ("",)
            self._bar.show_title(*texts, is_heading=False)
        else:
            self._bar.show_title(title, name)

    def _on_title_changed(self, title: str) -> None:
        self._show_title()
        self.toggleViewAction().setText(title)

    def _on_view_chosen(self, is_checked: bool) -> None:
        if not is_checked and self.is_in_front:
            self.close()
            return
        self.show()
        self.raise_()
        self.toggleViewAction().setChecked(True)

    def _on_float_clicked(self) -> None:
        self.taken.emit()
        self.setFloating(not self.isFloating())
        if not self.isFloating():
            # Back among tabs it would stand behind another that was in front before.
            self.raise_()
        self.let_go.emit()

    def _on_visibility_changed(self, is_visible: bool) -> None:
        # A panel in a tab behind another counts as shown, so being raised is no event of its own.
        self.is_in_front = is_visible
        if is_visible:
            self.panel.show_again()
