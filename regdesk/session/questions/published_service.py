"""Owns the printed tables that are found again when somebody looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service
from regdesk.workers.published_work import finding_again

if TYPE_CHECKING:
    from regdesk.core.published.values import ComparedRow, PublishedResult
    from regdesk.core.types import DataSettings
    from regdesk.data.source import Source
    from regdesk.workers.background import BackgroundThread


class PublishedService(Service):
    """Signal: ``found(PublishedResult, tuple[ComparedRow, ...])``, the answer to ``find``, or else ``failed``."""

    found = Signal(object, object)

    def __init__(self, finding: BackgroundThread, parent: QObject | None = None) -> None:
        super().__init__(finding, parent=parent)
        self._background = finding
        self._background.succeeded.connect(self._on_succeeded)
        self._background.failed.connect(self._on_failed)
        self._result: PublishedResult | None = None

    def find(self, result: PublishedResult, source: Source, settings: DataSettings) -> None:
        """Find the numbers of ``result`` in ``source``; only the newest question is answered."""
        self._result = result
        self._expect(self._background.submit(finding_again(result, source, settings)))

    def _on_succeeded(self, number: int, rows: tuple[ComparedRow, ...]) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.found.emit(self._result, rows)

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.failed.emit(error)
