"""Calculators whose answers a test gives: a panel on the screen, and a model that answers at once what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow
from tables import write_csv

from regdesk.core.fitted.calculation import calculate
from regdesk.core.fitted.calculator_model import CalculatorModel
from regdesk.core.fitted.column_spread import column_spreads
from regdesk.core.fitted.points import Point
from regdesk.views.calculator.content import CalculatorContent
from regdesk.views.calculator.input_row import InputRow
from regdesk.views.calculator.panel import CalculatorPanel

HOSTILE = ("a<b>]]>", "=cmd()", 'c */ """ ${d}', "many\\n")
LABELS = ("<i>red</i>", "=1+1")


def write_rooms(folder: Path) -> Path:
    """A number with a missing cell, a label, a whole number and a date, under names that mean something elsewhere."""
    generator = np.random.default_rng(6)
    size = generator.normal(80, 20, 60).round(1)
    cells = [f"{one}" for one in size]
    cells[5] = ""
    label = [LABELS[row % 2] for row in range(60)]
    whole = generator.integers(1, 7, 60)
    day = [f"2024-0{1 + row % 9}-1{row % 10}" for row in range(60)]
    names = ['"' + name.replace('"', '""') + '"' for name in HOSTILE]
    price = (2 * size + 5 * whole + generator.normal(size=60)).round(2)
    return write_csv(folder / "rooms.csv", [*names, "price"], [cells, label, whole, day, price])


def calculator_of(file: Path, target: str, features: Sequence[str] = (), **settings: Any) -> CalculatorModel:
    dataset = dataset_of(file, target, features=tuple(features) or None, **settings)
    canned = Canned.of(dataset, (4,))
    assert dataset.encoding is not None
    spreads = column_spreads(dataset.encoding, dataset.inputs[dataset.split.train])
    return CalculatorModel(canned.network, canned.parameters, dataset.encoding, spreads)


class Asked:
    """A panel on the screen, and a model that answers at once what is wanted of it.

    In the dock of a window where it ``is_docked``.
    """

    def __init__(
        self, qtbot: Any, model: CalculatorModel, width: int = 520, height: int = 460, is_docked: bool = False
    ) -> None:
        self.qtbot, self.model = qtbot, model
        self.point: Point = model.mean_point
        self.wanted: tuple[int, ...] = ()
        self.chosen: list[tuple[int, Any]] = []
        self.panel = CalculatorPanel()
        self.panel.cell_chosen.connect(self._on_cell_chosen)
        self.panel.columns_changed.connect(self._on_columns_changed)
        self.panel.reset_requested.connect(self._on_reset_requested)
        self._window = _docked(self.panel) if is_docked else self.panel
        show(qtbot, self._window, width, height)
        self.panel.show_model(model, np.array([2, 3, 5, 9]))
        self.panel.show_point(self.point, 0)
        self.answer()
        settle()

    def answer(self) -> None:
        self.panel.show_calculation(calculate(self.model, self.point, self.wanted))

    def put(self, *point: Any, line: int = 0) -> None:
        self.point = tuple(point)
        self.panel.show_point(self.point, line)
        self.answer()
        settle()

    def _on_cell_chosen(self, column: int, cell: Any) -> None:
        self.chosen.append((column, cell))
        self.put(*self.point[:column], cell, *self.point[column + 1 :])

    def _on_columns_changed(self, columns: tuple[int, ...]) -> None:
        self.wanted = columns
        self.answer()

    def _on_reset_requested(self) -> None:
        self.put(*self.model.mean_point)

    @property
    def content(self) -> CalculatorContent:
        found = self.panel.content
        assert found is not None
        return found

    def row(self, number: int) -> InputRow:
        return self.content.inputs.rows[number]

    def child(self, name: str) -> Any:
        found = self.panel.findChild(object, name)
        assert found is not None, name
        return found


def _docked(panel: CalculatorPanel) -> QMainWindow:
    window, dock = QMainWindow(), QDockWidget()
    panel.build()
    dock.setWidget(panel)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    return window
