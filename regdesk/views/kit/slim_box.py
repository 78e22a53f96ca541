"""A combo box that gives way: it cuts its text where there is no room, and then its tool tip says the whole."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.name_room import elided_all
from regdesk.views.kit.text_size import scaled_px

LEAST_LETTERS = 4
MOST_MEASURED = 1000
"""Entries of which the list is asked how wide it draws them."""


class SlimComboBox(QComboBox):
    """As wide as its longest entry where there is room, at most ``most_px`` of usual text; at least a few letters."""

    def __init__(self, most_px: int | None = None) -> None:
        super().__init__()
        self._most_px = most_px
        # Long names of columns and classes must not keep a panel wide.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LEAST_LETTERS)
        # The entries cut to the width that comes with them.
        self._cut: list[str] = []
        self._cut_for: tuple[int, QFont] | None = None
        # The width of the longest entry, and the font in which it is that.
        self._longest: tuple[int, QFont] | None = None
        self._listen()

    def setModel(self, model: QAbstractItemModel) -> None:
        super().setModel(model)
        self._listen()
        self._on_entries_changed()

    def _listen(self) -> None:
        model = self.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
            changed.connect(self._on_entries_changed)

    def addItems(self, texts: Sequence[str]) -> None:
        super().addItems([safe_line(text) for text in texts])

    @property
    def is_elided(self) -> bool:
        """Whether the text in force is wider than its room."""
        return self._elided() != self.currentText()

    def sizeHint(self) -> QSize:
        least, metrics = super().sizeHint(), self.fontMetrics()
        if self._longest is None or self._longest[1] != self.font():
            # There may be thousands, and a layout asks several times.
            entries = (self.placeholderText(), *(self.itemText(row) for row in range(self.count())))
            self._longest = max(map(metrics.horizontalAdvance, entries)), QFont(self.font())
        width_px = least.width() + max(self._longest[0] + metrics.averageCharWidth() - self._letters_px, 0)
        if self._most_px is not None:
            width_px = max(min(width_px, scaled_px(self._most_px)), least.width())
        return QSize(width_px, least.height())

    def showPopup(self) -> None:
        # The list may be wider than its box: entries stand in it whole, as far as the window has room.
        view, metrics = self.view(), self.fontMetrics()
        longest_px = max((metrics.horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)
        frame_px = view.sizeHintForColumn(0) - longest_px if self.count() < MOST_MEASURED else 0
        around_px = max(frame_px, 2 * metrics.averageCharWidth()) + view.verticalScrollBar().sizeHint().width()
        view.setMinimumWidth(max(self.width(), min(longest_px + around_px, self.window().width())))
        view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        super().showPopup()

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        option.currentText = self._elided() if self.currentIndex() >= 0 else self.placeholderText()
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.is_elided:
            tip = self.toolTip()
            rest = f"<br>{escape(tip)}" if tip else ""
            QToolTip.showText(event.globalPos(), f"<p><b>{escape(self.currentText())}</b>{rest}</p>", self)
            return True
        return super().event(event)

    def _on_entries_changed(self, *_rows: object) -> None:
        self._cut_for = self._longest = None
        self.updateGeometry()

    @property
    def _letters_px(self) -> int:
        """What Qt keeps free for the least number of letters."""
        return LEAST_LETTERS * self.fontMetrics().horizontalAdvance("X")

    def _elided(self) -> str:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        width_px, metrics, text = field.width() - 2, self.fontMetrics(), self.currentText()
        if self.currentIndex() < 0 or metrics.horizontalAdvance(text) <= width_px:
            return text
        if self._cut_for != (width_px, self.font()):
            # All of them: what is cut may not read like another entry.
            self._cut_for = width_px, self.font()
            self._cut = elided_all([self.itemText(row) for row in range(self.count())], metrics, width_px)
        return self._cut[self.currentIndex()]


def make_slim_box(
    object_name: str, accessible_name: str, tip: str | None = None, most_px: int | None = None
) -> SlimComboBox:
    """In a row of a panel as wide as its entries, up to ``most_px``; without that as wide as its column."""
    box = SlimComboBox(most_px)
    box.setObjectName(object_name)
    box.setAccessibleName(accessible_name)
    box.setToolTip(accessible_name if tip is None else tip)
    across = QSizePolicy.Policy.Expanding if most_px is None else QSizePolicy.Policy.Maximum
    box.setSizePolicy(across, QSizePolicy.Policy.Fixed)
    return box
