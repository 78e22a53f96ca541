"""What the calculator is worked with besides its rows: row of the data, means, copy, search, order, class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from regdesk.views.calculator.input_order import listed_inputs
from regdesk.views.calculator.line_box import LineBox
from regdesk.views.kit import spacing
from regdesk.views.kit.slim_box import make_slim_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.types import Float64s

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
        self.classes = make_slim_box(
            "calculatorClassBox",
            self.tr("Class whose probability is explained"),
            self.tr("Curves and additions are of the probability of this class"),
            most_px=110,
        )
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
        self.classes.setVisible(len(classes) > 1)


class FindingRow(QWidget):
    """Search and order, where there are so many inputs that one needs them.

    Signal: ``changed()``.
    """

    changed = Signal()

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
        self.sort = make_slim_box(
            "calculatorOrderBox",
            self.tr("Order of the inputs"),
            self.tr("As in the file, or by how much they add to the prediction when this is chosen"),
            most_px=150,
        )
        self.sort.addItems([self.tr("file order"), self.tr("most added first")])
        self.sort.activated.connect(self.changed)
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
        return self.sort.currentIndex() == 1

    def listed(self, additions: Float64s | None) -> list[int]:
        """Numbers of the inputs to be listed; ``additions`` ``(n_columns,)`` where they are known."""
        return listed_inputs(self._names, self.search.text(), additions if self.is_by_size else None)


def _button(name: str, text: str, accessible_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAccessibleName(accessible_name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
