"""A child process that compiles, and what it says; no Qt, so that it can be begun before Qt is there."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from regdesk.compiling import engine_cache

_log = logging.getLogger("regdesk.compiling")


class CompileChild:
    """Begun at once; it names each of ``parts`` that is ready. Raises OSError where no process can be started."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = list(parts)
        # Its standard input is a pipe from here that nothing is written into: it ends when this process does.
        self._process = subprocess.Popen(
            [sys.executable, *engine_cache.child_arguments(parts)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        _log.info("Child %d begins to compile %s.", self._process.pid, ", ".join(parts))
        self._heard: list[str] = []
        self._status: int | None = None
        self._on_part: Callable[[str], None] | None = None
        self._on_end: Callable[[int], None] | None = None
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, name="compile child", daemon=True)
        self._reader.start()

    @property
    def number(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    def listen(self, on_part: Callable[[str], None], on_end: Callable[[int], None]) -> None:
        """Call ``on_part`` with each part and then ``on_end`` with the exit status, from a thread of its own; what has
        been so far at once.
        """
        with self._lock:
            self._on_part, self._on_end = on_part, on_end
            for part in self._heard:
                on_part(part)
            if self._status is not None:
                on_end(self._status)

    def stop(self) -> None:
        """End it, and wait until it has; nobody is told. On a busy machine that takes a second and more."""
        with self._lock:
            self._on_part = self._on_end = None
        self._process.kill()
        self._reader.join()

    def _read(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdin is not None
        with self._process.stdout as lines:
            for line in lines:
                _log.info("Child %d: %s is ready.", self._process.pid, line.strip())
                with self._lock:
                    self._heard.append(line.strip())
                    if self._on_part is not None:
                        self._on_part(line.strip())
        status = self._process.wait()
        _log.info("Child %d has ended with status %d.", self._process.pid, status)
        self._process.stdin.close()
        with self._lock:
            self._status = status
            if self._on_end is not None:
                self._on_end(status)


_begun: list[CompileChild] = []


def ordered_parts(first: str) -> list[str]:
    """All parts; ``first`` is the dtype that is waited for."""
    return sorted(engine_cache.PARTS, key=lambda part: part != first)


def begin(parts: Sequence[str]) -> list[CompileChild]:
    """As many children as there are cores for, one at least. Raises OSError where none can be started."""
    children = [CompileChild(parts)]
    with suppress(OSError):
        # One alone takes longer.
        children += [CompileChild(parts) for _ in range(engine_cache.n_children() - 1)]
    return children


def begin_if_new(first: str) -> None:
    """On the first launch ever begin at once, before anybody listens: there is no cache to look at before."""
    if not _begun and engine_cache.is_new():
        engine_cache.prepare_cache_folder()
        try:
            _begun.extend(begin(ordered_parts(first)))
        except OSError:
            # Whoever begins them once more, when there is a window, says so.
            return


def take_begun() -> list[CompileChild]:
    """Those that nobody listens to yet; from now on the caller does."""
    begun = list(_begun)
    _begun.clear()
    return begun
