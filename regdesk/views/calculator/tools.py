"""What the calculator is worked with besides its rows: row of the data, means, copy, search, order, class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from regdesk.views.calculator.input_order import listed_inputs
from regdesk.views.calculator.line_box import LineBox
from regdesk.views.kit import spacing
from regdesk.views.kit.setting_controls import setting_slim_box, show_datum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.settings.configuration import CalculatorOrder
    from regdesk.core.types import Float64s

CLASS, ORDER = "view.calculator_class", "view.calculator_order"
SEARCH_FROM = 6
"""Columns from which on one searches for a name."""


class CalculatorTools(QWidget):
    """Signals: ``line_chosen(int)``, ``reset_requested()``, ``copy_requested()``, ``class_activated(int)``."""

    line_chosen = Signal(int)
    reset_requested = Signal()
    copy_requested = Signal()
    class_activated = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.classes = setting_slim_box(CLASS, 110)
        self.classes.activated.connect(self.class_activated)
        self.lines = LineBox()
        self.lines.line_chosen.connect(self.line_chosen)
        self.reset = _button("calculatorReset", self.tr("Means"), self.tr("Reset to the training means"))
        self.reset.setToolTip(self.tr("Every number at its training mean, every label at the most frequent one"))
        self.reset.clicked.connect(self.reset_requested)
        self.copy = _button("calculatorCopy", self.tr("Copy"), self.tr("Copy the values and the prediction"))
        self.copy.setToolTip(self.tr("Copy the values, what each adds, and the prediction, for a spreadsheet"))
        self.copy.clicked.connect(self.copy_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self.classes)
        layout.addStretch(1)
        for tool in (self.lines, self.reset, self.copy):
            layout.addWidget(tool)

    def show_classes(self, classes: Sequence[str]) -> None:
        """Those that can be asked about; of a number there are none to choose from."""
        with QSignalBlocker(self.classes):
            self.classes.clear()
            self.classes.addItems(list(classes))
            for number, name in enumerate(classes):
                self.classes.setItemData(number, name)
        self.classes.setVisible(len(classes) > 1)


class FindingRow(QWidget):
    """Search and order, where there are so many inputs that one needs them.

    Signals: ``changed()``, ``settings_chosen(object)`` with the values of settings by path.
    """

    changed = Signal()
    settings_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.search = QLineEdit()
        self.search.setObjectName("calculatorSearch")
        self.search.setPlaceholderText(self.tr("Search inputs"))
        self.search.setAccessibleName(self.tr("Search inputs by their names"))
        self.search.setToolTip(self.tr("Only inputs whose names hold these words are listed"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.changed)
        self.sort = setting_slim_box(ORDER, 150)
        self.sort.activated.connect(self._on_order_activated)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(spacing.TIGHT_PX, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.sort)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Other inputs: none of them is searched for."""
        self._names = names
        with QSignalBlocker(self.search):
            self.search.clear()
        self.setVisible(len(names) >= SEARCH_FROM)

    @property
    def is_by_size(self) -> bool:
        """Whether what adds most to the prediction comes first."""
        return bool(self.sort.currentData() == "added")

    def show_order(self, order: CalculatorOrder) -> bool:
        """What is in force; whether it is another than before."""
        has_changed = bool(self.sort.currentData() != order)
        show_datum(self.sort, order)
        return has_changed

    def listed(self, additions: Float64s | None) -> list[int]:
        """Numbers of the inputs to be listed; ``additions`` ``(n_columns,)`` where they are known."""
        return listed_inputs(self._names, self.search.text(), additions if self.is_by_size else None)

    def _on_order_activated(self, _index: int) -> None:
        self.settings_chosen.emit({ORDER: self.sort.currentData()})
        # The one that is in force may be chosen once more: what adds most may be something else by now.
        self.changed.emit()


def _button(name: str, text: str, accessible_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(accessible_name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
