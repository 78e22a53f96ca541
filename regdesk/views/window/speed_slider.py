"""The pace of training, from 10 optimiser steps a second to as fast as the engine goes."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from regdesk.core.settings.settings_table import setting_at
from regdesk.views.kit import spacing
from regdesk.views.kit.plain_text import SteadyLabel
from regdesk.views.kit.setting_controls import name_setting

PATH = "view.steps_per_second"
N_POSITIONS = 40
_DECADES = 4.0


def speed_at(position: int) -> float | None:
    """Steps per second: 10 to 100 000, and None (as fast as possible) at the right end."""
    if position >= N_POSITIONS:
        return None
    return float(f"{10.0 ** (1.0 + _DECADES * position / (N_POSITIONS - 1)):.2g}")


def position_of(steps_per_second: float | None) -> int:
    """The position nearest to a pace."""
    if steps_per_second is None:
        return N_POSITIONS
    return min(range(N_POSITIONS), key=lambda position: abs((speed_at(position) or 0.0) / steps_per_second - 1.0))


class SpeedControl(QWidget):
    """Signals: ``speed_changed(object)``, a float in steps per second or None."""

    speed_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        name_setting(self._slider, PATH)
        self._slider.setRange(0, N_POSITIONS)
        self._slider.setPageStep(5)
        self._slider.setFixedWidth(110)
        self._text = SteadyLabel(_text_of(100_000.0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing.SMALL_PX, 0, 0, 0)
        layout.addWidget(QLabel(setting_at(PATH).beside))
        layout.addWidget(self._slider)
        layout.addWidget(self._text)
        self._slider.valueChanged.connect(self._on_value_changed)

    def show_speed(self, steps_per_second: float | None) -> None:
        """Show a pace without a signal."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(position_of(steps_per_second))
        self._write(steps_per_second)

    def step(self, n_positions: int) -> None:
        """Move by hand, as the arrow keys do."""
        self._slider.setValue(self._slider.value() + n_positions)

    def _write(self, steps_per_second: float | None) -> None:
        self._text.setText(_text_of(steps_per_second))

    def _on_value_changed(self, position: int) -> None:
        steps_per_second = speed_at(position)
        self._write(steps_per_second)
        self.speed_changed.emit(steps_per_second)


def _text_of(steps_per_second: float | None) -> str:
    setting = setting_at(PATH)
    return setting.none_text if steps_per_second is None else f"{steps_per_second:,.0f} {setting.unit}"
