"""Threads for the sweep of a network, which leave the window its turn."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QThread

from regdesk.compiling.processors import n_processors

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.training.cores import Cores

THREAD_NAME = "network sweep"


class SparingExecutor(Executor):
    """``n_threads``, as many as there are processors where it is None, of which one works while ``has_company`` says
    that another needs them.

    On Linux they inherit the niceness of the thread that makes them, elsewhere Qt lowers their priority. They are Qt's
    like that one, for whose sake Python's own pool would leave an entry among Python's threads for ever.
    """

    def __init__(self, has_company: Callable[[], bool], name: str = THREAD_NAME, n_threads: int | None = None) -> None:
        self.n_threads = n_threads or n_processors()
        self._has_company = has_company
        self._alone = threading.Lock()
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._threads = [_Worker(self._jobs, name) for _ in range(self.n_threads)]
        for thread in self._threads:
            thread.start(QThread.Priority.LowPriority)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._jobs.put((future, partial(self._work, fn, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """What has been submitted is worked off, and waited for in any case: no thread is left."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.wait()

    def _work(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self._has_company():
            return fn(*args, **kwargs)
        with self._alone:
            return fn(*args, **kwargs)


_Job: TypeAlias = tuple[Future[Any], Callable[[], Any]]


class _Worker(QThread):
    def __init__(self, jobs: SimpleQueue[_Job | None], name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._jobs = jobs

    def run(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, work = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)


class LiveCores:
    """Threads that share the rows of the live model, where they are very many.

    They begin with the first dataset that needs them, and are there for those after it.
    """

    def __init__(self) -> None:
        self._executor: SparingExecutor | None = None

    def shared_by(self, dataset: Dataset) -> Cores | None:
        """Those for the rows of ``dataset``; None where one thread is as fast."""
        from regdesk.core.training.cores import Cores, shares_rows

        if not shares_rows(len(dataset.split.train) + len(dataset.split.validation)):
            return None
        if self._executor is None:
            self._executor = SparingExecutor(lambda: False, "training of many rows")
        return Cores(self._executor, self._executor.n_threads)

    def shut_down(self) -> None:
        """End them, and wait until they have ended."""
        if self._executor is not None:
            self._executor.shutdown()
