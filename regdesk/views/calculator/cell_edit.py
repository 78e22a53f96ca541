"""The box for the number or date of one column: what is typed may lie beyond the training rows, or be missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.views.calculator.cell_texts import MISSING, cell_text, parse_cell
from regdesk.views.kit.number_edit import ValueEdit


class CellEdit(ValueEdit):
    """Signal: ``stepped(int)`` by the keys Up and Down."""

    stepped = Signal(int)

    def __init__(self, column: ColumnEncoding, can_be_missing: bool) -> None:
        super().__init__(
            partial(parse_cell, column, can_be_missing),
            partial(cell_text, column, is_whole_text=True),
            partial(cell_text, column),
        )
        self.setPlaceholderText(self.tr(MISSING))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps and not self.isModified():
            self.stepped.emit(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)
