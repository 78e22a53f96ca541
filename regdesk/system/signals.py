"""What Ctrl-C, SIGTERM and SIGHUP do: the program ends with one sentence and the status 128 plus the signal's number.

How, depends on what it is doing: while it is imported at once, in the midst of a command by an exception, and in the
window, which Python gives no turn to while Qt waits, by way of ``workers/signal_watch.py``. Whoever uses regdesk as a
library keeps the signals: nothing is changed before ``take_over``.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

NUMBERS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Those that ask a program to end. SIGBREAK is sent where a console of Windows is closed."""
AGAIN_S = 0.05
_taken: list[int] = []


class Ended(KeyboardInterrupt):
    """A signal has asked the program to end. It is a Ctrl-C for all who know of that alone."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def take_over() -> None:
    """From here on the program answers, and at once: there is nothing yet that would have to be brought to an end.

    What whoever started it has had ignored, as ``nohup`` does, stays ignored.
    """
    _taken[:] = [number for number in NUMBERS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in _taken:
        signal.signal(number, _end_at_once)


def raise_from_here() -> None:
    """Let a signal raise Ended, so that what is under way is closed on the way out; does nothing in a library."""
    for number in _taken:
        signal.signal(number, _raise)
    if _taken:
        sys.unraisablehook = _raise_again


def raised() -> tuple[int, ...]:
    """Those that raise an exception now, which gets lost among Qt's events: in a library Ctrl-C alone."""
    return tuple(number for number in NUMBERS if signal.getsignal(number) in (_raise, signal.default_int_handler))


@contextlib.contextmanager
def held() -> Iterator[Callable[[], None]]:
    """What a signal would raise in here is raised at the end, or where the function that this gives is called.

    For what must not be left half done, and for imports of Qt, which end the process at an exception in their midst, or
    lose it. In a library this holds Ctrl-C alone, and in threads, where nothing is raised, nothing.
    """
    noted: list[int] = []
    numbers = raised() if threading.current_thread() is threading.main_thread() else ()
    former = {number: signal.getsignal(number) for number in numbers}

    def raise_noted() -> None:
        if noted:
            number = noted.pop(0)
            handler = former[number]
            assert callable(handler)
            handler(number, None)

    for number in former:
        signal.signal(number, lambda number, _: noted.append(number))
    try:
        yield raise_noted
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
        raise_noted()


def note_from_here() -> None:
    """Let a signal do nothing but wake whoever has set ``signal.set_wakeup_fd``; does nothing in a library."""
    for number in _taken:
        signal.signal(number, lambda *_: None)


def ignore_from_here() -> None:
    """The program ends already, soon; does nothing in a library."""
    for number in _taken:
        signal.signal(number, signal.SIG_IGN)


def status_of(number: int) -> int:
    """The exit status of a program that the signal ``number`` has ended."""
    return 128 + number


def sentence_of(number: int) -> str:
    """What standard error says of it."""
    return "interrupted." if number == signal.SIGINT else f"ended by {signal.Signals(number).name}."


def number_of(stop: KeyboardInterrupt) -> int:
    """Which signal that was."""
    return stop.number if isinstance(stop, Ended) else signal.SIGINT


def _end_at_once(number: int, _frame: FrameType | None) -> None:
    with contextlib.suppress(OSError):
        # The terminal may be gone, and a text stream may be in the midst of a line.
        os.write(2, f"regdesk: {sentence_of(number)}\n".encode())
    os._exit(status_of(number))


def _raise(number: int, _frame: FrameType | None) -> None:
    raise Ended(number)


def _raise_again(unraisable: sys.UnraisableHookArgs) -> None:
    """It came where Python cannot raise, as in ``__del__``: soon it comes again, somewhere else."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        # Not now: it would come in here, where nothing can be raised either.
        again = threading.Timer(AGAIN_S, os.kill, (os.getpid(), number_of(unraisable.exc_value)))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(unraisable)
