"""Cells of a column as a fitted model reads them, whatever they stand in: a table, a file, a mapping of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Booleans, Float64s


@dataclass(frozen=True, eq=False)
class NumberCells:
    """Numbers, dates among them as days since 1970.

    Attributes:
        numbers: ``(n_rows,)``, NaN where the cell is missing or no number.
        faults: for each row whose cell holds something else, what is wrong with it, such as "'1.2.3' is not a number".
        words: for each row whose cell holds a word that is no damaged number, this word: it is as good as missing, as
            a rare word among numbers is in training.
    """

    numbers: Float64s
    faults: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class LabelCells:
    """Labels: ``codes`` ``(n_rows,)`` are indices into ``labels``, −1 where the cell is missing.

    ``labels`` may hold one twice, as a file may spell it in two ways. Where the column is a part of dates,
    ``no_dates`` are the codes of words that are none: May alone is no month of a date.
    """

    codes: NDArray[np.integer]
    labels: tuple[str, ...]
    no_dates: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be encoded. ``row`` counts from 0; ``reason`` has no full stop and does not name the column.

    ``column`` is empty where the row as a whole is none.
    """

    row: int
    column: str
    reason: str

    @property
    def sentence(self) -> str:
        """The same with the column's name, if it is one column's."""
        return f"{self.column}: {self.reason}." if self.column else f"{self.reason}."


@dataclass(frozen=True, eq=False)
class EncodedColumn:
    """What cells of one column became.

    Attributes:
        inputs: ``(n_rows, n_inputs)``, in original units.
        is_missing: ``(n_rows,)``, cells that were filled.
        unseen: the label of each row whose label no training row has, by the row's number; of numbers the words.
        faults: rows whose cell is no number; their inputs are those of a missing cell.
        words: those of ``unseen`` that are words where numbers or dates belong: where rows that lack a cell were not
            trained on these were not, either.
    """

    inputs: Float64s
    is_missing: Booleans
    unseen: Mapping[int, str]
    faults: Mapping[int, str]
    words: Mapping[int, str]


@dataclass(frozen=True, eq=False)
class Applied:
    """What an encoding made of rows.

    Attributes:
        inputs: ``(n_rows, n_inputs)`` in original units, missing cells filled and labels as zeros and ones; in rows
            with a fault what is wrong is taken as missing.
        faults: rows that cannot be encoded, by their numbers; the first fault of each.
        imputed: of each column with missing cells how many were filled; rows with faults are not counted.
        unseen: of each column the labels that no training row has, or words among numbers, one for each such cell;
            counted as ``imputed``.
    """

    inputs: Float64s
    faults: tuple[Fault, ...]
    imputed: Mapping[str, int]
    unseen: Mapping[str, tuple[str, ...]]

    @property
    def is_sound(self) -> Booleans:
        """Rows without a fault, ``(n_rows,)``."""
        found = np.ones(len(self.inputs), np.bool_)
        found[[fault.row for fault in self.faults]] = False
        return found
