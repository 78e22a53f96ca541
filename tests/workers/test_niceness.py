"""Which threads give way to which, as the system has it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from regdesk.core.types import TrainSettings
from regdesk.workers.niceness import LARGEST, LIVE_MODEL, SWEEP, step_back
from regdesk.workers.training import TrainingThread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux alone")


def own_niceness() -> int:
    """Of the thread that asks."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def niceness_of(name: str) -> list[int]:
    """Of the threads of this process with that name."""
    tasks = [one for one in Path("/proc/self/task").iterdir() if (one / "comm").read_text().strip() == name]
    return [os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in tasks]


def test_who_steps_back_takes_along_whom_it_makes_and_nobody_else() -> None:
    before, found = own_niceness(), []

    def note() -> None:
        found.append(own_niceness())

    def work() -> None:
        step_back(SWEEP)
        note()
        child = threading.Thread(target=note)
        child.start()
        child.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    # Whoever began these tests may have begun them with ``nice``.
    assert found == [min(before + SWEEP, LARGEST)] * 2
    assert own_niceness() == before
    assert 0 < LIVE_MODEL < SWEEP


@pytest.mark.parametrize("own", [0, 3, 10, 17])
def test_a_program_begun_with_nice_steps_back_from_there(own: int) -> None:
    program = (
        "import os, sys, threading; from regdesk.workers.niceness import LIVE_MODEL, step_back\n"
        "os.nice(int(sys.argv[1]) - os.nice(0))\n"
        "def work():\n"
        "    for _ in range(2):\n"
        "        step_back(LIVE_MODEL)\n"
        "        print(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))\n"
        "thread = threading.Thread(target=work); thread.start(); thread.join()"
    )
    own = max(own, os.nice(0))
    done = subprocess.run([sys.executable, "-c", program, str(own)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(min(own + LIVE_MODEL, LARGEST))] * 2


def test_the_live_model_gives_way_to_the_window(qtbot: Any) -> None:
    thread = TrainingThread(TrainSettings())
    thread.prepare()
    qtbot.waitUntil(lambda: niceness_of("training") == [min(own_niceness() + LIVE_MODEL, LARGEST)])
    thread.stop()
    assert thread.wait(30_000)
