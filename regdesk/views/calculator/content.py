"""What the calculator is made of: the prediction, the tools, and a row for each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from regdesk.core.fitted.profiles import N_POINTS
from regdesk.core.words.number_text import number_text
from regdesk.views.calculator.answer_range import AnswerRange
from regdesk.views.calculator.answer_texts import decimals_of, target_words, value_text
from regdesk.views.calculator.answer_view import AnswerView, class_colours
from regdesk.views.calculator.input_list import InputList
from regdesk.views.calculator.list_header import ListHeader
from regdesk.views.calculator.outlines import outline_boxes
from regdesk.views.calculator.profile_picture import Curve
from regdesk.views.calculator.tools import CLASS, CalculatorTools, FindingRow
from regdesk.views.kit import spacing, theme
from regdesk.views.plots.following_range import FollowingRange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regdesk.core.fitted.calculation import Calculation
    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.points import Point
    from regdesk.core.settings.configuration import ViewSettings
    from regdesk.core.types import Integers

MOST_AT_ONCE = 60
"""Columns whose curves are all calculated, seen or not, so that scrolling changes no axis."""
CHEAP_PRODUCTS = 2e7
"""Of a weight and a place on a curve, up to which that is so."""
FRAMES_A_PICTURE = 5
"""Frames of the window that pass between two pictures of a model that trains."""


class CalculatorContent(QWidget):
    """Signals: ``cell_chosen(int, object)``, ``refused(str)``, ``reset_requested()``, ``line_chosen(int)``,
    ``copy_requested()``, ``pointed(int, object)`` with a column and the place on its plot that is pointed at or None,
    ``columns_changed(tuple)`` with the columns whose curves are wanted, ``answer_chosen()`` when
    another class is asked about, ``settings_chosen(object)`` with the values of settings by path.
    """

    cell_chosen = Signal(int, object)
    refused = Signal(str)
    reset_requested = Signal()
    line_chosen = Signal(int)
    pointed = Signal(int, object)
    copy_requested = Signal()
    columns_changed = Signal(object)
    answer_chosen = Signal()
    settings_chosen = Signal(object)

    def __init__(self, view: Callable[[], ViewSettings]) -> None:
        """``view`` answers with what is in force."""
        super().__init__()
        self._view_settings = view
        self.model: CalculatorModel | None = None
        self.found: Calculation | None = None
        self._chosen: str | None = None
        self._selected: tuple[int, ...] = ()
        # Until somebody has chosen: of a point that begins, the likeliest of three and more classes is explained.
        self._is_by_hand = False
        self._begins = True
        self._range = AnswerRange()
        self._limit = FollowingRange(1.0)
        self.answer = AnswerView()
        self.answer.class_chosen.connect(self._on_class_clicked)
        self.inputs = InputList()
        self.inputs.cell_chosen.connect(self.cell_chosen)
        self.inputs.refused.connect(self.refused)
        self.inputs.pointed.connect(self.pointed)
        self.inputs.columns_changed.connect(self._on_columns_changed)
        self.inputs.arranged.connect(self._on_arranged)
        self.header = ListHeader()
        self.tools, self.finding = CalculatorTools(), FindingRow()
        self.tools.line_chosen.connect(self.line_chosen)
        self.tools.reset_requested.connect(self.reset_requested)
        self.tools.copy_requested.connect(self.copy_requested)
        self.tools.class_activated.connect(self._on_class_activated)
        self.finding.changed.connect(self.show_order)
        self.finding.settings_chosen.connect(self.settings_chosen)
        self.finding.show_order(view().calculator_order)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(spacing.SMALL_PX)
        self._head = QGridLayout()
        self._head.setSpacing(spacing.SMALL_PX)
        self._head.setColumnStretch(0, 1)
        self._head.addWidget(self.answer, 0, 0)
        layout.addLayout(self._head)
        layout.addWidget(self.finding)
        layout.addWidget(self.header)
        layout.addWidget(self.inputs, 1)

    @property
    def answer_number(self) -> int:
        """Which answer curves and additions are of: that of the chosen class, or the only one."""
        return 0 if self.model is None else self.answer_in(self.model)

    def answer_in(self, model: CalculatorModel) -> int:
        """Which answer of ``model`` it is; that may be another than the one whose inputs stand here."""
        if not model.classes:
            return 0
        return model.classes.index(self._chosen) if self._chosen in model.classes else len(model.classes) - 1

    @property
    def wanted_columns(self) -> tuple[int, ...]:
        """Whose curves are to be calculated: all where that is cheap, else those in sight."""
        model = self.model
        if model is None:
            return ()
        is_cheap = model.n_columns * N_POINTS * model.network.n_weights <= CHEAP_PRODUCTS
        if model.n_columns <= MOST_AT_ONCE and is_cheap:
            return tuple(range(model.n_columns))
        return tuple(sorted(self.inputs.visible))

    def show_model(self, model: CalculatorModel, lines: Integers | None) -> None:
        """Other columns, or other training rows of the same ones."""
        before = self.model
        self.model, self.found = model, None
        self._range.reset()
        self._limit.reset(1e-300)
        self._begins = True
        if model.classes:
            self._range.fix(0.0, 1.0)
        if before is None or before.classes != model.classes:
            self._note_class(self._view_settings().calculator_class, model.classes)
            self.tools.show_classes(model.classes)
        # Beside a number there is room; probabilities take the whole width.
        self._head.removeWidget(self.tools)
        self._head.addWidget(self.tools, *((1, 0, 1, 2) if model.classes else (0, 1)))
        self.tools.classes.setCurrentIndex(self.answer_number)
        self.finding.show_names(tuple(column.name for column in model.encoding.columns))
        self.tools.lines.show_lines(lines)
        self.inputs.show_model(model)
        self.show_order()
        self._on_columns_changed()

    def show_point(self, point: Point, line: int) -> None:
        """The cells in force; those of the row on ``line`` of the file, or 0 for no row."""
        self.inputs.show_point(point)
        self.tools.lines.show_line(line)
        self._begins |= bool(line)

    def show_calculation(self, found: Calculation) -> None:
        """What the model answers at a point that was in force a moment ago."""
        is_first = self.found is None
        self.found = found
        if self._begins and not self._is_by_hand and not found.fault and len(found.model.classes) > 2:
            self._chosen = found.model.classes[found.likeliest]
            self.tools.classes.setCurrentIndex(found.likeliest)
        self._begins = False
        self._show_answer(found)
        if is_first:
            self.show_order()
        self._show_rows(found)

    def show_selected(self, columns: tuple[int, ...]) -> None:
        """The columns of what is selected in all panels."""
        self._selected = columns
        for number, row in self.inputs.rows.items():
            row.show_selected(number in columns)

    def show_anew(self) -> None:
        """What is shown once more, as if no other moment had been: axes, and the class that is explained."""
        if self.found is None:
            return
        if not self.found.model.classes:
            self._range.reset()
        self._limit.reset(1e-300)
        self._begins = True
        self.show_calculation(self.found)

    def show_view_settings(self, view: ViewSettings) -> None:
        """What is in force."""
        if self.finding.show_order(view.calculator_order):
            self.show_order()
        model, before = self.model, (self._chosen if self._is_by_hand else None)
        if model is None:
            return
        self._note_class(view.calculator_class, model.classes)
        if before == (self._chosen if self._is_by_hand else None):
            return
        self.tools.classes.setCurrentIndex(self.answer_number)
        self.show_anew()
        self.answer_chosen.emit()

    def _note_class(self, wanted: str | None, classes: Sequence[str]) -> None:
        """Who has chosen none, or one that the model has not, is told of the likeliest, or of the last."""
        self._is_by_hand = wanted in classes
        self._chosen = wanted if self._is_by_hand else None

    def show_order(self, *_changed: object) -> None:
        """List the inputs that are searched for; by what they add now, if that was chosen."""
        model, found = self.model, self.found
        if model is None:
            return
        is_known = found is not None and not found.fault
        self.inputs.show_order(
            self.finding.listed(found.additions[:, self.answer_number] if is_known and found is not None else None)
        )
        if found is not None:
            self._show_rows(found)

    def _show_answer(self, found: Calculation) -> None:
        model = found.model
        if model.classes:
            self.answer.show_classes(model.classes, found.answer, self.answer_number)
        else:
            text = "–" if found.fault else value_text(float(found.answer[0]), decimals_of(model))
            self.answer.show_number(model.encoding.target.name, text)

    def _show_rows(self, found: Calculation) -> None:
        answer, model = self.answer_number, found.model
        if found.fault:
            for row in self.inputs.rows.values():
                row.bar.show_addition(0.0, 1.0, "–")
                row.plot.show_curves(np.empty(0), (), (0.0, 1.0))
            return
        curves = [profile.answers[:, answer] for profile in found.profiles.values()]
        if not model.classes and curves:
            self._range.follow(min(float(one.min()) for one in curves), max(float(one.max()) for one in curves))
        additions, decimals = found.additions[:, answer], decimals_of(model)
        self._limit.follow(float(np.abs(additions).max()), n_frames=FRAMES_A_PICTURE)
        colours = class_colours(model.classes) or [theme.colours().text]
        others = [number for number in range(len(model.classes)) if number != answer] if len(model.classes) > 2 else []
        ends = (self._range.low, self._range.high)
        for number, row in self.inputs.rows.items():
            text = value_text(float(additions[number]), decimals, has_sign=True)
            row.bar.show_addition(float(additions[number]), self._limit.top, text)
            profile = found.profiles.get(number)
            if profile is not None:
                drawn = [Curve(colours[other], 1.0, profile.answers[:, other]) for other in others]
                drawn.append(Curve(colours[answer], 2.0, profile.answers[:, answer]))
                row.plot.show_curves(profile.places, tuple(drawn), ends)
        self._show_header(model)

    def _show_header(self, model: CalculatorModel) -> None:
        low, high = number_text(self._range.low), number_text(self._range.high)
        curves = self.tr("{what}, {low} to {high}").format(
            what=target_words(model, self.answer_number), low=low, high=high
        )
        self.header.show_texts(self.tr("Input"), curves, self.tr("Adds"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        outline_boxes(self, [self.finding.search, self.tools.lines])

    def apply_theme(self) -> None:
        self.inputs.apply_theme()
        self.show_selected(self._selected)
        for widget in (self.answer, self.header):
            widget.update()
        if self.found is not None:
            self._show_rows(self.found)

    def apply_text_size(self) -> None:
        """Take on the size of the text in force."""
        self.inputs.arrange()

    def show_as_picture(self, is_picture: bool) -> None:
        self.inputs.show_as_picture(is_picture)

    def _on_columns_changed(self) -> None:
        self.columns_changed.emit(self.wanted_columns)
        # A row that has just been made knows nothing yet.
        self.show_selected(self._selected)
        if self.found is not None:
            self._show_rows(self.found)

    def _on_arranged(self) -> None:
        self.header.show_row_width(self.inputs.row_size.width())

    def _on_class_clicked(self, number: int) -> None:
        self.tools.classes.setCurrentIndex(number)
        self._on_class_activated(number)

    def _on_class_activated(self, number: int) -> None:
        if self.model is None or not 0 <= number < len(self.model.classes):
            return
        self._chosen, self._is_by_hand = self.model.classes[number], True
        self._limit.reset(1e-300)
        if self.found is not None:
            self._show_answer(self.found)
            self._show_rows(self.found)
        self.settings_chosen.emit({CLASS: self._chosen})
        self.answer_chosen.emit()
