"""Why the weight that is asked about is zero, or not, in whole sentences on lines whose number holds still."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.name_room import wrapped_lines
from regdesk.views.kit.plain_text import PlainLabel, tool_tip


class WhyLabel(PlainLabel):
    """As many of its sentences as have room; the tool tip has all of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("geometryZeroWords")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentences: tuple[str, ...] = ()
        self._n_lines = 1

    def show_sentences(self, sentences: tuple[str, ...]) -> None:
        """What matters most first."""
        if sentences != self._sentences:
            self._sentences = sentences
            whole = " ".join(sentences)
            self.setToolTip(tool_tip(whole))
            self.setAccessibleName(safe_line(whole))
            self._fit()

    @property
    def sentences(self) -> tuple[str, ...]:
        return self._sentences

    def show_lines(self, n_lines: int) -> None:
        """How many lines there are room for."""
        if n_lines != self._n_lines:
            self._n_lines = n_lines
            self.updateGeometry()
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(0, self._n_lines * self.fontMetrics().lineSpacing() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, width_px = self.fontMetrics(), max(self.width(), 1)
        lines: list[str] = []
        for n_sentences in range(len(self._sentences), 0, -1):
            lines = wrapped_lines(" ".join(self._sentences[:n_sentences]), metrics, width_px)
            if len(lines) <= self._n_lines:
                break
        if len(lines) > self._n_lines:
            rest = " ".join(lines[self._n_lines - 1 :])
            lines = [*lines[: self._n_lines - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)]
        text = "\n".join(lines)
        if text != self.text():
            self.setText(text)
