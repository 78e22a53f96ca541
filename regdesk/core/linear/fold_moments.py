"""Sums over the rows of folds, so that what is trained on is the total minus what is held out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Integers
from regdesk.core.units import Crew, near, results_of

T = TypeVar("T")
BLOCK_INPUTS = 128
"""Inputs whose figures are one unit of work; of 10,000 rows they are found a fifth sooner than of 256."""
BLOCK_MOMENTS = 64
"""Rows of a matrix of moments that are worked on at once: a whole one in between would be written to memory."""
LEAST_SHARE = 1e-6
"""Of the variance, and of the weight, of all rows, what a fold must train on: the difference of sums then has 10 digits
left."""


@dataclass(frozen=True)
class RawGramStatistics:
    """Means over some rows of inputs z ``(n_inputs,)`` and targets t, of their squares and of their products.

    ``n_rows`` is how many rows they count as, Σ of their weights. ``gram`` is the mean of z zᵀ
    ``(n_inputs, n_inputs)``, ``products`` that of z t. Nothing is centred.
    """

    n_rows: float
    means: Float64s
    target_mean: float
    gram: Float64s
    products: Float64s
    square: float

    @classmethod
    def of(cls, inputs: Float64s, targets: Float64s, weights: Float64s | None = None) -> RawGramStatistics:
        """Of ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)``; ``weights`` None: each counts once."""
        if weights is not None:
            return cls._of_weighed(inputs, targets, weights)
        n_rows = len(targets)
        return cls(
            n_rows,
            inputs.mean(axis=0),
            float(targets.mean()),
            inputs.T @ inputs / n_rows,
            inputs.T @ targets / n_rows,
            float(targets @ targets) / n_rows,
        )

    @classmethod
    def _of_weighed(cls, inputs: Float64s, targets: Float64s, weights: Float64s) -> RawGramStatistics:
        n_rows = float(weights.sum())
        weighed, left = weights[:, np.newaxis] * inputs, weights * targets
        return cls(
            n_rows,
            weighed.sum(axis=0) / n_rows,
            float(left.sum()) / n_rows,
            weighed.T @ inputs / n_rows,
            weighed.T @ targets / n_rows,
            float(left @ targets) / n_rows,
        )

    def joined(self, other: RawGramStatistics, sign: int = 1) -> RawGramStatistics:
        """Of the rows of both, or with ``sign`` −1 of those that are not among ``other``'s."""
        n_rows = self.n_rows + sign * other.n_rows
        mine, theirs = self.n_rows / n_rows, sign * other.n_rows / n_rows
        gram = np.empty_like(self.gram)
        for some, scratch in _blocks(len(gram)):
            block = np.multiply(self.gram[some], mine, out=gram[some])
            block += np.multiply(other.gram[some], theirs, out=scratch)
        return RawGramStatistics(
            n_rows,
            mine * self.means + theirs * other.means,
            mine * self.target_mean + theirs * other.target_mean,
            gram,
            mine * self.products + theirs * other.products,
            mine * self.square + theirs * other.square,
        )

    def standardised(self, inputs: Standardizer, target: Standardizer) -> GramStatistics:
        """Centred moments of these rows, after ``inputs`` and ``target`` have been applied to them."""
        scales, unit = inputs.scale, float(target.scale[0])
        gram = np.empty_like(self.gram)
        for some, scratch in _blocks(len(gram)):
            block = np.subtract(self.gram[some], np.outer(self.means[some], self.means, out=scratch), out=gram[some])
            block /= np.outer(scales[some], scales, out=scratch)
        products = (self.products - self.means * self.target_mean) / (scales * unit)
        return GramStatistics(
            self.n_rows,
            (self.means - inputs.mean) / scales,
            (self.target_mean - float(target.mean[0])) / unit,
            gram,
            products,
            max(self.square - self.target_mean**2, 0.0) / unit**2,
        )

    def losses(self, weights: Float64s, biases: Float64s, inputs: Standardizer, target: Standardizer) -> Float64s:
        """Mean ½(y − ŷ)² of these rows ``(n_models,)`` for models on the scale of the standardizers.

        ``weights`` ``(n_models, n_inputs)``, ``biases`` ``(n_models,)``.
        """
        slopes, unit = weights / inputs.scale, float(target.scale[0])
        shifts = slopes @ inputs.mean - biases - float(target.mean[0]) / unit
        squares = (
            shifts**2
            + self.square / unit**2
            + np.einsum("ij,ij->i", slopes @ self.gram, slopes)
            + 2.0 * shifts * (self.target_mean / unit - slopes @ self.means)
            - 2.0 * (slopes @ self.products) / unit
        )
        return np.asarray(0.5 * np.maximum(squares, 0.0))


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
        rows, stop = whole.split.train, stop or Stop()
        workers = near(crew)
        shift = _shift_of(whole, workers, stop)
        target_shift = Standardizer.fit(whole.targets[rows, np.newaxis], whole.weights_of(rows))
        calls = [(whole, fold.split.validation, shift, target_shift) for fold in folds]
        parts = _in_order(results_of(workers, _moments_of, calls, stop))
        total = parts[0]
        for part in parts[1:]:
            total = total.joined(part)
        constants = []
        for fold, part in zip(folds, parts, strict=True):
            # Weights lead to what repeated rows never did: a fold beside which the others are next to nothing.
            if whole.row_weights is not None and total.n_rows - part.n_rows < LEAST_SHARE * total.n_rows:
                return None
            shares, target_share = _variances_without(total, part)
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
        statistics = self.total.joined(self.held_out[number], -1).standardised(inputs, target)
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


def _blocks(n_inputs: int) -> Iterator[tuple[slice, Float64s]]:
    """Some rows of a matrix of moments, and as much memory for what is in between."""
    scratch = np.empty((min(BLOCK_MOMENTS, n_inputs), n_inputs))
    for first in range(0, n_inputs, BLOCK_MOMENTS):
        yield slice(first, first + BLOCK_MOMENTS), scratch[: n_inputs - first]


def _in_order(results: Iterable[tuple[int, T]]) -> list[T]:
    found = dict(results)
    return [found[number] for number in range(len(found))]


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


def _variances_without(total: RawGramStatistics, part: RawGramStatistics) -> tuple[Float64s, float]:
    """Variances of inputs ``(n_inputs,)`` and target in the rows of ``total`` that are not among ``part``'s."""
    mine = total.n_rows / (total.n_rows - part.n_rows)
    theirs = 1.0 - mine
    means = mine * total.means + theirs * part.means
    squares = mine * total.gram.diagonal() + theirs * part.gram.diagonal()
    target_mean = mine * total.target_mean + theirs * part.target_mean
    return squares - means**2, mine * total.square + theirs * part.square - target_mean**2
