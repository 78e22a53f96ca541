"""The course of a run: losses, penalty and λ over time, thinned without losing a change of settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Float64s, Integers

MAX_ROWS = 20_000
MOST_DRAWN = 500
"""Points of a curve; an antialiased line costs 9 µs a point and frame, and the panel is about 1,000 pixels wide."""


class HistoryRow(NamedTuple):
    """One moment. Losses are on the training scale; ``penalty_value`` is R(W) without λ.

    ``l1_norm``, ``l2_norm`` and ``n_nonzero`` are ‖W‖₁, ‖W‖₂ and the number of weights other than 0, of all layers.
    """

    step: float
    epoch: float
    train_loss: float
    validation_loss: float
    penalty_value: float
    lam: float
    changed: float
    """1 for the first row under new settings, which thinning keeps."""
    l1_norm: float = 0.0
    l2_norm: float = 0.0
    n_nonzero: float = 0.0


_CHANGED = HistoryRow._fields.index("changed")
_EPOCH = HistoryRow._fields.index("epoch")
_VALIDATION = HistoryRow._fields.index("validation_loss")
_TRAIN = HistoryRow._fields.index("train_loss")
_PENALTY = HistoryRow._fields.index("penalty_value")
_LAMBDA = HistoryRow._fields.index("lam")

N_PEAKS = 3
"""Of the training loss, the validation loss and the penalty term."""
_NO_PEAKS = np.full(N_PEAKS, -np.inf)


@dataclass(frozen=True)
class BestMoment:
    """The lowest validation loss of a run, the first epoch that had it, and training loss and λ then."""

    epoch: float
    validation_loss: float
    train_loss: float = float("nan")
    lam: float = 0.0


@dataclass(frozen=True)
class HistoryColumns:
    """A history as columns, each ``(n_rows,)``, oldest first."""

    step: Float64s
    epoch: Float64s
    train_loss: Float64s
    validation_loss: Float64s
    penalty_value: Float64s
    lam: Float64s
    changed: Float64s
    l1_norm: Float64s
    l2_norm: Float64s
    n_nonzero: Float64s


@dataclass(frozen=True, eq=False)
class HistoryMemory:
    """All that a history holds.

    Attributes:
        rows: ``(n_rows, n_fields)``; numbers: ``(n_rows,)``, which of all rows ever added each is.
        n_seen: rows ever added.
        stride: of so many rows one is kept.
        keeps_changes: rows at which a setting changed are kept all the same.
        best: the lowest validation loss among all rows ever added.
    """

    rows: Float64s
    numbers: Integers
    n_seen: int
    stride: int
    keeps_changes: bool
    best: BestMoment | None


class History:
    """Rows in order; halves its resolution, of old and coming rows alike, when it reaches ``MAX_ROWS``.

    Rows at which a setting changed are kept as long as they are fewer than a quarter of all; the newest row
    is always there, and so are those at which a loss or the penalty term was highest: a peak lasts a few rows, and
    a picture that says how high it was may not say less as the run goes on.
    """

    def __init__(self) -> None:
        self._rows = np.empty((MAX_ROWS, len(HistoryRow._fields)))
        self._numbers = np.empty(MAX_ROWS, dtype=np.int64)
        self._n_rows = 0
        self._n_seen = 0
        self._stride = 1
        self._keeps_changes = True
        self._best: BestMoment | None = None
        self._peaks = _NO_PEAKS
        self._peak_numbers = np.full(N_PEAKS, -1)

    @property
    def best(self) -> BestMoment | None:
        """Among all rows ever added, thinned away or not; None without validation rows."""
        return self._best

    def best_until(self, epoch: float) -> BestMoment | None:
        """Among the rows up to ``epoch``, but for those that were thinned away since; as ``best``."""
        if self._best is None or self._best.epoch <= epoch:
            return self._best
        earlier = History()
        earlier.append(self._rows[: self._n_rows][self._rows[: self._n_rows, _EPOCH] <= epoch])
        return earlier.best

    def __len__(self) -> int:
        return self._n_rows

    def memory(self) -> HistoryMemory:
        """A copy of all of it."""
        rows, numbers = self._rows[: self._n_rows].copy(), self._numbers[: self._n_rows].copy()
        return HistoryMemory(rows, numbers, self._n_seen, self._stride, self._keeps_changes, self._best)

    def bring_back(self, memory: HistoryMemory) -> None:
        """Hold what ``memory`` does, of at most ``MAX_ROWS`` rows, in place of the present rows."""
        self._n_rows = len(memory.rows)
        self._rows[: self._n_rows], self._numbers[: self._n_rows] = memory.rows, memory.numbers
        self._n_seen, self._stride = memory.n_seen, memory.stride
        self._keeps_changes, self._best = memory.keeps_changes, memory.best
        self._peaks, self._peak_numbers = _NO_PEAKS, np.full(N_PEAKS, -1)
        self._note_peaks(memory.rows, memory.numbers)

    def append(self, rows: Float64s) -> None:
        """Add ``rows`` ``(n_rows, n_fields)`` in the order of ``HistoryRow``."""
        if self._n_rows and len(rows) and _is_same_moment(rows[0], self._rows[self._n_rows - 1]):
            # A model at rest was looked at again.
            rows = rows[1:]
        for start in range(0, len(rows), MAX_ROWS // 4):
            part = rows[start : start + MAX_ROWS // 4]
            numbers = np.arange(self._n_seen, self._n_seen + len(part))
            self._note_best(part)
            self._note_peaks(part, numbers)
            # What was the newest row has had its turn.
            self._retain(self._is_kept(self._rows[: self._n_rows], self._numbers[: self._n_rows]))
            while self._n_rows + len(part) > MAX_ROWS:
                self._thin()
            keep = self._is_kept(part, numbers)
            keep[-1] = True
            stop = self._n_rows + int(keep.sum())
            self._rows[self._n_rows : stop], self._numbers[self._n_rows : stop] = part[keep], numbers[keep]
            self._n_rows, self._n_seen = stop, self._n_seen + len(part)

    def _note_best(self, rows: Float64s) -> None:
        losses = np.where(np.isfinite(rows[:, _VALIDATION]), rows[:, _VALIDATION], np.inf)
        row = int(np.argmin(losses))
        lowest = self._best.validation_loss if self._best else np.inf
        if losses[row] < lowest:
            moment = HistoryRow(*rows[row].tolist())
            self._best = BestMoment(moment.epoch, moment.validation_loss, moment.train_loss, moment.lam)

    def _note_peaks(self, rows: Float64s, numbers: Integers) -> None:
        if not len(rows):
            return
        heights = _heights(rows)
        highest = heights.argmax(axis=1)
        peaks = heights[np.arange(N_PEAKS), highest]
        is_higher = peaks > self._peaks
        self._peaks = np.where(is_higher, peaks, self._peaks)
        self._peak_numbers = np.where(is_higher, numbers[highest], self._peak_numbers)

    def _is_kept(self, rows: Float64s, numbers: Integers) -> NDArray[np.bool_]:
        """Which rows stay; ``numbers`` ``(n_rows,)`` count all rows ever added."""
        keep: NDArray[np.bool_] = numbers % self._stride == 0
        for number in self._peak_numbers:
            keep |= numbers == number
        if self._keeps_changes:
            keep |= rows[:, _CHANGED] > 0
        return keep

    def _retain(self, keep: NDArray[np.bool_]) -> None:
        n_kept = int(keep.sum())
        self._rows[:n_kept] = self._rows[: self._n_rows][keep]
        self._numbers[:n_kept] = self._numbers[: self._n_rows][keep]
        self._n_rows = n_kept

    def _thin(self) -> None:
        self._stride *= 2
        rows = self._rows[: self._n_rows]
        self._keeps_changes = bool(np.sum(rows[:, _CHANGED] > 0) <= MAX_ROWS // 4)
        self._retain(self._is_kept(rows, self._numbers[: self._n_rows]))

    def columns(self, max_points: int, since_epoch: float = 0.0) -> HistoryColumns:
        """Copies of the columns, evenly thinned to about ``max_points`` rows; first and last are always there, as are
        those at which a loss or the penalty term is highest.

        From ``since_epoch`` on, with one row before it, so that a curve enters the picture at its edge.
        """
        first = 0
        if since_epoch > 0:
            first = max(0, int(np.searchsorted(self._rows[: self._n_rows, _EPOCH], since_epoch)) - 1)
        stride = max(1, -(-(self._n_rows - first) // max_points))
        rows = np.arange(first, self._n_rows, stride)
        if stride > 1:
            rows = np.union1d(rows, [*self._highest_rows(first), self._n_rows - 1])
        return HistoryColumns(*self._rows[rows].T.copy())

    def _highest_rows(self, first: int) -> Integers:
        """The rows of the peaks from row ``first`` on."""
        if first == 0:
            # They are known, and looking for them would take longer than all the rest.
            known = self._peak_numbers[self._peak_numbers >= 0]
            return np.searchsorted(self._numbers[: self._n_rows], known)
        highest: Integers = _heights(self._rows[first : self._n_rows]).argmax(axis=1)
        return first + highest


def _heights(rows: Float64s) -> Float64s:
    """Training loss, validation loss and penalty term ``(N_PEAKS, n_rows)``; what is no number is lower than any."""
    # Of a run that diverges the penalty may be infinite, or no number.
    with np.errstate(invalid="ignore", over="ignore"):
        heights = np.stack([rows[:, _TRAIN], rows[:, _VALIDATION], rows[:, _LAMBDA] * rows[:, _PENALTY]])
    return np.where(np.isfinite(heights), heights, -np.inf)


def _is_same_moment(row: Float64s, last: Float64s) -> bool:
    """Whether ``row`` says nothing that ``last`` has not said: a run that is brought back begins with its last row, and
    has forgotten that a setting changed with it.
    """
    is_said = row[_CHANGED] <= last[_CHANGED]
    return bool(is_said) and np.array_equal(np.delete(row, _CHANGED), np.delete(last, _CHANGED), equal_nan=True)
