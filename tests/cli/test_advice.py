"""What sentences advise to do can be done: options that they name exist, and so do buttons that are to be pressed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fit_command import write_csv
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton

import regdesk
from regdesk.cli import arguments, headless, lessons_command, model_arguments, report_arguments, upkeep_commands

SOURCE = Path(regdesk.__file__).parent
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
PRESSED = re.compile(r"\b[Pp]ress ([A-Z][a-z]+(?: [a-z]+)?)")


def sentences(sign: str) -> Iterator[tuple[str, str]]:
    """File and text of every string in the program that is no docstring, of the files in which ``sign`` stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if sign not in source:
            continue
        tree = ast.parse(source)
        loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in loose:
                yield str(path.relative_to(SOURCE)), node.value


def options_of_every_command(capsys: pytest.CaptureFixture[str]) -> set[str]:
    parsers = (
        arguments.parse_window_arguments,
        arguments.parse_fit_arguments,
        arguments.parse_sweep_arguments,
        arguments.parse_inspect_arguments,
        arguments.parse_samples_arguments,
        model_arguments.parse_show_arguments,
        model_arguments.parse_replay_arguments,
        model_arguments.parse_predict_arguments,
        model_arguments.parse_export_arguments,
        report_arguments.parse_report_arguments,
        lessons_command.parse_lessons_arguments,
        upkeep_commands.parse_info_arguments,
        upkeep_commands.parse_reset_arguments,
    )
    for parse in parsers:
        with pytest.raises(SystemExit):
            parse(["--help"])
    # The first of each line is an option; what others say of it proves nothing.
    return set(re.findall(r"(?m)^  (?:-\w, )?(--[a-z-]+)", capsys.readouterr().out))


def test_options_that_are_named_exist(capsys: pytest.CaptureFixture[str]) -> None:
    known = options_of_every_command(capsys)
    assert {"--folds", "--missing", "--features", "--split-column"} <= known
    named = {(file, option) for file, text in sentences("--") for option in OPTION.findall(text)}
    assert ("data/prepare/folds.py", "--folds") in named
    assert {(file, option) for file, option in named if option not in known} == set()


def test_buttons_that_are_to_be_pressed_exist(make_window: Any) -> None:
    driver = make_window("--sample", "two-moons")
    driver.wait_model()
    for panel in driver.window.panels:
        # What a panel holds is made when it is seen.
        driver.window.docks.bring_up(panel)
    driver.wait(lambda: driver.window.findChild(QAbstractButton, "permuteButton") is not None)
    parts = [*driver.window.findChildren(QAction), *driver.window.findChildren(QAbstractButton)]
    texts = {part.text().replace("&", "").rstrip("…") for part in parts}
    texts |= {part.iconText().replace("&", "") for part in parts if isinstance(part, QAction)}
    named = {(file, button) for file, text in sentences("ress ") for button in PRESSED.findall(text)}
    assert {"Run", "Reset"} <= {button for _, button in named}
    unknown = {(file, button) for file, button in named if button not in texts and button.split()[0] not in texts}
    assert unknown == set()


def test_a_class_of_one_row_is_named_with_its_line_and_what_is_advised_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    x = np.random.default_rng(0).normal(size=20).round(3)
    grade = ["a", "b"] * 9 + ["c", "a"]
    file = write_csv(tmp_path / "g.csv", ["x", "grade"], [x, grade])
    command = ["sweep", str(file), "--target", "grade", "--hidden", "", "--lambdas", "0.1"]
    assert headless.run(command) == 2
    said = capsys.readouterr().err
    assert said.startswith("regdesk: g.csv, line 20, column 'grade': the class 'c' has one row")
    assert "remove the row from the file, give it another class, or do without folds (--folds 1)." in said
    assert headless.run([*command, "--folds", "1"]) == 0
    for mended in (grade[:18] + grade[19:], [*grade[:18], "b", "a"]):
        write_csv(file, ["x", "grade"], [x[: len(mended)], mended])
        assert headless.run(command) == 0


def test_no_row_left_names_the_emptiest_columns_and_what_is_advised_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = np.arange(24)
    gaps = {"full": 1, "half": 2, "most": 8, "nearly": 12}
    columns = [[f"{i * i % 19}.5" if (i + len(name)) % step == 0 else "" for i in row] for name, step in gaps.items()]
    file = write_csv(tmp_path / "d.csv", [*gaps, "y"], [*columns, [f"{i * 7 % 11}.5" for i in row]])
    command = ["fit", str(file), "--target", "y", "--hidden", "", "--missing", "drop"]
    assert headless.run(command) == 2
    assert capsys.readouterr().err == (
        "regdesk: d.csv: no row is left: each lacks the target or a feature. Missing most often: nearly (22 of 24 "
        "cells), most (21 of 24 cells), half (12 of 24 cells). Impute missing cells, or leave such columns out of the "
        "features.\n"
    )
    assert headless.run([*command[:-1], "impute"]) == 0
    assert headless.run([*command, "--features", "full,half"]) == 0
