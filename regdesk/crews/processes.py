"""Child processes of this machine that do units, each under a thread that hands them out."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future, wait
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeAlias

from regdesk.core.stopping import Stop, Stopped
from regdesk.crews.choice import CrewLost
from regdesk.crews.process_child import child_arguments
from regdesk.crews.shared import SharedKey, SharedValue, new_token

MOST_TRIES = 3
"""Of a unit whose process ends in its midst: killed by someone, or by the system where memory is short."""
_Unit: TypeAlias = "tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]"
_log = logging.getLogger("regdesk.sweep")


class ProcessCrew:
    """As many processes as asked for, begun with the first units. A ``Crew``; close it at the end.

    Python's own pool is lost as a whole with one of its processes, outlives a parent that is killed, and cannot be
    ended in the midst of a unit.
    """

    def __init__(self, n_workers: int, parts: tuple[str, ...]) -> None:
        """``parts`` of the engine are in its cache already: children load them."""
        self.n_workers = n_workers
        self._parts, self._token = parts, new_token()
        self._values: list[SharedValue] = []
        self._units: SimpleQueue[_Unit | None] = SimpleQueue()
        self._lock, self._is_over = threading.Lock(), False
        self._children: dict[int, _Child] = {}
        self._threads = [
            threading.Thread(target=self._hand_out, args=(place,), name=f"worker process {place}", daemon=True)
            for place in range(n_workers)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def process_numbers(self) -> list[int]:
        """The system's numbers of the processes that there are."""
        with self._lock:
            return [child.process.pid for child in self._children.values()]

    def share(self, value: Any) -> SharedKey:
        self._values.append(SharedValue.of(self._token, len(self._values), value))
        return self._values[-1].key

    def submit(self, unit: Callable[..., Any], *arguments: Any, stop: Stop) -> Future[Any]:
        future: Future[Any] = Future()
        self._units.put((future, unit, arguments))
        return future

    def give_up(self, futures: Collection[Future[Any]], stop: Stop) -> None:
        """The crew has ended then."""
        stop.request()
        self.close()
        wait(futures)

    def close(self) -> None:
        """End all processes, at whatever they are, and wait for them; what has not been done is cancelled."""
        with self._lock:
            self._is_over = True
            for child in self._children.values():
                child.process.kill()
        for _ in self._threads:
            self._units.put(None)
        for thread in self._threads:
            thread.join()

    def _hand_out(self, place: int) -> None:
        try:
            while (given := self._units.get()) is not None:
                future, unit, arguments = given
                if self._is_over:
                    future.cancel()
                    # Whoever waits for it hears of it by this.
                    future.set_running_or_notify_cancel()
                elif future.set_running_or_notify_cancel():
                    self._have_done(place, future, unit, arguments)
        finally:
            self._end_child(place)

    def _have_done(self, place: int, future: Future[Any], unit: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        for _ in range(MOST_TRIES):
            try:
                is_done, answer = self._child_at(place).answer_to(unit, arguments, self._values)
            except Stopped as error:
                future.set_exception(error)
                return
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                status = self._end_child(place)
                if not self._is_over:
                    _log.info("Process %d has ended with status %s (%s); its unit is done again.", place, status, error)
            except Exception as error:
                # What cannot be sent, or read, is a fault of ours; nobody knows what else the process has to say.
                self._end_child(place)
                future.set_exception(error)
                return
            else:
                if is_done:
                    future.set_result(answer)
                else:
                    future.set_exception(answer)
                return
        future.set_exception(
            CrewLost(f"a worker process has ended {MOST_TRIES} times in the midst of the same part of the work; "
                     "is there too little memory?")
        )  # fmt: skip

    def _child_at(self, place: int) -> _Child:
        with self._lock:
            if self._is_over:
                raise Stopped
            if place not in self._children:
                self._children[place] = _Child(self._parts)
            return self._children[place]

    def _end_child(self, place: int) -> int | None:
        """Its exit status; None where there was none."""
        with self._lock:
            child = self._children.pop(place, None)
        return None if child is None else child.end()


class _Child:
    """One process, and which values it has been sent. Raises OSError where none can be started."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *child_arguments(parts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._sent: set[SharedKey] = set()
        _log.info("Worker process %d begins.", self.process.pid)

    def answer_to(
        self, unit: Callable[..., Any], arguments: tuple[Any, ...], values: list[SharedValue]
    ) -> tuple[bool, Any]:
        """Whether it was done, and the result or the exception. Raises EOFError or OSError when the process ends."""
        for one in arguments:
            if isinstance(one, SharedKey) and one not in self._sent:
                self._send(values[one.number])
                self._sent.add(one)
        self._send((unit, arguments))
        assert self.process.stdout is not None
        found: tuple[bool, Any] = pickle.load(self.process.stdout)
        return found

    def _send(self, value: Any) -> None:
        content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
        assert self.process.stdin is not None
        self.process.stdin.write(len(content).to_bytes(8, "little") + content)
        self.process.stdin.flush()

    def end(self) -> int:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            # What it was still to be sent cannot be.
            with suppress(OSError):
                pipe.close()
        return self.process.wait()
