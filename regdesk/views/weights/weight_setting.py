"""The line of the weights that sets one of them by hand: which, its value, and a slider to drag it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from regdesk.core.weights.names import weight_list
from regdesk.core.words.number_text import fixed_text
from regdesk.views.kit.flow_layout import FlowLayout
from regdesk.views.kit.form_parts import name_widget
from regdesk.views.kit.number_edit import ValueEdit
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.run.scene import RunScene
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.weights.names import WeightList

LARGEST = 1e6
"""Of a weight that is set: far beyond any that means something, and its square is one in a network's float32."""
TICKS = 200
"""Of the slider, from the middle to either end."""
WIDTH_PX = 150


class WeightSetting(QWidget):
    """Hidden until its ``button``, which stands elsewhere, is down.

    Signals: ``weight_set(int, float)`` with the position among all parameters and the value; ``weight_chosen(int)``
    with that of the weight that a person has chosen in the list; ``refused(str)``.
    """

    weight_chosen = Signal(int)
    weight_set = Signal(int, float)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._positions: tuple[int, ...] = ()
        # The network, and the names of inputs and outputs, of which the weights are in the list.
        self._listed: tuple[Network, tuple[str, ...], tuple[str, ...]] | None = None
        self._reach = 1.0
        self._wanted = -1
        self.box = make_slim_box("setWeightBox", self.tr("Weight that is set by hand"), most_px=WIDTH_PX)
        self.edit = ValueEdit(_weight, repr, fixed_text)
        name_widget(
            self.edit, "setWeightEdit", self.tr("Value of the weight"),
            self.tr("Enter sets the weight, on standardised inputs; the model goes on from there."),
        )  # fmt: skip
        self.edit.setFixedWidth(scaled_px(WIDTH_PX // 2))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-TICKS, TICKS)
        name_widget(
            self.slider, "setWeightSlider", self.tr("Value of the weight, by dragging"),
            self.tr("Drag it, or use the arrow keys: the model follows."),
        )  # fmt: skip
        self.slider.setFixedWidth(scaled_px(WIDTH_PX))
        self.slider.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = FlowLayout()
        self.setLayout(layout)
        for widget in (self.box, self.edit, self.slider):
            layout.addWidget(widget)
        self._shown: tuple[TrainSnapshot, RunScene] | None = None
        self.button = ToggleButton(
            "setWeightButton", self.tr("Set…"), self.tr("Set a weight by hand: the model goes on from there")
        )
        self.button.toggled.connect(self._on_toggled)
        self.hide()
        # There is no weight yet.
        self.setEnabled(False)
        self.box.currentIndexChanged.connect(self._on_chosen)
        self.box.activated.connect(self._on_activated)
        self.edit.value_entered.connect(self._on_entered)
        self.edit.refused.connect(self.refused)
        self.slider.valueChanged.connect(self._on_slid)

    def _show_weights(self, weights: WeightList) -> None:
        """Which there are; the one that is chosen stays, where it is among them still."""
        chosen, self._positions = self.box.currentText(), weights.positions
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItems(weights.names)
            wanted = self.box.findText(chosen)
            if self._wanted in weights.positions:
                wanted = weights.positions.index(self._wanted)
            self.box.setCurrentIndex(max(wanted, 0) if weights.names else -1)
        self.setEnabled(bool(weights.names))

    def choose(self, position: int | None) -> None:
        """Set the weight at ``position`` of all parameters from now on; None leaves the one that is chosen."""
        if position is None:
            return
        self._wanted = position
        if position in self._positions:
            self.box.setCurrentIndex(self._positions.index(position))

    def show_snapshot(self, snapshot: TrainSnapshot, scene: RunScene) -> None:
        """The value that the chosen weight has by now; under a slider that is held it stays."""
        self._shown = snapshot, scene
        if not self.button.isChecked():
            return
        if self._listed != (snapshot.network, scene.input_names, scene.output_names):
            self._listed = snapshot.network, scene.input_names, scene.output_names
            self._show_weights(weight_list(*self._listed))
        position = self._position
        if position is None or position >= len(snapshot.parameters) or self.slider.isSliderDown():
            return
        value = float(snapshot.parameters[position])
        self.edit.show_value(value)
        # The ruler holds still until the weight leaves it, as the histogram's does.
        while abs(value) > self._reach:
            self._reach *= 2.0
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(TICKS * value / self._reach))

    @property
    def _position(self) -> int | None:
        index = self.box.currentIndex()
        return self._positions[index] if 0 <= index < len(self._positions) else None

    def _set(self, value: float) -> None:
        position = self._position
        if position is not None:
            self.weight_set.emit(position, value)

    def _on_chosen(self, _index: int) -> None:
        self._reach, self._wanted = 1.0, -1 if self._position is None else self._position
        if self._shown is not None:
            self.show_snapshot(*self._shown)

    def _on_activated(self, _index: int) -> None:
        if self._position is not None:
            self.weight_chosen.emit(self._position)

    def _on_toggled(self, is_shown: bool) -> None:
        self.setVisible(is_shown)
        if self._shown is not None:
            self.show_snapshot(*self._shown)

    def _on_entered(self, value: float) -> None:
        self._set(value)

    def _on_slid(self, tick: int) -> None:
        self._set(self._reach * tick / TICKS)


def _weight(text: str) -> float:
    """Raises ValueError, a sentence, for what no weight can be."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise ValueError(f"a weight is a number from −1e6 to 1e6, and not {text[:30]!r}.")
    return value
