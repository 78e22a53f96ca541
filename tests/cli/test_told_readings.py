"""How cells were read, where that was a guess, is said by whatever trains on them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regdesk.cli.headless import run
from regdesk.data.csv.table import warning_text
from regdesk.data.formats.reading import read_file

COMMON = ["--target", "y", "--hidden", "", "--penalty", "l2"]


@pytest.mark.parametrize("command", [["fit"], ["sweep", "--lambdas", "1,0.1"]])
def test_fits_and_sweeps_say_it_in_their_text_and_their_record(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "dots.csv"
    rows = (f"{row % 9 + 1}.{234 + row};{row % 7},5\n" for row in range(40))
    file.write_text("a;y\n" + "".join(rows), encoding="utf-8")
    (warning,) = read_file(file).warnings
    assert "it may also mean 1.234" in warning.message
    first, *others = command
    assert run([first, str(file), *COMMON, *others]) == 0
    assert f"  Reading: {warning_text(warning)}\n" in capsys.readouterr().out
    assert run([first, str(file), *COMMON, *others, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["provenance"]["warnings"] == [warning_text(warning)]
    # Where nothing was guessed nothing is told.
    file.write_text("a;y\n" + "".join(f"{row % 5};{row % 7},5\n" for row in range(40)), encoding="utf-8")
    assert run([first, str(file), *COMMON, *others]) == 0
    assert "Reading:" not in capsys.readouterr().out


def test_so_does_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, page = tmp_path / "dots.csv", tmp_path / "dots.html"
    rows = (f"{row % 9 + 1}.{234 + row};{row % 7},5\n" for row in range(40))
    file.write_text("a;y\n" + "".join(rows), encoding="utf-8")
    assert run(["report", str(file), *COMMON, "--lam", "0.1", "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "What had to be guessed when they were read:" in text
    assert "it may also mean 1.234" in text
