"""Unexpected errors, wherever they happen: a line on standard error, a sentence, one dialog; never a storm."""

from __future__ import annotations

import logging
import os
import sys
import threading
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from regdesk.system import logs, versions
from regdesk.system.terminal import write_aside, write_error
from regdesk.views.window.main_window import MainWindow

if TYPE_CHECKING:
    from regdesk.upkeep.crash_log import CrashLog
    from regdesk.views.window.error_dialog import ErrorDialog

_log = logging.getLogger("regdesk.errors")


class ErrorReports(QObject):
    """Errors may happen in any thread; they are shown in the window's, when it comes round to it.

    Signals: ``happened(str, str, str)``: where, the sentence, the details.
    """

    happened = Signal(str, str, str)

    def __init__(self, window: MainWindow, ends_program: bool, crash_log: CrashLog | None = None) -> None:
        """``ends_program``: nobody is there to read about it in the window. ``crash_log`` hears of each error."""
        super().__init__(window)
        self._crash_log = crash_log
        self._window, self._ends_program = window, ends_program
        self._dialog: ErrorDialog | None = None
        self._known: set[str] = set()
        # Queued: a dialog that is made while something is painted would make it worse.
        self.happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of what nobody has caught, in this thread, in others, and where Python cannot raise."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread
        sys.unraisablehook = self._report_unraisable

    def remove(self) -> None:
        """The window has ended: Python says itself what goes wrong from here on."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """As ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(130)
            return
        if not isValid(self):
            # The window may be gone before Python has ended.
            sys.__excepthook__(kind, error, trace)
            return
        text = self.tr("Something in regdesk went wrong that should not: {kind}: {error}")
        sentence = text.format(kind=kind.__name__, error=error)
        frames = traceback.extract_tb(trace)
        place = f"{kind.__name__} {frames[-1].filename}:{frames[-1].lineno}" if frames else sentence
        # An error in every frame must not fill a log.
        if place not in self._known:
            self._known.add(place)
            write_error(sentence)
            _log.error("%s: %s", place, error)
        if self._crash_log is not None:
            self._crash_log.note_error(error, trace)
        details = "".join(traceback.format_exception(kind, error, trace))
        if os.environ.get("REGDESK_TRACEBACK"):
            write_aside("\n".join(filter(None, [details, logs.details()])))
        self.happened.emit(place, sentence, details)

    def _report_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not issubclass(arguments.exc_type, SystemExit):
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _report_unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def _on_happened(self, place: str, sentence: str, details: str) -> None:
        # What stood there when it happened, before the sentence takes its place.
        status = f"Status line: {self._window.state()['status']}"
        self._window.show_error(sentence)
        if self._ends_program:
            QApplication.exit(1)
            return
        if self._dialog is None:
            from regdesk.views.window.error_dialog import ErrorDialog

            self._dialog = ErrorDialog(self._window)
        parts = filter(None, [details, versions.summary(qVersion()), status, logs.details()])
        self._dialog.show_error(place, sentence, "\n".join(parts))
