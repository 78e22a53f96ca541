"""Owns what is done with models that are taken away: reading and writing their files, and saying what is in them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service
from regdesk.tasks.models.made_with import model_of_file
from regdesk.workers.model_work import describing, opening, reporting, saving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.core.words.model_facts import ModelFacts
    from regdesk.data.files.model_file import SavedModel
    from regdesk.data.source import Source
    from regdesk.tasks.live_moment import ModelOfFile
    from regdesk.tasks.loading import Loaded
    from regdesk.tasks.models.opened import OpenedModel
    from regdesk.workers.background import BackgroundThread
    from regdesk.workers.model_work import MakeModel, PaintReport

_log = logging.getLogger("regdesk.session")
SUFFIX = ".regdesk"


class ModelService(Service):
    """Signals: ``opening_began(str)`` with the name of the file; ``opened(OpenedModel)``, ``described(ModelFacts)``,
    ``saved(Path, SavedModel)``, ``reported(Path)``; ``refused(str)`` with a sentence, where something is asked for
    while a file is being written; ``left(str)`` with the name of what was being opened and is given up;
    ``opening_failed(Exception)``.
    """

    opening_began = Signal(str)
    opened = Signal(object)
    described = Signal(object)
    saved = Signal(object, object)
    reported = Signal(object)
    refused = Signal(str)
    left = Signal(str)
    opening_failed = Signal(object)

    def __init__(self, modelling: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(modelling, parent=parent)
        self._background = modelling
        # The first paint takes three times as long beside a thread that reads.
        self._background.hold()
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._answer: Callable[[Any], None] | None = None
        # The files that are being opened and written.
        self._opening: Path | None = None
        self._saving: Path | None = None
        self.model: OpenedModel | None = None
        """What was opened last."""

    def start(self) -> None:
        """Begin with what was asked for."""
        self._background.release()

    def open(self, file: Path) -> None:
        """Read the model in ``file``; what was opened before stays until that has succeeded."""
        if self._is_refused():
            return
        _log.info("The model %s is to be opened.", file)
        self._opening = file
        self.opening_began.emit(file.name)
        self._submit(self._background.submit(opening(file)), self._on_opened)

    def leave(self) -> None:
        """Give up what is being opened, if anything is."""
        if self._opening is not None:
            name = self._opening.name
            self._background.cancel()
            self._end_waiting()
            self.left.emit(name)

    def describe(self, name: str, make: MakeModel) -> None:
        """Say what is in a model that is called ``name``."""
        if not self._is_refused():
            self._submit(self._background.submit(describing(name, make)), self._on_described)

    def save(self, file: Path, make: MakeModel, sources: Sequence[Path]) -> None:
        """Write a model as ``file``, to the end even where the program ends meanwhile."""
        if self._is_refused():
            return
        self.leave()
        self._saving = file
        self._submit(self._background.submit(saving(file, make, sources), is_kept=True), self._on_saved)

    def report(
        self,
        file: Path,
        make: MakeModel,
        loaded: Loaded,
        curve: SweepCurve | None,
        paint: PaintReport | None,
        sources: Sequence[Path],
    ) -> None:
        """Write a report of a model as ``file``, to the end as ``save`` does."""
        if self._is_refused():
            return
        self.leave()
        self._saving = file
        work = reporting(file, make, loaded, curve, paint, sources)
        self._submit(self._background.submit(work, is_kept=True), self._on_reported)

    def _is_refused(self) -> bool:
        # A newer request would take its place, and nobody would hear how it ended.
        if self._saving is not None:
            self.refused.emit(f"{self._saving.name} is still being written; try again when it is there.")
        return self._saving is not None

    def _submit(self, number: int, answer: Callable[[Any], None]) -> None:
        self._expect(number)
        self._answer = answer

    def _end_waiting(self) -> None:
        self._opening = self._saving = self._answer = None
        self._expect(NOTHING)

    def _on_succeeded(self, number: int, found: Any) -> None:
        if self._is_expected(number) and self._answer is not None:
            self._answer(found)

    def _on_opened(self, found: OpenedModel) -> None:
        self._end_waiting()
        self.model = found
        self.opened.emit(found)

    def _on_described(self, found: ModelFacts) -> None:
        self._end_waiting()
        self.described.emit(found)

    def _on_saved(self, found: SavedModel) -> None:
        file = self._saving
        self._end_waiting()
        self.saved.emit(file, found)

    def _on_reported(self, file: Path) -> None:
        self._end_waiting()
        self.reported.emit(file)

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            told = self.failed if self._opening is None else self.opening_failed
            self._end_waiting()
            told.emit(error)


def shown_model(name: str, saved: SavedModel, source: Source) -> ModelOfFile:
    """``saved`` in the file called ``name``, of the data at ``source``: as it is told of while it is shown."""
    return model_of_file(name, saved, source)


def is_model(file: str) -> bool:
    """Whether a file is to be opened as a model: by its name, or as an ordinary file that is one."""
    path = Path(file)
    if path.suffix.lower() == SUFFIX:
        return True
    if path.suffix.lower() not in ("", ".zip"):
        return False
    from regdesk.data.files.model_file import is_model_file

    return is_model_file(path)
