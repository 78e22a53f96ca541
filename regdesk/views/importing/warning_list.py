"""What was decided in reading a file, each with its line; choosing one goes there."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.words.import_facts import ImportPreview, ImportWarning
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.plain_text import tool_tip

MOST_SHOWN = 1000
_OPTION = re.compile(r" \(--[^()]*\)")


class WarningList(QListWidget):
    """Signals: ``place_chosen(object, object)`` with a line of the file and a column, None where there is none;
    ``text_chosen(int, str)`` with a line that is no row, and what stands on it; ``offer_changed(ReadingOffer | None)``
    with what the warning that is reached offers: before one is, the first that offers anything.
    """

    place_chosen = Signal(object, object)
    text_chosen = Signal(int, str)
    offer_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name_widget(
            self, "importWarnings", self.tr("What was decided in reading"),
            self.tr("What was decided in reading; Enter or a click goes to the line."),
        )  # fmt: skip
        self.setToolTip("")
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._go)
        self._offers: list[ReadingOffer | None] = []
        self.currentRowChanged.connect(self._on_row_reached)

    def show_preview(self, preview: ImportPreview) -> None:
        """Those of another reading."""
        found = preview.warnings
        self._offers = [one.offer for one in found[:MOST_SHOWN]]
        self.clear()
        for one in found[:MOST_SHOWN]:
            item = QListWidgetItem(self._text(one))
            item.setData(Qt.ItemDataRole.UserRole, (one.line, one.column, one.text))
            item.setToolTip(tool_tip(one.message))
            self.addItem(item)
        if len(found) > MOST_SHOWN:
            self.addItem(self.tr("and {n:,} more").format(n=len(found) - MOST_SHOWN))
        if not found:
            item = QListWidgetItem(self.tr("Nothing had to be decided."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.offer_changed.emit(next((one for one in self._offers if one is not None), None))

    @property
    def n_warnings(self) -> int:
        """How many are shown that have something to say."""
        return sum(bool(self.item(row).flags()) for row in range(self.count()))

    def _text(self, one: ImportWarning) -> str:
        place = self.tr("Line {line}").format(line=one.line) if one.line is not None else ""
        where = ", ".join(part for part in (place, "" if one.column is None else safe_line(one.column)) if part)
        # What is said there of options is said here by the fields above; the tip has all of it.
        message = safe_line(_OPTION.sub("", one.message))
        return f"{where}: {message}" if where else message

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentItem() is not None:
            self._go(self.currentItem())
            return
        super().keyPressEvent(event)

    def _on_row_reached(self, row: int) -> None:
        if 0 <= row < len(self._offers):
            self.offer_changed.emit(self._offers[row])

    def _go(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        if place is None:
            return
        line, column, text = place
        self.place_chosen.emit(line, column)
        if text:
            self.text_chosen.emit(line, text)
