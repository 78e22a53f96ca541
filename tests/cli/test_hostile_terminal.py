"""What files say is shown on a terminal and in a spreadsheet letter by letter, and drives neither."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from regdesk.cli import headless
from regdesk.core.words.safe_text import safe_line, safe_text
from regdesk.data.columns.missing_words import MISSING_WORDS
from regdesk.data.files.safe_cells import csv_bytes, safe_cell
from regdesk.system.terminal import ProgressBar, write_error

RED, TURN = "\x1b[31m", "\u202e"
COLUMN = f"=cmd()|{RED}{TURN}x"
SECOND = f"@sum{TURN}"
LEVELS = (f"+1+1{RED}", f"-2\n{TURN}forged line", f"\t{RED}tab")
CLASSES = (f"=yes{RED}", f"-no{TURN}", "@may be\x07")
FILE_NAME = f"data{RED}{TURN}\n.csv"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    generator = np.random.default_rng(2)
    x, z = generator.normal(size=(2, 60)).round(3)
    path = tmp_path_factory.mktemp("hostile") / FILE_NAME
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow([COLUMN, SECOND, "level", "answer", "value"])
        for row in range(60):
            cell = "" if row == 7 else x[row]
            writer.writerow([cell, z[row], LEVELS[row % 3], CLASSES[row % 3], round(x[row] - z[row], 3)])
    return path


class GoneTerminal(io.StringIO):
    """One that has been closed by whoever opened it; ``descriptor`` is what it stood on."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def flush(self) -> None:
        raise OSError(errno.EIO, "Input/output error")


def check_harmless(text: str) -> None:
    """Nothing but letters, spaces and ends of lines."""
    bad = {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert not bad, f"{bad!r} in {text!r}"
    assert "\nforged" not in text


def commands(file: Path, out: Path) -> Iterator[tuple[list[str], int]]:
    path = str(file)
    linear = ["--hidden", "", "--penalty", "l1"]
    yield ["inspect", path], 0
    yield ["inspect", path, path], 0
    yield ["fit", path, "--target", "value", *linear], 0
    yield ["fit", path, "--target", "answer", *linear, "--lam", "0.3"], 0
    yield ["fit", path, "--target", "answer", "--hidden", "3", "--epochs", "3"], 0
    yield ["sweep", path, "--target", "answer", *linear, "--n-lambdas", "3", "--out", str(out / "linear")], 0
    yield ["sweep", path, "--target", "answer", "--hidden", "3", "--lambdas", "0.1", "--epochs", "3",
           "--out", str(out / "network")], 0  # fmt: skip
    yield ["fit", path, "--target", COLUMN + RED], 2
    yield ["fit", path, "--target", "value", "--features", COLUMN + RED], 2
    yield ["fit", path, "--target", "level", "--task", "regression"], 2
    yield ["fit", path, "--target", "value", "--split-column", "level"], 2
    yield ["sweep", path, "--target", "value", *linear, "--out", path], 1
    yield ["inspect", path + RED], 2
    yield ["fit", path, "--target", "value", f"--{RED}option"], 2
    yield ["fit", path, "--target", "value", "--lam", f"{RED}{TURN}"], 2


def test_no_report_and_no_error_drives_the_terminal(capsys, engine, file, tmp_path):
    for command, status in commands(file, tmp_path):
        assert headless.run(command) == status, command
        out, err = capsys.readouterr()
        check_harmless(out)
        check_harmless(err)
        if status:
            # One sentence, however many lines the name of the file has.
            assert (out, err.count("\n")) == ("", 1)
        elif command[0] != "sweep":
            assert "\\u202e" in out


def test_names_in_json_are_exact(capsys, engine, file):
    assert headless.run(["inspect", str(file), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [column["name"] for column in record["columns"][:2]] == [COLUMN, SECOND]
    assert record["file"] == str(file)
    assert headless.run(["fit", str(file), "--target", "answer", "--hidden", "", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["classes"] == sorted(label.strip() for label in CLASSES)
    assert {rule["level"] for rule in record["provenance"]["encoding"]} == {None, *(one.strip() for one in LEVELS)}


def test_no_cell_of_a_sweeps_files_is_run(capsys, engine, file, tmp_path):
    for command, _ in commands(file, tmp_path):
        if command[0] == "sweep" and command[-1] != str(file):
            assert headless.run([*command, "--json"]) == 0
            record = json.loads(capsys.readouterr().out)
            folder = Path(command[-1])
            texts = set()
            for name in ("path.csv", "weights.csv"):
                for row in csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8"), newline="")):
                    for cell in row:
                        is_number = cell.replace("e-", "").replace("-", "").replace(".", "").isdigit()
                        assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
                        texts.add(cell)
            # The words themselves are all there.
            assert {f"'{COLUMN}", f"'{SECOND}"} <= texts
            assert {f"'{label.strip()}" for label in CLASSES} <= texts
            assert COLUMN in record["features"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("+x", "'+x"), ("-x", "'-x"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"),
        ("  =1", "'  =1"), ("＝1", "'＝1"), ("-1", "-1"), ("+1.5e3", "+1.5e3"), ("-1,5", "-1,5"), ("a=1", "a=1"),
        ("-1-1", "'-1-1"), ("", ""), ("'=1", "'=1"),
    ],
)  # fmt: skip
def test_a_cell_that_would_be_run_begins_with_an_apostrophe(text, cell):
    assert safe_cell(text) == cell


def test_numbers_stay_numbers():
    found = csv_bytes([["λ", "=x"], [-0.5, None], [float("-inf"), True], [-3, "-3"]])
    assert found.decode() == "λ,'=x\r\n-0.5,\r\n-inf,True\r\n-3,-3\r\n"
    assert "" in MISSING_WORDS


def test_what_is_escaped_and_what_is_not(capsys):
    assert safe_line("a\x1b[31mb\u202ec\n\t\x7f\x9b\u2066\u200f\ufeff\u2028\ud800") == (
        r"a\x1b[31mb\u202ec\n\t\x7f\x9b\u2066\u200f\ufeff\u2028\ud800"
    )
    for text in ("λ × ½ → ‖W‖₁", "می\u200cخواهم", "👩\u200d🔬", "naïve café 日本語", "a\u00a0b\u2009c"):
        assert safe_line(text) == text
    assert safe_text("a\nb\x1b") == "a\nb\\x1b"
    write_error(f"x{RED}\ny")
    assert capsys.readouterr().err == "regdesk: x\\x1b[31m\\ny\n"


def test_the_progress_bar_shows_names_letter_by_letter(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    bar = ProgressBar("reading", stream)
    # Long enough after it began.
    now_s = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now_s + 60.0)
    bar.show(0.5, f"50% of {FILE_NAME}")
    drawn = stream.getvalue()
    assert drawn.startswith("\rreading [")
    check_harmless(drawn.replace("\r", ""))
    assert drawn.endswith(r"50% of data\x1b[31m\u202e\n.csv")


def test_a_terminal_that_is_gone_gets_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "terminal"
    descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT)
    stream = GoneTerminal(descriptor)
    bar = ProgressBar("fitting", stream)
    now_s = time.monotonic()
    for later_s in (60.0, 120.0):
        monkeypatch.setattr(time, "monotonic", lambda later_s=later_s: now_s + later_s)
        bar.show(0.5)
    bar.message("Still here?")
    assert stream.getvalue().count("fitting") == 1, "it is not tried again"
    # What a stream still holds when the interpreter ends is written to its descriptor: that leads nowhere now.
    os.write(descriptor, b"the rest")
    os.close(descriptor)
    assert kept.read_bytes() == b""
