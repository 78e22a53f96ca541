"""The window's side of recovery: its dialogs, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from regdesk.views.recovery.unsaved_work import UnsavedWork

if TYPE_CHECKING:
    from regdesk.views.recovery.crash_log_dialog import CrashLogDialog
    from regdesk.views.recovery.recovery_dialog import RecoveryDialog


class RecoveryDoor(QObject):
    """Signals: ``restore_requested(str)``, ``discard_requested(str)`` and ``crash_log_requested()`` as of
    ``RecoveryDialog``, ``left()`` when it is closed, however.
    """

    restore_requested = Signal(str)
    discard_requested = Signal(str)
    crash_log_requested = Signal()
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._offer: RecoveryDialog | None = None
        self._crash_log: CrashLogDialog | None = None

    def show_works(self, works: Sequence[UnsavedWork], has_crash_log: bool) -> None:
        """See ``RecoveryDialog``."""
        if self._offer is None:
            from regdesk.views.recovery.recovery_dialog import RecoveryDialog

            self._offer = RecoveryDialog(self._window)
            self._offer.restore_requested.connect(self.restore_requested)
            self._offer.discard_requested.connect(self.discard_requested)
            self._offer.crash_log_requested.connect(self.crash_log_requested)
            self._offer.finished.connect(self.left)
        self._offer.show_works(works, has_crash_log)

    def show_crash_log(self, sentence: str, text: str) -> None:
        """See ``CrashLogDialog``."""
        if self._crash_log is None:
            from regdesk.views.recovery.crash_log_dialog import CrashLogDialog

            self._crash_log = CrashLogDialog(self._window)
        self._crash_log.show_text(sentence, text)

    def close(self) -> None:
        """The window closes: what is offered stays for another start."""
        for dialog in (self._offer, self._crash_log):
            if dialog is not None:
                dialog.reject()
