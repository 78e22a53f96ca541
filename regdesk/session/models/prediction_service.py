"""Owns the predictions for a file: one at a time, with how far they are and a way to give them up."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service
from regdesk.workers.model_work import predicting

if TYPE_CHECKING:
    from regdesk.tasks.models.predict_file import PredictedFile
    from regdesk.workers.background import BackgroundThread
    from regdesk.workers.model_work import MakeModel

_log = logging.getLogger("regdesk.session")


class PredictionService(Service):
    """Signals: ``began(str)`` with the name of the file, ``progressed(float)`` with the share of it that is read,
    ``ended(PredictedFile)``, ``cancelled(str)`` with the name: then nothing is written.
    """

    began = Signal(str)
    progressed = Signal(float)
    ended = Signal(object)
    cancelled = Signal(str)

    def __init__(self, predicting: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(predicting, parent=parent)
        self._background = predicting
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._background.progressed.connect(self._on_progressed)
        self._file: Path | None = None

    @property
    def is_busy(self) -> bool:
        return self._file is not None

    def predict(
        self, title: str, make: MakeModel, file: Path, out: Path | None, keeps: bool, model_file: Path | None
    ) -> None:
        """Predict ``file`` by a model that is called ``title``; see ``PredictionJob``. One at a time."""
        _log.info("%s is to be predicted by %s, into %s.", file, title, out)
        self._file = file
        self.began.emit(file.name)
        self._expect(
            self._background.submit(predicting(title, file, out, keeps, make, model_file, self._background.report))
        )

    def cancel(self) -> None:
        """Give up what is under way, if anything is."""
        if self._file is not None:
            name, self._file = self._file.name, None
            self._background.cancel()
            self._expect(NOTHING)
            self.cancelled.emit(name)

    def _on_succeeded(self, number: int, found: PredictedFile) -> None:
        if self._is_expected(number):
            self._file = None
            self.ended.emit(found)

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._file = None
            self.failed.emit(error)

    def _on_progressed(self, number: int, share: float) -> None:
        if self._is_expected(number):
            self.progressed.emit(share)
