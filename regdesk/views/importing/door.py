"""The window's side of opening a file: the dialog, made when a file is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from regdesk.core.words.safe_text import safe_line

if TYPE_CHECKING:
    from regdesk.core.types import DataSettings
    from regdesk.core.words.data_facts import Consequences
    from regdesk.core.words.import_facts import ImportPreview, LargeFile
    from regdesk.views.importing.import_dialog import ImportDialog
    from regdesk.views.importing.large_file_dialog import LargeFileDialog

PAINT_MS = 20
"""What has been shown is painted by then, before other timers."""


class ImportDoor(QObject):
    """Signals: those of the dialog; ``painted()`` when a file has been shown; ``size_answered(int or None)`` with how
    many rows of a large file to draw, None for all; ``text_given(str, str)`` with a text of settings and what it is
    called; and ``left()`` when a dialog was left without opening the file.
    """

    reading_edited = Signal(object)
    settings_edited = Signal(object)
    file_accepted = Signal(object)
    command_requested = Signal(object)
    size_answered = Signal(object)
    painted = Signal()
    text_given = Signal(str, str)
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: ImportDialog | None = None
        self._question: LargeFileDialog | None = None

    @property
    def is_open(self) -> bool:
        """Whether a file is being looked at."""
        return self._question is not None or (self._dialog is not None and self._dialog.isVisible())

    def ask_size(self, file: LargeFile) -> None:
        """Whether all of a large file is read, or a sample."""
        from regdesk.views.importing.large_file_dialog import LargeFileDialog

        self._question = question = LargeFileDialog(self._window, file)
        question.answered.connect(self._on_size_answered)
        question.rejected.connect(self._on_question_left)
        question.open()

    def open_text(self, text: str, name: str) -> None:
        """Have a text of settings opened, which was copied and is called ``name``."""
        self.text_given.emit(text, name)

    def ask_where(self, file: str, text: str, folder: str) -> str:
        """Where the data in ``file`` are, which the settings in ``text`` are for; empty where nobody says."""
        title = self.tr("Where is {file}, which {text} is for?").format(file=safe_line(file), text=safe_line(text))
        found, _ = QFileDialog.getOpenFileName(self._window, title, folder, self.tr("All files (*)"))
        return found

    def prepare(self) -> None:
        """Make the dialog while the file is read, unless the window has yet to be painted."""
        if self._window.isVisible():
            self._made()

    def _made(self) -> ImportDialog:
        if self._dialog is None:
            from regdesk.views.importing.import_dialog import ImportDialog

            self._dialog = dialog = ImportDialog(self._window)
            dialog.reading_edited.connect(self.reading_edited)
            dialog.settings_edited.connect(self.settings_edited)
            dialog.file_accepted.connect(self.file_accepted)
            dialog.command_requested.connect(self.command_requested)
            dialog.rejected.connect(self.left)
        return self._dialog

    def show_preview(self, preview: ImportPreview, settings: DataSettings) -> None:
        """The file as it is read; the dialog opens with ``settings`` where it is not open yet."""
        dialog = self._made()
        if dialog.isVisible():
            dialog.show_preview(preview)
        else:
            dialog.open_with(preview, settings)
        QTimer.singleShot(PAINT_MS, self, self.painted.emit)

    def show_progress(self, fraction: float) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(fraction)

    def show_consequences(self, consequences: Consequences) -> None:
        if self._dialog is not None:
            self._dialog.show_consequences(consequences)

    def show_problem(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(sentence)

    def show_copied(self, command: str) -> None:
        if self._dialog is not None:
            self._dialog.show_copied(command)

    def close_dialog(self) -> None:
        """Leave the dialog, if one is open."""
        if self._question is not None:
            self._question.reject()
        if self._dialog is not None:
            self._dialog.reject()

    def _on_size_answered(self, n_rows: int | None) -> None:
        self._question = None
        self.size_answered.emit(n_rows)

    def _on_question_left(self) -> None:
        self._question = None
        self.left.emit()

    def apply_theme(self) -> None:
        if self._dialog is not None:
            self._dialog.apply_theme()
