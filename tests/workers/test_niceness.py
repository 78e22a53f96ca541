"""Which threads give way to which, as the system has it."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from regdesk.core.types import TrainSettings
from regdesk.workers.niceness import LIVE_MODEL, SWEEP, step_back
from regdesk.workers.training import TrainingThread

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads have a niceness of their own on Linux alone")


def niceness_of(name: str) -> list[int]:
    """Of the threads of this process with that name."""
    tasks = [one for one in Path("/proc/self/task").iterdir() if (one / "comm").read_text().strip() == name]
    return [os.getpriority(os.PRIO_PROCESS, int(task.name)) for task in tasks]


def test_who_steps_back_takes_along_whom_it_makes_and_nobody_else() -> None:
    before, found = os.getpriority(os.PRIO_PROCESS, threading.get_native_id()), []

    def note() -> None:
        found.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    def work() -> None:
        step_back(SWEEP)
        note()
        child = threading.Thread(target=note)
        child.start()
        child.join()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [SWEEP, SWEEP]
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
    assert before < LIVE_MODEL < SWEEP


def test_the_live_model_gives_way_to_the_window(qtbot: Any) -> None:
    thread = TrainingThread(TrainSettings())
    thread.prepare()
    qtbot.waitUntil(lambda: niceness_of("training") == [LIVE_MODEL])
    thread.stop()
    assert thread.wait(30_000)
