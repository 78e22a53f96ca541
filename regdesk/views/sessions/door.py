"""The window's side of sessions: its actions, and its dialogs, each made when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from regdesk.core.timeline.facts import DataFinding, SaveOffer
    from regdesk.views.sessions.actions import SessionActions
    from regdesk.views.sessions.data_dialog import SessionDataDialog
    from regdesk.views.sessions.questions import ClosingAnswer
    from regdesk.views.sessions.save_dialog import SaveSessionDialog


class SessionDoor(QObject):
    """Signals: ``save_requested()``; ``save_as_requested()``, to be answered with ``ask_place``, then
    ``place_chosen(str, bool)`` as of the dialog, or ``place_left()``; after ``show_finding`` ``data_file_chosen(str)``,
    ``look_requested()``, ``use_requested()`` or ``finding_left()``. By a script ``file_given(str)`` and
    ``opening_wanted(str)``, to be answered with ``note_done``.
    """

    file_given = Signal(str)
    opening_wanted = Signal(str)

    save_requested = Signal()
    save_as_requested = Signal()
    place_chosen = Signal(str, bool)
    place_left = Signal()
    data_file_chosen = Signal(str)
    look_requested = Signal()
    use_requested = Signal()
    finding_left = Signal()

    def __init__(self, window: QWidget, actions: SessionActions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._save: SaveSessionDialog | None = None
        self._finding: SessionDataDialog | None = None
        self._loop: QEventLoop | None = None
        self._problem = ""
        actions.save.triggered.connect(self.save_requested)
        actions.save_as.triggered.connect(self.save_as_requested)

    def show_unavailable(self, reason: str) -> None:
        """Why there is nothing to save; empty where there is."""
        self._actions.show_unavailable(reason)

    def ask_place(self, offer: SaveOffer) -> None:
        """Where the session is to be written."""
        from regdesk.views.sessions.save_dialog import SaveSessionDialog

        self._close(self._save)
        self._save = dialog = SaveSessionDialog(self._window, offer)
        dialog.place_chosen.connect(self.place_chosen)
        dialog.rejected.connect(self.place_left)
        dialog.open()

    def ask_at_closing(self, title: str, work: str) -> ClosingAnswer:
        """See ``ask_at_closing``; waits for the answer."""
        from regdesk.views.sessions.questions import ask_at_closing

        return ask_at_closing(self._window, title, work)

    def show_finding(self, finding: DataFinding) -> None:
        """The data of a session are not there as they were."""
        if self._finding is None:
            from regdesk.views.sessions.data_dialog import SessionDataDialog

            self._finding = dialog = SessionDataDialog(self._window)
            dialog.file_chosen.connect(self.data_file_chosen)
            dialog.look_requested.connect(self.look_requested)
            dialog.use_requested.connect(self.use_requested)
            dialog.rejected.connect(self.finding_left)
        self._finding.show_finding(finding)

    def save_to(self, file: str) -> None:
        """Write the session as ``file``, and wait for it. Raises OSError, one sentence, where it cannot be written."""
        self._wait_for(self.file_given, file)

    def open_from(self, file: str) -> None:
        """As ``save_to``, of a session that is opened."""
        self._wait_for(self.opening_wanted, file)

    def note_done(self, problem: str = "") -> None:
        """What was asked for last is done, or could not be."""
        loop, self._loop = self._loop, None
        if loop is not None:
            self._problem = problem
            loop.quit()

    def _wait_for(self, signal: SignalInstance, file: str) -> None:
        if self._loop is not None:
            raise OSError("Another session is still being written or opened.")
        loop = self._loop = QEventLoop()
        self._problem = ""
        signal.emit(file)
        if self._loop is not None:
            loop.exec()
        self._loop = None
        if self._problem:
            raise OSError(self._problem)

    def close_dialogs(self) -> None:
        """Leave what is open; nobody waits any longer."""
        self.note_done("The window is closed.")
        self._close(self._save)
        if self._finding is not None:
            self._finding.reject()

    def _close(self, dialog: SaveSessionDialog | None) -> None:
        if dialog is not None:
            dialog.reject()
            dialog.deleteLater()
            self._save = None
