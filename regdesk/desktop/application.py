"""Qt's application; where it cannot be made, a sentence and an exit status, while Qt itself would abort the process."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from regdesk.system.displays import refusal
from regdesk.system.terminal import write_error

NO_WINDOW = 2


def the_application() -> QApplication:
    """The one there is, or a new one. Ends the process with status 2 and a sentence where nothing can be shown."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    messages: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        messages.append(message)
        if kind == QtMsgType.QtFatalMsg:
            # Qt aborts when this returns, and no exception of Python's gets through it. Nothing has begun yet.
            write_error(refusal(messages, os.environ))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(NO_WINDOW)

    former = qInstallMessageHandler(note)
    try:
        application = QApplication([])
    finally:
        qInstallMessageHandler(former)
    application.setApplicationName("regdesk")
    return application
