"""Points that are moved and added in the picture of the fit, and its degree: the model goes on with the other rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from regdesk.core.model.scale import ModelScale
from regdesk.core.settings.data_table import MOST_CELLS
from regdesk.data.editing.point_tools import tools_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regdesk.core.fit.tools import PointTools
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Floats
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.loading import Loaded
    from regdesk.views.window.main_window import MainWindow

Cells = tuple[tuple[str, str], ...]
CELLS, DEGREE = "data.cells", "data.degree"
NOT_ADDED = "Only a point that you added can be deleted: the rows of the file stay."
TOO_MANY = f"A copy has at most {MOST_CELLS:,} changed cells."
GOES_ON = "Other rows: the model goes on from what it was; its history begins anew, as losses of other rows differ."


class PointsController(QObject):
    """A change of a point is one of ``data.cells``: it is in the command, in files, and taken back like any other.

    A new run begins with each, and with the present model: as it predicts in the units of the file, on the scale that
    the rows have now. While it was paused a linear regression is solved for its optimum, anything else is trained.
    """

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._panel = window, session, window.data_fit
        self._model, self._data, self._optima = services.model, services.data, services.optima
        # Of the run that was left, while the next one begins.
        self._before: tuple[Run, TrainSnapshot] | None = None
        # Cells that were chosen while others were being prepared, and whether a model that rests is to answer.
        self._waiting: Cells | None = None
        self._is_answer_wanted = False
        # Whether the model trains because a point was moved, and nobody has said since that it is to train or to pause.
        self._trains_as_answer = False
        self._model.left.connect(self._on_left)
        self._model.begun.connect(self._on_begun)
        self._model.ended.connect(self._on_ended)
        self._model.running_changed.connect(self._on_running_changed)
        self._data.load_failed.connect(self._on_given_up)
        self._data.cancelled.connect(self._on_given_up)
        self._panel.point_moved.connect(self._on_point_moved)
        self._panel.point_added.connect(self._on_point_added)
        self._panel.point_removed.connect(self._on_point_removed)
        self._panel.copy_left.connect(self._on_copy_left)
        self._panel.degree_chosen.connect(self._on_degree_chosen)

    def note_data(self) -> None:
        """What was asked for has come into force, and its run has begun: the next may come."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._choose(waiting)

    def _on_point_moved(self, row: int, values: Mapping[str, float]) -> None:
        """``row`` is its number among the rows of the dataset, ``values`` are by column."""
        loaded = self._data.now
        number = None if loaded is None else _number_of(loaded, row)
        if loaded is not None and number is not None:
            self._write(loaded, number, values)

    def _on_point_removed(self, row: int) -> None:
        """``row`` is its number among the rows of the dataset."""
        loaded = self._data.now
        number = None if loaded is None else _number_of(loaded, row)
        if loaded is None or number is None:
            return
        if number <= loaded.table.n_rows:
            self._window.show_error(NOT_ADDED)
        else:
            self._choose(without_row(self._present, number))

    def _on_point_added(self, values: Mapping[str, float | str]) -> None:
        loaded = self._data.now
        if loaded is not None:
            numbers = [int(place.partition(":")[0]) for place, _ in self._present]
            self._write(loaded, max([loaded.table.n_rows, *numbers]) + 1, values)

    def _write(self, loaded: Loaded, number: int, values: Mapping[str, float | str]) -> None:
        """Put ``values`` into row ``number`` of the copy, from 1."""
        cells = dict(self._present)
        for name, value in values.items():
            is_truth = loaded.table.column(name).kind == "boolean" and not isinstance(value, str)
            text = value if isinstance(value, str) else repr(float(value > 0.5) if is_truth else float(value))
            cells[f"{number}:{name}"] = text
        if len(cells) > MOST_CELLS:
            self._window.show_error(TOO_MANY)
            return
        self._choose(tuple(cells.items()))

    @property
    def _present(self) -> Cells:
        return self._session.configuration.data.cells if self._waiting is None else self._waiting

    def _on_copy_left(self) -> None:
        self._choose(())

    def _choose(self, cells: Cells) -> None:
        """Have ``cells`` at once, or as soon as what is being prepared is there: the last ones count."""
        if self._data.is_reading or self._data.is_preparing:
            self._waiting = cells
        elif cells != self._session.configuration.data.cells:
            self._is_answer_wanted = True
            self._session.change(CELLS, cells)

    def _on_degree_chosen(self, degree: int) -> None:
        self._is_answer_wanted = True
        self._session.change(DEGREE, degree)

    def _on_given_up(self, _what: object) -> None:
        self._waiting, self._is_answer_wanted = None, False

    def _on_left(self) -> None:
        run, snapshot = self._model.run, self._model.snapshot
        self._before = None if run is None or snapshot is None or snapshot.has_diverged else (run, snapshot)

    def _on_begun(self, run: Run) -> None:
        before, self._before = self._before, None
        if self._model.is_coming_back:
            before = None
            if self._trains_as_answer:
                # The answer is undone: its model rested, and would leave the weights that come back.
                self._model.set_running(False)
        parameters = None if before is None else kept_parameters(*before, run)
        if parameters is not None:
            self._model.put_in(parameters, "the present weights, with other rows")
            self._window.show_status(GOES_ON)
        self._panel.show_tools(_tools_of(run.loaded))
        if self._is_answer_wanted and not self._model.is_running:
            self._answer(run)
        chosen, used = self._session.configuration.data, run.loaded.settings
        if self._waiting is None and (chosen.cells, chosen.degree) == (used.cells, used.degree):
            # Under a pointer that drags the next rows have been asked for by now: they are to be answered, too.
            self._is_answer_wanted = False

    def _answer(self, run: Run) -> None:
        """A model that rests shows what the other rows make of it."""
        training = self._session.configuration.training
        if run.is_linear and run.dataset.task == "regression" and not self._optima.unavailable_reason(training):
            self._optima.solve(training)
        else:
            self._model.set_running(True)
            self._trains_as_answer = True

    def _on_running_changed(self, _is_running: bool) -> None:
        self._trains_as_answer = False

    def _on_ended(self) -> None:
        self._before = None
        self._panel.show_tools(None)


def kept_parameters(before: Run, snapshot: TrainSnapshot, after: Run) -> Floats | None:
    """The model of ``before`` as one of ``after``, where nothing but cells and the degree are others; else None."""
    old, new = before.loaded, after.loaded
    same = replace(old.settings, cells=new.settings.cells, degree=new.settings.degree)
    is_other = (old.settings.cells, old.settings.degree) != (new.settings.cells, new.settings.degree)
    if not is_other or same != new.settings or old.table is not new.table or old.seed != new.seed:
        return None
    if before.architecture != after.architecture or before.dataset.classes != after.dataset.classes:
        return None
    if not set(before.dataset.input_names) <= set(after.dataset.input_names):
        # Without its highest power a polynomial is another one, everywhere.
        return None
    parameters = ModelScale.of(before.dataset).moved_network(
        snapshot.parameters.astype(np.float64), snapshot.network, ModelScale.of(after.dataset)
    )
    return parameters if np.isfinite(parameters).all() else None


def without_row(cells: Cells, number: int) -> Cells:
    """``cells`` without those of the added row ``number``; the rows behind it move up, as added rows leave no gap."""
    kept = []
    for place, value in cells:
        row, _, name = place.partition(":")
        if int(row) != number:
            kept.append((f"{int(row) - (int(row) > number)}:{name}", value))
    return tuple(kept)


def _number_of(loaded: Loaded, row: int) -> int | None:
    """From 1, of the row of the copy that is ``row`` of the dataset; None where that cannot be told."""
    if row >= len(loaded.dataset.row_lines):
        return None
    found = np.flatnonzero(loaded.copy.table.row_lines == loaded.dataset.row_lines[row])
    return int(found[0]) + 1 if len(found) == 1 else None


def _tools_of(loaded: Loaded) -> PointTools:
    is_joined = bool(loaded.source.reading.more_files)
    return tools_of(loaded.table, loaded.settings, loaded.dataset, loaded.copy.sentence, is_joined)
