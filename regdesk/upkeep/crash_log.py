"""What went wrong in a process, in a file that outlives it: crashes of the system's kind, uncaught errors, Qt's words.

It holds versions, names of functions and lines of the program, and what Qt says. Of an error it holds kind and place,
not its sentence, which may have cells of a table in it. The file is bounded, few are kept, and one in which nothing
went wrong goes when its process ends as it should.
"""

from __future__ import annotations

import faulthandler
import logging
import platform
import re
import sys
import threading
import time
import traceback
from collections import deque
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from regdesk import __version__
from regdesk.system import logs
from regdesk.upkeep.process_names import NEW, PATTERN, entries_of, is_alive, locked_new, new_name, process_of

RUNNING, ERRORS, CRASH = ".running.log", ".errors.log", ".crash.log"
"""Ends of a file's name: of a process that lives, of one that ended as it should after errors, of one that did not."""
FILE_NAME = re.compile(rf"(?:{NEW})?{PATTERN}\.(?:running|errors|crash)\.log")
MOST_BYTES = 64 * 1024
"""Of a file before a crash; what Python writes in one comes on top, at most 100 lines a thread."""
MOST_FILES = 8
MOST_ERRORS, MOST_FRAMES, MOST_WORDS, MOST_LINES = 20, 30, 300, 50
"""Errors that are written out, frames of each, characters of what Qt says, and lines that stay when room is short."""
TOPICS = ("compiling", "training", "optimum", "geometry")
"""Of the program's log: those whose lines name no column, no cell and no file of the user's."""
_QUOTED = re.compile(r'"[^"]*"?')
_log = logging.getLogger("regdesk.start")


class CrashLog:
    """The file of this process, open and locked. Nothing here raises: a full disk must not make another error."""

    def __init__(self, folder: Path, qt_version: str) -> None:
        """Raises OSError where no file can be kept in ``folder``, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{new_name()}{RUNNING}"
        prefix = "" if sys.platform == "win32" else NEW
        self._path = folder / f"{prefix}{name}"
        self._file: IO[bytes] = locked_new(self._path)
        self._path = self._path.rename(folder / name)
        self._turn = threading.Lock()
        self._known: set[str] = set()
        self._errors: list[str] = []
        self._lines: deque[str] = deque(maxlen=MOST_LINES)
        self._n_bytes = 0
        self._is_ended = False
        python = sys.version.split()[0]
        self._head = (
            f"regdesk {__version__}, Python {python}, Qt {qt_version}, {sys.platform} ({platform.machine()}), "
            f"begun {time.strftime('%Y-%m-%d %H:%M:%S')}\n"
        )
        self._write(self._head)
        faulthandler.enable(self._file, all_threads=True)
        self._listener = _Listener(self)
        logs.tell(self._listener)
        _tidy(folder)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def note_error(self, error: BaseException, trace: TracebackType | None) -> None:
        """An error that nobody has caught; each place once."""
        text = error_text(error, trace)
        if text in self._known or len(self._errors) >= MOST_ERRORS:
            return
        self._known.add(text)
        line = f"{_now()} in thread {threading.current_thread().name}: {text}"
        self._errors.append(line)
        self._add(line)

    def note_words(self, words: str) -> None:
        """What Qt says, without what it quotes, which may be a user's text."""
        said = _QUOTED.sub('"…"', " ".join(words.split()))
        self._add(f"{_now()} Qt: {said[:MOST_WORDS]}")

    def note_line(self, topic: str, sentence: str) -> None:
        """A line of the program's log."""
        self._add(f"{_now()} {topic}: {' '.join(sentence.split())[:MOST_WORDS]}")

    def end(self, status: int) -> None:
        """The process ends as it should. Safe to call twice."""
        if self._is_ended:
            return
        self._is_ended = True
        logs.tell_no_more(self._listener)
        faulthandler.disable()
        if self._errors:
            self._add(f"{_now()} ended with status {status}")
        with suppress(OSError):
            if sys.platform == "win32":
                # What is open can be neither removed nor renamed there.
                self._file.close()
            if self._errors:
                self._path.rename(_with_end(self._path, ERRORS))
            else:
                self._path.unlink()
                # Whoever keeps nothing has no folder.
                self._path.parent.rmdir()
                self._path.parent.parent.rmdir()
        self._file.close()

    def _add(self, line: str) -> None:
        with self._turn:
            if line not in self._errors:
                self._lines.append(line)
            if self._n_bytes + len(line) > MOST_BYTES:
                self._shorten()
            else:
                self._write(f"{line}\n")

    def _shorten(self) -> None:
        """What was first and what is newest stays: versions, errors, and the last lines."""
        with suppress(OSError, ValueError):
            self._file.truncate(0)
            self._n_bytes = 0
        errors, lines = "\n".join(self._errors), "\n".join(self._lines)
        self._write(f"{self._head}{errors[: MOST_BYTES // 4]}\n…\n{lines[-MOST_BYTES // 4 :]}\n")

    def _write(self, text: str) -> None:
        content = text.encode("utf-8", "backslashreplace")
        with suppress(OSError, ValueError):
            self._file.write(content)
            self._n_bytes += len(content)


class _Listener(logging.Handler):
    """Hands on lines of the log that name nothing of the user's."""

    def __init__(self, log: CrashLog) -> None:
        super().__init__(logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        topic = record.name.rpartition(".")[2]
        if topic in TOPICS:
            self._log.note_line(topic, record.getMessage())


def error_text(error: BaseException, trace: TracebackType | None) -> str:
    """Kind and places of ``error``, and of what it came from; no sentence of it."""
    lines = [type(error).__name__]
    lines += _places(trace, MOST_FRAMES)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None and cause is not error:
        lines.append(f"  after {type(cause).__name__}")
        lines += _places(cause.__traceback__, 3)
    return "\n".join(lines)


def _places(trace: TracebackType | None, most: int) -> list[str]:
    return [f"  {one.filename}:{one.lineno} in {one.name}" for one in traceback.extract_tb(trace)[-most:]]


def begin_crash_log(folder: Path | None, qt_version: str) -> CrashLog | None:
    """That of this process; None where none is kept, because nothing is or nothing can be."""
    if folder is None:
        return None
    try:
        return CrashLog(folder, qt_version)
    except OSError as problem:
        _log.info("No crash log is kept in %s: %s", folder, problem.strerror)
        return None


def living_processes(folder: Path) -> list[int]:
    """Numbers of the processes that keep a log in ``folder``."""
    names = [entry.name for entry in entries_of(folder) if _is_log(entry.name, RUNNING)]
    return [process_of(name) for name in names if is_alive(folder / name)]


def take_crashes(folder: Path) -> list[Path]:
    """The logs of processes that did not end as they should since this was asked last, and in which something is.

    A process that was ended from outside, as at a power cut, leaves a log that says nothing: it goes.
    """
    found = []
    for entry in entries_of(folder):
        path = folder / entry.name
        if not _is_log(entry.name, RUNNING) or is_alive(path):
            continue
        with suppress(OSError):
            if entry.name.startswith(NEW) or not _says_something(path):
                path.unlink()
            else:
                found.append(path.rename(_with_end(path, CRASH)))
    return found


def _says_something(path: Path) -> bool:
    """Whether a crash or an error stands in it."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return any(sign in text for sign in ("Fatal Python error", "Windows fatal exception", " in thread "))


def _with_end(path: Path, end: str) -> Path:
    return path.with_name(path.name.removesuffix(RUNNING) + end)


def _is_log(name: str, end: str) -> bool:
    return FILE_NAME.fullmatch(name) is not None and name.endswith(end)


def _tidy(folder: Path) -> None:
    """Only the newest stay of those that have ended."""
    ended = [entry.name for entry in entries_of(folder) if _is_log(entry.name, ERRORS) or _is_log(entry.name, CRASH)]
    for name in sorted(ended)[:-MOST_FILES]:
        with suppress(OSError):
            (folder / name).unlink()


def _now() -> str:
    return time.strftime("%H:%M:%S")
