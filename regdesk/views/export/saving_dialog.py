"""What the dialogs that save several files share: boxes to tick, a folder, and a place for what went wrong."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from regdesk.views.kit import spacing, theme
from regdesk.views.kit.form_parts import make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import action_text
from regdesk.views.kit.text_size import make_heading


class SavingDialog(KeyedDialog):
    """Base of such a dialog; ``name`` begins the object names of its parts.

    Signal: ``cancelled()`` while what was asked for is done, of a dialog that has a bar for it and stays open.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget, name: str, title: str, folder: str) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}Dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name, self.is_busy = name, False
        self.folder_edit = QLineEdit(folder)
        name_widget(self.folder_edit, f"{name}FolderEdit", self.tr("Folder"), self.tr("Where the files are written"))
        self._browse = QPushButton(self.tr("&Browse…"))
        name_widget(self._browse, f"{name}BrowseButton", self.tr("Browse"), self.tr("Choose a folder"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        self.problem = make_paragraph()
        self.problem.setObjectName(f"{name}Problem")
        self.problem.setStyleSheet(f"color: {theme.colours().error}")
        self.problem.hide()
        self.buttons = QDialogButtonBox()
        self.save = self._make_button(self.tr("&Save"), "save", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        self.buttons.rejected.connect(self.reject)

    def add_folder(self, form: QFormLayout) -> None:
        """The row with the folder."""
        label, row = QLabel(self.tr("&Folder")), QHBoxLayout()
        row.setSpacing(spacing.SMALL_PX)
        # A row of several has no field that the letter could lead to.
        label.setBuddy(self.folder_edit)
        form.addRow(label, row)
        row.addWidget(self.folder_edit, stretch=1)
        row.addWidget(self._browse)

    def make_progress(self) -> None:
        """What says how much is done, and gives it up."""
        self.progress = QProgressBar()
        name_widget(self.progress, f"{self._name}Progress", self.tr("Progress"), self.tr("How much has been done"))
        self.progress.setRange(0, 1000)
        self.progress.setValue(0)
        # An empty bar says nothing; its room stays, so that nothing moves when it comes.
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.progress.hide()
        self._cancel = self.add_button(self.tr("C&ancel"), "cancel")
        self._cancel.setEnabled(False)
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.cancelled)

    def show_busy(self, is_busy: bool) -> None:
        """Whether it is being done; then nothing can be chosen but to give it up."""
        self.is_busy = is_busy
        for field in (*self.fields, self.folder_edit, self._browse, self.save):
            field.setEnabled(not is_busy)
        self._cancel.setEnabled(is_busy)
        self.progress.setVisible(is_busy)
        if is_busy:
            self._cancel.setFocus()
            self.show_problem("")
        else:
            self.progress.setValue(0)
            self.save.setFocus()

    @property
    def fields(self) -> Iterable[QWidget]:
        """What can be chosen besides the folder; of every dialog its own."""
        return ()

    def show_progress(self, fraction: float) -> None:
        """How much of it is done, 0 to 1."""
        self.progress.setValue(round(1000 * fraction))

    def reject(self) -> None:
        """To close it is to give up what is being done."""
        if self.is_busy:
            self.cancelled.emit()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_busy:
            self.cancelled.emit()
        super().closeEvent(event)

    def make_box(self, key: str, text: str, is_ticked: bool) -> QCheckBox:
        """A box to tick, called after ``key``."""
        box = QCheckBox(action_text(text))
        name_widget(box, f"{self._name}_{key}", text, text)
        box.setChecked(is_ticked)
        return box

    def add_button(self, text: str, key: str) -> QPushButton:
        return self._make_button(text, key, QDialogButtonBox.ButtonRole.ActionRole)

    def add_close(self) -> None:
        close = self._make_button(self.tr("&Close"), "close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)

    def show_problem(self, sentence: str) -> None:
        """Why nothing could be written; empty for nothing to say."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        layout = self.layout()
        if layout is not None and self.isVisible():
            # A dialog does not grow by itself for a sentence that comes later.
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))

    def _make_button(self, text: str, key: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = QPushButton(text)
        words = text.replace("&", "")
        name_widget(button, f"{self._name}{key.capitalize()}Button", words, words)
        self.buttons.addButton(button, role)
        return button

    def _on_browse_clicked(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the files"), self.folder_edit.text())
        if folder:
            self.folder_edit.setText(folder)


def ticked(boxes: Iterable[tuple[str, QCheckBox]]) -> tuple[str, ...]:
    """The keys of those that are ticked."""
    return tuple(key for key, box in boxes if box.isChecked() and box.isEnabled())


def heading(text: str) -> QLabel:
    label = QLabel(text)
    make_heading(label)
    return label
