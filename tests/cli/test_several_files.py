"""``fit`` and ``sweep`` of several files: one row set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regdesk.cli.arguments import parse_window_arguments
from regdesk.cli.headless import COMMANDS


def write(folder: Path) -> list[str]:
    rows = [f"{number % 7},{number % 5},{number % 7 + 0.5}\n" for number in range(40)]
    for name, part in (("jan", rows[:15]), ("feb", rows[15:])):
        (folder / f"{name}.csv").write_text("a,b,y\n" + "".join(part), encoding="utf-8")
    return [str(folder / "jan.csv"), str(folder / "feb.csv")]


def test_a_fit_of_two_files_uses_the_rows_of_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = write(tmp_path)
    options = ["--target", "y", "--features", "a,b,file", "--hidden", "", "--json"]
    assert COMMANDS["fit"]([*files, *options], None) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["n_train"] + record["n_validation"] == 40
    assert "file=jan.csv" in record["features"]
    assert Path(record["provenance"]["file"]).name == "jan.csv and 1 more file"


def test_a_sweep_of_two_files_uses_the_rows_of_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--target", "y", "--hidden", "", "--n-lambdas", "5", "--json", "--penalty", "l2"]
    assert COMMANDS["sweep"]([*write(tmp_path), *options], None) == 0
    assert len(json.loads(capsys.readouterr().out)["lambdas"]) == 5


def test_the_window_is_told_of_all_files() -> None:
    source = parse_window_arguments(["jan.csv", "feb.csv", "mar.csv"]).configuration.source
    assert source.file == "jan.csv"
    assert source.reading.more_files == ("feb.csv", "mar.csv")
