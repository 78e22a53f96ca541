"""A label for a number that changes: nothing beside it moves when the number gets longer."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

MARGIN_PX = 12


class SteadyLabel(QLabel):
    """Always as wide as ``longest`` needs it."""

    def __init__(self, longest: str) -> None:
        super().__init__()
        self._longest = longest

    def minimumSizeHint(self) -> QSize:
        width_px = self.fontMetrics().horizontalAdvance(self._longest) + MARGIN_PX
        return super().minimumSizeHint().expandedTo(QSize(width_px, 0))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self.minimumSizeHint())
