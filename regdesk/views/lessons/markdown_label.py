"""Text of a lesson: Markdown in which HTML is shown letter by letter, and from which nothing is loaded or opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy

from regdesk.core.words.safe_text import safe_text

_NO_HTML = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class MarkdownLabel(QLabel):
    """Wraps its lines; ``markdown`` is what it shows."""

    def __init__(self, object_name: str, name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setOpenExternalLinks(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.markdown = ""

    def show_markdown(self, text: str) -> None:
        """Empty text takes no room."""
        if text != self.markdown:
            self.markdown = text
            self._write()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.markdown:
            self._write()

    def _write(self) -> None:
        self.setText(html_of(self.markdown, self))


def html_of(markdown: str, label: QLabel) -> str:
    """The rich text that ``markdown`` stands for, in the font of ``label``; pictures and links are words in it."""
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0.0)
    # A picture is drawn from wherever its name leads to: there is none.
    document.setMarkdown(safe_text(markdown).replace("![", "!\u200b["), _NO_HTML)
    _unlink(document)
    return document.toHtml()


def _unlink(document: QTextDocument) -> None:
    """A link leads nowhere, so it does not look like one."""
    linked = []
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            if part.charFormat().isAnchor():
                linked.append((part.position(), part.length(), part.charFormat()))
            parts += 1
        block = block.next()
    for position, length, look in linked:
        look.setAnchor(False)
        look.setAnchorHref("")
        look.setFontUnderline(False)
        look.clearForeground()
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(look)
