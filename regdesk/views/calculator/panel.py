"""The calculator: any values for the columns, what the live model predicts for them, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication

from regdesk.core.settings.configuration import ViewSettings
from regdesk.views.plots.asking_panel import AskingPanel
from regdesk.views.plots.selecting_frame import inputs_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.fitted.calculation import Calculation
    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.points import Point
    from regdesk.core.run.frame import Frame
    from regdesk.core.types import Integers
    from regdesk.views.calculator.content import CalculatorContent
    from regdesk.views.plots.data_columns import Column

INVITATION = "What the model predicts for values that you choose, and what each of them adds to it."


class CalculatorPanel(AskingPanel):
    """Signals: ``cell_chosen(int, object)`` with the number of a column and a cell, ``reset_requested()``,
    ``line_chosen(int)`` with a line of the file, ``columns_changed(object)`` with the columns whose curves are wanted,
    ``seen_changed(bool)``, ``input_refused(str)``, ``live_requested()`` in place of a model from a file.

    It keeps no point: what it shows it has been told. It is made when it is first seen with a model.
    """

    cell_chosen = Signal(int, object)
    reset_requested = Signal()
    line_chosen = Signal(int)
    columns_changed = Signal(object)
    input_refused = Signal(str)
    live_requested = Signal()

    def __init__(self, view: Callable[[], ViewSettings] = ViewSettings) -> None:
        """``view`` answers with what is in force."""
        super().__init__("calculatorPanel", self.tr(INVITATION))
        self._view_settings = view
        self.set_title(self.tr("Calculator"))
        self.set_help(
            self.tr(
                "The prediction at values that you choose, by the model as it is now: it follows while the model trains"
                " and while λ moves. Each small plot shows the prediction as its input goes through its range and all"
                " others stay; grey is the histogram of the training rows, the line your value: drag it, or type any"
                " number, also one beyond the range. Adds is how much the prediction would change if this input alone"
                " stood at its training mean, of labels at the mean of all of them. A click on a point of the data fit"
                " loads its row. With hidden units what the inputs add need not sum up to anything."
            )
        )
        # The file that the model is from; empty for the live one.
        self._source = ""
        self._model: CalculatorModel | None = None
        self._lines: Integers | None = None
        self._point: Point | None = None
        self._found: Calculation | None = None
        self._content: CalculatorContent | None = None
        self._is_unsaid = False
        # Of the file, from which the point is; 0 for none.
        self._line = 0
        self._copy = QAction(self.tr("Copy values"), self)
        self._copy.setObjectName("copyCalculationAction")
        self._copy.triggered.connect(self.copy_values)
        self._ask_live = QAction(self.tr("Ask the live model"), self)
        self._ask_live.setObjectName("askLiveModelAction")
        self._ask_live.triggered.connect(self.live_requested)
        self._say(self._words)
        self.apply_theme()

    @property
    def calculation(self) -> Calculation | None:
        """What is shown; None before there is an answer."""
        return self._found

    @property
    def content(self) -> CalculatorContent | None:
        """What it is made of, once it has been seen."""
        return self._content

    def show_model(self, model: CalculatorModel, lines: Integers | None) -> None:
        """Other columns, or other training rows; ``lines`` ``(n_rows,)`` hold rows that can be loaded."""
        self._model, self._lines, self._found = model, lines, None
        self._say(self.tr(INVITATION))
        self._is_stale = True
        self._bring_up_to_date()

    def show_point(self, point: Point, line: int) -> None:
        """The cells in force; those of the row on ``line`` of the file, or 0 for no row."""
        self._point, self._line = point, line
        if self._content is not None and self._content.model is self._model and self._is_of(point):
            self._content.show_point(point, line)

    def show_calculation(self, found: Calculation) -> None:
        """What the model answers now."""
        before, self._found = self._found, found
        self._is_unsaid = True
        # Numbers in a sentence are read ten times a second at most; what a hand has changed is said at once.
        if not self._is_running or before is None or before.point != found.point:
            self._say_found()
        self._is_stale = True
        self._bring_up_to_date()

    def forget(self) -> None:
        """There is no model any more."""
        self._model = self._lines = self._point = self._found = None
        self._say(self.tr(INVITATION))
        self._is_stale = True
        self._bring_up_to_date()

    def show_anew(self) -> None:
        """What is shown once more, as if no other moment had been shown before."""
        if self._content is not None:
            self._content.show_anew()
            self._is_unsaid = True
            self._say_found()

    def show_source(self, name: str) -> None:
        """Which file the model is from that is asked from now on; empty for the live model."""
        self._source = name
        title = self.tr("Calculator")
        self.set_title(f"{title}: {name}" if name else title)

    def copy_values(self) -> None:
        """Put the point, what each column adds and the prediction on the clipboard, with tabs between cells."""
        if self._found is not None and not self._found.fault and self._content is not None:
            from regdesk.views.calculator.answer_texts import calculation_table

            text = calculation_table(self._found, self._content.answer_in(self._found.model))
            QGuiApplication.clipboard().setText(text)

    def data_columns(self) -> list[Column]:
        """The point, what each column adds to the prediction, and every curve that is shown, in numbers."""
        if self._found is None or self._found.fault or self._content is None:
            return []
        from regdesk.views.calculator.answer_texts import calculation_columns

        return calculation_columns(self._found, self._content.answer_in(self._found.model))

    def show_selected(self) -> None:
        content, model = self._content, self._model
        if content is None or model is None:
            return
        inputs = [(one, name) for one, column in enumerate(model.encoding.columns) for name in column.input_names]
        names = [model.encoding.columns[one].name for one, _ in inputs]
        found = inputs_in(self._selected, [name for _, name in inputs], names, model.network)
        content.show_selected(tuple(inputs[number][0] for number in found))

    def show_view_settings(self, view: ViewSettings) -> None:
        super().show_view_settings(view)
        if self._content is not None:
            self._content.show_view_settings(view)

    def menu_actions(self) -> list[QAction]:
        self._copy.setEnabled(self._found is not None and not self._found.fault)
        self._ask_live.setEnabled(bool(self._source))
        return [self._copy, self._ask_live]

    def show_as_picture(self, is_picture: bool) -> None:
        if self._content is not None:
            self._content.show_as_picture(is_picture)

    def apply_theme(self) -> None:
        if self._content is not None:
            self._content.apply_theme()
        super().apply_theme()

    def apply_text_size(self) -> None:
        if self._content is not None:
            self._content.apply_text_size()
        super().apply_text_size()

    def sentence(self, frame: Frame) -> tuple[str, str | None]:
        self._say_found()
        return self._words, self._fitting(self._words)

    def draw(self, frame: Frame) -> None:
        """A frame has no answers; those come from a thread of their own, a moment later."""
        self._note_seen()

    @property
    def _exact_mark(self) -> str:
        # A model from a file is neither trained nor in the place of one that is.
        return "" if self._source else super()._exact_mark

    def _is_of(self, point: Point) -> bool:
        return self._model is not None and len(point) == self._model.n_columns

    def _say_found(self) -> None:
        if self._is_unsaid and self._found is not None and self._content is not None:
            from regdesk.views.calculator.answer_texts import calculation_sentence

            self._is_unsaid = False
            # While nobody sees the panel its content stays that of an earlier model.
            self._say(calculation_sentence(self._found, self._content.answer_in(self._found.model)))

    def _bring_up_to_date(self) -> None:
        self._note_seen()
        if not self.is_seen:
            return
        if self._model is None:
            self._is_stale = False
            self._show_words(self._words)
            return
        content = self._content or self._made_content()
        if self._is_stale:
            self._is_stale = False
            if content.model is not self._model:
                content.show_model(self._model, self._lines)
                self.show_selected()
                if self._point is not None and self._is_of(self._point):
                    content.show_point(self._point, self._line)
            if self._found is not None and self._found is not content.found:
                explained = content.answer_number
                content.show_calculation(self._found)
                # Of a point that begins it is the likeliest class.
                self._is_unsaid |= content.answer_number != explained
        self._show_picture(content)
        self._say_found()

    def _made_content(self) -> CalculatorContent:
        from regdesk.views.calculator.content import CalculatorContent

        content = self._content = CalculatorContent(self._view_settings)
        content.settings_chosen.connect(self.settings_chosen)
        content.cell_chosen.connect(self.cell_chosen)
        content.refused.connect(self.input_refused)
        content.pointed.connect(self._on_pointed)
        content.reset_requested.connect(self.reset_requested)
        content.line_chosen.connect(self.line_chosen)
        content.copy_requested.connect(self.copy_values)
        content.columns_changed.connect(self.columns_changed)
        content.answer_chosen.connect(self._on_answer_chosen)
        self._pages.addWidget(content)
        return content

    def _on_pointed(self, number: int, place: float | None) -> None:
        content, found = self._content, self._found
        if content is None:
            return
        row = content.inputs.rows[number]
        if place is None or found is None or found.fault or found.model.n_columns <= number:
            self._hover.hide()
            return
        from regdesk.views.calculator.answer_texts import place_words

        at = QPoint(round(row.plot.x_of(place)), row.plot.height() // 2)
        words = place_words(found, content.answer_in(found.model), number, place)
        self._hover.show_text(words, row.plot.mapTo(self, at))

    def _on_answer_chosen(self) -> None:
        self._is_unsaid = True
        self._say_found()
