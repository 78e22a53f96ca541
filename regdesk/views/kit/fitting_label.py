"""A line of rich text that says less where it has less room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextDocumentFragment

from regdesk.views.kit.readout_label import ReadoutLabel

BOLD = 1.06
"""Parts are bold, which is so much wider at most."""


class FittingLabel(ReadoutLabel):
    """Shows the first of several texts that has room, otherwise the last one as far as it has; the tool tip holds the
    first.

    Signal: ``clicked()``.
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._texts: tuple[str, ...] = ("",)

    def show_first_fitting(self, *texts: str) -> None:
        """``texts`` from the fullest to the shortest."""
        self._texts = texts
        self.setToolTip(texts[0])
        self._choose()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        self.ensurePolished()
        metrics = self.fontMetrics()
        fitting = (
            text
            for text in self._texts
            if metrics.horizontalAdvance(QTextDocumentFragment.fromHtml(text).toPlainText()) * BOLD <= self.width()
        )
        chosen = next(fitting, self._texts[-1])
        if chosen != self.text():
            self.setText(chosen)
