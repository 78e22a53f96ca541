"""A window that the keyboard gets around in: Tab shows where it is, Space and the menu key do what they say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWhatsThisClickedEvent
from PySide6.QtWidgets import QWhatsThis, QWidget

from regdesk.views.kit.focus_ring import FocusRing
from regdesk.views.kit.keys import opens_menu, takes_space
from regdesk.views.window.drop_target import DropTarget


class KeyedWindow(DropTarget):
    """Subclasses call ``take_keys`` when all is in them.

    Signals: ``escaped()``, Escape where nothing else answers to it; ``help_link_clicked(str)``, the address of a link
    in the bubble that says what something is.
    """

    escaped = Signal()
    help_link_clicked = Signal(str)

    def take_keys(self, hides: Callable[[QWidget | None], bool]) -> None:
        """From now on; Tab passes over a widget that ``hides`` says is out of sight, though it counts as shown."""
        self._hides = hides
        self._focus_ring = FocusRing(self)

    def event(self, event: QEvent) -> bool:
        if takes_space(event, self.focusWidget()):
            event.accept()
            return True
        if isinstance(event, QWhatsThisClickedEvent):
            QWhatsThis.hideText()
            self.help_link_clicked.emit(event.href())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.escaped.emit()
        elif not opens_menu(event, self.focusWidget()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        first = None
        while super().focusNextPrevChild(next):
            reached = self.focusWidget()
            if reached is first:
                break
            first = first or reached
            if not self._hides(reached):
                self._focus_ring.show_around(reached)
                return True
        return False
