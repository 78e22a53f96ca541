"""Text from files where Qt would read it as HTML, underline a letter after &, or cut a mark out of a title."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel


def tool_tip(text: str) -> str:
    """``text`` for ``setToolTip`` or ``setWhatsThis``, which shows it letter by letter whatever it looks like."""
    if not GuiQt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def action_text(text: str) -> str:
    """``text`` on an action or a button, where a single & underlines what follows it."""
    return text.replace("&", "&&")


def title_text(text: str) -> str:
    """``text`` in the title of a window, where Qt cuts out [*], its place for a mark of what is not saved."""
    return text.replace("[*]", "[*][*]")


def make_plain(label: QLabel) -> QLabel:
    """``label``, which shows what it is given letter by letter."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
