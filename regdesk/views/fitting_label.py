"""A line of rich text that says less where it has less room."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QSizePolicy

BOLD = 1.06
"""Parts are bold, which is so much wider at most."""


class FittingLabel(QLabel):
    """Shows the first of several texts that has room, the last one otherwise."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._texts: tuple[str, ...] = ("",)

    def show_first_fitting(self, *texts: str) -> None:
        """``texts`` from the fullest to the shortest."""
        self._texts = texts
        self._choose()

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
