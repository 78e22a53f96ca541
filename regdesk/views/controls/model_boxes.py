"""The parts of the control column that say what is trained and how: network and optimiser."""

from __future__ import annotations

from PySide6.QtCore import Signal

from regdesk.core.settings.change import Touches
from regdesk.core.types import Architecture, TrainSettings
from regdesk.core.words.number_text import exact_text
from regdesk.core.words.settings_text import batch_text
from regdesk.views.kit.form_parts import Section, make_form
from regdesk.views.kit.setting_controls import add_setting_row, setting_combo, setting_edit, show_choice


class NetworkBox(Section):
    """Signals: ``hidden_layers_entered(tuple)``, ``activation_chosen(str)``, ``input_refused(str)``."""

    hidden_layers_entered = Signal(object)
    activation_chosen = Signal(str)
    input_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Network"))
        form = make_form(self)
        self._hidden = setting_edit("architecture.hidden", lambda widths: ",".join(map(str, widths)))
        self._hidden.setPlaceholderText(self.tr("none: linear"))
        self._activation = setting_combo("architecture.activation")
        add_setting_row(form, "architecture.hidden", self._hidden)
        add_setting_row(form, "architecture.activation", self._activation)
        self._hidden.value_entered.connect(self.hidden_layers_entered.emit)
        self._hidden.refused.connect(self.input_refused)
        self._activation.currentIndexChanged.connect(self._on_activation_changed)

    def show_architecture(self, architecture: Architecture, touches: Touches) -> None:
        self._hidden.show_value(architecture.hidden)
        if touches("architecture"):
            is_idle = architecture.is_linear
            show_choice(self._activation, "architecture.activation", architecture.activation, is_idle)

    def _on_activation_changed(self, _index: int) -> None:
        self.activation_chosen.emit(self._activation.currentData())


class OptimizerBox(Section):
    """Signals: ``optimizer_chosen(str)``, ``learning_rate_entered(float)``, ``batch_size_entered(int)``,
    ``input_refused(str)``.
    """

    optimizer_chosen = Signal(str)
    learning_rate_entered = Signal(object)
    batch_size_entered = Signal(object)
    input_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Optimiser"))
        form = make_form(self)
        self._optimizer = setting_combo("training.optimizer")
        self._learning_rate = setting_edit("training.learning_rate", exact_text)
        self._batch_size = setting_edit("training.batch_size", batch_text)
        add_setting_row(form, "training.optimizer", self._optimizer)
        add_setting_row(form, "training.learning_rate", self._learning_rate)
        add_setting_row(form, "training.batch_size", self._batch_size)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer_changed)
        self._learning_rate.value_entered.connect(self.learning_rate_entered.emit)
        self._learning_rate.refused.connect(self.input_refused)
        self._batch_size.value_entered.connect(self.batch_size_entered.emit)
        self._batch_size.refused.connect(self.input_refused)

    def show_settings(self, training: TrainSettings, touches: Touches) -> None:
        if touches("training.optimizer"):
            show_choice(self._optimizer, "training.optimizer", training.optimizer)
        self._learning_rate.show_value(training.learning_rate)
        self._batch_size.show_value(training.batch_size)

    def _on_optimizer_changed(self, _index: int) -> None:
        self.optimizer_chosen.emit(self._optimizer.currentData())
