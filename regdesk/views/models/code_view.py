"""Code to be read: letter by letter, in letters of one width, and as much of it as a person looks through."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit

from regdesk.core.words.safe_text import safe_text

MOST_LETTERS, LONGEST_LINE = 200_000, 4_000
"""Qt lays out a line as a whole: one of a million letters takes it seconds."""


class CodeView(QPlainTextEdit):
    """Read-only."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self.setFont(font)
        # Tab goes on to the next control.
        self.setTabChangesFocus(True)

    def show_code(self, text: str, *, stays: bool = False) -> bool:
        """Show ``text``, where it ``stays`` where a person has scrolled to; whether all of it is shown."""
        shown, is_whole = _cut(text)
        if shown != self.toPlainText():
            places = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            self.setPlainText(shown)
            if stays:
                self.horizontalScrollBar().setValue(places[0])
                self.verticalScrollBar().setValue(places[1])
        return is_whole


def _cut(text: str) -> tuple[str, bool]:
    lines = text[:MOST_LETTERS].split("\n")
    shown = "\n".join(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines)
    is_whole = len(text) <= MOST_LETTERS and max(map(len, lines)) <= LONGEST_LINE
    return safe_text(shown), is_whole
