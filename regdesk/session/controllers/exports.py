"""What the window asks of the model as code, and what it is answered; while a model trains it is written anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.errors import RegdeskError
from regdesk.session.controllers.models import NO_MODEL
from regdesk.session.controllers.predictions import LIVE
from regdesk.session.models.export_service import export_languages

if TYPE_CHECKING:
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.words.model_facts import ExportPreview
    from regdesk.session.clock import Clock
    from regdesk.session.controllers.predictions import PredictionController
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.services import Services
    from regdesk.views.window.main_window import MainWindow

EVERY_S = 1.0
"""A model that trains is written anew once a second: who reads code reads slower."""
REST_SHARE = 4.0
"""Times as long as that took nothing is written: of very many rows each is gone through for the scores."""


class ExportController(QObject):
    """Shows the model that is chosen in the language that is chosen, as long as the dialog for it is open."""

    def __init__(
        self,
        window: MainWindow,
        services: Services,
        models: PredictionController,
        presenter: Presenter,
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._models, self._clock = window, models, clock
        self._exports, self._data, self._opened = services.exports, services.data, services.models
        # What is being looked at: keys of model and language; and the moment of the live model that was written last.
        self._chosen: tuple[str, str] | None = None
        self._written: TrainSnapshot | None = None
        self._written_s, self._rest_s = float("-inf"), EVERY_S
        self._is_written = False
        self._presenter = presenter
        door, exports = window.models, services.exports
        door.export_requested.connect(self._on_export_requested)
        door.export_wanted.connect(self._on_export_wanted)
        door.export_place_requested.connect(self._on_place_requested)
        door.export_place_chosen.connect(self._on_place_chosen)
        door.export_left.connect(self._on_left)
        presenter.frame_shown.connect(self._on_frame_shown)
        exports.exported.connect(self._on_exported)
        exports.failed.connect(self._on_failed)
        exports.saved.connect(self._on_saved)
        exports.saving_failed.connect(self._on_saving_failed)

    def _on_export_requested(self, key: str) -> None:
        choices = self._models.choices
        if not choices:
            self._window.show_error(NO_MODEL)
            return
        self._window.models.open_export(choices, key, export_languages())

    def _on_export_wanted(self, model: str, language: str) -> None:
        self._chosen = model, language
        self._write()

    def _write(self) -> None:
        assert self._chosen is not None
        model, language = self._chosen
        found, frame = self._models.maker(model), self._presenter.frame
        if found is None:
            self._window.models.show_export_problem(NO_MODEL)
            return
        self._written = None if frame is None else frame.snapshot
        self._written_s, self._is_written = self._clock.now_s(), False
        self._exports.export(found[1], language)

    def _on_frame_shown(self, frame: Frame) -> None:
        """Follow the live model, one answer after the other."""
        if self._chosen is None or self._chosen[0] != LIVE or self._exports.is_saving or not self._is_written:
            return
        is_same = self._written is not None and self._written.parameters is frame.snapshot.parameters
        if not is_same and self._clock.now_s() - self._written_s >= self._rest_s:
            self._write()

    def _on_exported(self, export: ExportPreview) -> None:
        self._is_written = True
        self._rest_s = max(EVERY_S, (1.0 + REST_SHARE) * (self._clock.now_s() - self._written_s))
        self._window.models.show_export(export)

    def _on_failed(self, error: Exception) -> None:
        self._is_written = True
        if not isinstance(error, RegdeskError):
            raise error
        self._window.models.show_export_problem(str(error))

    def _on_place_requested(self, suffix: str) -> None:
        opened, source = self._opened.model, self._data.opened
        name = "model"
        if self._chosen is not None and self._chosen[0] != LIVE and opened is not None:
            name = str(opened.path.with_suffix(""))
        elif source is not None:
            path = source[0].path
            # Samples are where the program is, which is no place for a person's files.
            name = str(path.with_suffix("")) if source[0].sample is None else path.stem
        self._window.models.ask_export_place(f"{name}{suffix}")

    def _on_place_chosen(self, file: str) -> None:
        opened, source = self._opened.model, self._data.opened
        kept = [] if opened is None else [opened.path]
        if source is not None:
            kept += [source[0].path, *map(Path, source[0].reading.more_files)]
        self._exports.save(Path(file), kept)

    def _on_saved(self, file: Path) -> None:
        self._window.show_status(f"The model is written as {file}.")
        self._window.models.show_export_saved(file.name)
        self._write_what_had_to_wait()

    def _on_saving_failed(self, error: Exception) -> None:
        self._write_what_had_to_wait()
        if not isinstance(error, RegdeskError):
            raise error
        self._window.models.show_export_trouble(str(error))
        self._window.show_error(str(error))

    def _write_what_had_to_wait(self) -> None:
        """Something else has been chosen while a file was being written."""
        if self._chosen is not None and not self._is_written:
            self._write()

    def _on_left(self) -> None:
        self._chosen = None
        self._exports.forget()
