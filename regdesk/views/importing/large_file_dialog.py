"""What reading a very large file takes, and a sample of its rows in place of all of them, before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import PlainLabel, title_text
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.words.import_facts import LargeFile

WIDTH_PX = 520


class LargeFileDialog(KeyedDialog):
    """Signals: ``answered(int or None)`` with how many rows to draw, None for all; none where it is left."""

    answered = Signal(object)

    def __init__(self, parent: QWidget, file: LargeFile) -> None:
        super().__init__(parent)
        self.setObjectName("largeFileDialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title_text(self.tr("Open {title}").format(title=file.title)))
        self._n_rows = file.sample_rows
        text = PlainLabel()
        text.setObjectName("largeFileText")
        text.setWordWrap(True)
        text.setText(
            self.tr(
                "{title} is large: {needs}\n\nA sample of {n:,} rows can be read in place of all, drawn with a seed "
                "and so the same every time. It takes less memory; the whole file is gone through all the same."
            ).format(title=safe_line(file.title), needs=file.needs, n=file.sample_rows)
        )
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        sample = buttons.addButton(self.tr("Read a &sample"), roles.AcceptRole)
        whole = buttons.addButton(self.tr("Read &all rows"), roles.ActionRole)
        cancel = buttons.addButton(self.tr("Cancel"), roles.RejectRole)
        for button, name, tip in (
            (sample, "largeFileSampleButton", self.tr("Read a sample of the rows (Enter)")),
            (whole, "largeFileWholeButton", self.tr("Read all rows of the file")),
            (cancel, "largeFileCancelButton", self.tr("Leave everything as it is (Esc)")),
        ):
            button.setObjectName(name)
            button.setAccessibleName(tip)
            button.setToolTip(tip)
        whole.setAutoDefault(False)
        sample.setDefault(True)
        sample.setFocus(Qt.FocusReason.OtherFocusReason)
        buttons.accepted.connect(self._on_sample_clicked)
        buttons.rejected.connect(self.reject)
        whole.clicked.connect(self._on_whole_clicked)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.setFixedWidth(min(scaled_px(WIDTH_PX), parent.width()))

    def _on_sample_clicked(self) -> None:
        self.accept()
        self.answered.emit(self._n_rows)

    def _on_whole_clicked(self) -> None:
        self.accept()
        self.answered.emit(None)
