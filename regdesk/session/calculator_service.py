"""Owns what a calculator asks the model: the point, and the thread that finds the answers, some times a second."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.session.service import NOTHING, Service
from regdesk.workers.calculating import Answered, find_answer, find_point, find_spreads

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regdesk.core.fitted.calculator_model import CalculatorModel
    from regdesk.core.fitted.column_spread import ColumnSpread
    from regdesk.core.fitted.encoding import Encoding
    from regdesk.core.fitted.fitted_model import FittedModel
    from regdesk.core.fitted.points import Cell, Point
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.session.clock import Clock
    from regdesk.session.run import Run
    from regdesk.workers.background import BackgroundThread

Asked = tuple["Point | None", int]
REST_MS = 80
"""Between two answers of a model that moves: some ten a second are followed by eye."""
MOST_REST_MS = 1000
REST_SHARE = 4.0
"""Times as long as an answer took nothing is asked: a large network, or a thousand columns, would keep the window from
drawing. ``MOST_REST_MS`` at most."""
NO_TABLE = "These rows come from no table, and no point can be put together for their model."
NO_ROWS = "The model that is asked was opened from a file, which holds no rows that could be loaded."


class CalculatorService(Service):
    """Signals: ``model_changed(CalculatorModel, lines)`` when the columns are others, with the lines of the file that
    hold rows, ``(n_rows,)`` or None; ``point_changed(Point, line)`` when a cell is another, with the line of the file
    whose row it is or 0, and ``point_chosen(Asked)`` with what was asked before when a person wanted another
    of the live model; ``calculated(Calculation)``; ``refused(str)`` with why nothing is calculated or no row is loaded.

    The point stays while a model trains and while λ moves, and for another model of the same columns. What is expected
    is the one answer that is under way; what is asked meanwhile is asked when it is there.
    """

    model_changed = Signal(object, object)
    point_changed = Signal(object, int)
    point_chosen = Signal(object)
    calculated = Signal(object)
    refused = Signal(str)

    def __init__(self, thread: BackgroundThread, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(thread, parent=parent)
        self._thread, self._clock = thread, clock
        thread.succeeded.connect(self._on_succeeded)
        thread.failed.connect(self._on_failed)
        self._rest = clock.delay(REST_MS, self)
        self._rest.timeout.connect(self._ask)
        self._delays = (self._rest,)
        self._asked_s = 0.0
        self._is_seen = False
        self._columns: Sequence[int] = ()
        self._dataset: Dataset | None = None
        self._run: Run | None = None
        self._snapshot: TrainSnapshot | None = None
        self._spreads: tuple[ColumnSpread, ...] | None = None
        self._model: CalculatorModel | None = None
        # None: that of the training means, which are known with the first model of these columns.
        self._point: Point | None = None
        # A point that is to come with the model whose columns it is of.
        self._coming: Asked | None = None
        self._means: Point | None = None
        self._line = 0
        self._wanted_row: int | None = None
        self._is_stale = False
        # One that was opened from a file is asked in place of the live one.
        self._is_of_file = False

    @property
    def model(self) -> CalculatorModel | None:
        """The one that answers, at the newest moment; None before there is one."""
        return self._model

    @property
    def point(self) -> Point | None:
        """What is asked; None before there is a model."""
        return self._means if self._point is None else self._point

    @property
    def asked(self) -> Asked:
        """What a person has chosen to ask: the point, None for the training means, and the line of its row or 0."""
        return (self._point, self._line) if self._coming is None else self._coming

    def ask_again(self, asked: Asked) -> None:
        """Ask what ``asked`` answered with when a model of the present columns was there."""
        run, model = self._run, self._model
        if run is None or self._is_of_file or asked == self.asked:
            return
        if model is not None and model.encoding is run.dataset.encoding:
            self._put(*asked)
        else:
            self._coming = asked

    def begin_run(self, run: Run) -> None:
        """Another trainer; the point stays where the columns are the same."""
        self._give_up()
        self._coming = None
        self._is_of_file = False
        before, self._run, self._snapshot = self._dataset, run, None
        self._dataset = run.dataset
        if before is not run.dataset:
            self._spreads, self._wanted_row = None, None
        if run.dataset.encoding is None:
            self._model = self._point = self._means = None
            self.refused.emit(NO_TABLE)

    def end_run(self) -> None:
        """There is no model any more."""
        self._give_up()
        self._is_of_file = False
        self._dataset = self._run = self._snapshot = self._model = self._spreads = self._wanted_row = None
        self._point = self._means = self._coming = None

    def show_model(self, model: FittedModel) -> None:
        """Ask a model that was opened from a file, which needs no data, until a run begins or ``show_live``."""
        from regdesk.core.fitted.calculator_model import CalculatorModel

        self._give_up()
        self._is_of_file, self._wanted_row = True, None
        self._take(CalculatorModel.of(model))
        self._want()

    def show_live(self) -> None:
        """Ask the live model again."""
        if self._is_of_file:
            self._give_up()
            self._is_of_file = False
            self._want()

    def show_snapshot(self, snapshot: TrainSnapshot) -> None:
        """The moment that the window shows: the model that trains, or the exact one in its place."""
        self._snapshot = snapshot
        if not self._is_seen or self._dataset is None or self._is_of_file:
            return
        self._is_stale = True
        if not self._rest.isActive():
            self._ask()

    def show_seen(self, is_seen: bool) -> None:
        """Whether anybody can see the answers; nothing is calculated for nobody."""
        if is_seen != self._is_seen:
            self._is_seen = is_seen
            self._want()

    def show_columns(self, columns: Sequence[int]) -> None:
        """Of which columns curves are seen."""
        if tuple(columns) != tuple(self._columns):
            self._columns = tuple(columns)
            self._want()

    def choose(self, column: int, cell: Cell) -> None:
        """Put ``cell`` in place of that of a column."""
        point = self.point
        # The panel shows the columns of the data before until it is seen again with the new ones.
        if point is None or column >= len(point) or point[column] == cell:
            return
        self._show_point((*point[:column], cell, *point[column + 1 :]))

    def reset(self) -> None:
        """Every number at its training mean, every label at the most frequent one."""
        if self._model is not None:
            self._show_point(None)

    def load_row(self, row: int) -> None:
        """Start from row ``row`` of the dataset, with what is missing there."""
        if self._run is None or self._is_of_file:
            self.refused.emit(NO_ROWS)
        elif 0 <= row < len(self._run.dataset.inputs) and self._run.dataset.encoding is not None:
            self._wanted_row = row
            self._want()

    def load_line(self, line: int) -> None:
        """Start from the first row of the dataset that begins on ``line`` of the file."""
        if self._run is None or self._is_of_file:
            self.refused.emit(NO_ROWS)
            return
        found = (self._run.dataset.row_lines == line).nonzero()[0]
        if len(found):
            self.load_row(int(found[0]))
        else:
            self.refused.emit(f"Line {line} of {self._run.dataset.name} holds no row that the model uses.")

    def _show_point(self, point: Point | None, line: int = 0) -> None:
        before = self.asked
        self._put(point, line)
        if not self._is_of_file:
            self.point_chosen.emit(before)

    def _put(self, point: Point | None, line: int) -> None:
        self._point, self._line = point, line
        self.point_changed.emit(self.point, line)
        self._want()

    def _take(self, model: CalculatorModel) -> None:
        """``model`` answers from now on: the same one at another moment, or one of other columns."""
        before, self._model = self._model, model
        if before is not None and before.encoding is model.encoding and before.spreads is model.spreads:
            return
        if self._point is not None and (before is None or not _has_columns_of(before, model)):
            self._point = None
        self._line, self._means = 0, model.mean_point
        if self._coming is not None and not self._is_of_file:
            (self._point, self._line), self._coming = self._coming, None
        dataset = None if self._run is None or self._is_of_file else self._run.dataset
        self.model_changed.emit(model, None if dataset is None or not len(dataset.row_lines) else dataset.row_lines)
        self.point_changed.emit(self.point, self._line)

    def _take_moment(self, snapshot: TrainSnapshot, encoding: Encoding, spreads: tuple[ColumnSpread, ...]) -> None:
        """The model of ``snapshot`` answers, whose training rows have ``spreads``."""
        from regdesk.core.fitted.calculator_model import CalculatorModel

        before = self._model
        if before is None or before.parameters is not snapshot.parameters or before.spreads is not spreads:
            self._take(CalculatorModel(snapshot.network, snapshot.parameters, encoding, spreads))

    def _want(self) -> None:
        """By hand: the answer is wanted at once."""
        self._is_stale = True
        self._ask()

    def _ask(self) -> None:
        """Ask what is to be known next, unless an answer is under way."""
        work = self._work()
        if work is not None:
            self._asked_s = self._clock.now_s()
            self._expect(self._thread.submit(work))

    def _work(self) -> Callable[[Callable[[], bool]], Answered] | None:
        if self._is_stopped or self._expected != NOTHING or not self._is_seen:
            return None
        run, snapshot = self._run, self._snapshot
        if run is not None and not self._is_of_file:
            encoding = run.dataset.encoding
            if encoding is None or snapshot is None or snapshot.run != run.number:
                return None
            if self._spreads is None:
                return partial(find_spreads, run.dataset)
            self._take_moment(snapshot, encoding, self._spreads)
            if self._wanted_row is not None:
                return partial(find_point, run.loaded.copy.table, run.dataset, self._wanted_row)
        model, point = self._model, self.point
        if model is None or point is None or not self._is_stale:
            return None
        self._is_stale = False
        columns = [column for column in self._columns if column < model.n_columns]
        return partial(find_answer, model, point, columns)

    def _give_up(self) -> None:
        self._thread.cancel()
        self._expect(NOTHING)
        self._rest.stop()

    def _on_succeeded(self, number: int, answered: Answered) -> None:
        if not self._is_expected(number):
            return
        self._expect(NOTHING)
        if answered.spreads is not None:
            self._spreads, self._is_stale = answered.spreads, True
        elif answered.point is not None:
            row, self._wanted_row = self._wanted_row, None
            lines = None if self._run is None else self._run.dataset.row_lines
            self._show_point(answered.point, int(lines[row]) if lines is not None and row is not None else 0)
            return
        elif answered.calculation is not None:
            taken_ms = 1000.0 * (self._clock.now_s() - self._asked_s)
            self._rest.start(round(min(max(REST_MS, REST_SHARE * taken_ms), MOST_REST_MS)))
            self.calculated.emit(answered.calculation)
            # A cell that was changed meanwhile does not wait; another moment of the model does.
            if self.point is answered.calculation.point or self.point == answered.calculation.point:
                return
        self._ask()

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.failed.emit(error)


def _has_columns_of(before: CalculatorModel, after: CalculatorModel) -> bool:
    """Whether a point of one is a point of the other."""
    kinds = [[(one.name, one.kind, bool(one.levels)) for one in model.encoding.columns] for model in (before, after)]
    return kinds[0] == kinds[1]
