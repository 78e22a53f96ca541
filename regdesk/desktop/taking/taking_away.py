"""What is taken away from a window: pictures and tables, to files or to the clipboard, and the command for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from regdesk.cli.live_commands import live_commands, live_fit_words, live_sweep_words
from regdesk.data.files.prediction_file import PROVENANCE_SUFFIX
from regdesk.data.files.safe_cells import csv_bytes, tsv_text
from regdesk.desktop.taking.picture_saving import PictureSaving
from regdesk.desktop.taking.picture_taking import Origin
from regdesk.desktop.taking.saved_files import NotSaved, is_free, saved_sentence, show_not_saved, write_files
from regdesk.tasks.live_moment import LiveMoment
from regdesk.tasks.live_provenance import (
    again_sentence,
    caption_of,
    live_provenance,
    short_provenance,
    sweep_moment_provenance,
)
from regdesk.tasks.live_tables import TABLES, LiveTable
from regdesk.views.export.picture_request import PictureRequest
from regdesk.views.export.tables_dialog import TableOffer, TablesDialog
from regdesk.views.plots.data_columns import rows_of
from regdesk.workers.background import BackgroundThread, ShouldStop, Work

if TYPE_CHECKING:
    from regdesk.session.controller import Controller
    from regdesk.views.export.saving_dialog import SavingDialog
    from regdesk.views.plots.panel import Panel
    from regdesk.views.window.main_window import MainWindow


class TakingAway(QObject):
    """Belongs to the window; made when something is taken away for the first time."""

    def __init__(self, window: MainWindow, controller: Controller) -> None:
        super().__init__(window)
        self._window, self._controller = window, controller
        self._pictures = PictureSaving(window, controller, _origin_of)
        # What was chosen last stands in the dialogs when they are opened again.
        self._folder = ""
        self._tables: tuple[str, ...] = ("coefficients", "predictions")
        # Tables of a million rows take seconds.
        self._thread = BackgroundThread(self)
        self._thread.setObjectName("tables")
        self._thread.succeeded.connect(self._on_succeeded)
        self._thread.failed.connect(self._on_failed)
        self._waiting: tuple[int, SavingDialog, Callable[[Any], None]] | None = None
        window.closed.connect(self.stop)

    def stop(self) -> None:
        """Give up what is being made; nothing of it has been written."""
        self._waiting = None
        self._thread.stop()
        self._thread.wait()

    def _moment(self) -> LiveMoment | None:
        """That of now; without one it is said that there is none."""
        moment = self._controller.moment()
        if moment is None:
            self._window.show_error(self.tr("There is no model yet: open a table and choose what is predicted first."))
        return moment

    def _first_folder(self, moment: LiveMoment) -> str:
        source = moment.loaded.source
        return (
            self._folder or self._pictures.folder or str(Path.home() if source.sample else source.path.resolve().parent)
        )

    def open_pictures(self, only: Panel | None) -> None:
        """The dialog that saves pictures, with one panel ticked, or those of the last time, all at first."""
        moment = self._moment()
        if moment is not None:
            self._pictures.open_dialog(PictureRequest(folder=self._first_folder(moment)), only)

    def open_tables(self) -> None:
        """The dialog that saves tables or copies them."""
        moment = self._moment()
        if moment is None:
            return
        offers = [TableOffer(table.name, table.title, self._obstacle(table, moment)) for table in TABLES]
        dialog = TablesDialog(self._window, offers, self._tables, self._first_folder(moment))
        dialog.save_requested.connect(partial(self._save_tables, dialog))
        dialog.copy_requested.connect(partial(self._copy_tables, dialog))
        dialog.open()

    def _obstacle(self, table: LiveTable, moment: LiveMoment) -> str:
        if not table.is_of_sweep or moment.curve is not None:
            return ""
        return self.tr("sweep λ first (F5)")

    def _save_tables(self, dialog: TablesDialog, names: tuple[str, ...], folder: str) -> None:
        moment = self._moment()
        wanted = [table for table in TABLES if table.name in names]
        file_names = [name for table in wanted for name in _names_of(table)]
        if moment is None or not is_free(dialog, folder, file_names):
            return
        self._tables, self._folder = names, folder

        def work(should_stop: ShouldStop) -> int:
            files = _files_of(wanted, moment)
            write_files(folder, files, should_stop)
            return len(files)

        self._begin(dialog, work, partial(self._show_saved, dialog))

    def _show_saved(self, dialog: SavingDialog, n_files: int) -> None:
        self._window.show_status(saved_sentence(dialog, n_files, self._folder))
        dialog.accept()

    def _copy_tables(self, dialog: TablesDialog, names: tuple[str, ...]) -> None:
        moment = self._moment()
        if moment is None:
            return
        self._tables = names
        wanted = [table for table in TABLES if table.name in names]
        self._begin(dialog, lambda _: _texts_of(wanted, moment), partial(self._put_down, dialog))

    def _put_down(self, dialog: SavingDialog, parts: list[tuple[str, str]]) -> None:
        # One table is only itself, so that it can be pasted into another.
        text = parts[0][1] if len(parts) == 1 else "\n".join(f"{title}\n{text}" for title, text in parts)
        QGuiApplication.clipboard().setText(text)
        self._window.show_status(self.tr("Copied: {titles}.").format(titles=", ".join(title for title, _ in parts)))
        dialog.accept()

    def _begin(self, dialog: SavingDialog, work: Work, done: Callable[[Any], None]) -> None:
        """Let ``work`` be done, and then ``done`` with what it has come to; until then ``dialog`` waits."""
        dialog.setEnabled(False)
        self._waiting = self._thread.submit(work), dialog, done

    def _on_succeeded(self, number: int, result: object) -> None:
        self._end(number, lambda done: done(result))

    def _on_failed(self, number: int, error: Exception) -> None:
        waiting = self._waiting
        self._end(number, lambda _: None)
        if not isinstance(error, NotSaved):
            raise error
        if waiting is not None and isValid(waiting[1]):
            show_not_saved(waiting[1], error)

    def _end(self, number: int, act: Callable[[Callable[[Any], None]], None]) -> None:
        if self._waiting is None or self._waiting[0] != number:
            return
        _, dialog, done = self._waiting
        self._waiting = None
        if isValid(dialog):
            dialog.setEnabled(True)
            act(done)

    def copy_data(self, panel: Panel) -> None:
        """Put the numbers behind a panel on the clipboard."""
        columns = panel.data_columns()
        if not columns:
            self._window.show_error(self.tr("{panel} shows no numbers yet.").format(panel=panel.windowTitle()))
            return
        rows = rows_of(columns)
        QGuiApplication.clipboard().setText(tsv_text(rows))
        form = self.tr("The numbers of {panel} were copied: {n_columns} columns, {n_rows:,} rows.")
        words = form.format(panel=panel.windowTitle(), n_columns=len(columns), n_rows=len(rows) - 1)
        self._window.show_status(words)

    def copy_command(self) -> None:
        """Put on the clipboard what makes again what the window shows."""
        moment = self._moment()
        if moment is not None:
            QGuiApplication.clipboard().setText("\n".join(live_commands(moment)))
            # Its files are named by where they are here. What opens anywhere, views and all, is the text of settings.
            form = self.tr(
                "The command was copied, with the place of the file on this computer; {menu} opens the same on "
                "another. {again}"
            )
            menu = self._window.commands.taking.copy_settings.text().replace("&", "")
            self._window.show_status(form.format(menu=menu, again=again_sentence(moment)))


def _files_of(wanted: Sequence[LiveTable], moment: LiveMoment) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for table in wanted:
        rows = table.rows(moment)
        if rows is not None:
            csv_name, notes_name = _names_of(table)
            notes = json.dumps(_provenance_of(table, moment), allow_nan=False, indent=1) + "\n"
            files |= {csv_name: csv_bytes(rows), notes_name: notes.encode()}
    return files


def _texts_of(wanted: Sequence[LiveTable], moment: LiveMoment) -> list[tuple[str, str]]:
    found = [(table.title, table.rows(moment)) for table in wanted]
    return [(title, tsv_text(rows)) for title, rows in found if rows is not None]


def _names_of(table: LiveTable) -> tuple[str, str]:
    return f"{table.name}.csv", f"{table.name}.csv{PROVENANCE_SUFFIX}"


def _provenance_of(table: LiveTable, moment: LiveMoment) -> dict[str, Any]:
    sweep = live_sweep_words(moment)
    if table.is_of_sweep and sweep is not None:
        return sweep_moment_provenance(moment, sweep)
    return live_provenance(moment, live_fit_words(moment))


def _origin_of(moment: LiveMoment) -> Origin:
    notes, commands = short_provenance(moment, live_fit_words(moment)), live_commands(moment)
    if len(commands) > 1:
        notes["sweep_command"] = commands[1]
    return Origin(caption_of(moment), json.dumps(notes, allow_nan=False))
