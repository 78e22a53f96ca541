"""The window's side of models that are taken away: its dialogs, each made when it is first wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from regdesk.core.words.model_facts import ExportLanguage, ExportPreview, ModelChoice, ModelFacts, PredictionFacts

if TYPE_CHECKING:
    from regdesk.views.models.actions import ModelActions
    from regdesk.views.models.export_dialog import ExportDialog
    from regdesk.views.models.model_dialog import ModelDialog
    from regdesk.views.models.predict_dialog import PredictDialog

LIVE, FILE = "live", "file"


class ModelDoor(QObject):
    """Signals: ``save_requested()``, to be answered with ``ask_save_place``, then ``save_place_chosen(str)``;
    ``report_requested()``, to be answered with ``ask_report_place``, then ``report_place_chosen(str)``;
    ``facts_requested()``, to be answered with ``show_facts``; ``going_on_requested()`` with the model that was opened,
    and ``calculator_requested()`` with it;
    ``predictions_requested(str)`` with the key of the model to begin with, to be answered with ``open_predictions``;
    ``prediction_wanted(str, str, str, bool)`` and ``prediction_cancelled()`` as of the dialog;
    ``export_requested(str)`` with such a key, to be answered with ``open_export``; ``export_wanted(str, str)`` and
    ``export_left()`` as of the dialog, ``export_place_requested(str)`` with a suffix, to be answered with
    ``ask_export_place``, then ``export_place_chosen(str)``.
    """

    save_requested = Signal()
    save_place_chosen = Signal(str)
    report_requested = Signal()
    report_place_chosen = Signal(str)
    facts_requested = Signal()
    going_on_requested = Signal()
    calculator_requested = Signal()
    predictions_requested = Signal(str)
    prediction_wanted = Signal(str, str, str, bool)
    prediction_cancelled = Signal()
    export_requested = Signal(str)
    export_wanted = Signal(str, str)
    export_place_requested = Signal(str)
    export_place_chosen = Signal(str)
    export_left = Signal()

    def __init__(self, window: QWidget, actions: ModelActions) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self._facts: ModelDialog | None = None
        self._predictions: PredictDialog | None = None
        self._export: ExportDialog | None = None
        self._is_file_shown = False
        actions.save.triggered.connect(self.save_requested)
        actions.report.triggered.connect(self.report_requested)
        actions.facts.triggered.connect(self.facts_requested)
        actions.predict.triggered.connect(self._on_predict_triggered)
        actions.export.triggered.connect(self._on_export_triggered)

    def show_unavailable(self, live: str, any_model: str) -> None:
        """Why nothing can be done with the live model, and with no model at all; empty where it can."""
        self._actions.show_unavailable(live, any_model)

    def ask_save_place(self, proposed: str) -> None:
        """Where the live model is to be written; ``proposed`` is offered."""
        from regdesk.views.models.save_place import ask_save_place

        file = ask_save_place(self._window, self.tr("Save the model"), proposed, self.tr("Models of regdesk"))
        if file:
            self.save_place_chosen.emit(file)

    def ask_report_place(self, proposed: str) -> None:
        """As ``ask_save_place``, of a report."""
        from regdesk.views.models.save_place import ask_save_place

        file = ask_save_place(self._window, self.tr("Write a report"), proposed, self.tr("Reports"), ".pdf")
        if file:
            self.report_place_chosen.emit(file)

    def ask_settings_place(self, proposed: str) -> str:
        """Where the settings are to be written as text; empty where nobody says."""
        from regdesk.views.models.save_place import ask_save_place

        return ask_save_place(self._window, self.tr("Save settings as text"), proposed, self.tr("Texts of settings"))

    def show_facts(self, facts: ModelFacts, sentence: str, is_file: bool, can_go_on: bool) -> None:
        """What is in a model; ``is_file``: it is the one that was opened. See ``ModelDialog``."""
        if self._facts is None:
            from regdesk.views.models.model_dialog import ModelDialog

            self._facts = ModelDialog(self._window)
            self._facts.going_on_requested.connect(self.going_on_requested)
            self._facts.calculator_requested.connect(self.calculator_requested)
            self._facts.predictions_requested.connect(self._on_predictions_of_shown_requested)
            self._facts.export_requested.connect(self._on_export_of_shown_requested)
        self._is_file_shown = is_file
        self._facts.show_facts(facts, sentence, can_go_on, is_file)

    def open_predictions(self, choices: Sequence[ModelChoice], key: str) -> None:
        """See ``PredictDialog``."""
        if self._predictions is None:
            from regdesk.views.models.predict_dialog import PredictDialog

            self._predictions = PredictDialog(self._window)
            self._predictions.wanted.connect(self.prediction_wanted)
            self._predictions.cancelled.connect(self.prediction_cancelled)
        self._predictions.open_with(choices, key)

    def show_prediction_progress(self, share: float) -> None:
        if self._predictions is not None:
            self._predictions.show_progress(share)

    def show_predictions(self, facts: PredictionFacts) -> None:
        if self._predictions is not None:
            self._predictions.show_predictions(facts)

    def show_prediction_problem(self, sentence: str) -> None:
        if self._predictions is not None:
            self._predictions.show_problem(sentence)

    def open_export(self, choices: Sequence[ModelChoice], key: str, languages: Sequence[ExportLanguage]) -> None:
        """See ``ExportDialog``."""
        if self._export is None:
            from regdesk.views.models.export_dialog import ExportDialog

            self._export = ExportDialog(self._window)
            self._export.wanted.connect(self.export_wanted)
            self._export.save_requested.connect(self.export_place_requested)
            self._export.left.connect(self.export_left)
        self._export.open_with(choices, key, languages)

    def ask_export_place(self, proposed: str) -> None:
        """Where the code is to be written; ``proposed`` is offered."""
        from regdesk.views.models.save_place import ask_save_place

        file = ask_save_place(self._export or self._window, self.tr("Save the code"), proposed, self.tr("Code"))
        if file:
            self.export_place_chosen.emit(file)

    def show_export(self, export: ExportPreview) -> None:
        if self._export is not None:
            self._export.show_export(export)

    def show_export_problem(self, sentence: str) -> None:
        """Why the model cannot be written in the language that is chosen."""
        if self._export is not None:
            self._export.show_problem(sentence)

    def show_export_trouble(self, sentence: str) -> None:
        """Why it could not be saved."""
        if self._export is not None:
            self._export.show_trouble(sentence)

    def show_export_saved(self, name: str) -> None:
        if self._export is not None:
            self._export.show_saved(name)

    def close_dialogs(self) -> None:
        """Leave what is open."""
        for dialog in (self._facts, self._predictions, self._export):
            if dialog is not None:
                dialog.reject()

    def _on_predict_triggered(self) -> None:
        self.predictions_requested.emit(LIVE)

    def _on_export_triggered(self) -> None:
        self.export_requested.emit(LIVE)

    def _on_predictions_of_shown_requested(self) -> None:
        self.predictions_requested.emit(FILE if self._is_file_shown else LIVE)

    def _on_export_of_shown_requested(self) -> None:
        self.export_requested.emit(FILE if self._is_file_shown else LIVE)
