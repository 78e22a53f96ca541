"""Axes and view boxes that know their room: Qt asks each of them several times a frame, and little else moves it.

pyqtgraph's work it out anew each time; for six panels that was a tenth of a frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import pyqtgraph as pg
from pyqtgraph.graphicsItems.PlotItem.PlotItem import ui_template
from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGraphicsItem, QWidget

from regdesk.core.rounding import round_limit
from regdesk.views.kit import theme
from regdesk.views.plots.axis_room import measure_anew
from regdesk.views.plots.zoom_box import ZoomBox

NUMBER_SHARE = 0.9
"""Of a line's height that a number takes: its digits do not reach below the line."""
NUMBER_GAP_SHARE = 0.4
"""Of a line's height that is between two numbers side by side."""
FEW_SHARE = 2.0
"""Of what two numbers need at least: how far those of a finer step must be apart to be written, too."""
# pyqtgraph is loaded after the first paint, when the theme has been applied.
theme.colour_plots()


class SteadyAxis(pg.AxisItem):
    """An axis that measures itself when it, or the view beside it, has another place, size or style.

    It has so few numbers that none covers another, nor reads as one with it.
    """

    _room: QRectF | None = None
    # What its name is set from: pyqtgraph sets the same again with every range that it is given.
    _name: str | None = None

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.geometryChanged.connect(self._on_geometry_changed)
        self.visibleChanged.connect(self._on_visible_changed)

    def boundingRect(self) -> QRectF:
        if self._room is None:
            self._room = super().boundingRect()
        return self._room

    def _updateLabel(self) -> None:
        name = self.labelString()
        if name != self._name:
            self._name = name
            super()._updateLabel()
            return
        # It may be another in height or width: shown or hidden, or in letters of another size.
        self._adjustSize()
        self.picture = None
        self.update()

    def linkToView(self, view: Any) -> None:
        super().linkToView(view)
        view.geometryChanged.connect(self._on_geometry_changed)
        self._room = None

    def resizeEvent(self, event: Any = None) -> None:
        self._room = None
        super().resizeEvent(event)

    def setStyle(self, **style: Any) -> None:
        self._room = None
        super().setStyle(**style)

    def setGrid(self, grid: Any) -> None:
        self._room = None
        super().setGrid(grid)

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> Any:
        levels = super().tickSpacing(minVal, maxVal, size)
        if self.orientation not in ("left", "right"):
            first = self._spacing_with_room(levels[0][0], minVal, maxVal, size) if levels else None
            return levels if first is None else [(first, 0), *levels[1:]]
        least = self._least_height(minVal, maxVal, size)
        if not levels or any(spacing >= least for spacing, _ in levels):
            return levels
        # Not one of them has room for its numbers.
        return [(round_limit(least), 0), *levels[:1]]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        low, high = self.range
        if self.orientation not in ("left", "right"):
            texts = list(super().tickStrings(values, scale, spacing))
            # Pixels are not counted alike everywhere: what was found to have room has it here.
            px_per = self.size().width() / max(high - low, 1e-300)
            has_room = self._have_room([px_per * (value - low) for value in values], texts, 0.5)
            return texts if has_room else [""] * len(values)
        height_px = self.size().height()
        least = self._least_height(low, high, height_px)
        if least:
            named = next((one for one, _ in self.tickSpacing(low, high, height_px) if one >= least), spacing)
            # Beside the first numbers others stand only where all of them together are few.
            if spacing < (least if spacing >= named else FEW_SHARE * least):
                return [""] * len(values)
        return list(super().tickStrings(values, scale, spacing))

    def _least_height(self, first: float, last: float, height_px: float) -> float:
        """Between two numbers that both have room, one above the other."""
        if self.orientation not in ("left", "right") or height_px <= 0.0:
            return 0.0
        return NUMBER_SHARE * QFontMetrics(self.font()).height() * (last - first) / height_px

    def _spacing_with_room(self, spacing: float, low: float, high: float, width_px: float) -> float | None:
        """The least from ``spacing`` on at which numbers side by side have room; None where that one has."""
        per_px = (high - low) / width_px if width_px > 0.0 else 0.0
        if not (math.isfinite(per_px) and per_px > 0.0 < spacing):
            return None
        wanted = spacing
        for exponent, digit in product(range(4), (1.0, 2.0, 4.0, 5.0)):
            size = 10.0 ** (math.floor(math.log10(spacing) + 1e-9) + exponent) * digit
            if size < (1.0 - 1e-9) * spacing:
                continue
            wanted = size
            values = [size * number for number in range(math.ceil(low / size), math.floor(high / size) + 1)]
            places_px = [(value - low) / per_px for value in values]
            if self._have_room(places_px, super().tickStrings(values, 1.0, size), width_px=width_px):
                break
        return None if wanted <= (1.0 + 1e-9) * spacing else wanted

    def _have_room(
        self, places_px: Sequence[float], texts: Sequence[str], share: float = 1.0, width_px: float | None = None
    ) -> bool:
        """Whether numbers side by side do not read as one, such as "0.20.4"; with ``share`` of the gap between them.

        Those that would reach beyond the ends are not written, and count for nothing.
        """
        metrics = QFontMetrics(self.font())
        width = self.size().width() if width_px is None else width_px
        halves = [0.5 * metrics.horizontalAdvance(text) for text in texts]
        inside = [(at, half) for at, half in zip(places_px, halves, strict=True) if half <= at <= width - half]
        gap_px = share * NUMBER_GAP_SHARE * metrics.height()
        return all(one + half + gap_px <= other - beside for (one, half), (other, beside) in pairwise(inside))

    def _on_geometry_changed(self) -> None:
        self._room = None
        # It may reach further than before, over a view that has moved.
        self.prepareGeometryChange()
        self.draw_anew()

    def _on_visible_changed(self) -> None:
        if self.isVisible():
            # While its plot was hidden it took no room, and text may have another size.
            measure_anew(self)

    def draw_anew(self) -> None:
        """Its pixels are kept from one frame to the next: where half a pixel came between, they are others."""
        self.picture = None
        self.update()


class SteadyBox(ZoomBox):
    """The part of a plot that curves are in; it draws nothing itself."""

    _room: QRectF | None = None

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.geometryChanged.connect(self._on_geometry_changed)

    def boundingRect(self) -> QRectF:
        if self._room is None:
            self._room = super().boundingRect()
        return self._room

    def resizeEvent(self, event: Any) -> None:
        self._room = None
        super().resizeEvent(event)

    def _on_geometry_changed(self) -> None:
        self._room = None


def plot_parts(**axes: pg.AxisItem) -> dict[str, Any]:
    """What a plot of pyqtgraph is made of here, as arguments; ``axes`` in place of ordinary ones, by their side."""
    ordinary = {side: SteadyAxis(side) for side in ("left", "bottom") if side not in axes}
    return {"axisItems": {**ordinary, **axes}, "viewBox": SteadyBox(), "enableMenu": False}


def draws_nothing(item: QGraphicsItem) -> None:
    """Only what is in ``item`` is drawn: it need not be asked what room it takes."""
    item.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)


GROUPS = ("transformGroup", "decimateGroup", "gridGroup")
CHECKABLE_GROUPS = ("averageGroup", "alphaGroup", "pointsGroup")
SWITCHES = (
    "autoAlphaCheck", "xGridCheck", "yGridCheck", "fftCheck", "subtractMeanCheck", "logXCheck", "logYCheck",
    "derivativeCheck", "phasemapCheck", "downsampleCheck", "autoDownsampleCheck", "subsampleRadio", "meanRadio",
    "peakRadio", "clipToViewCheck", "maxTracesCheck", "forgetTracesCheck", "autoPointsCheck",
)  # fmt: skip
ON = frozenset({"alphaGroup", "pointsGroup", "autoDownsampleCheck", "peakRadio", "autoPointsCheck"})
"""What pyqtgraph's form has switched on, and below the values of its numbers, with the largest that each may be."""
NUMBERS = {"alphaSlider": (1000, 1000), "gridAlphaSlider": (128, 255), "downsampleSpin": (1, 100_000),
           "maxTracesSpin": (0, 99)}  # fmt: skip


class _Value(QObject):
    """One entry of the form."""

    toggled, valueChanged = Signal(bool), Signal(int)

    def __init__(self, value: int, largest: int = 1) -> None:
        super().__init__()
        self._value, self._largest = value, largest

    def value(self) -> int:
        return self._value

    def maximum(self) -> int:
        return self._largest

    def isChecked(self) -> bool:
        return bool(self._value)

    def setValue(self, value: int) -> None:
        if value != self._value:
            self._value = value
            self.toggled.emit(bool(value))
            self.valueChanged.emit(value)

    setChecked = setValue


class _Group(QWidget):
    """What the menu would hold: it stays as it is, on or off."""

    toggled = Signal(bool)

    def __init__(self, is_on: bool) -> None:
        super().__init__()
        self._is_on = is_on

    def isChecked(self) -> bool:
        return self._is_on


class _Names(QObject):
    """The parameters of curves, of which there are none."""

    itemClicked = Signal(object)

    def count(self) -> int:
        return 0

    def clear(self) -> None:
        """There is nothing to take away."""


class NoForm:
    """Has the parts of pyqtgraph's ``Ui_Form`` that a plot itself asks, with the values that they begin with."""

    def setupUi(self, _form: QWidget) -> None:
        parts: dict[str, Any] = {name: _Group(name in ON) for name in (*GROUPS, *CHECKABLE_GROUPS)}
        parts |= {name: _Value(name in ON) for name in SWITCHES}
        parts |= {name: _Value(*number) for name, number in NUMBERS.items()}
        self.__dict__.update(parts, avgParamList=_Names())


# Plots have no menu here, whose form of forty widgets each of them makes, whether or not it is ever opened: that took
# 4 ms of each, and a window has ten at once.
ui_template.Ui_Form = NoForm
