"""The window as a companion: theme, recent files, and what it finds again at the next start."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from regdesk.cli.command_text import command_of, fit_words
from regdesk.cli.pictures import PicturesFailed
from regdesk.compiling.processors import n_processors
from regdesk.core.settings.settings_lines import is_settings_text
from regdesk.crews.choice import MOST_WORKERS, crew_choice
from regdesk.data.errors import DataError
from regdesk.data.files.ordinary_files import is_ordinary
from regdesk.data.files.result_folder import NotWritable
from regdesk.data.files.whole_files import reason_of
from regdesk.data.formats.pasted import CLIPBOARD, keep_pasted
from regdesk.desktop.kept_imports import KeptImports
from regdesk.desktop.kept_lessons import KeptLessons
from regdesk.desktop.kept_looks import KeptLooks
from regdesk.desktop.preferences import Preferences
from regdesk.desktop.window_memory import WindowMemory
from regdesk.system.terminal import write_error
from regdesk.views.kit.strong_colours import strong
from regdesk.views.kit.theme import ThemeChoice, apply_theme, as_theme_choice, colours, colours_for

if TYPE_CHECKING:
    from regdesk.core.report.values import Report
    from regdesk.core.settings.change import Change
    from regdesk.core.settings.import_choices import ImportChoices
    from regdesk.session.controller import Controller
    from regdesk.views.window.main_window import MainWindow


class Shell(QObject):
    """Belongs to the window."""

    def __init__(
        self,
        window: MainWindow,
        controller: Controller,
        preferences: Preferences,
        theme: ThemeChoice,
        first_sample: str,
    ) -> None:
        """``theme`` is in force already; ``first_sample`` is opened where nothing else is."""
        super().__init__(window)
        self._window, self._controller, self._preferences = window, controller, preferences
        self._theme, self._first_sample = theme, first_sample
        self._memory = WindowMemory(window, preferences)
        self._session = controller.session
        # Before the layout is restored, which is one of these.
        KeptLooks(self._session, preferences).restore()
        self._has_model = self._has_complained = self._is_closed = False
        self._unsaid: list[str] = []
        # Whether the guided tour begins as soon as there is a model.
        self._offers_tour = False
        window.show_theme(theme)
        window.theme_chosen.connect(self._on_theme_chosen)
        window.recent_chosen.connect(self._on_recent_chosen)
        window.recent_cleared.connect(self._on_recent_cleared)
        window.paste_requested.connect(self._on_paste_requested)
        window.workers_requested.connect(self._on_workers_requested)
        window.workers_chosen.connect(self._on_workers_chosen)
        window.closed.connect(self.save)
        window.menus.file_menu_opened.connect(self._on_file_menu_opened)
        self._session.changed.connect(self._on_changed)
        controller.file_opened.connect(self._on_file_opened)
        controller.frame_shown.connect(self._on_frame_shown)
        controller.load_failed.connect(self._on_load_failed)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_color_scheme_changed)
        controller.import_left.connect(self._on_import_left)
        controller.command_requested.connect(self._on_command_requested)
        controller.sweep_workers = preferences.sweep_workers
        folder = preferences.folder
        controller.keeper.data_folder = None if folder is None else folder / "session-data"
        controller.fit_words = fit_words
        controller.paint_report = _paint_report
        # A program in whose name nothing is kept is run by a script, which nobody sits before.
        controller.import_memory = None if preferences.folder is None else KeptImports(preferences)
        controller.lessons.memory = None if preferences.folder is None else KeptLessons(preferences)
        self._show_recent_files()

    def meet(self, is_person: bool, wants_nothing: bool) -> None:
        """Somebody may sit before the window, who is asked at closing; ``wants_nothing`` in particular: shown around.

        A program in whose name nothing is kept is run by a script.
        """
        if is_person and self._preferences.folder is not None:
            self._window.may_close = self._controller.keeper.saver.may_close
            self._offers_tour = wants_nothing and self._preferences.take_first_start()

    @property
    def _folder(self) -> Path:
        """Where things are kept beside the preferences."""
        return self._preferences.folder or Path(tempfile.gettempdir()) / "regdesk"

    def restore(self) -> None:
        """Put window and docks where they were; call before the window is shown."""
        self.say(self._memory.restore())

    def save(self) -> None:
        """Keep where window and docks are."""
        self._memory.keep()
        self._is_closed = True
        self._note_written()

    def _note_written(self) -> None:
        """Say once when something cannot be kept."""
        file = self._preferences.unwritable_file
        if file is None or self._has_complained:
            return
        self._has_complained = True
        if self._is_closed:
            sentence = self.tr("{file} could not be written: where the window and its panels were is not kept.")
        else:
            sentence = self.tr("{file} cannot be written: what you choose here is not found again at the next start.")
        self.say(sentence.format(file=file))

    def say(self, sentence: str) -> None:
        """Say it as soon as there is something to look at beside it, or now."""
        if self._is_closed:
            write_error(sentence)
        elif self._has_model:
            self._window.show_error(sentence)
        elif sentence:
            # Not now: while a file is read the line speaks of that.
            self._unsaid.append(sentence)

    def _on_frame_shown(self) -> None:
        self._controller.frame_shown.disconnect(self._on_frame_shown)
        self._has_model = True
        if self._unsaid:
            self.say(" ".join(self._unsaid))
        if self._offers_tour:
            self._controller.lessons.open_tour()

    def _on_load_failed(self, sentence: str) -> None:
        if self._unsaid and not self._has_model:
            self._window.show_error(" ".join([sentence, *self._unsaid]))

    def _on_theme_chosen(self, choice: str) -> None:
        self._theme = as_theme_choice(choice)
        self._preferences.theme = choice
        self._preferences.save()
        self._note_written()
        self._apply_theme()

    def _on_changed(self, change: Change) -> None:
        if change.touches("view.lecture.is_on"):
            self._apply_theme()

    def _on_color_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._theme == "system":
            self._apply_theme()

    def _apply_theme(self) -> None:
        chosen = colours_for(self._theme)
        if self._session.configuration.view.lecture.is_on:
            chosen = strong(chosen)
        application = QApplication.instance()
        if chosen is not colours() and isinstance(application, QApplication):
            apply_theme(application, chosen)
            self._window.apply_theme()

    def _on_file_opened(self, file: str) -> None:
        self._preferences.add_recent_file(str(Path(file).resolve()))
        self._show_recent_files()

    def _on_recent_chosen(self, file: str) -> None:
        if is_ordinary(Path(file)):
            self._controller.choose_file(file)
            return
        gone = self.tr("{file} is no longer there; it was taken off the list of recent files.")
        self._window.show_error(gone.format(file=file))
        self._preferences.remove_recent_file(file)
        self._show_recent_files()

    def _on_paste_requested(self) -> None:
        text = QGuiApplication.clipboard().text()
        if is_settings_text(text):
            self._window.importing.open_text(text, CLIPBOARD)
            return
        folder = self._folder
        try:
            file = keep_pasted(text, folder / "pasted")
        except DataError as error:
            self._window.show_error(str(error))
        except OSError as error:
            failed = self.tr("{folder}: the table could not be kept there ({reason}).")
            self._window.show_error(failed.format(folder=folder, reason=reason_of(error)))
        else:
            self._controller.choose_file(str(file))

    def _on_import_left(self) -> None:
        if not self._controller.has_data:
            self._controller.open_sample(self._first_sample)

    def _on_command_requested(self, file: str, choices: ImportChoices) -> None:
        command = command_of(file, choices)
        QGuiApplication.clipboard().setText(command)
        self._window.importing.show_copied(command)

    def _on_recent_cleared(self) -> None:
        self._preferences.clear_recent_files()
        self._show_recent_files()

    def _on_file_menu_opened(self) -> None:
        # Another window may have opened files since.
        self._preferences.save()
        self._show_recent_files()

    def _show_recent_files(self) -> None:
        self._window.show_recent_files(self._preferences.recent_files)
        self._note_written()

    def _on_workers_requested(self) -> None:
        workers = self._controller.sweep_workers
        counts = (n_processors(), MOST_WORKERS)
        self._window.show_workers("" if workers is None else str(workers), counts, _refusal_of_workers)

    def _on_workers_chosen(self, workers: str) -> None:
        choice = crew_choice(workers) if workers else None
        self._controller.sweep_workers = self._preferences.sweep_workers = choice
        self._preferences.save()
        self._note_written()


def _paint_report(report: Report) -> bytes:
    """A report as PDF; what that takes is loaded with the first one. Raises NotWritable, one sentence."""
    from regdesk.desktop.report_pdf import pdf_bytes

    try:
        return pdf_bytes(report)
    except PicturesFailed as problem:
        raise NotWritable(f"the report could not be drawn: {problem}") from None


def _refusal_of_workers(text: str) -> str:
    """Why ``text`` names no workers; empty where it does."""
    try:
        crew_choice(text)
    except ValueError as error:
        sentence = str(error)
        return f"{sentence[:1].upper()}{sentence[1:]}."
    return ""
