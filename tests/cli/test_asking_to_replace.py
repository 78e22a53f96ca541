"""At a terminal a command asks before it replaces what a person has kept, once and before any work; a script it does
not ask.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from result_commands import COMMANDS as FILE_COMMANDS
from result_commands import SWEEP, make_data_and_model
from warm_processes import WarmPopen

from regdesk import app
from regdesk.cli import headless

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

import pty

COMMANDS = {**FILE_COMMANDS, "results": [*SWEEP, "--out"], "window.png": ["--screenshot"]}
"""Every command that writes a file, by the name of what it writes."""
BOTH = "p.csv and p.csv.provenance.json"
ASKED = {
    "results": "the results in results exist. Replace them? [y/N] ",
    "p.csv": f"{BOTH} exist. Replace them? [y/N] ",
}
LEFT = {"results": "the results in results: they are left as they are.", "p.csv": f"{BOTH}: they are left as they are."}
CHILD = """
import fcntl, sys, termios
from regdesk.cli import headless

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
for _ in range(2):
    print(headless.run(sys.argv[1:]), flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_data_and_model(tmp_path)


class Terminal:
    """A pseudo-terminal that can be standard input and standard error of this process."""

    def __init__(self) -> None:
        self._master, slave = pty.openpty()
        self._streams = [os.fdopen(slave, "r"), os.fdopen(os.dup(slave), "w")]

    def open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the test itself: before, pytest puts its own streams there."""
        monkeypatch.setattr(sys, "stdin", self._streams[0])
        monkeypatch.setattr(sys, "stderr", self._streams[1])

    def type(self, text: str) -> None:
        """Ahead of the question, as a person may."""
        os.write(self._master, text.encode())

    def said(self) -> str:
        """What has come to the screen, what was typed among it."""
        os.write(self._streams[1].fileno(), b"\x00")
        read = b""
        while not read.endswith(b"\x00"):
            read += os.read(self._master, 10_000)
        return read.decode().replace("\r\n", "\n").rstrip("\x00")

    def close(self) -> None:
        for stream in self._streams:
            stream.close()
        os.close(self._master)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    terminal.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_person_is_asked_once_before_any_work_and_what_is_there_stays_without_a_yes(
    folder: Path, terminal: Terminal, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.open(monkeypatch)
    command = [*COMMANDS[name], name]
    run: Callable[[list[str]], int] = app.main if name == "window.png" else headless.run
    if name == "window.png":
        (folder / name).write_bytes(b"of somebody")
    else:
        assert run(command) == 0
        assert "[y/N]" not in terminal.said()
    # Whatever would look at the data first would say that there are none.
    data = (folder / "d.csv").read_bytes()
    (folder / "d.csv").unlink()
    before = contents(folder)
    for answer in ("n\n", "\n", "yea\n", "\x04"):
        terminal.type(answer)
        assert run(command) == 1
        said = terminal.said()
        assert said.count("[y/N]") == 1
        assert ASKED.get(name, f"{name} exists. Replace it? [y/N] ") in said
        assert said.endswith(f"regdesk: {LEFT.get(name, f'{name}: it is left as it is.')}\n")
    assert contents(folder) == before
    if name == "window.png":
        return
    (folder / "d.csv").write_bytes(data)
    terminal.type("Y\n" if name == "m.py" else "yes\n")
    assert run(command) == 0
    said = terminal.said()
    assert said.count("[y/N]") == 1
    assert (
        f"{name}: the {'results that were there are' if name == 'results' else 'file that was there is'} repl" in said
    )


def test_one_question_is_about_all_that_a_command_would_replace(
    folder: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.open(monkeypatch)
    command = [*SWEEP, "--save", "m.regdesk", "--out", "results"]
    terminal.type("n\n")
    assert headless.run(command) == 1
    assert "m.regdesk exists. Replace it? [y/N] " in terminal.said()
    assert not (folder / "results").exists()
    assert headless.run([*SWEEP, "--out", "results"]) == 0
    (folder / "results" / "path.csv").write_text("of somebody")
    before = contents(folder)
    terminal.said()
    terminal.type("n\n")
    assert headless.run(command) == 1
    said = terminal.said()
    assert "m.regdesk and the results in results exist. Replace them? [y/N] " in said
    assert "m.regdesk and the results in results: they are left as they are." in said
    assert contents(folder) == before


def test_nobody_is_asked_about_nothing_and_no_script_is(
    folder: Path, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.open(monkeypatch)
    command = [*COMMANDS["m.py"], "m.py"]
    # As a shell makes it that leads the result there.
    (folder / "m.py").write_bytes(b"")
    assert headless.run(command) == 0
    written = (folder / "m.py").read_bytes()
    assert "[y/N]" not in terminal.said()
    with Path(os.devnull).open() as nothing, (folder / "said").open("w") as said:
        for stream, other in (("stdin", nothing), ("stderr", said)):
            (folder / "m.py").write_text("of somebody")
            with monkeypatch.context() as patched:
                patched.setattr(sys, stream, other)
                assert headless.run(command) == 0
            assert (folder / "m.py").read_bytes() == written
        assert terminal.said() == "regdesk: m.py: the file that was there is replaced.\n"
    # The system would stop a job in the background that reads.
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: os.getpgrp() + 1)
    assert headless.run(command) == 0
    assert terminal.said() == "regdesk: m.py: the file that was there is replaced.\n"
    assert (folder / "said").read_text() == "regdesk: m.py: the file that was there is replaced.\n"


def test_ctrl_c_is_a_no_and_the_command_goes_on_to_its_sentence(folder: Path) -> None:
    (folder / "m.py").write_text("of somebody")
    master, slave = pty.openpty()
    command = ["-c", CHILD, *COMMANDS["m.py"], "m.py"]
    try:
        with WarmPopen(
            command, stdin=slave, stderr=slave, stdout=subprocess.PIPE, cwd=folder, start_new_session=True
        ) as process:
            assert process.stdout is not None
            read = b""
            for n_asked in (1, 2):
                while read.count(b"[y/N] ") < n_asked:
                    read += os.read(master, 10_000)
                assert (folder / "m.py").read_text() == "of somebody"
                os.write(master, b"\x03" if n_asked == 1 else b"y\n")
                assert process.stdout.readline() == ("1\n" if n_asked == 1 else "Written to m.py.\n")
            assert "m.py: it is left as it is." in read.decode()
            assert process.stdout.read().endswith("\n0\n")
            assert process.wait(60) == 0
    finally:
        os.close(slave)
        os.close(master)
