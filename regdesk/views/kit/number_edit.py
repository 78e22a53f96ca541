"""A box for a number within bounds: takes effect on Enter, says what is wrong, never loses what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from regdesk.core.settings.entries import OutOfBounds, layer_units, number_within, rows_of_batch
from regdesk.core.settings.setting import Setting
from regdesk.core.settings.setting_kinds import Number, Several, Whole
from regdesk.core.settings.settings_table import setting_at
from regdesk.views.kit import theme
from regdesk.views.kit.plain_text import tool_tip


class ValueEdit(QLineEdit):
    """Signals: ``value_entered(object)`` on Enter with a good value, ``refused(str)`` with a sentence.

    ``parse`` turns text into a value or raises ValueError with a sentence for the user. ``write`` gives the whole of a
    value, ``glance`` what is shown of one that was not typed here while the keyboard is elsewhere.
    """

    value_entered = Signal(object)
    refused = Signal(str)

    def __init__(
        self, parse: Callable[[str], Any], write: Callable[[Any], str], glance: Callable[[Any], str] | None = None
    ) -> None:
        super().__init__()
        self._parse, self._write, self._glance = parse, write, glance or write
        self._value: Any = None
        self._is_typed = False
        self._is_refused = False
        self.returnPressed.connect(self._on_return_pressed)
        self.textEdited.connect(self._on_text_edited)

    def show_value(self, value: Any) -> None:
        """Show a value without a word; what is being typed is left alone unless the value is new."""
        is_same = value == self._value
        is_being_typed = self.isModified() and self.hasFocus() and not self._is_refused
        # What stands here already is not written anew: of a change of λ it cost a tenth.
        if is_same and (is_being_typed or not self.isModified()):
            return
        self._is_typed &= is_same
        self._value = value
        self._restore()

    def drop_typing(self) -> None:
        """The value in force has been set from elsewhere: whatever stands here and is not it goes."""
        if self.isModified():
            self._restore()

    def event(self, event: QEvent) -> bool:
        """As Qt does, but for the keys of undo: where nothing has been typed they are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            is_undo = event.matches(keys.Undo) and not self.isUndoAvailable()
            if is_undo or (event.matches(keys.Redo) and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.isModified():
            self.setText(self._shown)
            # Where a number has no room its first digits say most.
            self.setCursorPosition(0)
        super().focusInEvent(event)
        if self.selectedText() == self.text():
            # Chosen with Tab it is marked as a whole, from its end: the cursor is what is scrolled to.
            self.end(False)
            self.home(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Another window or a menu gives the keyboard back. Left for good without Enter, the box shows what is in force,
        # also after a refusal, of which ``editingFinished`` would not tell.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self._restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._restore()
            return
        super().keyPressEvent(event)

    def _restore(self) -> None:
        self.setModified(False)
        self._is_refused = False
        self.setText(self._shown)
        if not self.hasFocus():
            self.setCursorPosition(0)
        self._mark(None)

    @property
    def _shown(self) -> str:
        """The text of the value in force; nothing before there is one."""
        if self._value is None:
            return ""
        is_whole = self._is_typed or self.hasFocus()
        return self._write(self._value) if is_whole else self._glance(self._value)

    def _on_return_pressed(self) -> None:
        if self.text() == self._shown:
            self._restore()
            return
        try:
            value = self._parse(self.text().strip())
        except ValueError as error:
            self._is_refused = True
            self._mark(str(error))
            self.refused.emit(str(error))
            return
        self._value, self._is_typed = value, True
        self._restore()
        self.value_entered.emit(value)

    def _on_text_edited(self, text: str) -> None:
        self._is_refused = False
        try:
            self._parse(text.strip())
        except ValueError as error:
            self._mark(str(error))
        else:
            self._mark(None)

    def _mark(self, problem: str | None) -> None:
        self.setStyleSheet(f"QLineEdit {{ border: 1px solid {theme.colours().error}; }}" if problem else "")
        tip = self.accessibleDescription()
        self.setToolTip(tool_tip(problem or (f"{tip} Takes effect on Enter." if tip else "Takes effect on Enter.")))


def entry_parser(path: str) -> Callable[[str], Any]:
    """What makes a value of the setting at ``path`` from text within its bounds, or raises ValueError with a sentence.

    For numbers, for units of layers and for a number of rows.
    """
    setting = setting_at(path)
    kind = setting.kind
    if isinstance(kind, Number):
        return parse_number(kind.least, kind.most, setting.label)
    if isinstance(kind, Several):
        return partial(_layers_of, setting, kind)
    assert isinstance(kind, Whole), path
    return partial(_rows_of, setting, kind)


def parse_number(low: float, high: float, name: str) -> Callable[[str], float]:
    """A parser of numbers from ``low`` to ``high``; decimal comma allowed."""

    def parse(text: str) -> float:
        if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
            raise ValueError(f"{name}: “{text}” may mean two numbers; write it without the comma.")
        try:
            return number_within(text.replace(",", ".").replace("\u202f", "").replace(" ", ""), low, high)
        except OutOfBounds:
            raise ValueError(f"{name} must lie between {low:g} and {high:g}; {text} does not.") from None
        except ValueError:
            raise ValueError(f"{name}: “{text}” is not a number; any from {low:g} to {high:g} will do.") from None

    return parse


def _layers_of(setting: Setting, kind: Several, text: str) -> tuple[int, ...]:
    """Widths of the hidden layers, such as 16,16; empty for none."""
    try:
        return layer_units(part for part in text.replace(";", ",").replace(" ", ",").split(",") if part)
    except OutOfBounds:
        one = kind.one
        assert isinstance(one, Whole)
        reach = f"up to {kind.most} layers of {one.low} to {one.high} {setting.unit} each"
        raise ValueError(f"{setting.label}: {reach}.") from None
    except ValueError:
        reason = f"“{text}” is not a list of whole numbers such as 16,16; empty means none"
        raise ValueError(f"{setting.label}: {reason}.") from None


def _rows_of(setting: Setting, kind: Whole, text: str) -> int:
    """A number of rows, or 0 for the setting's word."""
    try:
        return rows_of_batch(kind.word if text.lower() == "all" else text)
    except ValueError:
        reason = f"“{text}” is neither a whole number of {setting.unit} nor the word {kind.word}"
        raise ValueError(f"{setting.label}: {reason}.") from None
