"""What is selected in all panels, as far as the model has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.session.controllers.look import WITH_ANOTHER_MODEL
from regdesk.session.selection import kept_selection, refusal_of

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

SELECTED = "view.selected"


class SelectionController(QObject):
    """A part that the model does not have is refused in a sentence and taken back; another model keeps what it has,
    too.
    """

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._model = window, session, services.model
        self._before: Run | None = None
        self._model.begun.connect(self._on_run_begun)

    def follow(self, change: Change) -> None:
        """Take back what cannot be selected, and say why."""
        run = self._model.run
        if not change.touches(SELECTED) or change.origin == "refusal" or run is None:
            return
        if any(change.touches(group) for group in WITH_ANOTHER_MODEL):
            # It may be of the model to come.
            return
        sentence = refusal_of(change.after.view.selected, run)
        if sentence:
            self._session.change(SELECTED, change.before.view.selected, "refusal")
            self._window.show_error(sentence)

    def _on_run_begun(self, run: Run) -> None:
        before, self._before = self._before, run
        self._session.change(SELECTED, kept_selection(self._session.configuration.view.selected, before, run), "script")
