"""How a long calculation hears that nobody waits for its result any more."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray


class Stopped(Exception):
    """The calculation was given up; what it has yielded so far holds."""


class Stop:
    """A flag that another thread raises; ``flag`` ``(1,)`` is what compiled code looks at between its sweeps."""

    def __init__(self) -> None:
        self.flag: NDArray[np.uint8] = np.zeros(1, dtype=np.uint8)
        self._others: list[NDArray[np.uint8]] = []

    @property
    def is_requested(self) -> bool:
        """Whether somebody has asked to end."""
        return bool(self.flag[0])

    def request(self) -> None:
        """From any thread: end at the next place to stop."""
        self.flag[0] = 1
        for other in self._others:
            other[0] = 1

    def raise_too(self, flag: NDArray[np.uint8]) -> None:
        """Raise the ``flag`` ``(1,)`` of a calculation that looks at no other, with this one."""
        self._others.append(flag)
        # After it stands in the list: a request that has just come may have missed it.
        if self.flag[0]:
            flag[0] = 1

    def check(self) -> None:
        """A place to stop. Raises Stopped when that was asked for."""
        if self.is_requested:
            raise Stopped


class AskedStop(Stop):
    """One that asks ``should_stop`` at each place to stop: of work that is told so when it has been superseded."""

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        super().__init__()
        self._should_stop = should_stop

    @property
    def is_requested(self) -> bool:
        if not self.flag[0] and self._should_stop():
            self.request()
        return bool(self.flag[0])
