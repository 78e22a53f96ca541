"""The settings of a window as a small text: to the clipboard, or as a file that another regdesk opens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from regdesk.core.settings.settings_lines import settings_text
from regdesk.data.files.settings_file import SUFFIX
from regdesk.data.files.whole_files import NotOnDisk, reason_of, write_whole
from regdesk.tasks.live_provenance import origin_line

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.views.window.main_window import MainWindow


class SettingsTaking(QObject):
    """Belongs to the window."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._session, self._moment = window, controller.session, controller.moment

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text())
        self._window.show_status(
            self.tr("The settings were copied as text: paste them into a file, a mail or another regdesk.")
        )

    def save(self) -> None:
        """Ask for a place, and write it there whole."""
        file = self._window.models.ask_settings_place(str(self._proposed()))
        if not file:
            return
        try:
            write_whole(Path(file), self._text().encode())
        except OSError as problem:
            form = self.tr("{file} could not be written ({reason}). Nothing there was changed.")
            if isinstance(problem, NotOnDisk):
                form = self.tr("{file}: {reason}.")
            self._window.show_error(form.format(file=file, reason=reason_of(problem)))
            return
        form = self.tr("The settings are saved as {name}; any regdesk opens it.")
        self._window.show_status(form.format(name=Path(file).name))

    def _text(self) -> str:
        text, moment = settings_text(self._session.configuration), self._moment()
        return text if moment is None else f"{text}\n# Written with {origin_line(moment)}\n"

    def _proposed(self) -> Path:
        """Beside the data; samples are where the program is, which is no place for a person's files."""
        source = self._session.configuration.source
        if source.file is not None:
            return Path(source.file).with_suffix(SUFFIX)
        return Path.home() / f"{source.sample or 'settings'}{SUFFIX}"
