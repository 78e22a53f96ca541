"""Why the weight that is asked about is zero, or not, in whole sentences on lines whose number holds still."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.name_room import elided, wrapped_lines
from regdesk.views.kit.plain_text import PlainLabel, tool_tip

NAME_SHARES = (0.8, 0.6, 0.4, 0.2, 0.0)
"""Of the length of a name: how much of it is left, the most first."""


class WhyLabel(PlainLabel):
    """As many of its sentences as have room; the tool tip has all of them. Of the first a long name is cut before the
    reason is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("geometryZeroWords")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentences: tuple[str, ...] = ()
        self._name = ""
        self._n_lines = 1

    def show_sentences(self, sentences: tuple[str, ...], name: str = "") -> None:
        """What matters most first; ``name`` is that of the weight, as the first one has it."""
        if sentences != self._sentences:
            self._sentences, self._name = sentences, name
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
            lines = self._with_shorter_name() or lines
        if len(lines) > self._n_lines:
            rest = " ".join(lines[self._n_lines - 1 :])
            lines = [*lines[: self._n_lines - 1], metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width_px)]
        text = "\n".join(lines)
        if text != self.text():
            self.setText(text)

    def _with_shorter_name(self) -> list[str]:
        """The lines of the first sentence with as much of the name as leaves room for the reason; none where no cut
        does.
        """
        metrics = self.fontMetrics()
        for share in NAME_SHARES:
            name = elided(self._name, metrics, share * metrics.horizontalAdvance(self._name))
            sentence = self._sentences[0].replace(self._name, name, 1)
            lines = wrapped_lines(sentence, metrics, max(self.width(), 1))
            if len(lines) <= self._n_lines:
                return lines
        return []
