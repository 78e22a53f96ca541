"""The log: silent unless somebody asks for topics, and its last lines there for whoever mends an error."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QThread
from window_driver import write_sparse

from regdesk.cli import headless
from regdesk.system import logs
from regdesk.system.logs import N_KEPT, TOPICS, UNKNOWN_TOPIC

ROOT = Path(__file__).resolve().parents[2]
LINE = re.compile(r"(\d\d:\d\d:\d\d\.\d\d\d) (\w+) \[([^]]+)\] (.+)")


@pytest.fixture
def begin() -> Iterator[Any]:
    """``begin(REGDESK_LOG="…")``; the log is afterwards as it was."""
    logger = logging.getLogger("regdesk")
    handlers, level, propagates = list(logger.handlers), logger.level, logger.propagate
    yield lambda **environment: logs.begin(environment)
    for handler in set(logger.handlers) - set(handlers):
        logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = propagates


def note(topic: str, sentence: str, *values: object) -> None:
    logging.getLogger(f"regdesk.{topic}").info(sentence, *values)


def test_lines_are_kept_and_nothing_is_written(begin: Any, capfd: pytest.CaptureFixture[str]) -> None:
    begin()
    for number in range(N_KEPT + 50):
        note("data", "row %d of %s", number, "a table")
    lines = [LINE.fullmatch(line) for line in logs.kept_lines()]
    assert [line and line[4] for line in lines] == [f"row {number} of a table" for number in range(50, N_KEPT + 50)]
    assert {line and line[2] for line in lines} == {"data"}
    assert {line and line[3] for line in lines} == {"main"}
    assert logs.details() == "\n".join(["The last lines of the log:", *logs.kept_lines()])
    assert capfd.readouterr() == ("", "")


def test_topics_that_are_asked_for_are_written(begin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    begin(REGDESK_LOG=" Data, sweep")
    note("data", "a table is read")
    note("training", "a run begins")
    logging.getLogger("regdesk.sweep").debug("not this")
    note("sweep", "turned \u202e and\n\x1b[2Jcleared")
    out, said = capsys.readouterr()
    assert out == ""
    found = [LINE.fullmatch(line) for line in said.splitlines()]
    assert [line and (line[2], line[4]) for line in found] == [
        ("data", "a table is read"), ("sweep", r"turned \u202e and\n\x1b[2Jcleared")
    ]  # fmt: skip
    assert [line[4] for line in map(LINE.fullmatch, logs.kept_lines()[-3:]) if line] == [
        "a table is read", "a run begins", r"turned \u202e and\n\x1b[2Jcleared"
    ]  # fmt: skip


def test_all_topics(begin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    begin(REGDESK_LOG="all")
    for topic in TOPICS:
        note(topic, "something")
    said = capsys.readouterr().err
    assert [line.split()[1] for line in said.splitlines()] == list(TOPICS)
    # Begun again it goes by the new words, and nothing is written twice.
    begin(REGDESK_LOG="data")
    note("data", "once")
    note("sweep", "never")
    assert capsys.readouterr().err.splitlines() == logs.kept_lines()[-2:-1]


def test_a_topic_that_there_is_none_of_is_one_sentence(begin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    begin(REGDESK_LOG="dta,sweep,\x1b,dta")
    note("sweep", "one")
    note("data", "two")
    sentence, line = capsys.readouterr().err.splitlines()
    topics = "all, start, settings, files, data, compiling, training, sweep, optimum, geometry, session, errors"
    text = UNKNOWN_TOPIC.format(
        variable="REGDESK_LOG", words=r"dta,sweep,\x1b,dta", unknown=r"dta and \x1b", topics=topics
    )
    assert sentence == f"regdesk: {text}"
    assert line.endswith(" sweep [main] one")


def test_threads_note_whole_lines_under_their_names(begin: Any, capsys: pytest.CaptureFixture[str]) -> None:
    begin(REGDESK_LOG="training")
    threads = [
        threading.Thread(target=lambda: [note("training", "step %d", n) for n in range(40)], name=f"no {k}")
        for k in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [LINE.fullmatch(line) for line in capsys.readouterr().err.splitlines()]
    for k in range(4):
        own = [line[4] for line in found if line and line[3] == f"no {k}"]
        assert own == [f"step {n}" for n in range(40)]
    assert len(found) == 160


class Noting(QThread):
    def run(self) -> None:
        note("sweep", "it begins")


def test_a_thread_of_qt_has_its_name_and_leaves_no_entry(begin: Any, qtbot: Any) -> None:
    begin()
    logs.name_other_threads(lambda: QThread.currentThread().objectName())
    before = threading.enumerate()
    thread = Noting()
    thread.setObjectName("sweeping")
    with qtbot.waitSignal(thread.finished):
        thread.start()
    thread.wait()
    assert logs.kept_lines()[-1].endswith(" sweep [sweeping] it begins")
    assert threading.enumerate() == before


def regdesk(redirection: str, *arguments: object, **environment: str) -> tuple[int, str, str]:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "main.py", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, encoding="utf-8", timeout=300,
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes streams")
def test_a_command_notes_what_it_does_and_the_result_is_the_same(tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "data.csv")
    fit = ["fit", file, "--target", "y", "--hidden", ""]
    status, report, said = regdesk("", *fit)
    assert (status, said) == (0, "")
    status, logged, said = regdesk("", *fit, REGDESK_LOG="start,training")
    seconds = re.compile(r"[\d.e-]+ s\b")
    assert (status, seconds.sub("", logged)) == (0, seconds.sub("", report))
    found = [LINE.fullmatch(line) for line in said.splitlines()]
    assert [line and line[2] for line in found] == ["start", "training", "training", "start"]
    assert [line[4].split(":")[0].split(" after")[0] for line in found if line][1:] == [
        "A fit of 120 rows and 8 inputs begins", "The fit has ended", "The command ends with status 0."
    ]  # fmt: skip


def test_who_uses_regdesk_as_a_library_is_told_nothing() -> None:
    code = "import logging, regdesk; logging.getLogger('regdesk.data').warning('a row is odd')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full"])
def test_a_standard_error_that_takes_nothing_changes_nothing(redirection: str) -> None:
    status, listed, _ = regdesk("", "samples")
    assert regdesk(redirection, "samples", REGDESK_LOG="all,nonsense") == (status, listed, "")


def test_the_last_lines_follow_the_traceback_of_a_command(
    begin: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], expected_warnings: list[str]
) -> None:
    def fail(*_: object) -> int:
        raise ValueError("that should not happen")

    begin()
    monkeypatch.setattr(headless, "COMMANDS", {"samples": fail})
    monkeypatch.delenv("REGDESK_TRACEBACK", raising=False)
    assert headless.run(["samples"]) == 1
    sentence = "regdesk: unexpected error: ValueError: that should not happen\n"
    assert capsys.readouterr() == ("", sentence)
    assert expected_warnings == ["regdesk.errors: ValueError: that should not happen"]
    monkeypatch.setenv("REGDESK_TRACEBACK", "1")
    assert headless.run(["samples"]) == 1
    said = capsys.readouterr().err
    traceback, heading, lines = said.partition("The last lines of the log:\n")
    assert traceback.startswith("Traceback (most recent call last):\n")
    assert heading
    assert lines.endswith(sentence)
    assert re.search(r" start \[main\] regdesk [\d.]+, Python [\d.]+, \w+: \['samples'\]\n", lines)
    assert lines.splitlines()[-2].endswith(" errors [main] ERROR: ValueError: that should not happen")
