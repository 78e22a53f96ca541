"""Which moments of a run are kept: as even as its history, and no more of them than fit into a stated memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

import numpy as np

MOST_BYTES = 64_000_000
"""Of all moments of the run on screen: about 7,000 of a 16-16 network, 4 of one of a million weights."""
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


class MomentStore(Generic[Moment]):
    """Moments in order. When they would hold more than ``most_bytes`` every other one goes, of old and coming ones
    alike, as the history does it; those of changes stay as long as they are few. One that is larger than the bound is
    not kept.
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
        while self._n_bytes > self._most_bytes:
            self._thin()

    def replace(self, moments: Iterable[Moment], n_rows: int) -> None:
        """Go on with ``moments`` of another course, of whose history there have been ``n_rows``."""
        self._moments = [one for one in moments if one.n_bytes <= self._most_bytes]
        self._n_seen, self._stride, self._keeps_changes = n_rows, 1, True
        self._n_bytes = sum(one.n_bytes for one in self._moments)
        # What others have thinned goes on as thin.
        numbers = [one.number for one in self._moments if not one.is_change]
        if len(numbers) > 1:
            self._stride = 1 << int(np.log2(max(1, np.diff(numbers).min())))
        while self._n_bytes > self._most_bytes:
            self._thin()

    def thinned(self, most_bytes: int) -> tuple[Moment, ...]:
        """As many of the moments as fit into ``most_bytes``, evenly; the store stays as it is."""
        smaller: MomentStore[Moment] = MomentStore(most_bytes)
        smaller.replace(self._moments, self._n_seen)
        return smaller.moments

    @property
    def n_rows(self) -> int:
        """Rows of the history so far, kept or not."""
        return self._n_seen

    def numbers(self) -> tuple[int, ...]:
        """Of the rows that the moments belong to, ascending."""
        return tuple(one.number for one in self._moments)

    def _is_kept(self, number: int, is_change: bool) -> bool:
        return number % self._stride == 0 or (is_change and self._keeps_changes)

    def _thin(self) -> None:
        self._stride *= 2
        n_changes = sum(one.is_change for one in self._moments)
        self._keeps_changes = n_changes <= len(self._moments) // MOST_OF_CHANGES
        self._moments = [one for one in self._moments if self._is_kept(one.number, one.is_change)]
        self._n_bytes = sum(one.n_bytes for one in self._moments)
