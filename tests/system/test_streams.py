"""Standard output and standard error may be closed, full or gone: results, sentences and the status stay right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tables import write_sparse
from warm_processes import warm_run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes them")

ROOT = Path(__file__).resolve().parents[2]
LOST = "regdesk: standard output could not be written to (No space left on device).\n"
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sparse(tmp_path_factory.mktemp("streams") / "data.csv")


def run(redirection: str, *arguments: object) -> tuple[int, str, str]:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "main.py", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def sweep(file: Path, out: Path) -> list[object]:
    return ["sweep", file, "--target", "y", "--hidden", "", "--n-lambdas", "3", "--json", "--out", out]


@pytest.mark.parametrize("redirection", ["2>&-", "<&- 2>&-"])
def test_a_closed_standard_error_gets_nothing_and_output_no_more(redirection: str, file: Path, tmp_path: Path) -> None:
    is_sweep = redirection == "2>&-"
    fit = ["fit", file, "--target", "y", "--epochs", "3", "--json"]
    # Without a folder it needs no pictures, for which Qt is loaded: see the next test.
    status, out, _ = run(redirection, *(sweep(file, tmp_path)[:-2] if is_sweep else fit))
    assert status == 0
    assert len(json.loads(out)["lambdas"]) == 3 if is_sweep else json.loads(out)["epochs"] == 3
    assert run(redirection, "fit", "nothing.csv", "--target", "y") == (2, "", "")
    assert run(redirection, "fit") == (2, "", "")


def test_with_all_streams_closed_the_files_are_right(file: Path, tmp_path: Path) -> None:
    assert run(">&- 2>&- <&-", *sweep(file, tmp_path)) == (0, "", "")
    assert len(json.loads((tmp_path / "summary.json").read_bytes())["lambdas"]) == 3
    assert (tmp_path / "path.csv").read_bytes().startswith(b"lambda,train_loss,")
    assert b"<svg" in (tmp_path / "lambdaPanel.svg").read_bytes()


@pytest.mark.parametrize("arguments", [["samples"], ["--help"], ["fit", "--help"], ["--version"]])
def test_a_closed_standard_output_is_no_error(arguments: list[str]) -> None:
    assert run(">&-", *arguments) == (0, "", "")


@needs_full
@pytest.mark.parametrize(
    "arguments", [["samples"], ["samples", "--json"], ["--help"], ["fit", "--help"], ["--version"]]
)
def test_a_full_standard_output_is_told_in_a_sentence(arguments: list[str]) -> None:
    assert run(">/dev/full", *arguments) == (1, "", LOST)


@needs_full
def test_a_full_standard_error_changes_neither_output_nor_status(file: Path) -> None:
    assert run("2>/dev/full", "fit", "nothing.csv", "--target", "y") == (2, "", "")
    status, out, _ = run("2>/dev/full", "inspect", file, "nothing.csv", "--json")
    assert status == 2
    assert ["error" in json.loads(line) for line in out.splitlines()] == [False, True]


INTERRUPTED = """
import sys
class Interrupted:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from regdesk.start import main
sys.argv = ["regdesk", "samples"]
sys.exit(main())
"""
WITHOUT_QT = """
import sys
sys.modules["PySide6.QtCore"] = None
from regdesk.app import main
sys.exit(main(["--screenshot", sys.argv[1]]))
"""
QT_SPEAKS = """
from regdesk.desktop.program import _QtWords
_QtWords(None)(None, None, "a word of Qt's")
"""
UNEXPECTED = """
import sys
from regdesk.cli import headless
headless.COMMANDS = {"samples": None}
sys.exit(headless.run(["samples"]))
"""


@needs_full
@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        (INTERRUPTED.format(module="regdesk.system.signals"), 130, "regdesk: interrupted."),
        (INTERRUPTED.format(module="regdesk.cli.headless"), 130, "regdesk: interrupted."),
        (WITHOUT_QT, 2, "regdesk: Qt could not be loaded"),
        (QT_SPEAKS, 0, "a word of Qt's"),
        (UNEXPECTED, 1, "Traceback … regdesk: unexpected error: TypeError"),
    ],
    ids=["interrupted at first", "interrupted later", "without Qt", "Qt speaks", "unexpected and traced"],
)
def test_no_last_words_need_standard_error(
    code: str, status: int, said: str, redirection: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGDESK_TRACEBACK", "1")
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", code, str(tmp_path / "picture.png")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")
    if redirection == "2>&-":
        heard = subprocess.run([*command[:2], 'exec "$@"', *command[3:]], cwd=ROOT, capture_output=True, text=True)
        assert heard.returncode == status, heard.stderr
        assert all(words in heard.stderr for words in said.split(" … ")), heard.stderr


def test_only_the_helper_writes_to_standard_error() -> None:
    """A plain print fails where it is closed or full, and so does what writes a traceback by itself."""
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in [ROOT / "main.py", *(ROOT / "regdesk").rglob("*.py")]
        if file.name != "terminal.py"
        for line in file.read_text(encoding="utf-8").splitlines()
        if "file=sys.stderr" in line or "stderr.write" in line or "traceback.print_" in line
    ]
    assert found == []


@needs_full
@pytest.mark.skipif(sys.platform != "linux", reason="a display is always there")
def test_a_word_that_is_no_command_and_no_display_need_no_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for arguments, sentence in ((["nonsense"], "neither a file nor a command"), ([], "there is no display")):
        status, out, told = run("", *arguments)
        assert (status, out) == (2, "")
        assert told.startswith("regdesk: ")
        assert sentence in told
        for redirection in ("2>/dev/full", "2>&-", "<&- 2>&-"):
            assert run(redirection, *arguments) == (2, "", ""), (arguments, redirection)


@needs_full
def test_a_sweep_into_a_full_standard_output_is_in_its_folder(file: Path, tmp_path: Path) -> None:
    # That it is full is no matter of how Python begins.
    with Path("/dev/full").open("w") as full:
        done = warm_run("main.py", *map(str, sweep(file, tmp_path)), cwd=ROOT, stdout=full)
    assert (done.returncode, done.stderr) == (1, LOST)
    assert {"path.csv", "weights.csv", "summary.json", "lambdaPanel.svg"} <= {one.name for one in tmp_path.iterdir()}


def test_who_stops_reading_is_no_error_to_tell_of(file: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "main.py", "inspect", str(file), "--json"]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, timeout=300, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("is_json", [True, False])
def test_a_library_may_have_no_streams(monkeypatch: pytest.MonkeyPatch, file: Path, is_json: bool) -> None:
    from regdesk.cli import headless

    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert headless.run(["inspect", str(file), *(["--json"] if is_json else [])]) == 0
    assert headless.run(["inspect", "nothing.csv"]) == 2
    assert headless.run(["samples", "--help"]) == 0
