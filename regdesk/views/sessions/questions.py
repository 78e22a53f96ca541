"""What a person is asked who leaves a session in which something is not saved."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.plain_text import tool_tip

ClosingAnswer = Literal["save", "discard", "cancel"]


def ask_at_closing(parent: QWidget, title: str, work: str) -> ClosingAnswer:
    """Whether what is called ``title`` is to be saved first; ``work`` says what would be lost. Waits for the answer."""
    box = QMessageBox(parent)
    box.setObjectName("closingBox")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("Not saved"))
    # Qt takes a text for HTML where a name in it looks like some.
    box.setText(tool_tip(_tr("Save the session of {title} first?").format(title=safe_line(title))))
    box.setInformativeText(tool_tip(_tr("Without that this is lost: {work}.").format(work=safe_line(work))))
    answers: dict[object, ClosingAnswer] = {}
    offered: tuple[tuple[str, str, QMessageBox.ButtonRole, ClosingAnswer], ...] = (
        (_tr("&Save"), "closingSaveButton", QMessageBox.ButtonRole.AcceptRole, "save"),
        (_tr("&Discard"), "closingDiscardButton", QMessageBox.ButtonRole.DestructiveRole, "discard"),
        (_tr("&Cancel"), "closingCancelButton", QMessageBox.ButtonRole.RejectRole, "cancel"),
    )
    for text, key, role, answer in offered:
        button = box.addButton(text, role)
        words = text.replace("&", "")
        name_widget(button, key, words, words)
        answers[button] = answer
        if answer == "save":
            box.setDefaultButton(button)
        if answer == "cancel":
            box.setEscapeButton(button)
    box.exec()
    given = answers.get(box.clickedButton(), "cancel")
    box.deleteLater()
    return given


def _tr(text: str) -> str:
    return QCoreApplication.translate("SessionQuestions", text)
