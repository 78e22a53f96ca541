"""Units of work, and whoever does them: threads, child processes or a cluster.

A unit is a pure function of picklable values, and of a ``Stop`` that it may look at. Its numbers depend on nothing
else, so that they are the same whoever does it, and if it is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from typing import Any, Protocol

from regdesk.core.stopping import Stop

HERE = ("here",)
"""What is shared with a crew to see whether it keeps a copy."""
LOOK_EVERY_S = 0.1
"""How often whoever waits for units looks whether they are still wanted."""


class Crew(Protocol):
    """Who does units; of any kind, and how many at once."""

    @property
    def n_workers(self) -> int:
        """How many units are done at the same time."""

    def share(self, value: Any) -> Any:
        """``value`` for many units: what stands for it among their arguments, and is sent to each worker once."""

    def submit(self, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Future[Any]:
        """``unit(*arguments, stop)``, done soon; ``stop`` goes no farther than this process."""

    def give_up(self, futures: Collection[Future[Any]], stop: Stop) -> None:
        """Nobody waits for ``futures`` any more; when this returns nothing of them is left to be done in this machine,
        within one place to stop.
        """


def is_near(crew: Crew) -> bool:
    """Whether ``crew`` works in this process, so that nothing has to be sent to it."""
    return crew.share(HERE) is HERE


class CallingThread:
    """Does each unit at once, where it is submitted."""

    n_workers = 0

    def share(self, value: Any) -> Any:
        return value

    def submit(self, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(unit(*arguments, stop))
        return future

    def give_up(self, futures: Collection[Future[Any]], stop: Stop) -> None:
        """There is nothing under way."""


def near(crew: Crew | None) -> Crew:
    """``crew`` where it works in this process, else the calling thread: of units whose values take longer to send."""
    return crew if crew is not None and is_near(crew) else CallingThread()


@contextmanager
def begun(crew: Crew, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Iterator[Future[Any]]:
    """``unit`` of these ``arguments``, done while something else is; given up if that fails before it is done."""
    future = crew.submit(unit, *arguments, stop=stop)
    try:
        yield future
    except BaseException:
        crew.give_up([future], stop)
        raise


def results_of(
    crew: Crew, unit: Callable[..., Any], calls: Sequence[tuple[Any, ...]], stop: Stop
) -> Generator[tuple[int, Any], None, None]:
    """The number and result of each of ``calls`` of ``unit``, as they come. Raises Stopped when ``stop`` says so.

    No more are handed out than keep all workers busy. Whoever closes this generator has given up the rest.
    """
    numbers = iter(range(len(calls)))
    under_way: dict[Future[Any], int] = {}
    try:
        while True:
            stop.check()
            # One more than there are workers, so that none idles while the answer of another is looked at.
            while len(under_way) <= crew.n_workers and (number := next(numbers, None)) is not None:
                under_way[crew.submit(unit, *calls[number], stop=stop)] = number
            if not under_way:
                return
            done, _ = wait(under_way, LOOK_EVERY_S, FIRST_COMPLETED)
            for future in done:
                result = future.result()
                yield under_way.pop(future), result
    finally:
        if under_way:
            crew.give_up(under_way, stop)
