"""The window's side of sessions: its actions, and its dialogs, each made when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
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
    ``look_requested()``, ``use_requested()`` or ``finding_left()``.
    """

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

    def close_dialogs(self) -> None:
        """Leave what is open."""
        self._close(self._save)
        if self._finding is not None:
            self._finding.reject()

    def _close(self, dialog: SaveSessionDialog | None) -> None:
        if dialog is not None:
            dialog.reject()
            dialog.deleteLater()
            self._save = None
