"""The rows of the calculator, one a column, which are made when they come into sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from regdesk.views.calculator.input_row import InputRow, least_row_width
from regdesk.views.kit.text_size import scaled_px

if TYPE_CHECKING:
    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.points import Point

ROW_PX, MOST_ROW_PX, GAP_PX = 58, 240, 4
ACROSS_PX = 460
"""From so much for each on, rows stand side by side."""
PICTURE_ROW_PX = 46
"""Of a row in a picture, at the least: there the control is a word."""
N_AHEAD = 1
"""Rows beyond those in sight that are there, for the Tab key to get to them."""


class InputList(QScrollArea):
    """Signals: ``cell_chosen(int, object)``, ``refused(str)`` and ``pointed(int, object)`` of the rows,
    ``columns_changed()`` when others are in sight, ``arranged()`` when rows have another width.
    """

    cell_chosen = Signal(int, object)
    refused = Signal(str)
    pointed = Signal(int, object)
    columns_changed = Signal()
    arranged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("calculatorInputs")
        self.setAccessibleName(self.tr("Inputs of the calculator"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sheet = _Sheet(self)
        self.setWidget(self._sheet)
        self._model: CalculatorModel | None = None
        self._point: Point | None = None
        self._order: list[int] = []
        self._rows: dict[int, InputRow] = {}
        self._visible: list[int] = []
        self._is_picture = False
        self._before_picture: set[int] = set()
        # Whether rows come and go now: one that goes hands the focus on, and Qt scrolls to whoever gets it.
        self._is_changing = False
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.arrange)

    @property
    def rows(self) -> dict[int, InputRow]:
        """Those that have been made, by the number of the column."""
        return self._rows

    @property
    def visible(self) -> list[int]:
        """Numbers of the columns whose rows are in sight."""
        return self._visible

    @property
    def row_size(self) -> QSize:
        """Of each row: few rows are higher, so that they fill the panel."""
        width_px = self.viewport().width()
        n_down = max(-(-len(self._order) // self._n_across), 1)
        ample = (self.viewport().height() - GAP_PX) // n_down - GAP_PX
        least_px = PICTURE_ROW_PX if self._is_picture else ROW_PX
        height_px = min(max(ample, scaled_px(least_px)), scaled_px(MOST_ROW_PX))
        return QSize(
            max((width_px - (self._n_across - 1) * 4 * GAP_PX) // self._n_across, least_row_width()), height_px
        )

    @property
    def _n_across(self) -> int:
        width_px, height_px = self.viewport().width(), self.viewport().height()
        usual = min(max(width_px // scaled_px(ACROSS_PX), 1), max(len(self._order), 1))
        if not self._is_picture:
            return usual
        # Nobody scrolls in a picture: as many as are needed for all to be on it, as far as they can be read.
        most = max(self._most_across(width_px), usual)
        return next((n for n in range(usual, most) if self._height_of(n) <= height_px), most)

    def _most_across(self, width_px: int) -> int:
        return min(max((width_px + 4 * GAP_PX) // (least_row_width() + 4 * GAP_PX), 1), max(len(self._order), 1))

    def _height_of(self, n_across: int) -> int:
        """Of all rows as they are in a picture, so many side by side."""
        return -(-len(self._order) // n_across) * (scaled_px(PICTURE_ROW_PX) + GAP_PX)

    def least_picture_height(self, width_px: int) -> int:
        """Without which not all rows are seen in a picture in which they have ``width_px``."""
        return self._height_of(self._most_across(width_px))

    @property
    def n_across(self) -> int:
        """How many rows stand side by side."""
        return self._n_across

    def show_model(self, model: CalculatorModel) -> None:
        """Other columns, or other ranges of the same ones."""
        self._model, self._point = model, None
        with self._changing():
            for row in self._rows.values():
                self._drop_row(row)
        self._rows, self._visible = {}, []
        self._order = list(range(model.n_columns))
        self.verticalScrollBar().setValue(0)
        self.arrange()

    def _drop_row(self, row: InputRow) -> None:
        # At once: one that is to be deleted later could still be reached by Tab.
        row.hide()
        row.setParent(None)
        row.deleteLater()

    def show_point(self, point: Point) -> None:
        """The cells in force."""
        self._point = point
        for number, row in self._rows.items():
            row.show_cell(point[number])

    def show_order(self, order: Sequence[int]) -> None:
        """Which columns there are rows of, and in which order."""
        if list(order) != self._order:
            self._order = list(order)
            self.verticalScrollBar().setValue(0)
            self.arrange()

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether it is on a sheet; rows that were made for its size go again."""
        if is_picture and not self._is_picture:
            self._before_picture = set(self._rows)
        with self._changing():
            if self._is_picture and not is_picture:
                for number in set(self._rows) - self._before_picture:
                    self._drop_row(self._rows.pop(number))
                self._visible = []
            is_other, self._is_picture = is_picture != self._is_picture, is_picture
            for row in self._rows.values():
                row.show_as_picture(is_picture)
        if is_other:
            self.arrange()

    def apply_theme(self) -> None:
        for row in self._rows.values():
            row.apply_theme()

    def arrange(self) -> None:
        """Put every row in its place."""
        size, n_down = self.row_size, -(-len(self._order) // self._n_across)
        width_px = self._n_across * size.width() + (self._n_across - 1) * 4 * GAP_PX
        self._sheet.resize(max(width_px, 1), max(n_down * (size.height() + GAP_PX), 1))
        self._show_rows()
        self.arranged.emit()
        if self.row_size != size and not self._again.isActive():
            # A bar to scroll with has come or gone, and Qt tells of no other size while it lays out the one before.
            self._again.start(0)

    def _place_of(self, position: int, size: QSize) -> QRect:
        across, down = position % self._n_across, position // self._n_across
        corner = QPoint(across * (size.width() + 4 * GAP_PX), down * (size.height() + GAP_PX))
        return QRect(corner, size)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """While rows come and go nobody else has others come and go."""
        before, self._is_changing = self._is_changing, True
        try:
            yield
        finally:
            self._is_changing = before

    def _on_scrolled(self, _value: int) -> None:
        if self._is_changing:
            self._again.start(0)
        else:
            self._show_rows()

    def _show_rows(self) -> None:
        model = self._model
        if model is None:
            return
        size, n_across = self.row_size, self._n_across
        step = size.height() + GAP_PX
        top = self.verticalScrollBar().value()
        first = max(top // step, 0) * n_across
        last = ((top + max(self.viewport().height(), 1) - 1) // step + 1) * n_across
        made = False
        for position, number in enumerate(self._order):
            is_near = first - N_AHEAD * n_across <= position < last + N_AHEAD * n_across
            if is_near and number not in self._rows:
                self._rows[number] = self._made_row(model, number)
                made = True
            if number in self._rows:
                self._rows[number].setGeometry(self._place_of(position, size))
        shown = set(self._order)
        with self._changing():
            for number, row in self._rows.items():
                row.setVisible(number in shown)
        if made or len(shown) < model.n_columns:
            self._chain()
        visible = self._order[first:last]
        if visible != self._visible:
            self._visible = visible
            self.columns_changed.emit()

    def _made_row(self, model: CalculatorModel, number: int) -> InputRow:
        row = InputRow(model, number, self._sheet)
        if self._point is not None:
            row.show_cell(self._point[number])
        row.cell_chosen.connect(self.cell_chosen)
        row.refused.connect(self.refused)
        row.pointed.connect(self.pointed)
        if self._is_picture:
            row.show_as_picture(True)
        return row

    def _chain(self) -> None:
        """The Tab key goes through the rows as they are seen."""
        for before, after in pairwise(self._controls()):
            QWidget.setTabOrder(before, after)

    def _controls(self) -> Iterator[QWidget]:
        for number in self._order:
            if number in self._rows:
                yield from self._rows[number].controls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


class _Sheet(QWidget):
    """What rows stand on; its height for a width is that of a picture, which is not scrolled in."""

    def __init__(self, rows: InputList) -> None:
        super().__init__()
        self._rows = rows

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width_px: int) -> int:
        return self._rows.least_picture_height(width_px)
