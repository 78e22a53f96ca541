"""Plots without pyqtgraph's menu, whose form of forty widgets each of them makes, whether or not it is ever opened."""

from __future__ import annotations

import importlib
import inspect
import weakref
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QWidget

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


class _Value:
    """One entry of the form: its value, and who is told of another one. It keeps none of them alive."""

    def __init__(self, value: int, largest: int = 1) -> None:
        self._value, self._largest = value, largest
        self._told: list[weakref.WeakMethod[Callable[..., object]]] = []
        self.toggled = self.valueChanged = self

    def connect(self, told: Callable[..., object]) -> None:
        self._told.append(weakref.WeakMethod(told))

    def value(self) -> int:
        return self._value

    def maximum(self) -> int:
        return self._largest

    def isChecked(self) -> bool:
        return bool(self._value)

    def setValue(self, value: int) -> None:
        if value != self._value:
            self._value = value
            for reference in self._told:
                told = reference()
                # As Qt does, those that take no value are called without one.
                if told is not None:
                    told(*[value][: len(inspect.signature(told).parameters)])

    setChecked = setValue


class _Group(QWidget):
    """What the menu would hold: it stays as it is, on or off."""

    def __init__(self, is_on: bool) -> None:
        super().__init__()
        self._is_on = is_on
        self.toggled = _Value(is_on)

    def isChecked(self) -> bool:
        return self._is_on


class _Names:
    """The parameters of curves, of which there are none."""

    def __init__(self) -> None:
        self.itemClicked = _Value(False)

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


def have_no_forms() -> None:
    """Plots that are made from here on have none; that took 4 ms of each, and a window has ten at once."""
    # Its package has the class under the name of the module.
    module: Any = importlib.import_module("pyqtgraph.graphicsItems.PlotItem.PlotItem")
    module.ui_template = SimpleNamespace(Ui_Form=NoForm)
