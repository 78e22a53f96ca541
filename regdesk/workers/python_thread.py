"""Steps of a generator made in a thread that Python has begun, for whoever runs in one that it has not.

Whatever joins a thread or asks for its own, as process pools and clusters do, leaves a thread of Qt's among Python's
threads for ever.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from queue import SimpleQueue
from typing import Any, TypeVar

Step = TypeVar("Step")
Result = TypeVar("Result")
LOOK_AGAIN_S = 0.001


def in_a_python_thread(steps: Generator[Step, None, Result]) -> Generator[Step, None, Result]:
    """As ``steps``, all of whose code, also that of their end, runs in one other thread; nothing of it is left."""
    errands = _Errands()
    try:
        while True:
            is_step, value = errands.do(lambda: _next_of(steps))
            if not is_step:
                found: Result = value
                return found
            yield value
    finally:
        errands.do(steps.close)
        errands.end()


def _next_of(steps: Generator[Any, None, Any]) -> tuple[bool, Any]:
    """True and the next step, or False and what they return."""
    try:
        return True, next(steps)
    except StopIteration as end:
        return False, end.value


class _Errands:
    """One thread that does what it is asked, one thing after the other, while whoever asks waits."""

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
        self._answers: SimpleQueue[tuple[bool, Any]] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="sweep crew", daemon=True)
        self._thread.start()

    def do(self, errand: Callable[[], Any]) -> Any:
        """What ``errand`` returns. Raises what it raises."""
        self._asked.put(errand)
        is_done, answer = self._answers.get()
        if not is_done:
            raise answer
        return answer

    def end(self) -> None:
        self._asked.put(None)
        while self._thread.is_alive():
            # To join it would enter this thread among Python's, which is what all this is for.
            time.sleep(LOOK_AGAIN_S)

    def _work(self) -> None:
        while (errand := self._asked.get()) is not None:
            try:
                self._answers.put((True, errand()))
            except BaseException as error:
                self._answers.put((False, error))
