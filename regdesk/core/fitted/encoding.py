"""All that lies between cells and inputs, outputs and predictions: fitted on training rows, free of their table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np

from regdesk.core.fitted.cells import Applied, EncodedColumn, Fault
from regdesk.core.fitted.column_encoding import ColumnEncoding, InputEncoding, Rows
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers, MissingPolicy, Task

_NOT_TRAINED_ON = "and rows that lack a cell were not trained on"
LARGEST_STANDARDIZED = 1e15
"""Far beyond any cell that means something, and small enough to be squared in a network's float32."""

_CELLS_AT_ONCE = 1 << 20

Part = TypeVar("Part")


@dataclass(frozen=True)
class TargetEncoding:
    """What is predicted, and how outputs become it again.

    Attributes:
        classes: labels as written in the file, sorted; empty for regression.
        numbers: of classes that are numbers in the file, these; None else.
        words: as of a ``ColumnEncoding``, where the classes are words.
        mean, scale: what the target was standardised by; 0 and 1 for classes.
        number_form, missing_words: as a ``ColumnEncoding`` has them.
    """

    name: str
    kind: str
    task: Task
    classes: tuple[str, ...]
    numbers: tuple[float, ...] | None
    words: Mapping[str, str] | None
    mean: float
    scale: float
    number_form: str | None = None
    missing_words: tuple[str, ...] | None = None

    @property
    def scaler(self) -> Standardizer:
        """One column."""
        return Standardizer(np.array([self.mean]), np.array([self.scale]))


@dataclass(frozen=True)
class Encoding:
    """All that lies between the cells of a row and the inputs of a model, and between its outputs and a prediction.

    ``missing`` is what was done with rows that lack a cell: imputed, or dropped, and then they cannot be predicted.
    """

    columns: tuple[ColumnEncoding, ...]
    target: TargetEncoding
    missing: MissingPolicy = "impute"

    @property
    def input_names(self) -> tuple[str, ...]:
        """What each input is called, ``(n_inputs,)``; no two alike."""
        return tuple(name for column in self.columns for name in column.input_names)

    @property
    def input_groups(self) -> Integers:
        """The number of the column that each input comes from, ``(n_inputs,)``."""
        return np.repeat(np.arange(len(self.columns)), [len(column.input_names) for column in self.columns])

    @property
    def inputs(self) -> tuple[InputEncoding, ...]:
        """How each input comes from its column, ``(n_inputs,)``."""
        return tuple(one for column in self.columns for one in column.inputs)

    @cached_property
    def input_scaler(self) -> Standardizer:
        """What standardises the inputs, ``(n_inputs,)``."""
        means = [mean for column in self.columns for mean in column.means]
        return Standardizer(np.array(means), np.array([scale for column in self.columns for scale in column.scales]))

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The labels that each column's inputs tell apart; of numbers none."""
        return tuple(column.levels for column in self.columns)

    @property
    def level_names(self) -> tuple[tuple[str, ...], ...]:
        """What inputs of ``levels`` are called."""
        return tuple(column.level_names for column in self.columns)

    def encode(self, rows: Rows, stop: Stop | None = None) -> Applied:
        """Inputs of ``rows``, however large they are. Raises Stopped as ``stop`` says.

        Under the policy ``drop`` a row with a missing cell has a fault.
        """
        encoded = self._columns_of(rows, stop)
        return self._applied(encoded, _joined(encoded, stop), self._faults_of(encoded))

    def apply(self, rows: Rows, stop: Stop | None = None) -> Applied:
        """As ``encode``, and a row with a number 10¹⁵ deviations from the training rows has a fault.

        Such a number is refused in training too.
        """
        encoded = self._columns_of(rows, stop)
        faults, inputs, groups = self._faults_of(encoded), _joined(encoded, stop), self.input_groups
        # Far beyond the deviation of the training rows a quotient may be infinite.
        with np.errstate(over="ignore"):
            is_far = np.abs(self.input_scaler.apply(inputs)) > LARGEST_STANDARDIZED
        for row in np.flatnonzero(is_far.any(axis=1)).tolist():
            place = int(np.argmax(is_far[row]))
            power = self.inputs[place].power
            number = f"{inputs[row, place - power + 1]:g}" + (f" to the power {power}" if power > 1 else "")
            reason = f"{number} is too far from the rows that the model was fitted on"
            faults.setdefault(row, Fault(row, self.columns[groups[place]].name, reason))
        return self._applied(encoded, inputs, faults)

    def _columns_of(self, rows: Rows, stop: Stop | None) -> list[EncodedColumn]:
        return [column.encode(rows.cells(column)) for column in _until(stop, self.columns)]

    def _faults_of(self, encoded: Sequence[EncodedColumn]) -> dict[int, Fault]:
        """The first fault of each row that has one, by its number."""
        faults: dict[int, Fault] = {}
        for column, found in zip(self.columns, encoded, strict=True):
            wrong = dict(found.faults)
            if self.missing == "drop":
                lacking = np.flatnonzero(found.is_missing).tolist()
                wrong = dict.fromkeys(lacking, f"it is missing, {_NOT_TRAINED_ON}") | wrong
                said = "a date" if column.date_form else "a number"
                wrong |= {row: f"{word!r} is not {said}, {_NOT_TRAINED_ON}" for row, word in found.words.items()}
            for row, reason in wrong.items():
                faults.setdefault(row, Fault(row, column.name, reason))
        return faults

    def _applied(self, encoded: Sequence[EncodedColumn], inputs: Float64s, faults: Mapping[int, Fault]) -> Applied:
        is_sound = np.ones(len(inputs), np.bool_)
        is_sound[list(faults)] = False
        named = list(zip([column.name for column in self.columns], encoded, strict=True))
        imputed = {
            # Picking rows of a thousand columns takes longer than to count all of them.
            name: int(np.count_nonzero(found.is_missing[is_sound] if faults else found.is_missing))
            for name, found in named
        }
        unseen = {name: tuple(label for row, label in found.unseen.items() if is_sound[row]) for name, found in named}
        return Applied(
            inputs,
            tuple(faults[row] for row in sorted(faults)),
            {name: count for name, count in imputed.items() if count},
            {name: labels for name, labels in unseen.items() if labels},
        )


def _joined(encoded: Sequence[EncodedColumn], stop: Stop | None = None) -> Float64s:
    """Inputs of all columns, ``(n_rows, n_inputs)``. Raises Stopped as ``stop`` says, some rows at a time."""
    parts = [found.inputs for found in encoded]
    joined = np.empty((len(parts[0]), sum(part.shape[1] for part in parts)))
    size = max(_CELLS_AT_ONCE // max(joined.shape[1], 1), 1)
    for first in _until(stop, range(0, len(joined), size)):
        np.concatenate([part[first : first + size] for part in parts], axis=1, out=joined[first : first + size])
    return joined


def _until(stop: Stop | None, parts: Sequence[Part]) -> Iterator[Part]:
    """``parts``, with a place to stop before each."""
    for part in parts:
        if stop is not None:
            stop.check()
        yield part
