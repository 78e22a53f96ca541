"""The model as code in a language that a person chooses: seen as it will be written, to be copied or saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.words.model_facts import ExportLanguage, ExportPreview, ModelChoice
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit import theme
from regdesk.views.kit.form_parts import make_combo, make_form, make_paragraph, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.models.code_view import CodeView

SIZE_PX = (860, 620)
_KEY = 256
"""Qt's role for what a program keeps in an item."""


class ExportDialog(KeyedDialog):
    """Signals: ``wanted(str, str)`` with the keys of a model and of a language, to be answered with ``show_export`` or
    ``show_problem``; ``save_requested(str)`` with how the name of the file ends; ``left()``.
    """

    wanted = Signal(str, str)
    save_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export the model as code"))
        self.take_size(*SIZE_PX)
        self._export: ExportPreview | None = None
        # Whether what comes is another moment of what is seen, which is looked at where it was.
        self._is_followed = False
        self._model = make_combo("exportModelBox", self.tr("Model"), self.tr("The model that is written"))
        self._languages = QListWidget()
        name_widget(self._languages, "exportLanguageList", self.tr("Language"), self.tr("What the model is written in"))
        self._code = CodeView()
        name_widget(self._code, "exportPreview", self.tr("The model as it will be written"), "")
        self._notes = make_paragraph()
        self._notes.setObjectName("exportNotes")
        self._problem = make_paragraph()
        self._problem.setObjectName("exportProblem")
        self._make_buttons()
        form = make_form()
        form.addRow(self.tr("&Model"), self._model)
        middle = QHBoxLayout()
        middle.addWidget(self._languages)
        middle.addWidget(self._code, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addLayout(middle, 1)
        layout.addWidget(self._problem)
        layout.addWidget(self._notes)
        layout.addWidget(self._buttons)
        self._model.currentIndexChanged.connect(self._on_choice_changed)
        self._languages.currentRowChanged.connect(self._on_choice_changed)
        self.finished.connect(self.left)

    def _make_buttons(self) -> None:
        self._buttons = self.make_buttons("closeExportButton")
        self._save = self._button("saveExportButton", self.tr("&Save…"), self.tr("Write it to a file"))
        self._copy = self._button("copyExportButton", self.tr("&Copy"), self.tr("Copy all of it as text"))
        self._save.clicked.connect(self._on_save_clicked)
        self._copy.clicked.connect(self._on_copy_clicked)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        name_widget(button, name, text.replace("&", ""), tip)
        return button

    @property
    def chosen(self) -> tuple[str, str]:
        """The keys of the model and of the language."""
        item = self._languages.currentItem()
        return self._model.currentData() or "", "" if item is None else item.data(_KEY)

    def open_with(self, choices: Sequence[ModelChoice], key: str, languages: Sequence[ExportLanguage]) -> None:
        """Open; the language that was chosen last is chosen again."""
        self._model.blockSignals(True)
        self._languages.blockSignals(True)
        self._model.clear()
        for choice in choices:
            self._model.addItem(safe_line(choice.title), choice.key)
        self._model.setCurrentIndex(max(self._model.findData(key), 0))
        if not self._languages.count():
            for language in languages:
                item = QListWidgetItem(language.title)
                item.setData(_KEY, language.key)
                self._languages.addItem(item)
            self._languages.setCurrentRow(0)
        frame_px = 2 * self._languages.frameWidth()
        self._languages.setFixedWidth(
            self._languages.sizeHintForColumn(0) + frame_px + self.fontMetrics().averageCharWidth()
        )
        self._model.blockSignals(False)
        self._languages.blockSignals(False)
        self.show()
        self.raise_()
        self.activateWindow()
        self._languages.setFocus()
        self._on_choice_changed()

    def show_export(self, export: ExportPreview) -> None:
        """What was wanted last, as it is written now."""
        self._export = export
        notes = list(export.notes)
        if export.text is None:
            self._code.show_code(self.tr("A file of {n:,} bytes that is no text.").format(n=export.n_bytes))
        elif not self._code.show_code(export.text, stays=self._is_followed):
            notes.append(self.tr("The preview is cut; Copy and Save have all of it."))
        self._is_followed = True
        self._notes.setText(" ".join(notes))
        self._show_what_can_be_done()

    def show_problem(self, sentence: str) -> None:
        """Why the model cannot be written so."""
        self._export = None
        self._code.show_code("")
        self._notes.setText("")
        self.show_trouble(sentence)
        self._show_what_can_be_done()

    def show_trouble(self, sentence: str) -> None:
        """What could not be done with what is shown."""
        self._problem.setStyleSheet(f"color: {theme.colours().error}")
        self._problem.setText(sentence)
        self._problem.show()

    def show_saved(self, name: str) -> None:
        """It is written to the file ``name``."""
        self._problem.setStyleSheet("")
        self._problem.setText(self.tr("Saved as {name}.").format(name=safe_line(name)))
        self._problem.show()

    def _show_what_can_be_done(self) -> None:
        self._save.setEnabled(self._export is not None)
        self._copy.setEnabled(self._export is not None and self._export.text is not None)
        self._save.setDefault(self._save.isEnabled())

    def _on_choice_changed(self) -> None:
        self._export, self._is_followed = None, False
        self._problem.hide()
        self._notes.setText(self.tr("Writing it …"))
        self._show_what_can_be_done()
        self.wanted.emit(*self.chosen)

    def _on_save_clicked(self) -> None:
        if self._export is not None:
            self.save_requested.emit(self._export.suffix)

    def _on_copy_clicked(self) -> None:
        if self._export is not None and self._export.text is not None:
            QGuiApplication.clipboard().setText(self._export.text)
