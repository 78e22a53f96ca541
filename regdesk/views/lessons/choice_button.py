"""A button for one answer: its text may be a sentence, and goes over as many lines as it needs."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionFocusRect

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme

PAD_X_PX, PAD_Y_PX, MARK_PX = 8, 6, 22
Verdict = Literal["", "right", "wrong"]


class ChoiceButton(QPushButton):
    """Has a mark at its left once it was chosen: a tick where it is right, a cross where it is wrong."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self.setObjectName(f"lessonChoice{number + 1}")
        self._words = safe_line(text)
        self.verdict: Verdict = ""
        self.setAccessibleName(self._words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAutoDefault(False)
        # The space bar stays with the model for who uses the mouse.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def words(self) -> str:
        """The answer."""
        return self._words

    def show_verdict(self, verdict: Verdict) -> None:
        self.verdict = verdict
        said = {"": "", "right": self.tr("right: "), "wrong": self.tr("wrong: ")}[verdict]
        self.setAccessibleName(f"{said}{self._words}")
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._text_rect(width).height() + 2 * PAD_Y_PX

    def sizeHint(self) -> QSize:
        width_px = 24 * self.fontMetrics().averageCharWidth()
        return QSize(width_px, self.heightForWidth(max(self.width(), width_px)))

    def minimumSizeHint(self) -> QSize:
        width_px = 12 * self.fontMetrics().averageCharWidth() + MARK_PX + 2 * PAD_X_PX
        return QSize(width_px, self.fontMetrics().height() + 2 * PAD_Y_PX)

    def _text_rect(self, width: int) -> QRect:
        room = QRect(MARK_PX + PAD_X_PX, PAD_Y_PX, width - MARK_PX - 2 * PAD_X_PX, 10_000)
        return self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self._words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours()
        edge = {"": colours.outline, "right": colours.praise, "wrong": colours.error}[self.verdict]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 2.0 if self.verdict else 1.0))
        is_low = self.isDown() or self.underMouse()
        painter.setBrush(QColor(colours.button if is_low else colours.background))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)
        painter.setPen(QColor(colours.text))
        room = QRect(MARK_PX + PAD_X_PX, 0, self.width() - MARK_PX - 2 * PAD_X_PX, self.height())
        painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, self._words)
        mark = {"": "", "right": "✓", "wrong": "✗"}[self.verdict]
        painter.setPen(QColor(edge))
        painter.drawText(QRect(PAD_X_PX, 0, MARK_PX, self.height()), Qt.AlignmentFlag.AlignVCenter, mark)
        if self.hasFocus():
            option = QStyleOptionFocusRect()
            option.initFrom(self)
            option.rect = self.rect().adjusted(3, 3, -3, -3)
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, option, painter, self)
        painter.end()
