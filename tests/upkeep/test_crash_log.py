"""A crash, an error and Qt's words outlive their process; a file in which nothing is does not, and none has cells."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

from regdesk.upkeep.crash_log import (
    CRASH,
    ERRORS,
    MOST_BYTES,
    MOST_FILES,
    RUNNING,
    begin_crash_log,
    living_processes,
    take_crashes,
)
from regdesk.upkeep.crash_text import kept_logs, logs_text

CHILD = """
import os, sys, threading
from pathlib import Path
from regdesk.upkeep.crash_log import begin_crash_log

log = begin_crash_log(Path(sys.argv[1]), "6.10")
how = sys.argv[2]
def fail():
    secret = "the cell of Jane"
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"could not read {secret}") from error
if "error" in how:
    for _ in range(3):
        try:
            fail()
        except ValueError as error:
            log.note_error(error, error.__traceback__)
if "words" in how:
    for number in range(5000):
        log.note_words(f'QThing number {number}: cannot say "the cell of Jane" here')
    log.note_words(1000 * "x")
if "wait" in how:
    print("ready", flush=True)
    sys.stdin.readline()
if "crash" in how:
    import ctypes
    ctypes.string_at(0)
if "kill" in how:
    os.kill(os.getpid(), 9)
log.end(0)
"""


def run(folder: Path, how: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder), how], capture_output=True, text=True, timeout=600, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode


def ends(folder: Path) -> list[str]:
    return [re.sub(r"^[\w-]+", "", path.name) for path in kept_logs(folder)]


def test_where_nothing_goes_wrong_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "crashes"
    assert run(folder, "") == 0
    assert run(folder, "words") == 0
    assert not folder.parent.exists()
    assert (kept_logs(folder), take_crashes(folder), living_processes(folder)) == ([], [], [])


def test_a_crash_is_kept_with_its_place_and_found_once(tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    assert run(folder, "error crash") == -signal.SIGSEGV
    (log,) = take_crashes(folder)
    assert log.name.endswith(CRASH)
    text = logs_text([log])
    assert "did not end as it should" in text
    assert "Fatal Python error: Segmentation fault" in text
    assert 'File "<string>"' in text
    assert "ValueError\n  <string>:" in text
    assert "after KeyError" in text
    assert text.count("ValueError") == 1
    assert "Jane" not in text
    assert take_crashes(folder) == []
    assert kept_logs(folder) == [log]


def test_errors_outlive_a_process_that_ended_as_it_should(tmp_path: Path) -> None:
    assert run(tmp_path, "error") == 0
    assert ends(tmp_path) == [ERRORS]
    assert take_crashes(tmp_path) == []
    text = logs_text(kept_logs(tmp_path))
    assert "ended as it should, after errors" in text
    assert "ended with status 0" in text


def test_a_process_that_was_killed_leaves_a_log_only_if_it_says_something(tmp_path: Path) -> None:
    assert run(tmp_path, "words kill") == -signal.SIGKILL
    assert ends(tmp_path) == [RUNNING]
    assert take_crashes(tmp_path) == []
    assert ends(tmp_path) == []
    assert run(tmp_path, "error kill") == -signal.SIGKILL
    assert len(take_crashes(tmp_path)) == 1


def test_it_is_bounded_and_keeps_errors_and_the_newest_words(tmp_path: Path) -> None:
    run(tmp_path, "error words kill")
    # Nobody has looked for crashes yet, as in a safe start.
    assert ", did not end as it should\n" in logs_text(kept_logs(tmp_path))
    (log,) = take_crashes(tmp_path)
    text = log.read_text(encoding="utf-8")
    assert len(text.encode()) <= MOST_BYTES
    assert "ValueError" in text
    assert 'QThing number 4999: cannot say "…" here' in text
    assert text.startswith("regdesk ")
    # Of one thing that Qt says 300 characters are kept.
    longest = max(re.findall("Qt: (x+)$", text, re.MULTILINE), key=len)
    assert len(longest) == 300


def test_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path), "error wait"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        assert living_processes(tmp_path) == [child.pid]
        assert take_crashes(tmp_path) == []
        assert "still running" in logs_text(kept_logs(tmp_path))
        child.communicate("\n", timeout=600)
    assert ends(tmp_path) == [ERRORS]
    assert living_processes(tmp_path) == []


def test_few_are_kept(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 3):
        (tmp_path / f"20260101-0000{number:02d}-1-0123abcd{CRASH}").write_text("x")
    others = tmp_path / "notes.txt"
    others.write_text("mine")
    run(tmp_path, "")
    assert len(kept_logs(tmp_path)) == MOST_FILES
    assert kept_logs(tmp_path)[-1].name.startswith("20260101-000003")
    assert others.read_text() == "mine"


def test_where_none_can_be_kept_the_program_goes_on(tmp_path: Path) -> None:
    assert begin_crash_log(None, "6") is None
    file = tmp_path / "file"
    file.write_text("")
    assert begin_crash_log(file / "crashes", "6") is None
