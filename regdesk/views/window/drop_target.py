"""A window on which files of this computer can be dropped, and what says meanwhile what will happen to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.plain_text import PlainLabel
from regdesk.views.kit.text_size import HERO, larger_font


class DropOverlay(QFrame):
    """Covers the window while a file is dragged over it; what lies under it sees nothing of the file."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("dropOverlay")
        self._text = PlainLabel()
        self._text.setObjectName("dropText")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = larger_font(self._text.font(), HERO)
        self._text.setFont(font)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        self.hide()

    def show_text(self, text: str) -> None:
        colours = theme.colours()
        # Nearly opaque: the sentence must be readable over any picture.
        ground = "27, 29, 32" if colours.is_dark else "255, 255, 255"
        self.setStyleSheet(
            f"#dropOverlay {{ background: rgba({ground}, 225); border: 3px dashed {colours.training}; }}"
            f"#dropText {{ color: {colours.text}; background: transparent; }}"
        )
        self._text.setText(text)
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()


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
        if len(files) == 1 and Path(files[0]).is_dir():
            name = safe_line(Path(files[0]).name)
            self.drop_refused.emit(
                self.tr("{name} is a folder; drag the file in it, or several that have the same columns.").format(
                    name=name
                )
            )
        elif len(files) == 1:
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


def dropped_files(data: QMimeData) -> list[str]:
    """The local files that are dragged; empty for anything else, such as text or an address on the web."""
    urls = data.urls() if data.hasUrls() else []
    files = [url.toLocalFile() for url in urls]
    return files if all(files) else []
