"""Standard output and standard error may be closed, full or gone: results, sentences and the status stay right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from window_driver import write_sparse

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no shell that closes them")

ROOT = Path(__file__).resolve().parent.parent
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
    status, out, _ = run(redirection, *sweep(file, tmp_path))
    assert status == 0
    assert len(json.loads(out)["lambdas"]) == 3
    assert run(redirection, "fit", "nothing.csv", "--target", "y") == (2, "", "")
    assert run(redirection, "fit") == (2, "", "")
    assert run(redirection, "nonsense") == (2, "", "")


def test_with_all_streams_closed_the_files_are_right(file: Path, tmp_path: Path) -> None:
    assert run(">&- 2>&- <&-", *sweep(file, tmp_path)) == (0, "", "")
    assert len(json.loads((tmp_path / "summary.json").read_bytes())["lambdas"]) == 3
    assert (tmp_path / "path.csv").read_bytes().startswith(b"lambda,train_loss,")


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


@needs_full
def test_a_sweep_into_a_full_standard_output_is_in_its_folder(file: Path, tmp_path: Path) -> None:
    assert run(">/dev/full", *sweep(file, tmp_path)) == (1, "", LOST)
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
    from regdesk import cli

    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.run(["inspect", str(file), *(["--json"] if is_json else [])]) == 0
    assert cli.run(["inspect", "nothing.csv"]) == 2
    assert cli.run(["samples", "--help"]) == 0
