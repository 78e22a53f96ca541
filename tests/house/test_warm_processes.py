"""A process that is forked from a warm one does what one does that Python starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from warm_processes import IS_POSSIBLE, WarmPopen, warm_run

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    "arguments": (["-c", "import sys; print(sys.argv, __name__, '__file__' in globals())", "a", "-b"], {}),
    "status": (["-c", "import sys; sys.exit(3)"], {}),
    "a word as status": (["-c", "import sys; sys.exit('why')"], {}),
    "killed": (["-c", "import os; os.kill(os.getpid(), 9)"], {}),
    "environment": (["-c", "import os; print(os.environ['WORD'], os.environ.get('HOME'))"], {"WORD": "größe"}),
    "folder": (["-c", "import os, sys; print(os.getcwd(), repr(sys.path[0]))"], {}),
    "input": (["-c", "import sys; print(repr(sys.stdin.read()))"], {}),
    "warnings": (["-W", "error", "-c", "import warnings\ntry: warnings.warn('x')\nexcept UserWarning: print(1)"], {}),
    "at the end": (["-c", "import atexit; atexit.register(print, 'over'); print('begun')"], {}),
    "module": (["-m", "regdesk", "--version"], {}),
    "file": (["main.py", "--version"], {}),
    "threads": (["-c", "import threading; print(threading.active_count(), threading.current_thread().name)"], {}),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_ends_and_says_the_same(name: str) -> None:
    arguments, more = PROGRAMS[name]
    environment = os.environ | more
    expected = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, input="words\n", capture_output=True, text=True,
        encoding="utf-8", check=False,
    )  # fmt: skip
    with WarmPopen(
        arguments, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        found = process.communicate("words\n")
    assert (process.returncode, *found) == (expected.returncode, expected.stdout, expected.stderr)
    assert process.returncode != 0 or found[0]


def test_an_error_is_traced_to_the_code_that_was_given() -> None:
    done = warm_run("-c", "1 / 0")
    assert done.returncode == 1
    assert done.stderr.endswith('File "<string>", line 1, in <module>\nZeroDivisionError: division by zero\n')


@pytest.mark.skipif(not IS_POSSIBLE, reason="processes are started as ever there")
def test_two_at_once_have_signals_and_ends_of_their_own() -> None:
    program = "import time; print('begun', flush=True); time.sleep(600)"
    processes = [WarmPopen(["-c", program], stdout=subprocess.PIPE) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
    assert [process.poll() for process in processes] == [None, None]
    processes[1].send_signal(signal.SIGTERM)
    assert processes[1].wait() == -signal.SIGTERM
    assert processes[0].poll() is None
    processes[0].kill()
    assert processes[0].wait() == -signal.SIGKILL
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    # The program has been imported before it was asked for.
    done = warm_run("-c", "import sys; print('regdesk.desktop.program' in sys.modules)")
    assert done.stdout == "True\n"


def test_its_garbage_is_collected_at_its_end_where_that_is_asked_for() -> None:
    program = "class Ring:\n    def __del__(self): print('gone')\nring = Ring()\nring.itself = ring\ndel ring"
    assert warm_run("-c", program, collects_at_end=True).stdout == "gone\n"
    assert warm_run("-c", program).stdout == ("" if IS_POSSIBLE else "gone\n")
