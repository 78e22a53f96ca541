"""Whole epochs that a trainer is asked for: how many steps are left of them, and how many fit into a slice of time.

The window's single epochs and a fit's thousands go through the same loop: ask, advance by a slice no longer than
``steps_left``, note it. No clock is read here.
"""

from __future__ import annotations

from typing import Protocol

from regdesk.core.types import FULL_BATCH

LEAST_TIME_S = 1e-7
"""Of a slice: clocks are coarse."""


def steps_left_in_epoch(epoch: float, n_train: int, batch_size: int) -> int:
    """Optimiser steps from ``epoch`` to the next whole one, in mini-batches of ``n_train`` rows (at least 1)."""
    if batch_size == FULL_BATCH or batch_size >= n_train:
        return 1
    done = round((epoch % 1.0) * n_train)
    return -(-(n_train - done) // batch_size)


def steps_to_epoch(wanted: int, epoch: float, n_train: int, batch_size: int) -> int:
    """Optimiser steps from ``epoch`` to the end of the ``wanted``-th; 0 when that is over."""
    n_whole = wanted - int(epoch) - 1
    if n_whole < 0:
        return 0
    n_rows = n_train if batch_size == FULL_BATCH else min(batch_size, n_train)
    return steps_left_in_epoch(epoch, n_train, batch_size) + n_whole * -(-n_train // n_rows)


class Stepped(Protocol):
    """What advances by steps: a trainer, for all that a loop asks of it."""

    @property
    def epoch(self) -> float:
        """How often each training row has been used."""

    @property
    def has_diverged(self) -> bool:
        """Whether it goes no further."""

    def steps_to_epoch(self, epoch: int, batch_size: int) -> int:
        """Optimiser steps to the end of the ``epoch``-th under ``batch_size``; 0 when that is over."""


class StepTime:
    """How long a step takes, by the last that were timed."""

    def __init__(self) -> None:
        self._step_s, self._largest = 0.0, 1

    def forget(self) -> None:
        """A step takes another time from now on: another model, or another batch size."""
        self._step_s, self._largest = 0.0, 1

    def fitting(self, slice_s: float) -> int:
        """Steps that fit into ``slice_s``; at most twice as many as ever ran at once, so that one quick step does not
        make a slice of minutes.
        """
        if self._step_s <= 0:
            return 1
        return max(1, min(2 * self._largest, int(slice_s / self._step_s)))

    def learn(self, n_steps: int, elapsed_s: float) -> None:
        """``n_steps`` took ``elapsed_s``."""
        self._step_s = max(elapsed_s, LEAST_TIME_S) / n_steps
        self._largest = max(self._largest, n_steps)


class EpochLoop:
    """Epochs that were asked for and are not over; one may be under way when the first is asked for."""

    def __init__(self, stops_at_each: bool) -> None:
        """``stops_at_each``: no slice goes beyond the end of an epoch, because somebody looks at each."""
        self._stops_at_each = stops_at_each
        self._n_wanted = 0
        self._end: int | None = None

    def ask(self, n_epochs: int = 1) -> None:
        """So many epochs more."""
        self._n_wanted += n_epochs

    def give_up(self) -> None:
        """Nothing is asked for any more."""
        self._n_wanted, self._end = 0, None

    @property
    def is_under_way(self) -> bool:
        """Whether there are steps left of what has been begun."""
        return self._end is not None

    @property
    def is_over(self) -> bool:
        """Whether everything that was asked for is done."""
        return self._end is None and not self._n_wanted

    def steps_left(self, trainer: Stepped, batch_size: int) -> int:
        """Steps of ``trainer`` under ``batch_size`` to the end of what is under way, which begins here if anything was
        asked for; 0 if nothing was, or the model has diverged.
        """
        if trainer.has_diverged:
            self.give_up()
        if self._end is None and self._n_wanted:
            n_epochs = 1 if self._stops_at_each else self._n_wanted
            self._n_wanted -= n_epochs
            self._end = int(trainer.epoch) + n_epochs
        return 0 if self._end is None else trainer.steps_to_epoch(self._end, batch_size)

    def note(self, trainer: Stepped) -> bool:
        """``trainer`` has advanced: whether that has ended what was under way, or it has diverged meanwhile."""
        if self._end is None:
            return False
        if trainer.has_diverged:
            self.give_up()
        elif trainer.epoch >= self._end:
            self._end = None
        return self._end is None
