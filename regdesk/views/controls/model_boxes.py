"""The parts of the control column that say what is trained and how: network and optimiser."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGroupBox

from regdesk.core.types import ACTIVATIONS, OPTIMIZERS, Architecture, TrainSettings
from regdesk.core.words.number_text import exact_text
from regdesk.core.words.settings_text import OPTIMIZER_NAMES, batch_text
from regdesk.views.kit.form_parts import make_combo, make_form, select_datum
from regdesk.views.kit.number_edit import ValueEdit, entry_parser, name_setting


class NetworkBox(QGroupBox):
    """Signals: ``hidden_layers_entered(tuple)``, ``activation_chosen(str)``, ``input_refused(str)``."""

    hidden_layers_entered = Signal(object)
    activation_chosen = Signal(str)
    input_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTitle(self.tr("Network"))
        form = make_form(self)
        self._hidden = ValueEdit(entry_parser("architecture.hidden"), lambda widths: ",".join(map(str, widths)))
        self._hidden.setPlaceholderText(self.tr("none: a linear model"))
        name_setting(self._hidden, "architecture.hidden")
        self._activation = make_combo(
            "activationBox", self.tr("Activation"), self.tr("What each hidden unit does to its sum.")
        )
        for activation in ACTIVATIONS:
            self._activation.addItem(activation, activation)
        form.addRow(self.tr("Hidden layers"), self._hidden)
        form.addRow(self.tr("Activation"), self._activation)
        self._hidden.value_entered.connect(self.hidden_layers_entered.emit)
        self._hidden.refused.connect(self.input_refused)
        self._activation.currentIndexChanged.connect(self._on_activation_changed)

    def show_architecture(self, architecture: Architecture) -> None:
        self._hidden.show_value(architecture.hidden)
        select_datum(self._activation, architecture.activation)
        self._activation.setEnabled(not architecture.is_linear)
        self._activation.setToolTip(
            self.tr("A linear model has no hidden units.")
            if architecture.is_linear
            else self.tr("tanh is smooth, relu is not.")
        )

    def _on_activation_changed(self, _index: int) -> None:
        self.activation_chosen.emit(self._activation.currentData())


class OptimizerBox(QGroupBox):
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
        self._tips = {
            "adam": self.tr("Adam: a step size of its own for every weight."),
            "momentum": self.tr("Momentum: gradient descent along a running mean of the gradients."),
            "sgd": self.tr("SGD: plain gradient descent, on all rows or on batches."),
        }
        self._optimizer = make_combo(
            "optimizerBox", self.tr("Optimiser"), self.tr("How the weights walk down the loss.")
        )
        for optimizer in OPTIMIZERS:
            self._optimizer.addItem(OPTIMIZER_NAMES[optimizer], optimizer)
            self._optimizer.setItemData(self._optimizer.count() - 1, self._tips[optimizer], Qt.ItemDataRole.ToolTipRole)
        self._learning_rate = ValueEdit(entry_parser("training.learning_rate"), exact_text)
        name_setting(self._learning_rate, "training.learning_rate")
        self._batch_size = ValueEdit(entry_parser("training.batch_size"), batch_text)
        name_setting(self._batch_size, "training.batch_size")
        form.addRow(self.tr("Optimiser"), self._optimizer)
        form.addRow(self.tr("Learning rate"), self._learning_rate)
        form.addRow(self.tr("Batch size"), self._batch_size)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer_changed)
        self._learning_rate.value_entered.connect(self.learning_rate_entered.emit)
        self._learning_rate.refused.connect(self.input_refused)
        self._batch_size.value_entered.connect(self.batch_size_entered.emit)
        self._batch_size.refused.connect(self.input_refused)

    def show_settings(self, training: TrainSettings) -> None:
        select_datum(self._optimizer, training.optimizer)
        self._optimizer.setToolTip(self._tips[training.optimizer])
        self._learning_rate.show_value(training.learning_rate)
        self._batch_size.show_value(training.batch_size)

    def _on_optimizer_changed(self, _index: int) -> None:
        self.optimizer_chosen.emit(self._optimizer.currentData())
