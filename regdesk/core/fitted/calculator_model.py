"""A model as a calculator asks it: one point, and what becomes of the prediction when a single column is another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.fitted.column_spread import ColumnSpread
from regdesk.core.fitted.encoding import Encoding
from regdesk.core.fitted.outputs import network_outputs, outputs_of_sums
from regdesk.core.fitted.points import Cell, Point
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.network import Network
from regdesk.core.powers import powers
from regdesk.core.types import Float64s, Floats, Integers

if TYPE_CHECKING:
    from regdesk.core.fitted.fitted_model import FittedModel


@dataclass(frozen=True, eq=False)
class CalculatorModel:
    """A ``FittedModel`` without what a calculator does not need: it is made of a live model at any moment.

    An *answer* is what is predicted, as it is read: the value in the unit of the target, one number, or the
    probability of each class, in the order of the classes.

    Attributes:
        parameters: ``(n_parameters,)`` of ``network``.
        spreads: of each column of ``encoding``; empty where nothing is known of the training rows.
    """

    network: Network
    parameters: Floats
    encoding: Encoding
    spreads: tuple[ColumnSpread, ...] = ()

    @classmethod
    def of(cls, model: FittedModel) -> CalculatorModel:
        """What a model that was saved, or found, answers."""
        return cls(model.network, model.parameters, model.encoding, model.spreads)

    @property
    def n_columns(self) -> int:
        return len(self.encoding.columns)

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels as written in the file, sorted; empty for regression."""
        return self.encoding.target.classes

    @cached_property
    def starts(self) -> Integers:
        """Where the inputs of each column begin, ``(n_columns + 1,)``; the last is the number of inputs."""
        counts = [len(column.input_names) for column in self.encoding.columns]
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def spread(self, column: int) -> ColumnSpread | None:
        """What is known of the training rows' cells; None for nothing."""
        return self.spreads[column] if self.spreads else None

    @cached_property
    def means(self) -> Float64s:
        """Training mean of each input in original units, ``(n_inputs,)``: of a label the share of rows that have it, of
        a power that power of the number's mean.

        Where nothing standardises the inputs it is that of the spreads, and 0 where it is not known.
        """
        found = self.encoding.input_scaler.mean.copy()
        for number, column in enumerate(self.encoding.columns):
            spread = self.spread(number)
            is_plain = not any(column.means) and all(scale == 1.0 for scale in column.scales)
            if is_plain and spread is not None and spread.means:
                found[self.starts[number] : self.starts[number + 1]] = spread.means
            if column.degree > 1:
                start = self.starts[number]
                found[start : self.starts[number + 1]] = powers(found[start : start + 1], column.degree)[0]
        return found

    @cached_property
    def mean_point(self) -> Point:
        """The training mean of each number, and of labels the one that most training rows have."""
        return tuple(self._mean_cell(number) for number in range(self.n_columns))

    def _mean_cell(self, number: int) -> Cell:
        column, spread = self.encoding.columns[number], self.spread(number)
        if not column.levels:
            return float(self.means[self.starts[number]])
        if spread is not None and any(spread.counts):
            label = column.levels[int(np.argmax(spread.counts))]
            is_missing = column.fill_rule == "own level" and label == column.fill
            return None if is_missing else label
        return column.fill if isinstance(column.fill, str) and column.fill_rule != "own level" else None

    def answers(self, inputs: Float64s) -> Float64s:
        """Answers ``(n_rows, n_answers)`` for ``inputs`` ``(n_rows, n_inputs)`` in original units: bit for bit those of
        the model that was saved.
        """
        standardized = self.encoding.input_scaler.apply(inputs)
        return self._answers_of(network_outputs(self.network, self.parameters, standardized))

    def answers_of_sums(self, sums: Float64s) -> Float64s:
        """The same of the first layer's ``sums`` ``(n_rows, n_units)``."""
        return self._answers_of(outputs_of_sums(self.network, self.parameters, sums))

    def _answers_of(self, outputs: Float64s) -> Float64s:
        return class_probabilities(outputs) if self.classes else self.encoding.target.scaler.invert(outputs)

    def sums_of(self, column: int, inputs: Float64s) -> Float64s:
        """What a column alone adds to the first layer's sums ``(n_rows, n_units)``.

        ``inputs`` ``(n_rows, n_own)`` are those of the column, in original units.
        """
        own, scaler = slice(self.starts[column], self.starts[column + 1]), self.encoding.input_scaler
        weights = self.network.weights(self.parameters, 0)[own].astype(np.float64)
        standardized = (inputs - scaler.mean[own]) / scaler.scale[own]
        return np.asarray(standardized @ weights)

    def column_sums(self, inputs: Float64s) -> Float64s:
        """What each column adds to the first layer's sums, ``(n_columns, n_units)``.

        ``inputs`` ``(n_inputs,)`` are those of one row, in original units.
        """
        standardized = self.encoding.input_scaler.apply(inputs[np.newaxis])[0]
        terms = standardized[:, np.newaxis] * self.network.weights(self.parameters, 0).astype(np.float64)
        return np.add.reduceat(terms, self.starts[:-1], axis=0)

    def sums_without(self, inputs: Float64s) -> Float64s:
        """The first layer's sums with its biases, without each column in turn, ``(n_columns, n_units)``.

        What stands before a column and what stands after it are added up, and nothing is subtracted: beside a cell that
        is a billion deviations away the others would lose their digits. ``inputs`` as in ``column_sums``.
        """
        sums = self.column_sums(inputs)
        before, after = np.zeros_like(sums), np.zeros_like(sums)
        before[1:] = np.cumsum(sums[:-1], axis=0)
        after[:-1] = np.cumsum(sums[:0:-1], axis=0)[::-1]
        return before + after + self.network.biases(self.parameters, 0).astype(np.float64)
