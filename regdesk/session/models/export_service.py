"""Owns the model as code: written anew as often as another model or language is wanted, and saved as it was seen."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.words.model_facts import ExportLanguage, ExportPreview
from regdesk.session.service import NOTHING, Service
from regdesk.workers.model_work import exporting, saving_export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.exports.exported import Export
    from regdesk.workers.background import BackgroundThread
    from regdesk.workers.model_work import MakeModel

_log = logging.getLogger("regdesk.session")


class ExportService(Service):
    """Signals: ``exported(ExportPreview)``, the answer to ``export``, or else ``failed(Exception)``; ``saved(Path)`` or
    ``saving_failed(Exception)``. While a file is being written nothing is exported.
    """

    exported = Signal(object)
    saved = Signal(object)
    saving_failed = Signal(object)

    def __init__(self, exporting: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(exporting, parent=parent)
        self._background = exporting
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._export: Export | None = None
        self._saving: Path | None = None

    @property
    def is_saving(self) -> bool:
        return self._saving is not None

    def export(self, make: MakeModel, key: str) -> None:
        """Write a model in the language ``key``; only the newest question is answered."""
        if self._saving is None:
            self._export = None
            self._expect(self._background.submit(exporting(make, key)))

    def save(self, file: Path, kept_files: Sequence[Path]) -> None:
        """Write what was exported last to ``file``, never in the place of one of ``kept_files``."""
        if self._export is not None and self._saving is None:
            self._saving = file
            work = saving_export(file, self._export.data, kept_files)
            self._expect(self._background.submit(work, is_kept=True))

    def forget(self) -> None:
        """Nobody looks at it any more; what is being written is written."""
        if self._saving is None:
            self._background.cancel()
            self._expect(NOTHING)
            self._export = None

    def _on_succeeded(self, number: int, found: Export) -> None:
        if not self._is_expected(number):
            return
        file, self._saving = self._saving, None
        if file is not None:
            _log.info("The model is exported to %s.", file)
            self.saved.emit(file)
            return
        self._export = found
        text = found.content if isinstance(found.content, str) else None
        self.exported.emit(ExportPreview(text, len(found.data), found.suffix, tuple(found.notes)))

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            file, self._saving = self._saving, None
            (self.failed if file is None else self.saving_failed).emit(error)


def export_languages() -> tuple[ExportLanguage, ...]:
    """What models can be written in; Excel is the formula of a cell, or a workbook."""
    from regdesk.exports.exported import LANGUAGES, WORKBOOK

    found = []
    for key, language in LANGUAGES.items():
        if key == "excel":
            found.append(ExportLanguage(key, f"{language.title}, a cell"))
            found.append(ExportLanguage(f"{key}{WORKBOOK}", f"{language.title}, a workbook"))
        else:
            found.append(ExportLanguage(key, language.title))
    return tuple(found)
