"""Which model is to predict which file, how far that is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.words.model_facts import ModelChoice, PredictionFacts
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.file_patterns import TABLE_PATTERNS
from regdesk.views.kit.form_parts import make_combo, make_form, name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.models.fact_text import predictions_html
from regdesk.views.models.save_place import ask_save_place

SIZE_PX = (640, 560)
_PARTS = 1000


BESIDE = ".provenance.json"
"""Ends the name of the file that says where the predictions come from."""


class PredictDialog(KeyedDialog):
    """Signals: ``wanted(str, str, str, bool)`` with the key of the model, the file, the CSV file for the predictions
    (empty: they are only counted and scored) and whether the file's own columns are kept; ``cancelled()``.
    """

    wanted = Signal(str, str, str, bool)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("predictDialog")
        self.setWindowTitle(self.tr("Predict a file"))
        self.take_size(*SIZE_PX)
        self._is_busy = False
        self._make_form()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _PARTS)
        name_widget(self._bar, "predictProgress", self.tr("How much of the file is read"), "")
        self._cancel = QPushButton(self.tr("&Cancel"))
        self._cancel.setAutoDefault(False)
        name_widget(
            self._cancel, "cancelPredictionButton", self.tr("Cancel"), self.tr("Stop predicting; nothing is written")
        )
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        name_widget(self._text, "predictText", self.tr("What came of the predictions"), "")
        self._text.setPlainText(
            self.tr(
                "Choose a file with the columns that the model knows. Where it has the target too, the model is "
                "judged by it: these are rows that it has never seen."
            )
        )
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.addLayout(self._form)
        under_way = QHBoxLayout()
        under_way.addWidget(self._bar, 1)
        under_way.addWidget(self._cancel)
        layout.addLayout(under_way)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._buttons)
        self._cancel.clicked.connect(self.cancelled)
        self._show_what_can_be_done()

    def _make_form(self) -> None:
        self._model = make_combo("predictModelBox", self.tr("Model"), self.tr("The model that predicts"))
        self._file = QLineEdit()
        self._file.setAcceptDrops(False)
        name_widget(self._file, "predictFileEdit", self.tr("File"), self.tr("The file whose rows are to be predicted"))
        self._browse = QPushButton(self.tr("C&hoose…"))
        self._browse.setAutoDefault(False)
        name_widget(self._browse, "predictChooseButton", self.tr("Choose a file"), self.tr("Choose the file"))
        self._keeps = QCheckBox(self.tr("&Keep the file's own columns"))
        name_widget(
            self._keeps, "predictKeepBox", self.tr("Keep the file's own columns"),
            self.tr("Put the predictions behind the columns that the file has"),
        )  # fmt: skip
        self._keeps.setChecked(True)
        row = QHBoxLayout()
        row.addWidget(self._file, 1)
        row.addWidget(self._browse)
        self._form = make_form()
        self._form.addRow(self.tr("&Model"), self._model)
        label = QLabel(self.tr("&File"))
        label.setBuddy(self._file)
        self._form.addRow(label, row)
        self._form.addRow("", self._keeps)
        self._file.textChanged.connect(self._show_what_can_be_done)
        self._browse.clicked.connect(self._on_browse_clicked)

    def _make_buttons(self) -> None:
        self._buttons = self.make_buttons("closePredictButton")
        self._save, self._score = (
            self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            for text in (self.tr("Predict and &save…"), self.tr("&Only count and score"))
        )
        name_widget(
            self._save, "predictSaveButton", self.tr("Predict and save"),
            self.tr("Asks for the name of a CSV file, and writes the predictions to it"),
        )  # fmt: skip
        name_widget(
            self._score, "predictScoreButton", self.tr("Only count and score"),
            self.tr("Write nothing: how many rows can be predicted, and how well where they have the target"),
        )  # fmt: skip
        self._save.clicked.connect(self._on_save_clicked)
        self._score.clicked.connect(self._on_score_clicked)

    def open_with(self, choices: Sequence[ModelChoice], key: str) -> None:
        """Open; ``choices`` are the models that can be asked, ``key`` the one to begin with where it is among them."""
        if not self._is_busy:
            self._model.clear()
            for choice in choices:
                self._model.addItem(safe_line(choice.title), choice.key)
            self._model.setCurrentIndex(max(self._model.findData(key), 0))
        self.show()
        self.raise_()
        self.activateWindow()
        self._browse.setFocus()

    def show_progress(self, share: float) -> None:
        """``share`` of the file is read, 0 to 1."""
        self._bar.setValue(round(_PARTS * min(max(share, 0.0), 1.0)))

    def show_predictions(self, facts: PredictionFacts) -> None:
        """What came of it."""
        self._set_busy(False)
        self._bar.setValue(_PARTS)
        self._text.setHtml(predictions_html(facts))
        self._text.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Why there are no predictions."""
        self._set_busy(False)
        self._text.setPlainText(safe_line(sentence))

    def reject(self) -> None:
        # Whoever leaves it does not want what is under way.
        if self._is_busy:
            self.cancelled.emit()
        super().reject()

    def _set_busy(self, is_busy: bool) -> None:
        self._is_busy = is_busy
        self._bar.setValue(0)
        if is_busy:
            self._text.clear()
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        for widget in (self._model, self._file, self._browse, self._keeps):
            widget.setEnabled(not self._is_busy)
        has_file = bool(self._file.text().strip())
        for button in (self._save, self._score):
            button.setEnabled(not self._is_busy and has_file)
            button.setToolTip(button.accessibleDescription() if has_file else self.tr("Choose a file first"))
        self._save.setDefault(self._save.isEnabled())
        self._cancel.setEnabled(self._is_busy)
        self._cancel.setVisible(self._is_busy)
        self._bar.setVisible(self._is_busy)

    def _on_browse_clicked(self) -> None:
        file, _ = QFileDialog.getOpenFileName(
            self, self.tr("The file whose rows are to be predicted"), self._file.text(),
            self.tr("Tables ({patterns});;All files (*)").format(patterns=TABLE_PATTERNS),
        )  # fmt: skip
        if file:
            self._file.setText(file)
            self._save.setFocus()

    def _on_save_clicked(self) -> None:
        source = PurePath(self._file.text().strip())
        proposed = str(source.with_name(f"{source.stem}-predictions.csv"))
        title, kind = self.tr("Where the predictions are written"), self.tr("CSV files")
        out = ask_save_place(self, title, proposed, kind, beside=BESIDE)
        if out:
            self._begin(out)

    def _on_score_clicked(self) -> None:
        self._begin("")

    def _begin(self, out: str) -> None:
        self._set_busy(True)
        self._cancel.setFocus()
        self.wanted.emit(self._model.currentData(), self._file.text().strip(), out, self._keeps.isChecked())
