"""One piece of unsaved work: what the window looked like, of what it was and when, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.recovery.unsaved_work import UnsavedWork

PICTURE_WIDTH_PX = 288
PNG = b"\x89PNG\r\n"
"""So such a file begins."""


class WorkRow(QFrame):
    """Signals: ``restore_requested(str)`` and ``discard_requested(str)`` with the key of the work."""

    restore_requested = Signal(str)
    discard_requested = Signal(str)

    def __init__(self, work: UnsavedWork, number: int, parent: QWidget) -> None:
        """``number`` counts rows from 1, for their names."""
        super().__init__(parent)
        self.work = work
        self.setObjectName(f"unsavedWork{number}")
        layout = QHBoxLayout(self)
        layout.addWidget(self._made_picture(number))
        beside = QVBoxLayout()
        layout.addLayout(beside, stretch=1)
        title = make_paragraph()
        title.setText(work.title)
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        name_widget(title, f"unsavedTitle{number}", self.tr("What it is of"), "")
        when = make_paragraph()
        when.setText(work.trouble or self.tr("Kept at {when}").format(when=work.when))
        name_widget(when, f"unsavedTime{number}", self.tr("When it was kept"), "")
        beside.addWidget(title)
        beside.addWidget(when)
        if work.is_suspect:
            suspect = make_paragraph()
            suspect.setText(
                self.tr("regdesk ended twice or more while this was being restored. You can try again: it stays kept.")
            )
            name_widget(suspect, f"unsavedSuspect{number}", self.tr("What happened while it was restored"), "")
            beside.addWidget(suspect)
        beside.addStretch(1)
        buttons = QHBoxLayout()
        beside.addLayout(buttons)
        self.restore = QPushButton(self.tr("Restore"))
        name_widget(
            self.restore, f"restoreButton{number}", self.tr("Restore {title}").format(title=safe_line(work.title)),
            self.tr("Open it in this window, as it was"),
        )  # fmt: skip
        self.restore.setEnabled(not work.trouble)
        self.restore.clicked.connect(self._on_restore_clicked)
        discard = QPushButton(self.tr("Discard"))
        name_widget(
            discard, f"discardButton{number}", self.tr("Discard {title}").format(title=safe_line(work.title)),
            self.tr("Remove it for good"),
        )  # fmt: skip
        discard.clicked.connect(self._on_discard_clicked)
        buttons.addWidget(self.restore)
        buttons.addWidget(discard)
        buttons.addStretch(1)

    def _made_picture(self, number: int) -> QLabel:
        label = QLabel()
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setFixedSize(PICTURE_WIDTH_PX, PICTURE_WIDTH_PX * 5 // 8)
        picture = QPixmap()
        if self.work.picture.startswith(PNG) and picture.loadFromData(self.work.picture):
            ratio = self.devicePixelRatioF()
            picture = picture.scaled(
                label.size() * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            picture.setDevicePixelRatio(ratio)
            label.setPixmap(picture)
        else:
            label.setText(self.tr("No picture"))
        name_widget(label, f"unsavedPicture{number}", self.tr("The window as it was"), "")
        return label

    def _on_restore_clicked(self) -> None:
        self.restore_requested.emit(self.work.key)

    def _on_discard_clicked(self) -> None:
        self.discard_requested.emit(self.work.key)
