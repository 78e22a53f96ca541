"""Threads that calculations may use, and the scratch memory of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from regdesk.core.engine import structs
from regdesk.core.model.network import Network
from regdesk.core.stopping import Stop
from regdesk.core.training.stack_arrays import padded, work_of


@dataclass(frozen=True)
class Cores:
    """Threads that a stack may share its models between: kernels without the GIL, never numba's own parallel loops.

    They are a ``Crew`` that needs nothing to be sent.
    """

    executor: Executor
    n_threads: int

    @property
    def n_workers(self) -> int:
        return self.n_threads

    def share(self, value: Any) -> Any:
        return value

    def submit(self, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Future[Any]:
        return self.executor.submit(unit, *arguments, stop)

    def give_up(self, futures: Collection[Future[Any]], stop: Stop) -> None:
        stop.request()
        wait(futures)


def shares_rows(n_rows: int) -> bool:
    """Whether ``n_rows`` of one model are so many that threads can share them; see ``RowSharing``."""
    return padded(n_rows) > structs.ROWS_IN_ONE


class Scratch:
    """Scratch memory for passes over the rows of one network: a piece for each thread that is at it, kept for later."""

    def __init__(self, network: Network, dtype: DTypeLike) -> None:
        self._network, self._dtype = network, np.dtype(dtype)
        self._spare: list[structs.Work] = []

    @contextmanager
    def piece(self) -> Iterator[structs.Work]:
        """Nobody else's while it is held; from any thread."""
        try:
            # One instruction under Python's lock, as is putting it back.
            work = self._spare.pop()
        except IndexError:
            work = work_of(self._network, self._dtype)
        try:
            yield work
        finally:
            self._spare.append(work)
