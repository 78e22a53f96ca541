"""Text from files where Qt would read it as HTML, underline a letter after &, cut a mark out of a title, or turn the
direction of writing.
"""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel

from regdesk.core.words.safe_text import safe_line, safe_text

STEADY_MARGIN_PX = 12


def tool_tip(text: str) -> str:
    """``text`` for ``setToolTip`` or ``setWhatsThis``, which shows it letter by letter whatever it looks like."""
    text = safe_text(text)
    if not GuiQt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def action_text(text: str) -> str:
    """``text`` on an action or a button, where a single & underlines what follows it."""
    return safe_line(text).replace("&", "&&")


def title_text(text: str) -> str:
    """``text`` in the title of a window, where Qt cuts out [*], its place for a mark of what is not saved."""
    return safe_line(text).replace("[*]", "[*][*]")


class SafeLabel(QLabel):
    """A label on which nothing turns the direction of writing, whatever files have put into its text."""

    def __init__(self, text: str = "") -> None:
        super().__init__(safe_text(text))

    def setText(self, text: str) -> None:
        super().setText(safe_text(text))


class PlainLabel(SafeLabel):
    """Shows what it is given letter by letter."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)


class SteadyLabel(QLabel):
    """For a number that changes: always as wide as ``longest`` needs it, so that nothing beside it moves."""

    def __init__(self, longest: str) -> None:
        super().__init__()
        self._longest = longest

    def minimumSizeHint(self) -> QSize:
        width_px = self.fontMetrics().horizontalAdvance(self._longest) + STEADY_MARGIN_PX
        return super().minimumSizeHint().expandedTo(QSize(width_px, 0))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(self.minimumSizeHint())
