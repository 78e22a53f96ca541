"""A window on which files of this computer can be dropped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow

from regdesk.views.window.drop_overlay import DropOverlay, dropped_files


class DropTarget(QMainWindow):
    """Signals: ``file_chosen(str)``, ``files_chosen(list)`` of several that are to be one table, and
    ``drop_refused(str)`` with a sentence that says why.

    Subclasses call ``take_drops`` when all is in them.
    """

    file_chosen = Signal(str)
    files_chosen = Signal(list)
    drop_refused = Signal(str)

    def take_drops(self) -> None:
        """From now on, and on no single field."""
        self._drop = DropOverlay(self)
        self.setAcceptDrops(True)
        for edit in self.findChildren(QLineEdit):
            # A file that is dropped on it would leave its name there.
            edit.setAcceptDrops(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = dropped_files(event.mimeData())
        if len(files) == 1:
            event.acceptProposedAction()
            name = files[0].rsplit("/", maxsplit=1)[-1]
            self._drop.show_text(self.tr("Drop it here to open {name}").format(name=name))
        elif files:
            event.acceptProposedAction()
            text = self.tr("Drop them here to open the rows of {n} files as one table").format(n=len(files))
            self._drop.show_text(text)
        elif event.mimeData().hasUrls():
            self.drop_refused.emit(self.tr("Only files on this computer can be opened; save it and drag the file."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.choose_files(files)

    def choose_files(self, files: list[str]) -> None:
        """Ask for a file, or for several as one table in the order of their names."""
        if len(files) == 1:
            self.file_chosen.emit(files[0])
        elif files:
            self.files_chosen.emit(sorted(files))
