"""Qt's application and its windows; where it cannot be made, a sentence and a status, while Qt itself would abort."""

from __future__ import annotations

import atexit
import os
import sys

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from regdesk.system.displays import refusal
from regdesk.system.leaving import is_leaving
from regdesk.system.terminal import write_error

NO_WINDOW = 2
_living: dict[int, QObject] = {}


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


def hold_until_destroyed(top: QObject) -> None:
    """Keep ``top``, which has no parent, until Qt destroys it.

    PySide 6.10 can delete an object of Qt twice where Python's collector comes upon it before its parent, and the
    process ends (``tests/reliability/collected_child.py``). A window and all that belongs to it refer to each other in
    circles: whoever drops it, as a notebook may, would leave it to the collector.
    """
    key = id(top)
    _living[key] = top

    def delete_at_the_end() -> None:
        # What a script has left open goes while Python still answers: later its overrides find half of what they need,
        # and their errors end the process with a fault in memory. The program itself leaves at once.
        if not is_leaving():
            delete(_living[key])

    def forget() -> None:
        _living.pop(key, None)
        atexit.unregister(delete_at_the_end)

    top.destroyed.connect(forget)
    atexit.register(delete_at_the_end)
