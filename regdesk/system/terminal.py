"""What the headless commands say to a terminal besides their result: errors and progress, on standard error."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from regdesk.core.words.safe_text import safe_line
from regdesk.core.words.time_left import time_left_text

REDRAW_EVERY_S = 0.1
_WIDTH = 30


class OutputLost(Exception):
    """Standard output takes nothing more; ``str()`` is one sentence, or nothing where its reader has left."""


def open_closed_streams() -> None:
    """Let what whoever started the program has closed lead nowhere: otherwise the next file that is opened is there.

    Python has no such stream then, and ``print`` takes standard output in place of a standard error that is None.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            # It becomes the lowest that is free, and programs that this one starts have it too.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def write_output(text: str) -> None:
    """``text`` on lines of standard output. Raises OutputLost."""
    if sys.stdout is None:
        return
    make_tolerant(sys.stdout)
    try:
        print(text)
    except OSError as problem:
        raise _lost(problem) from None


def write_rows(content: bytes) -> None:
    """Whole rows of CSV in UTF-8 on standard output. Raises OutputLost."""
    if sys.stdout is None:
        return
    make_tolerant(sys.stdout)
    try:
        sys.stdout.write(content.decode("utf-8", "replace").replace("\r\n", "\n"))
    except OSError as problem:
        raise _lost(problem) from None


def flush_output() -> None:
    """Bring to standard output what was written. Raises OutputLost."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as problem:
        raise _lost(problem) from None


def _lost(problem: OSError) -> OutputLost:
    _lead_nowhere(sys.stdout)
    if isinstance(problem, BrokenPipeError):
        return OutputLost()
    return OutputLost(f"standard output could not be written to ({problem.strerror}).")


def _lead_nowhere(stream: TextIO) -> None:
    """The interpreter must not try to write the rest when it ends: it would say so, and change the status."""
    with suppress(OSError, ValueError):
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, stream.fileno())
        os.close(descriptor)


def make_tolerant(stream: TextIO | None) -> None:
    """Let ``stream`` replace characters, such as λ, that its encoding does not know, instead of failing."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def write_error(sentence: str) -> None:
    """``sentence`` on a line of standard error, after the name of the program; where that is gone, nowhere."""
    write_aside(f"regdesk: {safe_line(sentence)}")


def write_aside(text: str, end: str = "\n") -> None:
    """``text``, which is as it is to be, on lines of standard error, and ``end``; where that is gone, nowhere."""
    if sys.stderr is None:
        return
    make_tolerant(sys.stderr)
    try:
        print(text, file=sys.stderr, end=end)
        sys.stderr.flush()
    except OSError:
        _lead_nowhere(sys.stderr)


def write_lost(problem: OutputLost) -> None:
    """Why standard output takes no more, unless its reader has left."""
    if str(problem):
        write_error(str(problem))


def remaining_text(seconds: float | None) -> str:
    """``time_left_text``; "estimating" for None."""
    return "estimating" if seconds is None else time_left_text(seconds)


class ProgressBar:
    """A bar on standard error that is there only when that is a terminal, and gone when the work is done."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = sys.stderr if stream is None else stream
        self._is_shown = self._stream is not None and self._stream.isatty()
        self._drawn_s = time.monotonic()
        self._n_drawn = 0

    def show(self, share: float, note: str = "") -> None:
        """``share`` of the work is done, 0 to 1. Drawn at most ten times a second, and not for shorter work."""
        now_s = time.monotonic()
        if not self._is_shown or now_s - self._drawn_s < REDRAW_EVERY_S:
            return
        self._drawn_s = now_s
        n_full = int(min(max(share, 0.0), 1.0) * _WIDTH)
        line = f"{self._label} [{'#' * n_full}{'.' * (_WIDTH - n_full)}] {safe_line(note)}".rstrip()
        self._draw("\r" + line.ljust(self._n_drawn))
        self._n_drawn = len(line)

    def message(self, sentence: str) -> None:
        """A line of its own, for a terminal only."""
        if self._is_shown:
            self.clear()
            self._draw(sentence + "\n")

    def clear(self) -> None:
        """Take the bar away."""
        if self._n_drawn:
            self._draw("\r" + " " * self._n_drawn + "\r")
            self._n_drawn = 0

    def _draw(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # The terminal is gone, and the work goes on.
            self._is_shown = False
            _lead_nowhere(self._stream)
