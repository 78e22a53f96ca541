"""Sums over the rows of folds, so that what is trained on is the total minus what is held out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from regdesk.core.linear.squared_path import CENTRED_SHARE, GramStatistics
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.core.units import Crew, near, results_of

T = TypeVar("T")
BLOCK_INPUTS = 128
"""Inputs whose figures are one unit of work; of 10,000 rows they are found a fifth sooner than of 256."""
MOMENTS_AT_ONCE = 16_384
"""Of a matrix of moments, what is worked on at once: 128 kB, which stay near the processor."""
FEW_ROWS, UNIT_OF_SOME, UNIT = 100, 100.0, 2.0
"""By what factor the mean square of the first rows, and of all, may be off 1 in units that are taken as they are."""
LEAST_SHARE = 1e-6
"""Of the variance, and of the weight, of all rows, what a fold must train on: the difference of sums then has 10 digits
left."""


@dataclass(frozen=True)
class RawGramStatistics:
    """Sums over some rows of inputs z and targets t, of their squares and of their products.

    ``n_rows`` is how many rows they count as, Σ of their weights. ``inputs`` ``(n_inputs,)`` is the sum of z,
    ``target`` that of t, ``gram`` of z zᵀ ``(n_inputs, n_inputs)``, ``products`` of z t. Nothing is centred.
    """

    n_rows: float
    inputs: Float64s
    target: float
    gram: Float64s
    products: Float64s
    square: float

    @classmethod
    def of(cls, inputs: Float64s, targets: Float64s, weights: Float64s | None = None) -> RawGramStatistics:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``; ``weights`` None: each counts once."""
        if weights is None:
            each, weighed, left = np.ones(len(targets)), inputs, targets
        else:
            each, weighed, left = weights, weights[:, np.newaxis] * inputs, weights * targets
        return cls(
            float(each.sum()), each @ inputs, float(each @ targets), weighed.T @ inputs, left @ inputs,
            float(left @ targets),
        )  # fmt: skip

    @classmethod
    def sum_of(cls, parts: Sequence[RawGramStatistics]) -> RawGramStatistics:
        """Of the rows of all ``parts``."""
        gram = parts[0].gram.copy()
        for part in parts[1:]:
            gram += part.gram
        return cls(
            sum(part.n_rows for part in parts),
            np.sum([part.inputs for part in parts], axis=0),
            sum(part.target for part in parts),
            gram,
            np.sum([part.products for part in parts], axis=0),
            sum(part.square for part in parts),
        )

    def standardised(
        self, inputs: Standardizer, target: Standardizer, less: RawGramStatistics | None = None
    ) -> GramStatistics:
        """Centred moments of these rows, ``less`` some of them, after ``inputs`` and ``target`` have been applied."""
        n_rows, sums, total, products, square = self._figures(less)
        means, target_mean, unit = sums / n_rows, total / n_rows, float(target.scale[0])
        # Products of two numbers are the same either way round, so that the matrix is symmetric to the last bit.
        roots, shifts = 1.0 / (math.sqrt(n_rows) * inputs.scale), means / inputs.scale
        gram, n_inputs = np.empty_like(self.gram), len(means)
        n_some = max(1, MOMENTS_AT_ONCE // max(n_inputs, 1))
        scratch = np.empty((min(n_some, n_inputs), n_inputs))
        for first in range(0, n_inputs, n_some):
            some, own = slice(first, first + n_some), scratch[: n_inputs - first]
            block, left = gram[some], self.gram[some]
            if less is not None:
                left = np.subtract(left, less.gram[some], out=block)
            np.multiply(left, np.multiply(roots[some, np.newaxis], roots, out=own), out=block)
            block -= np.multiply(shifts[some, np.newaxis], shifts, out=own)
        return GramStatistics(
            n_rows,
            (means - inputs.mean) / inputs.scale,
            (target_mean - float(target.mean[0])) / unit,
            gram,
            (products / n_rows - means * target_mean) / (inputs.scale * unit),
            max(square / n_rows - target_mean**2, 0.0) / unit**2,
        )

    def variances(self, less: RawGramStatistics) -> tuple[Float64s, float]:
        """Of the inputs ``(n_inputs,)`` and of the target in these rows, ``less`` some of them."""
        n_rows, sums, total, _, square = self._figures(less)
        squares = self.gram.diagonal() - less.gram.diagonal()
        return squares / n_rows - np.square(sums / n_rows), square / n_rows - (total / n_rows) ** 2

    def _figures(self, less: RawGramStatistics | None) -> tuple[float, Float64s, float, Float64s, float]:
        """All sums but that of squares and products of inputs."""
        if less is None:
            return self.n_rows, self.inputs, self.target, self.products, self.square
        return (
            self.n_rows - less.n_rows,
            self.inputs - less.inputs,
            self.target - less.target,
            self.products - less.products,
            self.square - less.square,
        )

    def losses(self, weights: Float64s, biases: Float64s, inputs: Standardizer, target: Standardizer) -> Float64s:
        """Mean ½(y − ŷ)² of these rows ``(n_models,)`` for models on the scale of the standardizers.

        ``weights`` ``(n_models, n_inputs)``, ``biases`` ``(n_models,)``.
        """
        slopes, unit = weights / inputs.scale, float(target.scale[0])
        shifts = slopes @ inputs.mean - biases - float(target.mean[0]) / unit
        sums = (
            self.square / unit**2
            + np.einsum("ij,ij->i", slopes @ self.gram, slopes)
            + 2.0 * shifts * (self.target / unit - slopes @ self.inputs)
            - 2.0 * (slopes @ self.products) / unit
        )
        return np.asarray(0.5 * np.maximum(shifts**2 + sums / self.n_rows, 0.0))


@dataclass(frozen=True)
class SharedMoments:
    """Of several folds of the same encoded rows, in units in which all rows have mean 0 and deviation 1.

    ``shift`` and ``target_shift`` are those units: sums of numbers far from 0 would lose digits.
    """

    shift: Standardizer
    target_shift: Standardizer
    held_out: tuple[RawGramStatistics, ...]
    total: RawGramStatistics
    constants: tuple[Integers, ...]
    """Of each fold, the numbers of the inputs that do not vary among its training rows."""

    @classmethod
    def of(
        cls, whole: Dataset, folds: Sequence[Dataset], stop: Stop | None = None, crew: Crew | None = None
    ) -> SharedMoments | None:
        """None where the folds do not share their rows' inputs, do not hold out each row once, or rows are few.

        None too where nearly all variation of an input or of the target is in one fold, as with one outlier of 1e9; or
        nearly all weight.

        A ``crew`` in this process sums the rows of several folds at the same time. Raises Stopped.
        """
        if whole.n_inputs > len(whole.split.train):
            return None
        held = np.concatenate([fold.split.validation for fold in folds])
        if not np.array_equal(np.sort(held), np.sort(whole.split.train)):
            return None
        if any(fold.inputs is not whole.inputs and not np.array_equal(fold.inputs, whole.inputs) for fold in folds):
            return None
        stop, workers = stop or Stop(), near(crew)
        shift, target_shift, parts = _parts_of(whole, folds, workers, stop)
        total = RawGramStatistics.sum_of(parts)
        constants = []
        for fold, part in zip(folds, parts, strict=True):
            # Weights lead to what repeated rows never did: a fold beside which the others are next to nothing.
            if whole.row_weights is not None and total.n_rows - part.n_rows < LEAST_SHARE * total.n_rows:
                return None
            shares, target_share = total.variances(less=part)
            if target_share < LEAST_SHARE:
                return None
            few = np.flatnonzero(shares < LEAST_SHARE)
            columns = whole.inputs[np.ix_(fold.split.train, few)]
            if (columns != columns[0]).any():
                return None
            constants.append(few)
        return cls(shift, target_shift, tuple(parts), total, tuple(constants))

    def training(self, number: int, inputs: Standardizer, target: Standardizer) -> GramStatistics:
        """Centred moments of the training rows of fold ``number``, after its standardizers."""
        statistics = self.total.standardised(inputs, target, less=self.held_out[number])
        constants = self.constants[number]
        if not len(constants):
            return statistics
        # The difference of their sums is rounding, which a scale far from 1 would blow up.
        gram, products = statistics.gram.copy(), statistics.products.copy()
        gram[constants], gram[:, constants], products[constants] = 0.0, 0.0, 0.0
        return replace(statistics, gram=gram, products=products)

    def scalers(self, fold: Dataset) -> tuple[Standardizer, Standardizer]:
        """Those of ``fold`` for numbers that are in the shared units already."""
        return _within(fold.input_scaler, self.shift), _within(fold.target_scaler, self.target_shift)


def _in_order(results: Iterable[tuple[int, T]]) -> list[T]:
    found = dict(results)
    return [found[number] for number in range(len(found))]


def _parts_of(
    whole: Dataset, folds: Sequence[Dataset], workers: Crew, stop: Stop
) -> tuple[Standardizer, Standardizer, list[RawGramStatistics]]:
    """Units in which all rows have mean 0 and deviation 1, of inputs and target, and in these the sums of each fold.

    Mostly all rows have such units already. To find them takes as long as half the sums, so that these show whether
    they are. Raises Stopped.
    """

    def parts_in(shift: Standardizer, target_shift: Standardizer) -> list[RawGramStatistics]:
        calls = [(whole, fold.split.validation, shift, target_shift) for fold in folds]
        return _in_order(results_of(workers, _moments_of, calls, stop))

    some = whole.split.train[:FEW_ROWS]
    if _is_near_unit(np.mean(np.square(whole.standardized_inputs(some)), axis=0), UNIT_OF_SOME):
        parts = parts_in(whole.input_scaler, whole.target_scaler)
        if _are_in_units(parts):
            return whole.input_scaler, whole.target_scaler, parts
    rows = whole.split.train
    shift = _shift_of(whole, workers, stop)
    target_shift = Standardizer.fit(whole.targets[rows, np.newaxis], whole.weights_of(rows))
    return shift, target_shift, parts_in(shift, target_shift)


def _are_in_units(parts: Sequence[RawGramStatistics]) -> bool:
    """Whether the mean of all rows is next to 0, and their deviation 1 or, of what does not vary, 0."""
    n_rows = sum(part.n_rows for part in parts)
    sums = [np.append(part.inputs, part.target) for part in parts]
    squares = np.sum([np.append(part.gram.diagonal(), part.square) for part in parts], axis=0) / n_rows
    is_centred = np.square(np.sum(sums, axis=0) / n_rows) <= CENTRED_SHARE * squares
    return bool(is_centred.all()) and _is_near_unit(squares, UNIT)


def _is_near_unit(squares: Float64s, factor: float) -> bool:
    return bool(((squares == 0.0) | ((squares >= 1.0 / factor) & (squares <= factor))).all())


def _shift_of(whole: Dataset, workers: Crew, stop: Stop) -> Standardizer:
    """Figures of the inputs of all rows, of many inputs in blocks. Raises Stopped."""
    n_inputs = whole.n_inputs
    # A mean by rows is summed alike in any block, one by weights is not, and blocks are the same whoever does them.
    n_some = BLOCK_INPUTS if whole.row_weights is None and n_inputs % BLOCK_INPUTS != 1 else max(n_inputs, 1)
    calls = [(whole, first, min(first + n_some, n_inputs)) for first in range(0, n_inputs, n_some)]
    parts = _in_order(results_of(workers, _figures_of, calls, stop))
    return Standardizer(*(np.concatenate([getattr(one, name) for one in parts]) for name in ("mean", "scale")))


def _figures_of(whole: Dataset, first: int, last: int, stop: Stop) -> Standardizer:
    """A unit of work: of the inputs ``first`` up to ``last``."""
    stop.check()
    rows = whole.split.train
    return Standardizer.fit(whole.inputs[rows, first:last], whole.weights_of(rows))


def _moments_of(
    whole: Dataset, held_rows: Integers, shift: Standardizer, target_shift: Standardizer, stop: Stop
) -> RawGramStatistics:
    """A unit of work: of ``held_rows``, in the shared units."""
    stop.check()
    targets = target_shift.apply(whole.targets[held_rows, np.newaxis])[:, 0]
    return RawGramStatistics.of(shift.of_rows(whole.inputs, held_rows), targets, whole.weights_of(held_rows))


def _within(scaler: Standardizer, units: Standardizer) -> Standardizer:
    return Standardizer((scaler.mean - units.mean) / units.scale, scaler.scale / units.scale)
