"""Buttons with a number each, side by side as many as have room, and a long one that takes a row of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

PADDING_PX = 6
"""Left and right of a button's text."""
SPACING_PX = 3
MOST_ROWS = 3


class PresetButton(QPushButton):
    """As narrow as its text allows: Qt's own least width is that of a word."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * PADDING_PX, super().sizeHint().height())

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class PresetGrid(QWidget):
    """All columns are equally wide; the last button stands beneath the others, as wide as all of them."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        *self._short, self._long = buttons
        self._n_columns = 0
        self._is_in_row = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACING_PX)
        self._arrange(len(self._short))

    def show_in_row(self, is_in_row: bool) -> None:
        """Whether all buttons, the long one too, stand side by side, whatever room there is."""
        self._is_in_row = is_in_row
        self._n_columns = 0
        self._arrange(len(self._short) if is_in_row else self._n_fitting)

    @property
    def row_width_px(self) -> int:
        """What all buttons side by side take."""
        widths = [button.minimumSizeHint().width() for button in (*self._short, self._long)]
        return sum(widths) + SPACING_PX * len(self._short)

    def minimumSizeHint(self) -> QSize:
        if self._is_in_row:
            return QSize(self.row_width_px, self.sizeHint().height())
        n_columns = -(-len(self._short) // MOST_ROWS)
        width_px = max(self._width_px(n_columns), self._long.minimumSizeHint().width())
        return QSize(width_px, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._is_in_row:
            self._arrange(self._n_fitting)
        super().resizeEvent(event)

    @property
    def _n_fitting(self) -> int:
        """Columns: of as many rows as it takes, none is left nearly empty."""
        for n_rows in range(1, MOST_ROWS):
            n_columns = -(-len(self._short) // n_rows)
            if self._width_px(n_columns) <= self.width():
                return n_columns
        return -(-len(self._short) // MOST_ROWS)

    def _width_px(self, n_columns: int) -> int:
        widest_px = max(button.minimumSizeHint().width() for button in self._short)
        return n_columns * widest_px + (n_columns - 1) * SPACING_PX

    def _arrange(self, n_columns: int) -> None:
        if n_columns == self._n_columns:
            return
        for column in range(max(self._grid.columnCount(), n_columns + 1)):
            self._grid.setColumnStretch(column, int(column < n_columns and not self._is_in_row))
        self._n_columns = n_columns
        for number, button in enumerate(self._short):
            self._grid.addWidget(button, number // n_columns, number % n_columns)
        n_rows = -(-len(self._short) // n_columns)
        if self._is_in_row:
            self._grid.addWidget(self._long, 0, n_columns)
        else:
            self._grid.addWidget(self._long, n_rows, 0, 1, n_columns, Qt.AlignmentFlag(0))
        self.updateGeometry()
