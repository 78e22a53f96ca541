"""A list whose last entry lets a person type what is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox

from regdesk.core.settings.setting_kinds import OutOfReach
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import CalmComboBox

if TYPE_CHECKING:
    from regdesk.core.settings.setting_kinds import Kind

_TYPING = object()
"""The datum of the entry by which typing begins."""


class TypedBox(CalmComboBox):
    """Signals: ``chosen()`` when another value stands in it; ``refused(str)`` with why what was typed cannot be.

    Enter ends typing, Esc gives it up; the dialog around sees neither.
    """

    chosen = Signal()
    refused = Signal(str)

    def __init__(self, label: str, kind: Kind, words: Mapping[str, str]) -> None:
        """``kind`` is what can be typed, besides ``words`` that stand for something."""
        super().__init__()
        self._label, self._kind, self._words = label, replace(kind, is_optional=False), words
        self._before = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.currentIndexChanged.connect(self._on_index_changed)

    def offer_typing(self) -> None:
        """The last entry: all others are there."""
        with QSignalBlocker(self):
            self.setEditable(False)
            self.addItem(self.tr("other …"), _TYPING)
        self._before = self.currentIndex()

    @property
    def value(self) -> str | None:
        """What stands in it; while somebody types, what stood there before."""
        found: str | None = self.itemData(self._before)
        return found

    def _on_index_changed(self, index: int) -> None:
        if self.itemData(index) is not _TYPING:
            self._before = index
            self.chosen.emit()
            return
        with QSignalBlocker(self):
            self.setEditable(True)
            # It would change the letters that are typed. Qt takes None, which its stubs leave out.
            self.setCompleter(None)  # type: ignore[arg-type]
            edit = self.lineEdit()
            assert edit is not None
            edit.setObjectName(f"{self.objectName()}Edit")
            edit.setAccessibleName(self._label)
            edit.setPlaceholderText(self.tr("type it, then Enter"))
            edit.clear()
            # The list that is being left takes the focus along.
            QTimer.singleShot(0, self, lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))

    def event(self, event: QEvent) -> bool:
        # Esc would leave the dialog where it is a shortcut.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._ends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        edit = self.lineEdit()
        if edit is None or not self._ends(event):
            super().keyPressEvent(event)
            return
        self._end(edit.text() if event.key() != Qt.Key.Key_Escape else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Another window, or a menu, may come and go.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            QTimer.singleShot(0, self, self._on_left)

    def _ends(self, event: QKeyEvent) -> bool:
        """Whether it is a key that ends typing, while somebody types."""
        return self.isEditable() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)

    def _on_left(self) -> None:
        edit = self.lineEdit()
        if edit is not None and not self.hasFocus():
            self._end(edit.text())

    def _end(self, text: str) -> None:
        """Take ``text`` for the value, or what was chosen before where it is empty or cannot be."""
        value = self._value_of(text) if text else None
        with QSignalBlocker(self):
            self.setEditable(False)
            if value is None:
                self.setCurrentIndex(self._before)
                return
            place = self.findData(value)
            if place < 0:
                place = self.count() - 1
                self.insertItem(place, safe_line(value), value)
            self.setCurrentIndex(place)
        if place != self._before:
            self._before = place
            self.chosen.emit()

    def _value_of(self, text: str) -> str | None:
        value = self._words.get(text.casefold(), text)
        try:
            found: str = self._kind.check(value)
        except OutOfReach as problem:
            self.refused.emit(f"{self._label}: it {self._kind.refusal_of(value, problem)}.")
            return None
        return found
