"""Columns as inputs: imputed, labels as zeros and ones, with every figure taken from the training rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from regdesk.core.model.dataset import InputEncoding
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.data.csv.kinds import days_since_1970, labels_of, sorted_labels
from regdesk.data.csv.table import MISSING_CODE, Column, NumberColumn, Table, WordColumn
from regdesk.data.errors import DataError
from regdesk.data.prepare.input_names import Wanted, distinct_input_names, wanted_name

MOST_INPUTS = 20_000
"""Of one model: a row of a thousand then takes 160 MB in all."""

Part = TypeVar("Part")


def numbers_of(column: Column) -> Float64s | None:
    """The cells as numbers ``(n_rows,)``, NaN where missing, dates as days since 1970; None when they are labels."""
    if isinstance(column, NumberColumn):
        return column.numbers
    return days_since_1970(column) if column.kind == "datetime" else None


@dataclass(frozen=True)
class ColumnEncoder:
    """How one column becomes inputs.

    A second input for the second of two labels would be the first one mirrored, and which of the two a penalty keeps
    would be chance. So two labels are one input, which is 1 for the second; three and more have one input each.

    Attributes:
        levels: the labels that inputs tell apart, in sorted order; empty when the column is one number.
        seen: those that the training rows have.
        fill: what a missing cell becomes: a number, or a label (None when the training rows hold no value).
        fill_note: the same in words, such as "median 34".
    """

    column: Column
    levels: tuple[str, ...]
    seen: frozenset[str]
    fill: float | str | None
    fill_note: str

    @property
    def input_levels(self) -> tuple[str | None, ...]:
        """The label that each input is 1 for; None for the one input of numbers."""
        return (self.levels[1:] if len(self.levels) == 2 else self.levels) or (None,)

    @property
    def possible_levels(self) -> tuple[str | None, ...]:
        """The same of an encoder that is fitted on whatever other rows of the table."""
        return (sorted_labels(self.column) if self.levels else ()) or (None,)

    def transform(self, rows: Integers) -> Float64s:
        """Inputs of ``rows`` of the table, ``(len(rows), n_inputs)``.

        A label that no training row has is treated as a missing cell where the column is one input; where it is
        several, all of them are 0.
        """
        numbers = numbers_of(self.column)
        if numbers is not None:
            values = numbers[rows]
            fill = self.fill if isinstance(self.fill, float) else 0.0
            return np.where(np.isnan(values), fill, values)[:, np.newaxis]
        places = self._places(rows)
        if len(self.levels) == 2:
            return np.asarray(places == 1, np.float64)[:, np.newaxis]
        return np.asarray(places[:, np.newaxis] == np.arange(len(self.levels)), np.float64)

    @property
    def inputs(self) -> tuple[InputEncoding, ...]:
        """How each of the inputs comes from a cell; what ``transform`` does, in values."""
        name, kind = self.column.name, self.column.kind
        if not self.levels:
            return (InputEncoding(name, kind, None, None, self.fill),)
        is_one = len(self.levels) <= 2
        labels = tuple(level for level in self.levels if level in self.seen) if is_one or not self.seen else None
        levels = self.levels[-1:] if is_one else self.levels
        return tuple(InputEncoding(name, kind, level, labels, self.fill) for level in levels)

    def unseen(self, rows: Integers) -> tuple[str, ...]:
        """Labels of ``rows`` that no training row has, one for each such cell."""
        if not isinstance(self.column, WordColumn) or not self.levels:
            return ()
        labels = [label if label not in self.seen else "" for label in labels_of(self.column)] + [""]
        return tuple(labels[code] for code in self.column.codes[rows].tolist() if labels[code])

    def _places(self, rows: Integers) -> Integers:
        """Which of ``levels`` each of ``rows`` has, ``(len(rows),)``; −1 for none of them."""
        assert isinstance(self.column, WordColumn)
        place = {level: number for number, level in enumerate(self.levels) if level in self.seen}
        missing = place.get(self.fill, -1) if isinstance(self.fill, str) else -1
        unseen = missing if len(self.levels) <= 2 else -1
        # The last entry is for missing cells, whose code is -1.
        places = np.array([place.get(label, unseen) for label in labels_of(self.column)] + [missing], np.int64)
        return np.asarray(places[self.column.codes[rows]])


@dataclass(frozen=True)
class Encoder:
    """All features of a table as inputs, fitted on some of its rows.

    ``names``: of an input of a column, by its label, or None for numbers.
    """

    columns: tuple[ColumnEncoder, ...]
    names: Mapping[Wanted, str]

    @classmethod
    def fit(cls, table: Table, features: Sequence[str], rows: Integers, stop: Stop | None = None) -> Encoder:
        """Levels, medians and most frequent values of ``features`` in ``rows``, the training rows.

        Raises DataError when there would be more than 20,000 inputs, Stopped when ``stop`` says so.
        """
        encoders = tuple(fit_column(table.column(name), rows) for name in _until(stop, features))
        n_inputs = sum(len(encoder.input_levels) for encoder in encoders)
        if n_inputs > MOST_INPUTS:
            widest = max(encoders, key=lambda encoder: len(encoder.levels))
            raise DataError(
                f"{n_inputs:,} inputs are more than the {MOST_INPUTS:,} that can be solved for; this column alone "
                f"makes {len(widest.input_levels):,}, one for each of its labels. Leave it out of the features.",
                file=table.path,
                column=widest.column.name,
            )
        # Of all labels in the file, so that an input has the same name whichever rows are trained on.
        wanted = [(encoder.column.name, level) for encoder in encoders for level in encoder.possible_levels]
        return cls(encoders, distinct_input_names(wanted))

    @property
    def input_names(self) -> tuple[str, ...]:
        """What each input is called, ``(n_inputs,)``; no two alike."""
        return tuple(self.names[one.column.name, level] for one in self.columns for level in one.input_levels)

    @property
    def renamed(self) -> tuple[str, ...]:
        """Inputs whose name was taken, in words: "two=B (2) of two"."""
        wanted = [(one.column.name, level) for one in self.columns for level in one.input_levels]
        return tuple(f"{self.names[one]} of {one[0]}" for one in wanted if self.names[one] != wanted_name(*one))

    @property
    def input_groups(self) -> Integers:
        """The number of the feature that each input comes from, ``(n_inputs,)``."""
        return np.repeat(np.arange(len(self.columns)), [len(encoder.input_levels) for encoder in self.columns])

    def transform(self, rows: Integers, stop: Stop | None = None) -> Float64s:
        """Inputs of ``rows`` of the table in original units, ``(len(rows), n_inputs)``. Raises Stopped."""
        return np.concatenate([encoder.transform(rows) for encoder in _until(stop, self.columns)], axis=1)

    def imputed(self, rows: Integers) -> tuple[str, ...]:
        """For each feature with missing cells in ``rows``, in words: "2 in age (median 34)"."""
        counts = [(int(np.count_nonzero(encoder.column.missing[rows])), encoder) for encoder in self.columns]
        return tuple(f"{count} in {encoder.column.name} ({encoder.fill_note})" for count, encoder in counts if count)

    @property
    def inputs(self) -> tuple[InputEncoding, ...]:
        """How each input comes from its column, ``(n_inputs,)``."""
        return tuple(one for encoder in self.columns for one in encoder.inputs)

    @property
    def labels(self) -> tuple[tuple[str, ...], ...]:
        """The labels that each feature's inputs tell apart, as ``Dataset`` has them."""
        return tuple(encoder.levels for encoder in self.columns)

    @property
    def label_names(self) -> tuple[tuple[str, ...], ...]:
        """What inputs of ``labels`` are called."""
        return tuple(tuple(self.names[one.column.name, level] for level in one.levels) for one in self.columns)


def _until(stop: Stop | None, parts: Sequence[Part]) -> Iterator[Part]:
    """``parts``, with a place to stop before each."""
    for part in parts:
        if stop is not None:
            stop.check()
        yield part


def fit_column(column: Column, rows: Integers) -> ColumnEncoder:
    """Levels and the value for missing cells of ``column``, from ``rows`` of its table."""
    numbers = numbers_of(column)
    if numbers is not None:
        present = numbers[rows][~column.missing[rows]]
        if not present.size:
            return _number_encoder(column, 0.0, "0, as no training row has a value")
        if column.kind == "boolean":
            most = float(np.mean(present) > 0.5)
            return _number_encoder(column, most, f"most frequent, {most:g}")
        middle = float(np.median(present))
        return _number_encoder(column, middle, f"median {middle:.6g}")
    assert isinstance(column, WordColumn)
    codes = column.codes[rows]
    counts = np.bincount(codes[codes != MISSING_CODE], minlength=len(column.levels))
    count_of: Counter[str] = Counter()
    for label, count in zip(labels_of(column), counts.tolist(), strict=True):
        count_of[label] += count
    levels = sorted_labels(column)
    seen = tuple(label for label in levels if count_of[label])
    if not seen:
        return ColumnEncoder(column, levels, frozenset(), None, "no label, as no training row has one")
    frequent = max(seen, key=lambda label: count_of[label])
    # With two labels in the file the input has the same name in every fold, also in one that trains on one of them.
    told_apart = levels if len(levels) == 2 else seen
    return ColumnEncoder(column, told_apart, frozenset(seen), frequent, f"most frequent, {frequent}")


def _number_encoder(column: Column, fill: float, fill_note: str) -> ColumnEncoder:
    return ColumnEncoder(column, (), frozenset(), fill, fill_note)
