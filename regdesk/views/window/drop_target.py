"""A window on which one file of this computer can be dropped."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow

from regdesk.views.window.drop_overlay import DropOverlay, dropped_files


class DropTarget(QMainWindow):
    """Signals: ``file_chosen(str)``, ``drop_refused(str)`` with a sentence that says why.

    Subclasses call ``take_drops`` when all is in them.
    """

    file_chosen = Signal(str)
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
            self.drop_refused.emit(
                self.tr("{n} files were dragged here; regdesk opens one at a time.").format(n=len(files))
            )
        elif event.mimeData().hasUrls():
            self.drop_refused.emit(self.tr("Only files on this computer can be opened; save it and drag the file."))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.hide()
        files = dropped_files(event.mimeData())
        if len(files) == 1:
            event.acceptProposedAction()
            self.file_chosen.emit(files[0])
