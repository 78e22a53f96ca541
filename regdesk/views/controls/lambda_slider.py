"""λ, the hero: a slider whose left end is exactly 0, its ruler, a box for any number, and presets."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QWidget

from regdesk.core.types import LAMBDA_MAXIMUM

N_POSITIONS = 1600
STEP = N_POSITIONS // 200
"""Positions that an arrow key moves."""
_FINE = 4 * N_POSITIONS // 5
_LOWEST, _MIDDLE, _HIGHEST = -5.0, 1.0, 9.0
TICKS = ((0.0, "off"), (1e-4, "0.0001"), (1e-2, "0.01"), (1.0, "1"), (1e9, "10⁹"))


def lambda_at(position: int) -> float:
    """λ of a slider position: exactly 0 at the left end, 1e-5 to 10 over four fifths, 10 to 1e9 over the last."""
    if position <= 0:
        return 0.0
    if position <= _FINE:
        exponent = _LOWEST + (_MIDDLE - _LOWEST) * (position - 1) / (_FINE - 1)
    else:
        exponent = _MIDDLE + (_HIGHEST - _MIDDLE) * (position - _FINE) / (N_POSITIONS - _FINE)
    # Three digits, so that what is shown is what is in force; neighbours are 1.1 % apart and never share them.
    return float(f"{10.0**exponent:.3g}")


def position_of(lam: float) -> int:
    """The slider position nearest to λ on its own scale; the ends stand for what lies beyond them."""
    if lam <= 0:
        return 0
    exponent = math.log10(lam)
    if exponent <= _MIDDLE:
        position = 1 + (exponent - _LOWEST) / (_MIDDLE - _LOWEST) * (_FINE - 1)
    else:
        position = _FINE + (exponent - _MIDDLE) / (_HIGHEST - _MIDDLE) * (N_POSITIONS - _FINE)
    return max(1, min(N_POSITIONS, round(position)))


def stepped_lambda(lam: float, n_steps: int) -> float:
    """λ after ``n_steps`` presses of an arrow key; beyond the slider's ends it comes back to them."""
    return lambda_at(min(position_of(lam) + n_steps * STEP, N_POSITIONS))


def tenfold_lambda(lam: float) -> float:
    """Ten times λ, at most what can be typed; from 0 it is the smallest λ of the slider."""
    return min(max(_times(lam, 10.0), lambda_at(1)), LAMBDA_MAXIMUM)


def tenth_lambda(lam: float) -> float:
    """A tenth of λ; below the smallest λ of the slider it is off."""
    tenth = _times(lam, 0.1)
    return tenth if tenth >= lambda_at(1) else 0.0


def _times(lam: float, factor: float) -> float:
    # 0.003 × 10 is not 0.03 in binary; a person has typed no more than twelve digits.
    return float(f"{lam * factor:.12g}")


LAMBDA_CHANGES: dict[str, Callable[[float], float]] = {
    "up": lambda lam: stepped_lambda(lam, 1),
    "down": lambda lam: stepped_lambda(lam, -1),
    "times ten": tenfold_lambda,
    "by ten": tenth_lambda,
    "off": lambda _lam: 0.0,
}
"""What can be done to λ from anywhere in the window."""


class LambdaSlider(QSlider):
    """Signals: ``lambda_moved(float)`` by hand only; ``show_lambda`` moves it without a word."""

    lambda_moved = Signal(float)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, N_POSITIONS)
        self.setSingleStep(STEP)
        self.setPageStep(_FINE // 12)
        self.setMinimumHeight(28)
        self.valueChanged.connect(self._on_value_changed)

    def show_lambda(self, lam: float) -> None:
        if lambda_at(self.value()) == lam:
            return
        self.blockSignals(True)
        self.setValue(position_of(lam))
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawRoundedRect(self._handle().adjusted(1, 1, -1, -1), 3, 3)
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A click beside the handle goes there at once; paging towards it would never reach a λ one means.
        handle = self._handle()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(event.position().toPoint()):
            span = self.width() - handle.width()
            offset = round(event.position().x() - handle.width() / 2)
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), offset, span))
        super().mousePressEvent(event)

    def _handle(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )

    def handle_centre(self, lam: float) -> int:
        """x of the handle's centre at λ, in pixels."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        option.sliderPosition = option.sliderValue = position_of(lam)
        handle: QRect = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        return handle.center().x()

    def _on_value_changed(self, position: int) -> None:
        self.lambda_moved.emit(lambda_at(position))


class LambdaRuler(QWidget):
    """The slider's scale, under it."""

    def __init__(self, slider: LambdaSlider) -> None:
        super().__init__()
        self._slider = slider
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("off 1"), self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        # Both ends are always named; with less room one was cut off.
        ends = " ".join((TICKS[0][1], TICKS[-1][1]))
        return QSize(self.fontMetrics().horizontalAdvance(ends), self.sizeHint().height())

    def labels(self) -> list[tuple[str, int, int]]:
        """The numbers that have room, with their left and right ends in pixels: both ends of the scale, and between
        them whatever stands clear of those already there.
        """
        metrics = self.fontMetrics()
        apart, placed = metrics.horizontalAdvance(" "), list[tuple[str, int, int]]()
        first, *between, last = TICKS
        for lam, text in (first, last, *reversed(between)):
            width = metrics.horizontalAdvance(text)
            left = max(0, min(self.width() - width, self._slider.handle_centre(lam) - width // 2))
            if all(left >= end + apart or left + width + apart <= start for _, start, end in placed):
                placed.append((text, left, left + width))
        return sorted(placed, key=lambda label: label[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        for lam, _ in TICKS:
            centre = self._slider.handle_centre(lam)
            painter.drawLine(centre, 0, centre, 3)
        for text, left, _ in self.labels():
            painter.drawText(left, 4 + self.fontMetrics().ascent(), text)
        painter.end()
