"""What the window asks of predictions for a file, and what it is answered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.words.model_facts import ModelChoice
from regdesk.core.words.number_text import number_text
from regdesk.data.errors import DataError
from regdesk.session.controllers.models import NO_MODEL

if TYPE_CHECKING:
    from regdesk.session.controllers.models import ModelController
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.services import Services
    from regdesk.tasks.models.predict_file import PredictedFile
    from regdesk.views.window.main_window import MainWindow
    from regdesk.workers.model_work import MakeModel

LIVE, FILE = "live", "file"
"""Which model is asked: the one on screen, or the one that was opened last."""


class PredictionController(QObject):
    """Knows which models there are, and hands the figures of new rows to who shows them."""

    def __init__(
        self, window: MainWindow, services: Services, models: ModelController, presenter: Presenter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._models, self._presenter = window, models, presenter
        self._opened, self._predictions = services.models, services.predictions
        door, predictions = window.models, services.predictions
        door.predictions_requested.connect(self._on_predictions_requested)
        door.prediction_wanted.connect(self._on_prediction_wanted)
        door.prediction_cancelled.connect(predictions.cancel)
        predictions.progressed.connect(door.show_prediction_progress)
        predictions.ended.connect(self._on_ended)
        predictions.cancelled.connect(self._on_cancelled)
        predictions.failed.connect(self._on_failed)

    @property
    def choices(self) -> tuple[ModelChoice, ...]:
        """The models that can be asked, the one on screen first."""
        found, frame = [], self._presenter.frame
        if frame is not None and self._models.live is not None:
            snapshot = frame.snapshot
            lam = number_text(snapshot.settings.effective_lam)
            words = f"The live model: λ {lam}, " + ("exact" if snapshot.is_exact else f"epoch {snapshot.epoch:.6g}")
            found.append(ModelChoice(LIVE, words))
        opened = self._opened.model
        if opened is not None:
            found.append(ModelChoice(FILE, f"{opened.path.name}: {opened.facts.summary}"))
        return tuple(found)

    def maker(self, key: str) -> tuple[str, MakeModel, Path | None] | None:
        """The name of the model ``key``, what makes it, and its file; None where it is not there."""
        if key == LIVE:
            live = self._models.live
            return None if live is None else ("the live model", live, None)
        opened = self._opened.model
        return None if opened is None else (opened.path.name, lambda: opened.saved, opened.path)

    def _on_predictions_requested(self, key: str) -> None:
        choices = self.choices
        if not choices:
            self._window.show_error(NO_MODEL)
            return
        self._window.models.open_predictions(choices, key)

    def _on_prediction_wanted(self, key: str, file: str, out: str, keeps: bool) -> None:
        found = self.maker(key)
        if found is None:
            self._window.models.show_prediction_problem(NO_MODEL)
        elif not self._predictions.is_busy:
            name, make, model_file = found
            self._predictions.predict(name, make, Path(file), Path(out) if out else None, keeps, model_file)

    def _on_ended(self, found: PredictedFile) -> None:
        self._window.models.show_predictions(found.facts)
        self._window.show_status(found.facts.sentences[0])
        self._presenter.note_predictions(found)

    def _on_cancelled(self, name: str) -> None:
        sentence = f"Predicting {name} was cancelled; nothing is written."
        self._window.models.show_prediction_problem(sentence)
        self._window.show_error(sentence)

    def _on_failed(self, error: Exception) -> None:
        self._window.models.show_prediction_problem(str(error))
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
