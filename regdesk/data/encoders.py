"""Columns as inputs: imputed and one-hot, with every figure taken from the training rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.data.errors import DataError
from regdesk.data.kinds import days_since_1970, truth_values
from regdesk.data.table import MISSING_CODE, Column, Table

MOST_INPUTS = 1000

Part = TypeVar("Part")


def numbers_of(column: Column) -> Float64s | None:
    """The cells as numbers ``(n_rows,)``, NaN where missing; None when they are labels.

    Words of a boolean become 0 and 1, dates become days since 1970.
    """
    if column.numbers is not None:
        return column.numbers
    if column.kind == "boolean":
        return truth_values(column)
    return days_since_1970(column) if column.kind == "datetime" else None


@dataclass(frozen=True)
class ColumnEncoder:
    """How one column becomes inputs.

    Attributes:
        levels: labels with an input each, sorted; empty when the column is one number.
        fill: what a missing cell becomes: a number, or a label (None when the training rows hold no value).
        fill_note: the same in words, such as "median 34".
    """

    column: Column
    levels: tuple[str, ...]
    fill: float | str | None
    fill_note: str

    @property
    def input_names(self) -> tuple[str, ...]:
        name = self.column.name
        return tuple(f"{name}={level}" for level in self.levels) if self.levels else (name,)

    def transform(self, rows: Integers) -> Float64s:
        """Inputs of ``rows`` of the table, ``(len(rows), n_inputs)``. A level not seen in training is all zeros."""
        column = self.column
        numbers = numbers_of(column)
        if numbers is not None:
            values = numbers[rows]
            fill = self.fill if isinstance(self.fill, float) else 0.0
            return np.where(np.isnan(values), fill, values)[:, np.newaxis]
        if column.codes is None:
            raise ValueError(f"column '{column.name}' has neither numbers nor labels")
        place = {level: number for number, level in enumerate(self.levels)}
        missing = place.get(self.fill, -1) if isinstance(self.fill, str) else -1
        # The last entry is for missing cells, whose code is -1.
        places = np.array([place.get(level, -1) for level in column.levels] + [missing], np.int64)
        chosen = places[column.codes[rows]]
        encoded = np.zeros((len(rows), len(self.levels)))
        seen = np.flatnonzero(chosen >= 0)
        encoded[seen, chosen[seen]] = 1.0
        return encoded


@dataclass(frozen=True)
class Encoder:
    """All features of a table as inputs, fitted on some of its rows."""

    columns: tuple[ColumnEncoder, ...]

    @classmethod
    def fit(cls, table: Table, features: Sequence[str], rows: Integers, stop: Stop | None = None) -> Encoder:
        """Levels, medians and most frequent values of ``features`` in ``rows``, the training rows.

        Raises DataError when there would be more than 1,000 inputs, Stopped when ``stop`` says so.
        """
        encoders = tuple(fit_column(table.column(name), rows) for name in _until(stop, features))
        n_inputs = sum(len(encoder.input_names) for encoder in encoders)
        if n_inputs > MOST_INPUTS:
            widest = max(encoders, key=lambda encoder: len(encoder.levels))
            raise DataError(
                f"{n_inputs} inputs are more than the {MOST_INPUTS} that can be shown; this column alone makes "
                f"{len(widest.input_names)}, one for each of its labels. Leave it out of the features.",
                file=table.path,
                column=widest.column.name,
            )
        return cls(encoders)

    @property
    def input_names(self) -> tuple[str, ...]:
        return tuple(name for encoder in self.columns for name in encoder.input_names)

    @property
    def input_groups(self) -> Integers:
        """The number of the feature that each input comes from, ``(n_inputs,)``."""
        return np.repeat(np.arange(len(self.columns)), [len(encoder.input_names) for encoder in self.columns])

    def transform(self, rows: Integers, stop: Stop | None = None) -> Float64s:
        """Inputs of ``rows`` of the table in original units, ``(len(rows), n_inputs)``. Raises Stopped."""
        return np.concatenate([encoder.transform(rows) for encoder in _until(stop, self.columns)], axis=1)

    def imputed(self, rows: Integers) -> tuple[str, ...]:
        """For each feature with missing cells in ``rows``, in words: "2 in age (median 34)"."""
        counts = [(int(np.count_nonzero(encoder.column.missing[rows])), encoder) for encoder in self.columns]
        return tuple(f"{count} in {encoder.column.name} ({encoder.fill_note})" for count, encoder in counts if count)


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
            return ColumnEncoder(column, (), 0.0, "0, as no training row has a value")
        if column.kind == "boolean":
            most = float(np.mean(present) > 0.5)
            return ColumnEncoder(column, (), most, f"most frequent, {_spelling(column, most)}")
        middle = float(np.median(present))
        return ColumnEncoder(column, (), middle, f"median {middle:.6g}")
    if column.codes is None:
        raise ValueError(f"column '{column.name}' has neither numbers nor labels")
    codes = column.codes[rows]
    counts = np.bincount(codes[codes != MISSING_CODE], minlength=len(column.levels))
    levels = tuple(sorted(column.levels[code] for code in np.flatnonzero(counts)))
    if not levels:
        return ColumnEncoder(column, tuple(sorted(column.levels)), None, "no label, as no training row has one")
    count_of = dict(zip(column.levels, counts.tolist(), strict=True))
    frequent = max(levels, key=lambda level: count_of[level])
    return ColumnEncoder(column, levels, frequent, f"most frequent, {frequent}")


def _spelling(column: Column, value: float) -> str:
    """How the file writes 0 or 1 of a boolean column."""
    if column.numbers is not None:
        return f"{value:g}"
    truths = truth_values(column)
    row = int(np.flatnonzero(truths == value)[0])
    return column.levels[column.codes[row]] if column.codes is not None else f"{value:g}"
