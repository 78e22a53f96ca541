"""What the window asks of a file that is looked at before it is opened, and what is answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.types import DataSettings
from regdesk.data.errors import DataError
from regdesk.session.controllers.settings_texts import SettingsTextController

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regdesk.core.words.import_facts import LargeFile
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.importing import Imported
    from regdesk.views.window.main_window import MainWindow


class ImportMemory(Protocol):
    """Where the choices of files that were opened are kept, by the digest of the file."""

    def recalled(self) -> Mapping[str, ImportChoices]: ...

    def keep(self, digest: str, choices: ImportChoices) -> None: ...


class ImportController(QObject):
    """Signals: ``command_requested(str, ImportChoices)`` with the file, for its command; ``left()`` when a file was not
    opened after all; ``load_failed(str)`` with the sentence that is shown when it cannot be read in any way.

    ``memory`` is None where nobody is asked: files are opened as they are found.
    """

    command_requested = Signal(str, object)
    left = Signal()
    load_failed = Signal(str)

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self.memory: ImportMemory | None = None
        self.takes_model: Callable[[str], bool] = lambda _file: False
        """Opens what is a model, and says whether it was one."""
        self._window, self._session = window, session
        self._imports, self._data = services.imports, services.data
        self._texts = SettingsTextController(window, session, services, lambda: self.memory is not None, self)
        self._texts.load_failed.connect(self.load_failed)
        imports, door = self._imports, window.importing
        imports.reading_began.connect(self._on_reading_began)
        imports.progressed.connect(self._on_progressed)
        imports.size_told.connect(self._on_size_told)
        imports.glimpsed.connect(self._on_read)
        imports.read.connect(self._on_read)
        imports.read_failed.connect(self._on_read_failed)
        imports.weighed.connect(door.show_consequences)
        imports.weighing_failed.connect(self._on_weighing_failed)
        imports.left.connect(self._on_left)
        door.reading_edited.connect(imports.read_again)
        door.settings_edited.connect(self._on_settings_edited)
        door.file_accepted.connect(self._on_file_accepted)
        door.command_requested.connect(self._on_command_requested)
        door.size_answered.connect(imports.answer_size)
        door.left.connect(imports.leave)
        door.painted.connect(imports.go_on)
        door.text_given.connect(self._texts.open_text)
        window.load_cancelled.connect(imports.leave)
        window.file_chosen.connect(self._on_file_chosen)
        window.files_chosen.connect(self._on_files_chosen)

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is something else than a table: a model, a lesson, a text of settings; whether it is."""
        return self._texts.takes(file) or self.takes_model(file)

    def open_file(self, file: str, reading: ReadingOptions | None = None, settings: DataSettings | None = None) -> None:
        """Look at a file before it is opened, or open it at once where nobody is asked."""
        if (reading is None or not reading.more_files) and self.takes(file):
            return
        if self.memory is None:
            self._data.open_file(file, reading, settings)
            return
        self._window.importing.close_dialog()
        self._imports.look_at(
            file, ImportChoices(reading or ReadingOptions(), settings or DataSettings()), self.memory.recalled()
        )

    def _on_file_chosen(self, file: str) -> None:
        self.open_file(file)

    def _on_files_chosen(self, files: list[str]) -> None:
        self.open_file(files[0], ReadingOptions(more_files=tuple(files[1:])))

    def _on_reading_began(self, title: str) -> None:
        self._window.show_status(f"Reading {title} …")
        self._window.show_busy(f"Reading {title}", can_cancel=True)
        self._window.importing.prepare()

    def _on_progressed(self, fraction: float) -> None:
        self._window.show_progress(fraction)
        self._window.importing.show_progress(fraction)

    def _on_size_told(self, file: LargeFile) -> None:
        self._window.show_idle()
        self._window.show_status(f"{file.title} is large; it is read when it is known how much of it.")
        self._window.importing.ask_size(file)

    def _on_read(self, found: Imported) -> None:
        self._window.show_idle()
        self._window.importing.show_preview(found.preview, found.data)

    def _on_read_failed(self, error: Exception) -> None:
        self._window.show_idle()
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
        self.load_failed.emit(str(error))

    def _on_settings_edited(self, settings: DataSettings) -> None:
        self._imports.weigh(settings, self._session.configuration.seed)

    def _on_weighing_failed(self, error: Exception) -> None:
        self._window.importing.show_problem(str(error))
        if not isinstance(error, DataError):
            raise error

    def _on_file_accepted(self, settings: DataSettings) -> None:
        found, prepared = self._imports.now, self._imports.loaded
        if found is None or found.table is None:
            return
        self._imports.finish()
        if self.memory is not None:
            # The files are told by their bytes, wherever they lie when they are opened again.
            reading = replace(found.source.reading, more_files=())
            self.memory.keep(found.digest, ImportChoices(reading, settings))
        self._data.open_read(found.source, found.table, settings, prepared, found.states)

    def _on_left(self, title: str) -> None:
        self._window.show_idle()
        self._window.importing.close_dialog()
        rest = "the data on screen stay." if self._data.opened is not None else "open a file or a sample."
        self._window.show_error(f"Opening {title} was cancelled; {rest}")
        self.left.emit()

    def _on_command_requested(self, settings: DataSettings) -> None:
        found = self._imports.now
        if found is not None:
            self.command_requested.emit(str(found.source.path), ImportChoices(found.source.reading, settings))
