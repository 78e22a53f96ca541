"""Each script of this folder runs and prints its figures: smallest sizes, one time; nothing is asked of the figures."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import runpy
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unittest import mock

import pytest
from warm_processes import WarmPopen, warm_run

HERE = Path(__file__).resolve().parent
HELPERS = {"killed_hands", "killed_homes", "random_files", "random_hands", "watched_program"}
"""Modules that print no table: the scripts import them."""
ARGUMENTS = {
    "damaged_sessions": ("--files", "7", "--sessions", "2"),
    "closings": ("--only", "at rest", "--times", "1"),
    "full_disk_window": ("--only", "text of settings", "--most", "1"),
    "kills": ("--kills", "2", "--interval", "0.2"),
    "lambda_storm": ("--only", "linear", "--changes", "10", "--bursts", "1"),
    "monkey": ("--seeds", "1", "--acts", "6"),
    "places": ("--only", "two device", "--seconds", "0.1"),
    "round_trips": ("--sessions", "1", "--acts", "2"),
    "soak": ("--minutes", "0.001", "--warm-up", "0"),
}
ALONE = {
    "collected_child": ("--only", "older"),
    "damaged_sessions": ("--files", "14", "--sessions", "2"),
    "error_in_override": ("--only", "caught"),
    "full_disk": ("--only", "predict --out, again", "--most", "1"),
}
"""Their window, if they have one, is their own."""
N_ROWS = {
    "closings": 1, "collected_child": 1, "damaged_sessions": 7, "error_in_override": 1, "full_disk": 3,
    "full_disk_window": 4, "kills": 5, "lambda_storm": 1, "monkey": 1, "places": 1, "round_trips": 1, "soak": 1,
}  # fmt: skip


def assert_prints_figures(name: str, text: str) -> None:
    rows = [line for line in text.splitlines() if line.startswith("|") and not re.fullmatch(r"[|\-\s]+", line)]
    assert len(rows) == 1 + N_ROWS[name], text
    assert len({line.count("|") for line in rows}) == 1, text
    for line in rows[1:]:
        assert re.search(r"\d", line), line
        assert not re.search(r"\b(nan|inf)\b", line), line


def test_every_script_has_a_smoke_run() -> None:
    scripts = {path.stem for path in HERE.glob("*.py")} - {"test_scripts", "traced"}
    assert scripts == HELPERS | {*ARGUMENTS} | {*ALONE}
    assert {*N_ROWS} == {*ARGUMENTS} | {*ALONE}


LONG = {"closings", "full_disk_window", "kills", "monkey", "places", "round_trips", "soak"}
"""Together they take a minute of a processor; what they use of the program has tests of its own."""


@pytest.mark.parametrize("name", [pytest.param(one, marks=[pytest.mark.full] * (one in LONG)) for one in ARGUMENTS])
def test_a_script_with_windows(
    name: str, engine: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(subprocess, "Popen", WarmPopen)
    monkeypatch.setattr(sys, "argv", [str(HERE / f"{name}.py"), *ARGUMENTS[name]])
    monkeypatch.syspath_prepend(str(HERE))
    with mock.patch.dict(os.environ), contextlib.suppress(SystemExit):
        runpy.run_path(str(HERE / f"{name}.py"), run_name="__main__")
    assert_prints_figures(name, capsys.readouterr().out)


@pytest.mark.parametrize("name", ALONE)
def test_a_script_of_its_own(name: str, engine: None) -> None:
    done = warm_run(str(HERE / f"{name}.py"), *ALONE[name])
    assert done.returncode == 0, done.stderr
    assert_prints_figures(name, done.stdout)


TRACE = """\
12 openat(AT_FDCWD, "/w/t/home/.config/regdesk/regdesk.conf.lock", O_RDWR|O_CREAT|O_EXCL, 0666) = 9
12 openat(AT_FDCWD, "/w/t/home/secret", O_RDONLY|O_CLOEXEC) = 10
13 rename("/w/t/home/.cache/regdesk/a.part", "/w/t/home/.cache/regdesk/a") = 0
13 mkdir("/w/t/home/elsewhere", 0777) = 0
13 openat(AT_FDCWD, "/opt/other", O_WRONLY|O_CREAT, 0666 <unfinished ...>
13 connect(5, {sa_family=AF_UNIX, sun_path="/run/nscd/socket"}, 110) = -1 ENOENT
14 connect(6, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = 0
"""


def test_a_trace_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from traced import kind_of, places_of, writes_and_connections

    (tmp_path / "trace").write_text(TRACE)
    paths, connections = writes_and_connections(tmp_path / "trace")
    folder = Path("/w/t")
    assert [kind_of(path, places_of(folder), folder / "home") for path in paths] == [
        "preferences (~/.config/regdesk)", "engine's cache (~/.cache/regdesk)", "~/elsewhere", "OUTSIDE: /opt/other",
    ]  # fmt: skip
    assert [one.split("{")[0] for one in connections] == ["connect(6, "]


def test_of_too_many_gaps_the_longest_and_the_busiest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from watched_program import MOST_GAPS, Gap, Report

    report = Report()
    for number in range(2 * MOST_GAPS):
        report.note(Gap(0.2 + number / 1000, 0.0, str(number), 0.19 if number == 0 else 0.1))
    assert len(report.gaps) == MOST_GAPS
    assert (report.busiest.during, report.longest.during) == ("0", str(2 * MOST_GAPS - 1))
    assert {gap.during for gap in report.gaps} == {"0", *map(str, range(MOST_GAPS + 1, 2 * MOST_GAPS))}


def test_hands_that_are_killed_pass_on_all_that_a_gathering_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from killed_hands import noted_gather

    heard: list[object] = []
    notes: list[str] = []
    gather = noted_gather(lambda _unsaved, then: then("what writes it", "its title"), notes.append)
    gather(None, lambda *given: heard.append(given))
    assert (heard, notes) == ([("what writes it", "its title")], ["gathers", "gathered"])


def test_an_error_of_a_killed_run_is_found_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from killed_homes import errors_in

    line = "02:35:44.288 errors [main] ERROR: TypeError keeper.py:103: two given\n"
    quiet = "02:35:44.013 training [training] Run 1 begins: 48 rows.\n"
    assert errors_in(quiet + line + quiet + line.replace("44.288", "45.1")) == ["TypeError keeper.py:103: two given"]
    assert errors_in(quiet) == []


def test_a_folder_that_cannot_be_read_need_not_be_told_of_where_the_file_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from full_disk_window import may_be_silent, others, times_of

    (tmp_path / "old").write_text("as it was")
    before = times_of(tmp_path)
    assert others(before, times_of(tmp_path)) == set()
    (tmp_path / "new").write_text("in its place")
    new = others(before, times_of(tmp_path))
    assert new == {"new"}
    assert may_be_silent(errno.EACCES, 1, {"new"}, new)
    # More was refused, the file is the old one, nothing was to be written, or the disk itself fails.
    assert not may_be_silent(errno.EACCES, 2, {"new"}, new)
    assert not may_be_silent(errno.EACCES, 1, {"new", "old"}, new)
    assert not may_be_silent(errno.EACCES, 1, set(), new)
    assert not may_be_silent(errno.ENOSPC, 1, {"new"}, new)


def test_a_place_has_the_screen_that_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from places import PLACES, SMALL_PX, is_fitting, screen_of

    assert [title for title, place in PLACES.items() if place.screen_px == SMALL_PX] == ["1024 × 600"]
    platform = screen_of(tmp_path, SMALL_PX)["QT_QPA_PLATFORM"]
    assert platform == f"offscreen:configfile={tmp_path / 'screens.json'}"
    assert '"width": 1024, "height": 600' in (tmp_path / "screens.json").read_text()
    assert is_fitting((1024, 560), (1028, 564), SMALL_PX)
    assert not is_fitting((1440, 900), (1444, 904), SMALL_PX)
    assert not is_fitting((1024, 598), (1028, 602), SMALL_PX)


def test_what_random_hands_name_is_not_written_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    import monkey
    import traced

    begun: list[Path] = []
    ended = mock.Mock(returncode=0, **{"poll.return_value": 0})

    def begin(*_: object, cwd: Path, **__: object) -> object:
        begun.append(cwd)
        return ended

    monkeypatch.setattr(subprocess, "Popen", begin)
    monkeypatch.setattr(subprocess, "run", begin)
    monkey.watched(0, 1, tmp_path, 0.0)
    traced.traced(["program"], {}, tmp_path / "trace 0")
    assert begun == [tmp_path / "home", tmp_path]


def test_a_traced_run_that_does_nothing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    from traced import rows_of, runs_of

    from regdesk.cli.arguments import parse_sweep_arguments

    rows = rows_of(Counter({("one", "here"): 2}), {"one": 0, "another": 2})
    assert rows == ["| another, 2 | nowhere | 0 |", "| one, 0 | here | 2 |"]
    command = runs_of(tmp_path, 1, 0)["sweep in two processes"]
    # A command that is refused ends this test; it had been, and the table did not say so.
    found = parse_sweep_arguments(command[command.index("sweep") + 1 :])
    assert (found.workers.kind, found.workers.n_workers, found.out) == ("processes", 2, tmp_path / "results")


def test_the_first_chunk_under_a_lambda_is_when_it_arrived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))
    import lambda_storm
    from lambda_storm import Noted, arrivals_of

    times_s = iter((1.0, 2.0, 3.0))
    monkeypatch.setattr(lambda_storm, "time", mock.Mock(perf_counter=lambda: next(times_s)))
    monkeypatch.setattr(lambda_storm, "waited_for_core_s", lambda: 0.5)
    first = Noted.now(0.1)
    assert first.unless_new(0.1) is first
    assert first.unless_new(0.2) == Noted(0.2, 2.0, 0.5)
    before = [Noted(0.1, 1.0, 0.5), Noted(0.1, 2.0, 0.25)]
    after = [Noted(0.2, 2.5, 0.75), Noted(0.2, 3.0, 0.375)]
    assert arrivals_of(2.0, before, after) == [(500.0, 250.0), (1000.0, 250.0)]
