"""Texts of settings in the window: what one says is put in force, on the sample or on the file that it names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from regdesk.core.settings.configuration import paths_of, value_at
from regdesk.core.settings.settings_lines import PERSONAL
from regdesk.data.errors import DataError
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.files.settings_file import is_settings_file, read_settings, settings_of_text
from regdesk.data.samples import sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.settings.configuration import Configuration
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

OPENED = "The settings of {name} are in force."
NOT_THERE = (
    "its data are in {file}, which is not beside it; put it there, or open it first and then this text once more."
)
GROUPS = ("data", "architecture", "training", "seed", "ending", "sweep")


class SettingsTextController(QObject):
    """Signals: ``load_failed(str)`` with the sentence that is shown.

    ``asks``: whether there is a person who can say where a file is.
    """

    load_failed = Signal(str)

    def __init__(
        self, window: MainWindow, session: Session, services: Services, asks: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._session, self._data, self._asks = window, session, services.data, asks

    def takes(self, file: str) -> bool:
        """Put in force what ``file`` says if it is such a text; whether it is one."""
        path = Path(file)
        if not is_settings_file(path):
            return False
        self._open(lambda: read_settings(path), path.name, path.parent)
        return True

    def open_text(self, text: str, name: str) -> None:
        """Put in force what ``text`` says, which was copied and is called ``name``."""
        self._open(lambda: settings_of_text(text, name), name, None)

    def _open(self, read: Callable[[], Configuration], name: str, folder: Path | None) -> None:
        if self._data.is_reading:
            self._window.show_error(self._data.reading_sentence)
            return
        try:
            wanted = self._with_source(read(), name, folder)
        except DataError as problem:
            self._window.show_error(str(problem))
            self.load_failed.emit(str(problem))
            return
        if wanted is not None:
            self._session.change_all(_values(wanted))
            self._window.show_status(OPENED.format(name=name))

    def _with_source(self, wanted: Configuration, name: str, folder: Path | None) -> Configuration | None:
        """``wanted`` with the source as it is here; None where a person does not say where it is. Raises DataError."""
        source = wanted.source
        if source.sample is not None:
            # That there is one of this name.
            sample(source.sample)
            return wanted
        if source.file is None:
            now = self._session.configuration.source
            return replace(wanted, source=now)
        file = self._found(source.file, name, folder)
        if file is None:
            return None
        more = tuple(str(file.with_name(one)) for one in source.reading.more_files)
        reading = replace(source.reading, more_files=more)
        return replace(wanted, source=replace(source, file=str(file), reading=reading))

    def _found(self, file: str, name: str, folder: Path | None) -> Path | None:
        """Where ``file`` is: beside the text, or open already, or where a person says. Raises DataError."""
        if folder is not None and is_ordinary(folder / file):
            return (folder / file).resolve()
        opened = self._data.opened
        if opened is not None and opened[0].sample is None and opened[0].path.name == file:
            return opened[0].path
        if not self._asks():
            raise DataError(NOT_THERE.format(file=file), file=name)
        chosen = self._window.importing.ask_where(file, name, "" if folder is None else str(folder))
        return Path(chosen) if chosen else None


def _values(wanted: Configuration) -> dict[str, Any]:
    """By path all that an experiment is; how somebody likes the window stays."""
    values: dict[str, Any] = {"source": wanted.source}
    values |= {group: value_at(wanted, group) for group in GROUPS}
    seen = [path for path in paths_of(wanted.view, "view.") if path not in PERSONAL]
    return values | {path: value_at(wanted, path) for path in seen}
