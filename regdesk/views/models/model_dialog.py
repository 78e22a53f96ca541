"""What is in a model: as ``regdesk show`` says it, with what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from regdesk.core.words.model_facts import ModelFacts
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.keyed_dialog import KeyedDialog
from regdesk.views.kit.plain_text import title_text
from regdesk.views.models.fact_text import facts_html, facts_text

SIZE_PX = (680, 620)


class ModelDialog(KeyedDialog):
    """Signals: ``going_on_requested()``, ``predictions_requested()``, ``calculator_requested()``,
    ``export_requested()``.
    """

    going_on_requested = Signal()
    calculator_requested = Signal()
    predictions_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("modelDialog")
        self.take_size(*SIZE_PX)
        self._facts: ModelFacts | None = None
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        name_widget(self._text, "modelText", self.tr("What is in the model"), "")
        self._buttons = self.make_buttons("closeModelButton")
        self._go_on = self._button(
            "goOnTrainingButton", self.tr("&Go on training"),
            self.tr("Open its data and train on from its weights, in place of what is on screen"),
        )  # fmt: skip
        self._go_on.clicked.connect(self._on_go_on_clicked)
        self._calculate = self._button(
            "calculateByModelButton", self.tr("Ca&lculator"),
            self.tr("Ask it in the calculator, in place of the live model"),
        )  # fmt: skip
        self._calculate.clicked.connect(self._on_calculate_clicked)
        self._button(
            "predictByModelButton", self.tr("&Predict a file…"), self.tr("Its predictions for the rows of a file")
        ).clicked.connect(self.predictions_requested)
        self._button(
            "exportModelButton", self.tr("&Export code…"), self.tr("The model in another language")
        ).clicked.connect(self.export_requested)
        self._button("copyModelButton", self.tr("&Copy"), self.tr("Copy all of it as text")).clicked.connect(
            self._on_copy_clicked
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addWidget(self._buttons)

    def show_facts(self, facts: ModelFacts, sentence: str, can_go_on: bool, is_file: bool = False) -> None:
        """Open with a model; ``sentence`` says whether it can be trained on, and why not; ``is_file``: it is one that
        was opened, and not the live one.
        """
        self._facts = facts
        self.setWindowTitle(title_text(facts.name))
        self._text.setHtml(facts_html(facts, sentence))
        self._go_on.setVisible(can_go_on)
        self._calculate.setVisible(is_file)
        first = self._go_on if can_go_on else self._buttons.button(QDialogButtonBox.StandardButton.Close)
        first.setDefault(True)
        # Before it is shown: what has the focus then becomes the button of Enter.
        first.setFocus()
        self.show()
        self.raise_()
        self.activateWindow()

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        name_widget(button, name, text.replace("&", ""), tip)
        return button

    def _on_go_on_clicked(self) -> None:
        self.accept()
        self.going_on_requested.emit()

    def _on_calculate_clicked(self) -> None:
        self.accept()
        self.calculator_requested.emit()

    def _on_copy_clicked(self) -> None:
        if self._facts is not None:
            QGuiApplication.clipboard().setText(facts_text(self._facts))
