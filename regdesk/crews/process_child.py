"""A child process that does units: what it reads from its standard input, and what it answers."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from regdesk.crews.shared import SharedKey, SharedValue, do_unit, make_ready

_SOURCE = Path(__file__).resolve().parents[2]


def child_arguments(parts: tuple[str, ...]) -> list[str]:
    """Arguments of the Python interpreter for a child; it ends with its standard input."""
    code = (
        # A Ctrl-C in the terminal reaches it as well: whoever has begun it decides.
        "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path.insert(0, sys.argv[1]); "
        "from regdesk.crews.process_child import work; work(tuple(sys.argv[2:]))"
    )
    return ["-c", code, str(_SOURCE), *parts]


def work(parts: tuple[str, ...]) -> None:
    """Do what comes, one unit after the other, until the input ends: then at once, even in the midst of a unit.

    Comes a ``SharedValue``, it is kept; come a unit and its arguments, ``(True, result)`` is the answer, or ``(False,
    exception)``.
    """
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever else is printed must not stand among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    coming: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, coming), name="parent", daemon=True).start()
    make_ready(parts)
    values: dict[SharedKey, SharedValue] = {}
    while True:
        come = pickle.loads(coming.get())
        if isinstance(come, SharedValue):
            values[come.key] = come
            continue
        unit, arguments = come
        try:
            shared = [values[one] if isinstance(one, SharedKey) else one for one in arguments]
            answer = pickle.dumps((True, do_unit(parts, unit, *shared)), protocol=pickle.HIGHEST_PROTOCOL)
        except Exception as error:
            answer = _failure(error)
        answers.write(answer)
        answers.flush()


def _failure(error: Exception) -> bytes:
    try:
        content = pickle.dumps((False, error))
        pickle.loads(content)
    except Exception:
        # Some exceptions cannot be read again.
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return content


def _read(source: IO[bytes], coming: SimpleQueue[Any]) -> None:
    while length := source.read(8):
        content = source.read(int.from_bytes(length, "little"))
        coming.put(content)
    # The parent has closed it, or is gone, however it ended. What is under way nobody waits for.
    os._exit(0)
