"""The columns of a file beside its rows, below which stands what was decided in reading them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

LEAST_SHARE, MOST_SHARE = 0.4, 0.6
"""Of the width, for the columns."""


class SideBySide(QSplitter):
    """Two parts, neither of which can be lost by moving the edge between them."""

    def __init__(self, columns: QWidget, note: QWidget, rows: QWidget, told: QWidget, warnings: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self._add((columns, 1), (note, 0))
        self._add((rows, 3), (told, 0), (warnings, 1))

    def share(self, width_px: int, wanted_px: int) -> None:
        """Give the columns ``wanted_px`` of ``width_px``, as far as the rows have room."""
        left_px = min(max(round(LEAST_SHARE * width_px), wanted_px), round(MOST_SHARE * width_px))
        self.setSizes([left_px, width_px - left_px])

    def _add(self, *parts: tuple[QWidget, int]) -> None:
        """Widgets below each other, each with its share of the height."""
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in parts:
            layout.addWidget(widget, stretch=stretch)
        self.addWidget(side)
