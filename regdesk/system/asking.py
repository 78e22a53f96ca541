"""A question to the person at the terminal, where there is one who sees it and can answer."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from regdesk.core.words.safe_text import safe_line
from regdesk.system import signals
from regdesk.system.terminal import write_aside


def can_ask() -> bool:
    """Whether standard input and standard error are both a terminal, and this is not a job in its background, which the
    system would stop when it reads.
    """
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stderr)):
        return False
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        # A terminal that is not the one of this session stops nobody.
        return True


def agrees(question: str) -> bool:
    """Whether the answer to ``question`` is y or yes. Anything else is a no: also the end of input, and Ctrl+C.

    Other signals raise what they raise elsewhere.
    """
    try:
        with _ctrl_c_raises():
            write_aside(f"{safe_line(question)} [y/N] ", end="")
            answer = sys.stdin.readline()
    except KeyboardInterrupt as stop:
        if signals.number_of(stop) != signal.SIGINT:
            raise
        answer = ""
    except (OSError, ValueError):
        # The terminal has gone, or what was typed is no text.
        answer = ""
    if not answer.endswith("\n"):
        # Nobody has pressed Enter: what is said next has its own line.
        write_aside("")
    return answer.strip().lower() in ("y", "yes")


def _is_terminal(stream: TextIO | None) -> bool:
    if stream is None or not stream.isatty():
        return False
    # Windows calls NUL a terminal.
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return sys.platform != "win32" or type(raw).__name__ == "_WindowsConsoleIO"


@contextmanager
def _ctrl_c_raises() -> Iterator[None]:
    """Before a window there is nothing that would have to be ended, and Ctrl+C ends the program at once."""
    former = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or former in (None, signal.SIG_IGN):
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
