"""The target in rows that a model has not seen: what it is scored against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding, Rows
from regdesk.core.fitted.encoding import TargetEncoding
from regdesk.core.types import Float64s
from regdesk.data.errors import shorten


@dataclass(frozen=True, eq=False)
class ReadTargets:
    """The target of some rows.

    Attributes:
        values: numbers in units of the target, or indices of the classes, ``(n_rows,)``; NaN for none.
        unread: the word of each row whose cell holds something else, by the row's number from 0.
    """

    values: Float64s
    unread: Mapping[int, str]


class TargetCells:
    """Reads the target of blocks of rows, as the model read it in training."""

    def __init__(self, target: TargetEncoding) -> None:
        self._target = target
        # Of one object, since rows of a table remember which column they have read.
        self._column = _column_of(target)

    @property
    def name(self) -> str:
        """The column's."""
        return self._target.name

    def read(self, rows: Rows) -> ReadTargets:
        """The target of ``rows``. Raises DataError when the column is of another kind than in training."""
        cells = rows.cells(self._column)
        if isinstance(cells, LabelCells):
            place = {label: float(number) for number, label in enumerate(self._target.classes)}
            # The last entry is for missing cells, whose code is -1.
            numbers = np.array([*(place.get(label, np.nan) for label in cells.labels), np.nan], np.float64)
            values = np.asarray(numbers[cells.codes])
            others = np.flatnonzero(np.isnan(values) & np.asarray(cells.codes >= 0)).tolist()
            return ReadTargets(values, {row: shorten(cells.labels[cells.codes[row]]) for row in others})
        return self._of_numbers(cells)

    def _of_numbers(self, cells: NumberCells) -> ReadTargets:
        unread = {row: shorten(word) for row, word in cells.words.items()}
        unread |= {row: reason.partition(" is not ")[0] for row, reason in cells.faults.items()}
        if self._target.numbers is None:
            return ReadTargets(cells.numbers, unread)
        found = np.full(len(cells.numbers), np.nan)
        for number, one in enumerate(self._target.numbers):
            found[cells.numbers == one] = number
        others = np.flatnonzero(np.isnan(found) & ~np.isnan(cells.numbers)).tolist()
        return ReadTargets(found, unread | {row: f"{cells.numbers[row]:g}" for row in others})


def _column_of(target: TargetEncoding) -> ColumnEncoding:
    has_labels = bool(target.classes) and target.numbers is None
    levels = target.classes if has_labels else ()
    n_inputs = 1 if len(levels) <= 2 else len(levels)
    return ColumnEncoding(
        name=target.name,
        kind=target.kind,
        levels=levels,
        seen=levels,
        fill=None if has_labels else 0.0,
        fill_rule="nothing known",
        words=target.words if has_labels else None,
        date_form=None,
        input_names=(target.name,) * n_inputs,
        level_names=levels,
        means=(0.0,) * n_inputs,
        scales=(1.0,) * n_inputs,
        number_form=target.number_form,
        missing_words=target.missing_words,
    )
