"""The control column: data, network, optimiser, penalty and λ."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from regdesk.core.narration import OPTIMIZER_NAMES, PENALTY_NAMES, batch_text, exact_text, number_text
from regdesk.core.types import (
    ACTIVATIONS,
    LAMBDA_MAXIMUM,
    LEARNING_RATE_RANGE,
    OPTIMIZERS,
    PENALTIES,
    Configuration,
)
from regdesk.views.frame import TableView
from regdesk.views.lambda_slider import PRESETS, LambdaRuler, LambdaSlider
from regdesk.views.number_edit import ValueEdit, parse_batch_size, parse_hidden_layers, parse_number

TASK_NAMES = {
    "auto": "automatic",
    "regression": "regression (a number)",
    "classification": "classification (classes)",
}
PENALTY_TIPS = {
    "none": "No penalty: λ does nothing.",
    "l1": "L1, Σ|w|: sets weights to exactly zero, one by one.",
    "l2": "L2, ½Σw²: shrinks all weights, the large ones most; none becomes exactly zero.",
    "elastic-net": "Elastic net: a mixture of L1 and L2; the share of L1 is set below.",
    "group-lasso": "Group lasso, Σ√|g| ‖W_g‖₂: a group, all weights that leave one input column or one hidden unit, "
    "goes to zero together.",
}
OPTIMIZER_TIPS = {
    "adam": "Adam: a step size of its own for every weight.",
    "momentum": "Momentum: gradient descent along a running mean of the gradients.",
    "sgd": "SGD: plain gradient descent, on all rows or on batches.",
}


class Controls(QWidget):
    """Signals carry what the user wants; ``show_configuration`` shows what is in force without a signal."""

    target_chosen = Signal(str)
    task_chosen = Signal(str)
    hidden_layers_entered = Signal(object)
    activation_chosen = Signal(str)
    optimizer_chosen = Signal(str)
    learning_rate_entered = Signal(object)
    batch_size_entered = Signal(object)
    penalty_chosen = Signal(str)
    l1_ratio_moved = Signal(float)
    lambda_chosen = Signal(float)
    lambda_drag_changed = Signal(bool)
    input_refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("controls")
        self._make_data()
        self._make_network()
        self._make_optimizer()
        self._make_penalty()
        upper = QWidget()
        upper_layout = QVBoxLayout(upper)
        upper_layout.setContentsMargins(0, 0, 4, 0)
        upper_layout.setSpacing(6)
        for group in (self._data_group, self._network_group, self._optimizer_group, self._summary_group):
            upper_layout.addWidget(group)
        upper_layout.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(upper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 2, 6)
        layout.setSpacing(6)
        layout.addWidget(area, stretch=1)
        # λ never scrolls away.
        layout.addWidget(self._penalty_group)

    def _make_data(self) -> None:
        self._data_group, form = _group("Data")
        self._title = QLabel("–")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._hint = _paragraph()
        self._target = _combo("targetBox", "Target column", "The column that the model learns to predict.")
        self._task = _combo("taskBox", "Task", "Predict a number, or tell classes apart.")
        for task, name in TASK_NAMES.items():
            self._task.addItem(name, task)
        self._summary = _paragraph()
        form.addRow(self._title)
        form.addRow(self._hint)
        form.addRow("Target", self._target)
        form.addRow("Task", self._task)
        # Last in the column: what was done is read once, the controls above are used again and again.
        self._summary_group, summary_form = _group("What was done to the data")
        summary_form.addRow(self._summary)
        self._target.currentIndexChanged.connect(self._on_target_changed)
        self._task.currentIndexChanged.connect(self._on_task_changed)

    def _make_network(self) -> None:
        self._network_group, form = _group("Network")
        self._hidden = ValueEdit(parse_hidden_layers, lambda widths: ",".join(map(str, widths)))
        self._hidden.setPlaceholderText("none: a linear model")
        _name(self._hidden, "hiddenLayersEdit", "Hidden layers", "Units of each hidden layer, such as 16,16.")
        self._activation = _combo("activationBox", "Activation", "What each hidden unit does to its sum.")
        for activation in ACTIVATIONS:
            self._activation.addItem(activation, activation)
        form.addRow("Hidden layers", self._hidden)
        form.addRow("Activation", self._activation)
        self._hidden.value_entered.connect(self.hidden_layers_entered.emit)
        self._hidden.refused.connect(self.input_refused)
        self._activation.currentIndexChanged.connect(self._on_activation_changed)

    def _make_optimizer(self) -> None:
        self._optimizer_group, form = _group("Optimiser")
        self._optimizer = _combo("optimizerBox", "Optimiser", "How the weights walk down the loss.")
        for optimizer in OPTIMIZERS:
            self._optimizer.addItem(OPTIMIZER_NAMES[optimizer], optimizer)
            self._optimizer.setItemData(
                self._optimizer.count() - 1, OPTIMIZER_TIPS[optimizer], Qt.ItemDataRole.ToolTipRole
            )
        self._learning_rate = ValueEdit(parse_number(*LEARNING_RATE_RANGE, "Learning rate"), exact_text)
        _name(self._learning_rate, "learningRateEdit", "Learning rate", "Length of a step, 0.00001 to 1.")
        self._batch_size = ValueEdit(parse_batch_size, batch_text)
        _name(self._batch_size, "batchSizeEdit", "Batch size", "Rows of each step: a number, or full for all of them.")
        form.addRow("Optimiser", self._optimizer)
        form.addRow("Learning rate", self._learning_rate)
        form.addRow("Batch size", self._batch_size)
        self._optimizer.currentIndexChanged.connect(self._on_optimizer_changed)
        self._learning_rate.value_entered.connect(self.learning_rate_entered.emit)
        self._learning_rate.refused.connect(self.input_refused)
        self._batch_size.value_entered.connect(self.batch_size_entered.emit)
        self._batch_size.refused.connect(self.input_refused)

    def _make_penalty(self) -> None:
        self._penalty_group = QGroupBox("Penalty")
        layout = QVBoxLayout(self._penalty_group)
        layout.setSpacing(4)
        form = QFormLayout()
        self._penalty = _combo("penaltyBox", "Penalty", "What λ presses on; each entry of the list says what it does.")
        for penalty in PENALTIES:
            self._penalty.addItem(PENALTY_NAMES[penalty], penalty)
            self._penalty.setItemData(self._penalty.count() - 1, PENALTY_TIPS[penalty], Qt.ItemDataRole.ToolTipRole)
        self._l1_ratio = QSlider(Qt.Orientation.Horizontal)
        self._l1_ratio.setRange(0, 100)
        _name(self._l1_ratio, "l1RatioSlider", "L1 share", "Share of L1 in the elastic net.")
        self._l1_text = QLabel("0.50")
        ratio = QHBoxLayout()
        ratio.addWidget(self._l1_ratio)
        ratio.addWidget(self._l1_text)
        form.addRow("Penalty", self._penalty)
        form.addRow("L1 share", ratio)
        layout.addLayout(form)
        self._lam = ValueEdit(parse_number(0.0, LAMBDA_MAXIMUM, "λ"), exact_text)
        _name(self._lam, "lambdaEdit", "λ", "Strength of the penalty: any number from 0 to 1e12, then Enter.")
        font = self._lam.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self._lam.setFont(font)
        symbol = QLabel("λ")
        symbol.setFont(font)
        symbol.setBuddy(self._lam)
        row = QHBoxLayout()
        row.addWidget(symbol)
        row.addWidget(self._lam)
        layout.addLayout(row)
        self._slider = LambdaSlider()
        _name(self._slider, "lambdaSlider", "λ slider", "Left end: exactly 0 (off). Then 0.00001 to 1 000 000 000.")
        layout.addWidget(self._slider)
        layout.addWidget(LambdaRuler(self._slider))
        layout.addLayout(self._make_presets())
        self._penalty.currentIndexChanged.connect(self._on_penalty_changed)
        self._l1_ratio.valueChanged.connect(self._on_l1_ratio_changed)
        self._slider.lambda_moved.connect(self.lambda_chosen)
        self._slider.sliderPressed.connect(self._on_slider_pressed)
        self._slider.sliderReleased.connect(self._on_slider_released)
        self._lam.value_entered.connect(self.lambda_chosen.emit)
        self._lam.refused.connect(self.input_refused)

    def _make_presets(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(3)
        for position, lam in enumerate(PRESETS):
            text = number_text(lam)
            button = QPushButton(text)
            _name(button, f"lambdaPreset{position}", f"λ = {text}", f"Set λ to {text}.")
            button.setMinimumWidth(36)
            button.clicked.connect(lambda _checked=False, lam=lam: self.lambda_chosen.emit(lam))
            # The last one is long: it takes a row's rest.
            grid.addWidget(button, position // 5, position % 5, 1, 5 if position == 5 else 1)
        return grid

    def show_table(self, view: TableView) -> None:
        self._title.setText(view.title)
        self._title.setToolTip(escape(view.title))
        self._hint.setText(view.hint)
        self._hint.setVisible(bool(view.hint))
        self._summary.setText(view.summary)
        with QSignalBlocker(self._target):
            if view.targets != tuple(self._target.itemText(index) for index in range(self._target.count())):
                self._target.clear()
                self._target.addItems(list(view.targets))
            self._target.setCurrentIndex(view.targets.index(view.target) if view.target in view.targets else -1)

    def show_configuration(self, configuration: Configuration, data_task: str | None) -> None:
        """``data_task`` is what "automatic" has come to, if there is a dataset."""
        training = configuration.training
        automatic = f"automatic ({data_task})" if data_task else TASK_NAMES["auto"]
        self._task.setItemText(0, automatic)
        _select(self._task, configuration.data.task)
        self._hidden.show_value(configuration.architecture.hidden)
        _select(self._activation, configuration.architecture.activation)
        self._activation.setEnabled(not configuration.architecture.is_linear)
        self._activation.setToolTip(
            "A linear model has no hidden units."
            if configuration.architecture.is_linear
            else "tanh is smooth, relu is not."
        )
        _select(self._optimizer, training.optimizer)
        self._optimizer.setToolTip(OPTIMIZER_TIPS[training.optimizer])
        self._learning_rate.show_value(training.learning_rate)
        self._batch_size.show_value(training.batch_size)
        _select(self._penalty, training.penalty)
        self._penalty.setToolTip(PENALTY_TIPS[training.penalty])
        with QSignalBlocker(self._l1_ratio):
            self._l1_ratio.setValue(round(100 * training.l1_ratio))
        self._l1_text.setText(f"{training.l1_ratio:.2f}")
        is_mixed = training.penalty == "elastic-net"
        self._l1_ratio.setEnabled(is_mixed)
        self._l1_ratio.setToolTip(
            "Share of L1 in the elastic net." if is_mixed else "Only the elastic net mixes L1 and L2."
        )
        self._lam.show_value(training.lam)
        self._slider.show_lambda(training.lam)

    def focus_lambda(self) -> None:
        """λ takes the keyboard."""
        self._slider.setFocus()

    def _on_target_changed(self, _index: int) -> None:
        self.target_chosen.emit(self._target.currentText())

    def _on_task_changed(self, _index: int) -> None:
        self.task_chosen.emit(self._task.currentData())

    def _on_activation_changed(self, _index: int) -> None:
        self.activation_chosen.emit(self._activation.currentData())

    def _on_optimizer_changed(self, _index: int) -> None:
        self.optimizer_chosen.emit(self._optimizer.currentData())

    def _on_penalty_changed(self, _index: int) -> None:
        self.penalty_chosen.emit(self._penalty.currentData())

    def _on_l1_ratio_changed(self, percent: int) -> None:
        self.l1_ratio_moved.emit(percent / 100.0)

    def _on_slider_pressed(self) -> None:
        self.lambda_drag_changed.emit(True)

    def _on_slider_released(self) -> None:
        self.lambda_drag_changed.emit(False)


def _group(title: str) -> tuple[QGroupBox, QFormLayout]:
    group = QGroupBox(title)
    form = QFormLayout(group)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setVerticalSpacing(4)
    return group, form


def _paragraph() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # A long name has no place to wrap; it must not widen the column.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def _name(widget: QWidget, object_name: str, accessible_name: str, tip: str) -> None:
    widget.setObjectName(object_name)
    widget.setAccessibleName(accessible_name)
    widget.setAccessibleDescription(tip)
    widget.setToolTip(tip)


class _CalmComboBox(QComboBox):
    """Leaves the wheel to the column that scrolls: a notch in passing must not begin a new run."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _combo(object_name: str, accessible_name: str, tip: str) -> QComboBox:
    box = _CalmComboBox()
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    _name(box, object_name, accessible_name, tip)
    # Long column names must not widen the column.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _select(box: QComboBox, value: str) -> None:
    with QSignalBlocker(box):
        box.setCurrentIndex(max(0, box.findData(value)))
