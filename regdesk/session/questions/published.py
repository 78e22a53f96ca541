"""Between the dialog of published results and the service that finds their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.errors import DataError
from regdesk.data.samples import published_path, sample_path
from regdesk.data.source import Source

if TYPE_CHECKING:
    from regdesk.core.published.values import ComparedRow, PublishedResult
    from regdesk.session.services import Services
    from regdesk.views.window.main_window import MainWindow


class PublishedController(QObject):
    """Signal: ``failed(Exception)`` with what is nobody's fault but the program's."""

    failed = Signal(object)

    def __init__(self, window: MainWindow, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._door, self._data, self._service = window.published, services.data, services.published
        self._asked: PublishedResult | None = None
        self._door.result_requested.connect(self._on_result_requested)
        self._door.data_requested.connect(self._on_data_requested)
        self._service.found.connect(self._on_found)
        self._service.failed.connect(self._on_failed)
        # A dialog does not go with its window by itself.
        window.closed.connect(self._door.close)

    def _on_result_requested(self, name: str) -> None:
        self._asked = chosen = _result_named(name)
        try:
            source = _source_of(chosen)
        except DataError as problem:
            self._show(chosen, (), str(problem))
        else:
            self._service.find(chosen, source, _settings_of(chosen))

    def _on_found(self, result: PublishedResult, rows: tuple[ComparedRow, ...]) -> None:
        self._show(result, rows, "")

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, DataError) and self._asked is not None:
            self._show(self._asked, (), str(error))
        else:
            self.failed.emit(error)

    def _on_data_requested(self, name: str) -> None:
        chosen = _result_named(name)
        try:
            self._data.open_source(_source_of(chosen), _settings_of(chosen))
        except DataError as problem:
            self._show(chosen, (), str(problem))

    def _show(self, chosen: PublishedResult, rows: tuple[ComparedRow, ...], problem: str) -> None:
        from regdesk.core.published.tables import PUBLISHED_RESULTS

        self._door.show(PUBLISHED_RESULTS, chosen, rows, problem)


def _result_named(name: str) -> PublishedResult:
    """That of ``name``, or the first."""
    from regdesk.core.published.tables import PUBLISHED_RESULTS

    return next((one for one in PUBLISHED_RESULTS if one.name == name), PUBLISHED_RESULTS[0])


def _settings_of(result: PublishedResult) -> DataSettings:
    """Every row trains, as in print."""
    return DataSettings(target=result.target, features=result.features, degree=result.degree, validation_fraction=0.0)


def _source_of(result: PublishedResult) -> Source:
    """Raises DataError where the file did not come with the program."""
    path = sample_path(result.sample) if result.sample else published_path(result.file)
    model = (Architecture(hidden=()), TrainSettings(result.penalty, result.lam))
    return Source(path, result.title, hint=result.sentence, target=result.target, model=model)
