"""What happens along a path, line by line: "bmi enters at λ 0.54 (first)"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import spacing, theme
from regdesk.views.kit.plain_text import PlainLabel, tool_tip
from regdesk.views.path.words import event_text, events_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.sweep.weight_path import WeightPath

MOST_LINES = 1000


class PathEventsList(QWidget):
    """Signal: ``input_chosen(object)`` with the number of the input of the line."""

    input_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.note = PlainLabel()
        self.note.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("pathEventList")
        self.list.setAccessibleName(self.tr("Events along the path"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lines: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.TIGHT_PX)
        layout.addWidget(self.note)
        layout.addWidget(self.list, stretch=1)
        self.list.currentItemChanged.connect(self._on_current_item_changed)
        self.apply_theme()

    def apply_theme(self) -> None:
        theme.style_scroll_bars(self.list)
        self.note.setStyleSheet(f"color: {theme.colours().quiet_text}")

    def clear(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
        self._lines = []
        self.note.clear()

    def show_path(self, path: WeightPath, selected: Sequence[int]) -> None:
        """The events so far; lines that are the same stay as they are."""
        self.note.setText(events_note(path))
        self.list.setVisible(path.facts.makes_zeros)
        events = path.events.events
        lines = [event_text(path, event) for event in events[:MOST_LINES]]
        if len(events) > MOST_LINES:
            lines.append(self.tr("and {n} more").format(n=len(events) - MOST_LINES))
        n_same = next((n for n, (old, new) in enumerate(zip(self._lines, lines, strict=False)) if old != new), None)
        n_kept = min(len(self._lines), len(lines)) if n_same is None else n_same
        with QSignalBlocker(self.list):
            while self.list.count() > n_kept:
                self.list.takeItem(self.list.count() - 1)
            for place, line in enumerate(lines[n_kept:], start=n_kept):
                item = QListWidgetItem(safe_line(line))
                item.setToolTip(tool_tip(line))
                if place < min(len(events), MOST_LINES):
                    item.setData(Qt.ItemDataRole.UserRole, events[place].number)
                self.list.addItem(item)
        self._lines = lines
        self.show_selected(selected)

    def show_selected(self, selected: Sequence[int]) -> None:
        """The line of a selected input, the first of its own unless one of them is current already."""
        current = self.list.currentItem()
        with QSignalBlocker(self.list):
            if not selected:
                self.list.setCurrentRow(-1)
                return
            if current is not None and current.data(Qt.ItemDataRole.UserRole) in selected:
                return
            for row in range(self.list.count()):
                if self.list.item(row).data(Qt.ItemDataRole.UserRole) in selected:
                    self.list.setCurrentRow(row)
                    return
            self.list.setCurrentRow(-1)

    def _on_current_item_changed(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        number = current.data(Qt.ItemDataRole.UserRole) if current is not None else None
        if number is not None:
            self.input_chosen.emit(number)
