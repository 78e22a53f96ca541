"""What ``inspect``, ``fit`` and ``sweep`` tell of the health of the data; a sound table is silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fit_command import write_csv

from regdesk.cli import headless
from regdesk.data.samples import sample_path

X = [row * row % 17 + 0.5 for row in range(40)]
Z = [row * 7 % 13 - 0.25 for row in range(40)]


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    """y is x in another scale, and copy a copy of z; 40 rows."""
    columns = [X, Z, Z, [2.0 * cell + 1.25 for cell in X]]
    return write_csv(tmp_path / "leaking.csv", ["x", "z", "copy", "y"], columns)


def test_inspect_tells_of_the_table_and_of_a_target(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(leaking), "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)["health"]
    assert [(one["topic"], one["columns"], one["count"]) for one in alone] == [
        ("copies", ["z", "copy"], 2),
        ("same meaning", ["x", "y"], 2),
    ]
    assert headless.run(["inspect", str(leaking), "--target", "y", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["health"]
    assert [(one["topic"], one["columns"]) for one in found] == [("copies", ["z", "copy"]), ("leakage", ["x"])]
    assert found[1]["message"] == (
        "x is the target under another name (y = 2 × x + 1.25 in every row): leave it out of the features."
    )
    assert headless.run(["inspect", str(leaking), "--target", "y"]) == 0
    text = capsys.readouterr().out
    assert f"Data health:\n  {found[0]['message']}\n  {found[1]['message']}\n" in text


def test_inspect_names_a_target_that_is_not_there(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["inspect", str(leaking), "--target", "w"]) == 2
    assert "there is no column 'w' to use as target" in capsys.readouterr().err


def test_a_fit_tells_of_leakage_before_its_figures(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["fit", str(leaking), "--target", "y", "--hidden", ""]) == 0
    lines = capsys.readouterr().out.splitlines()
    told = [number for number, line in enumerate(lines) if line.startswith("  Data health: x is the target under")]
    figures = [number for number, line in enumerate(lines) if line.startswith("Linear regression")]
    assert len(told) == len(figures) == 1
    assert told < figures


def test_a_sweep_wants_each_class_in_every_fold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classes = ["rare"] * 3 + ["usual"] * 37
    path = write_csv(tmp_path / "rare.csv", ["x", "z", "y"], [X, Z, classes])
    options = ["--target", "y", "--hidden", "", "--n-lambdas", "3"]
    sentence = "y has a class with fewer than 5 rows, one for each fold: 'rare' (3 rows)."
    for folds, said in (("5", True), ("3", False)):
        assert headless.run(["sweep", str(path), *options, "--folds", folds]) == 0
        assert (sentence in capsys.readouterr().out) is said


def test_of_a_sample_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert headless.run(["fit", str(sample_path("noisy-curve")), "--target", "temperature", "--hidden", ""]) == 0
    assert "Data health" not in capsys.readouterr().out
