"""Units of work that tell what becomes of them, in processes that are not the test's."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any


class Told:
    """A value that leaves a file in ``folder`` wherever it is read, named by the process."""

    def __init__(self, folder: Path, values: list[int]) -> None:
        self.folder, self.values = folder, values

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        with (self.folder / f"read-by-{os.getpid()}").open("a") as file:
            file.write("x")


def total(told: Told, number: int, stop: object) -> tuple[int, int]:
    """The sum of what ``told`` holds and ``number``, and the process that has found it."""
    sys.stdout.write("nothing that anyone should read\n")
    sys.stdout.flush()
    time.sleep(0.02)
    return sum(told.values) + number, os.getpid()


def die(folder: Path, number: int, n_times: int, stop: object) -> int:
    """``number``; the process is killed in the midst of it the first ``n_times`` that it is done."""
    n_begun = len(list(folder.glob(f"{number}-*")))
    (folder / f"{number}-{n_begun}").touch()
    if n_begun < n_times:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail(words: str, stop: object) -> None:
    raise ValueError(words)


class UnreadableError(Exception):
    """Cannot be read again from its bytes."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one)


def fail_strangely(words: str, stop: object) -> None:
    raise UnreadableError(words, "")


def wait_for_ever(folder: Path, number: int, stop: object) -> None:
    """Leaves a file with the process's number, and does not end."""
    (folder / str(os.getpid())).touch()
    while True:
        time.sleep(0.01)


def is_alive(number: int) -> bool:
    """Whether there is a process of this number that has not ended."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
