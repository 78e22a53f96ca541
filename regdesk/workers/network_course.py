"""Threads for the sweep of a network, which leave the window its turn, and how long they will take."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regdesk.core.remaining_time import RemainingTime, SweepProgress

if TYPE_CHECKING:
    from regdesk.core.model_scale import ModelScale
    from regdesk.core.network_points import NetworkSweep
    from regdesk.core.stack import Cores
    from regdesk.core.sweep_curve import SweepCurve

SWEEP_NICENESS = 10
THREAD_NAME = "network sweep"


@dataclass(frozen=True)
class NetworkCourse:
    """A sweep of a network that is about to begin; ``curve_of`` a moment is None while no λ is complete."""

    scale: ModelScale
    moments: Callable[[Cores], Generator[NetworkSweep, None, None]]
    curve_of: Callable[[NetworkSweep, bool], SweepCurve | None]


class SparingExecutor(Executor):
    """As many threads as there are processors, of which one works while ``has_company`` says that another needs them.

    On Linux they have a lower priority than the window; elsewhere threads of one process cannot be told so.
    """

    def __init__(self, has_company: Callable[[], bool]) -> None:
        self.n_threads = _n_processors()
        self._has_company = has_company
        self._alone = threading.Lock()
        self._pool = ThreadPoolExecutor(self.n_threads, THREAD_NAME, initializer=_give_way)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._pool.submit(self._work, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def _work(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._has_company():
            return fn(*args, **kwargs)
        with self._alone:
            return fn(*args, **kwargs)


class ProgressWatch:
    """How far a sweep is, by the clock."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._remaining = RemainingTime()

    def progress_of(self, moment: NetworkSweep) -> SweepProgress:
        return self._remaining.progress(time.monotonic() - self._began_s, moment.n_done, moment.n_units)


def _n_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _give_way() -> None:
    # Elsewhere this call is not there, or speaks of the whole process.
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), SWEEP_NICENESS)
