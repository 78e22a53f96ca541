"""Which moments of a run are kept: as even as its history, and no more of them than fit into a stated memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np

MOST_BYTES = 64_000_000
"""Of all moments of the run on screen: 16 KB each, or 4 of a network of a million weights."""
MOST_MOMENTS = 4_000
"""A bar has a thousand pixels; and Python's collector goes through all of them now and then: 5 ms."""
MOST_LEFT_BYTES = 8_000_000
"""Of the moments of each run that was left and can be returned to."""
MOST_OF_CHANGES = 4
"""A quarter of the moments at most are kept for a change of settings alone."""


class Kept(Protocol):
    """What a store asks of a moment.

    Attributes:
        number: of the row of the history that it belongs to, counted from 0 since the run began.
        is_change: settings or weights have changed since the row before.
        n_bytes: memory that it holds.
    """

    @property
    def number(self) -> int: ...
    @property
    def is_change(self) -> bool: ...
    @property
    def n_bytes(self) -> int: ...


Moment = TypeVar("Moment", bound=Kept)


@dataclass(frozen=True, eq=False)
class MomentMemory(Generic[Moment]):
    """Moments of a run, oldest first, of whose history there have been ``n_rows`` by then."""

    moments: tuple[Moment, ...]
    n_rows: int

    @property
    def n_bytes(self) -> int:
        """Memory that they hold."""
        return sum(one.n_bytes for one in self.moments)

    def until(self, number: int) -> MomentMemory[Moment]:
        """Those up to the history's row ``number``, as they were then."""
        return MomentMemory(tuple(one for one in self.moments if one.number <= number), number + 1)


class MomentStore(Generic[Moment]):
    """Moments in order. When they would hold more than ``most_bytes``, or be more than ``MOST_MOMENTS``, every other
    one goes, of old and coming ones alike, as the history does it; those of changes stay as long as they are few. One
    that is larger than the bound is not kept.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._moments: list[Moment] = []
        self._stride = 1
        self._n_seen = self._n_bytes = 0
        self._keeps_changes = True

    def __len__(self) -> int:
        return len(self._moments)

    @property
    def n_bytes(self) -> int:
        """Memory that the moments hold together."""
        return self._n_bytes

    @property
    def moments(self) -> tuple[Moment, ...]:
        """All of them, oldest first."""
        return tuple(self._moments)

    def note(self, is_change: bool, make: Callable[[int], Moment]) -> None:
        """A row has been added to the history. Where it is kept, ``make`` is given its number."""
        number, self._n_seen = self._n_seen, self._n_seen + 1
        if not self._is_kept(number, is_change):
            return
        moment = make(number)
        if moment.n_bytes > self._most_bytes:
            return
        self._moments.append(moment)
        self._n_bytes += moment.n_bytes
        self._keep_within()

    def memory(self, most_bytes: int | None = None) -> MomentMemory[Moment]:
        """All that it holds, or as much of it, evenly, as fits into ``most_bytes``."""
        held = MomentMemory(tuple(self._moments), self._n_seen)
        if most_bytes is None or self._n_bytes <= most_bytes:
            return held
        smaller: MomentStore[Moment] = MomentStore(most_bytes)
        smaller.bring_back(held)
        return MomentMemory(smaller.moments, self._n_seen)

    def bring_back(self, memory: MomentMemory[Moment]) -> None:
        """Hold what ``memory`` does in place of the present moments, and go on as evenly as that."""
        self._moments = [one for one in memory.moments if one.n_bytes <= self._most_bytes]
        self._n_seen, self._stride, self._keeps_changes = memory.n_rows, 1, True
        self._n_bytes = sum(one.n_bytes for one in self._moments)
        numbers = [one.number for one in self._moments if not one.is_change]
        if len(numbers) > 1:
            self._stride = 1 << int(np.log2(max(1, np.diff(numbers).min())))
        self._keep_within()

    @property
    def n_rows(self) -> int:
        """Rows of the history so far, kept or not."""
        return self._n_seen

    def numbers(self) -> tuple[int, ...]:
        """Of the rows that the moments belong to, ascending."""
        return tuple(one.number for one in self._moments)

    def _is_kept(self, number: int, is_change: bool) -> bool:
        return number % self._stride == 0 or (is_change and self._keeps_changes)

    def _keep_within(self) -> None:
        while self._n_bytes > self._most_bytes or len(self._moments) > MOST_MOMENTS:
            self._thin()

    def _thin(self) -> None:
        self._stride *= 2
        n_changes = sum(one.is_change for one in self._moments)
        self._keeps_changes = n_changes <= len(self._moments) // MOST_OF_CHANGES
        self._moments = [one for one in self._moments if self._is_kept(one.number, one.is_change)]
        self._n_bytes = sum(one.n_bytes for one in self._moments)
