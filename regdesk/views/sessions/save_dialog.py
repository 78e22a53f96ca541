"""Where a session is to be written, and whether its data go with it."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QFileInfo, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.timeline.facts import SaveOffer
from regdesk.views.kit import theme
from regdesk.views.kit.file_patterns import MODEL_SUFFIX
from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.models.save_place import may_be_written

WIDTH_PX = 560


class SaveSessionDialog(KeyedDialog):
    """Signal: ``place_chosen(str, bool)``, the file and whether the data are written into it."""

    place_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget, offer: SaveOffer) -> None:
        super().__init__(parent)
        self.setObjectName("saveSessionDialog")
        self.setWindowTitle(self.tr("Save the session"))
        # The dialog of the system asks about a file that is there; this one asks about what is typed.
        self._agreed = ""
        self._edit = QLineEdit(offer.place)
        name_widget(self._edit, "sessionFileEdit", self.tr("File"), self.tr("The file that is written"))
        browse = QPushButton(self.tr("&Browse…"))
        name_widget(browse, "sessionBrowseButton", self.tr("Browse"), self.tr("Choose a file"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse_clicked)
        label, row = QLabel(self.tr("&File")), QHBoxLayout()
        label.setBuddy(self._edit)
        for widget, stretch in ((label, 0), (self._edit, 1), (browse, 0)):
            row.addWidget(widget, stretch)
        text = self.tr("&Write the data into it ({size})").format(size=offer.size)
        self._embed = QCheckBox(text)
        name_widget(self._embed, "embedDataBox", self.tr("Write the data into it"), offer.why)
        self._embed.setChecked(offer.embeds)
        self._embed.setEnabled(offer.can_choose)
        self._why, self._problem = make_paragraph(), make_paragraph()
        self._why.setObjectName("embedDataWords")
        self._why.setText(offer.why)
        self._problem.setObjectName("saveSessionProblem")
        self._problem.setStyleSheet(f"color: {theme.colours().error}")
        self._problem.hide()
        buttons = QDialogButtonBox()
        self._save = buttons.addButton(self.tr("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        name_widget(self._save, "saveSessionButton", self.tr("Save"), self.tr("Write the file"))
        cancel = buttons.addButton(self.tr("&Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        name_widget(cancel, "leaveSessionButton", self.tr("Cancel"), self.tr("Write nothing"))
        self._save.setDefault(True)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        self._edit.textChanged.connect(self._on_text_changed)
        layout = QVBoxLayout(self)
        layout.addLayout(row)
        for one in (self._embed, self._why, self._problem, buttons):
            layout.addWidget(one)
        self.resize(WIDTH_PX, layout.totalHeightForWidth(WIDTH_PX))
        self._edit.selectAll()
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        self._save.setEnabled(bool(self._edit.text().strip()))

    def _on_browse_clicked(self) -> None:
        pattern = self.tr("Sessions of regdesk ({patterns})").format(patterns=f"*{MODEL_SUFFIX}")
        file, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self._edit.text(), pattern)
        if file:
            self._agreed = file if PurePath(file).suffix else ""
            self._edit.setText(file)

    def _on_accepted(self) -> None:
        file = self._edit.text().strip()
        file = file if PurePath(file).suffix else file + MODEL_SUFFIX
        if file == self._agreed or not QFileInfo.exists(file) or may_be_written(self, self.windowTitle(), file):
            self.accept()
            self.place_chosen.emit(file, self._embed.isChecked())
