"""How the model is looked at, as far as it has what is to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.settings.configuration import value_at
from regdesk.core.settings.settings_table import setting_at

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

X, Y, SLICE = "view.geometry.x", "view.geometry.y", "view.slice"
PLACES = (X, Y, "view.geometry.watched")
WITH_ANOTHER_MODEL = ("data", "seed", "source", "architecture")


class LookController(QObject):
    """A look at a weight or a column that the model does not have is refused in a sentence and taken back.

    What was chosen for another model, or before there was one, gives way to what is drawn when the run begins.
    """

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session = window, session
        self._model, self._geometry = services.model, services.geometry
        self._model.begun.connect(self._on_run_begun)

    def follow(self, change: Change) -> None:
        """Take back what cannot be looked at, and say why."""
        # With other data or layers it may be of the model to come.
        if change.origin == "refusal" or any(change.touches(group) for group in WITH_ANOTHER_MODEL):
            return
        refused = self._refused(change)
        if refused:
            self._session.change_all({path: value_at(change.before, path) for path in refused}, "refusal")
            self._window.show_error(next(iter(refused.values())))

    def _refused(self, change: Change) -> dict[str, str]:
        """A sentence for each path of ``change`` that cannot be."""
        after = change.after
        found = {}
        for path in PLACES:
            place = value_at(after, path)
            if change.touches(path) and not self._geometry.has_weight(place):
                found[path] = f"{setting_at(path).label}: the model has no weight at place {place} of its parameters."
        x, y = (value_at(after, path) for path in (X, Y))
        if not found and x is not None and x == y and change.touches("view.geometry"):
            found = dict.fromkeys(
                (path for path in (X, Y) if change.touches(path)),
                f"The two axes of the geometry are two weights, and {x} is given for both.",
            )
        run = self._model.run
        if change.touches(SLICE) and run is not None:
            absent = [column for column in after.view.slice if column not in run.dataset.features]
            if absent:
                found[SLICE] = f"{setting_at(SLICE).label}: “{absent[0]}” is no column that the model is given."
        return found

    def _on_run_begun(self, _run: Run) -> None:
        self._session.change(SLICE, self._model.scene.slice_columns, "script")
