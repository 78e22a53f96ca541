"""One column in the calculator: its name, the control of its cell, the prediction along it, and what it adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from regdesk.core.fitted.profiles import is_whole, range_of
from regdesk.core.words.safe_text import safe_line
from regdesk.views.calculator.addition_bar import AdditionBar
from regdesk.views.calculator.cell_edit import CellEdit
from regdesk.views.calculator.cell_texts import MISSING, cell_text, place_text
from regdesk.views.calculator.outlines import outline_boxes
from regdesk.views.calculator.profile_picture import ColumnScale
from regdesk.views.calculator.profile_plot import ProfilePlot
from regdesk.views.kit import theme
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.kit.plain_text import tool_tip
from regdesk.views.kit.slim_box import make_slim_box
from regdesk.views.kit.text_size import scaled_px
from regdesk.views.kit.toggle_button import ToggleButton

if TYPE_CHECKING:
    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.points import Cell

NAME_PX, ADDS_PX, GAP_PX = 124, 84, 6
LEAST_PLOT_PX = 84


def row_parts(size: QSize) -> tuple[QRect, QRect, QRect]:
    """Where name and control stand, the plot, and what is added, in a row of ``size``."""
    name_px, adds_px = scaled_px(NAME_PX), scaled_px(ADDS_PX)
    spare = size.width() - name_px - adds_px - 2 * GAP_PX - scaled_px(LEAST_PLOT_PX)
    if spare < 0:
        # The control can be narrower before the plot becomes a smudge.
        name_px = max(name_px + spare, scaled_px(80))
    plot_px = max(size.width() - name_px - adds_px - 2 * GAP_PX, 1)
    return (
        QRect(0, 0, name_px, size.height()),
        QRect(name_px + GAP_PX, 0, plot_px, size.height()),
        QRect(name_px + plot_px + 2 * GAP_PX, 0, adds_px, size.height()),
    )


def least_row_width() -> int:
    """Below that a row is scrolled to."""
    return scaled_px(80) + scaled_px(ADDS_PX) + scaled_px(LEAST_PLOT_PX) + 2 * GAP_PX


class InputRow(QWidget):
    """Signals: ``cell_chosen(int, object)`` with the number of the column and its cell, ``refused(str)``,
    ``pointed(int, object)`` with the number of the column and the place under the pointer, or None.

    Labels are chosen from a list, numbers and dates are typed; what is missing is an entry, or a button beside it.
    """

    cell_chosen = Signal(int, object)
    refused = Signal(str)
    pointed = Signal(int, object)

    def __init__(self, model: CalculatorModel, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self._column = number, model.encoding.columns[number]
        column, name = self._column, safe_line(self._column.name)
        self._can_be_missing = model.encoding.missing != "drop"
        own_level = column.fill if column.fill_rule == "own level" else None
        self._labels = tuple(label for label in column.seen if label != own_level)
        self.name = ElidedLabel()
        self.name.setParent(self)
        self.name.show_text(column.name)
        self.plot = ProfilePlot()
        self.plot.setParent(self)
        self.plot.setObjectName(f"calculatorPlot{number}")
        self.plot.setAccessibleName(self.tr("{name}: the prediction along it; arrow keys change it").format(name=name))
        self.plot.place_chosen.connect(self._on_place_chosen)
        self.plot.pointed.connect(self._on_pointed)
        self.bar = AdditionBar()
        self.bar.setParent(self)
        # Of a picture, in which controls are not drawn: words are not cut off there, and would reach into the plot.
        self.value = ElidedLabel()
        self.value.setParent(self)
        self.value.hide()
        self._make_control(name)
        self.show_model(model)

    def _make_control(self, name: str) -> None:
        column, number = self._column, self.number
        self.edit: CellEdit | None = None
        self.missing: ToggleButton | None = None
        self.levels = None
        if column.levels:
            box = self.levels = make_slim_box(
                f"calculatorLevels{number}", self.tr("{name}: its label").format(name=name)
            )
            box.setParent(self)
            box.addItems(self._labels)
            if self._can_be_missing:
                box.addItem(self.tr("({missing})").format(missing=MISSING))
            box.activated.connect(self._on_level_activated)
            return
        self.edit = edit = CellEdit(column, self._can_be_missing)
        edit.setParent(self)
        edit.setObjectName(f"calculatorEdit{number}")
        edit.setAccessibleName(self.tr("{name}: its value").format(name=name))
        edit.value_entered.connect(self._on_value_entered)
        edit.refused.connect(self.refused)
        edit.stepped.connect(self.plot.step)
        if self._can_be_missing:
            fill = cell_text(column, column.fill) or "0"
            tip = self.tr("{name} is missing: it counts as {fill}").format(name=name, fill=fill)
            self.missing = ToggleButton(f"calculatorMissing{number}", self.tr("NA"), tip)
            self.missing.setToolTip(tool_tip(tip))
            self.missing.setParent(self)
            self.missing.clicked.connect(self._on_missing_clicked)

    def show_model(self, model: CalculatorModel) -> None:
        """What the training rows hold; the columns are the same."""
        column, number = self._column, self.number
        low, high = range_of(model, number)
        spread = model.spread(number)
        counts = spread.counts if spread is not None else ()
        if column.levels:
            by_label = dict(zip(column.levels, counts, strict=False))
            counts = tuple(by_label.get(label, 0) for label in column.seen)
            ends = ("", "")
        else:
            ends = place_text(column, low), place_text(column, high)
        labels = tuple(MISSING if label not in self._labels else label for label in column.seen)
        fill = column.fill if isinstance(column.fill, float) else None
        self.plot.show_scale(ColumnScale(low, high, labels, counts, is_whole(model, number), ends, fill))

    def show_cell(self, cell: Cell) -> None:
        """The cell in force."""
        column = self._column
        if self.levels is not None:
            place = self._labels.index(cell) if cell in self._labels else len(self._labels)
            is_unknown = cell is not None and cell not in self._labels
            self.levels.setCurrentIndex(-1 if is_unknown else place)
            shown = cell if cell is not None else column.fill
            self.plot.show_place(float(column.seen.index(shown)) if shown in column.seen else None)
        elif self.edit is not None:
            self.edit.show_value(cell)
            self.plot.show_place(float(cell) if isinstance(cell, int | float) else None)
            if self.missing is not None:
                self.missing.setChecked(cell is None)
        self.value.show_text(cell_text(column, cell) or self.tr(MISSING))

    def show_selected(self, is_selected: bool) -> None:
        """Whether its name is in the colour of the selection."""
        style = f"color: {theme.colours().selected}; font-weight: bold" if is_selected else ""
        if style != self.name.styleSheet():
            self.name.setStyleSheet(style)

    def show_as_picture(self, is_picture: bool) -> None:
        """Whether the value stands as words where the control is."""
        self.value.setVisible(is_picture)
        # In a picture it is looked at alone.
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_picture else Qt.FocusPolicy.TabFocus)
        for control in (self.edit, self.missing, self.levels):
            if control is not None:
                control.setVisible(not is_picture)

    def apply_theme(self) -> None:
        if self.missing is not None:
            self.missing.apply_theme()
        self.update()

    @property
    def controls(self) -> list[QWidget]:
        """What the Tab key goes through, in its order."""
        return [one for one in (self.edit, self.missing, self.levels, self.plot) if one is not None]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.edit is not None:
            outline_boxes(self, [self.edit])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left, plot, adds = row_parts(self.size())
        control = self.edit if self.edit is not None else self.levels
        assert control is not None
        name_px = self.name.fontMetrics().height() + 2
        control_px = min(control.sizeHint().height(), max(left.height() - name_px, 1))
        top = max((left.height() - name_px - control_px) // 2, 0)
        self.name.setGeometry(left.left(), top, left.width(), name_px)
        # A pixel around it is for its outline.
        place = QRect(left.left() + 1, top + name_px, left.width() - 2, control_px)
        self.value.setGeometry(place)
        if self.missing is not None:
            button_px = self.missing.sizeHint().width()
            self.missing.setGeometry(place.right() - button_px + 1, place.top(), button_px, control_px)
            place.setRight(place.right() - button_px - 2)
        control.setGeometry(place)
        self.plot.setGeometry(plot)
        self.bar.setGeometry(adds)

    def _on_place_chosen(self, place: float) -> None:
        if not self._column.levels:
            self.cell_chosen.emit(self.number, place)
            return
        label = self._column.seen[int(place)]
        self.cell_chosen.emit(self.number, label if label in self._labels else None)

    def _on_pointed(self, place: float | None) -> None:
        self.pointed.emit(self.number, place)

    def _on_value_entered(self, value: float | None) -> None:
        self.cell_chosen.emit(self.number, value)

    def _on_level_activated(self, place: int) -> None:
        self.cell_chosen.emit(self.number, self._labels[place] if place < len(self._labels) else None)

    def _on_missing_clicked(self, is_missing: bool) -> None:
        # Back from missing, the control has what missing cells are filled with.
        fill = self._column.fill
        back = fill if isinstance(fill, float) else 0.0
        self.cell_chosen.emit(self.number, None if is_missing else back)
