"""``--role COL=ROLE``: what a column is for, said as the import dialog says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from regdesk.cli.arguments import parse_fit_arguments, parse_window_arguments
from regdesk.cli.headless import run
from regdesk.core.types import DataSettings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    rows = ["key,a,b,part,k,w,y"]
    rows += [
        f"k{row},{row * 7 % 11},{row * 5 % 13},{part},{row % 3},{1 + row % 2},{row * 3 % 17}.5"
        for row in range(40)
        for part in (("train", "test")[row % 4 == 0],)
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_roles_of_one_column_are_settings_of_their_own() -> None:
    words = [
        word for role in ("y=target", "part=split", "k=fold", "w=weight", "a=ignored") for word in ("--role", role)
    ]
    found = parse_fit_arguments(["table.csv", *words]).configuration.data
    assert found == DataSettings(
        target="y", split_column="part", fold_column="k", weight_column="w", roles=(("a", "ignored"),)
    )
    assert parse_window_arguments(["table.csv", *words]).configuration.data == found


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--target", "x", "--role", "y=target"], "--role: it cannot make y the target, which is x."),
        (["--role", "x=fold", "--role", "y=fold", "--target", "t"], "--role: it cannot make y the fold, which is x."),
        (["--target", "t", "--role", "y=fold", "--role", "y=weight"], "--role: it has 'y' more than once."),
        (
            ["--target", "t", "--role", "y=goal"],
            "--role: a role is a column and one of target, feature, ignored, identifier, fold, split, weight, such as "
            "zip=ignored, not 'y=goal'.",
        ),
        (["--kind", "y=target"], "--target is missing: say which column is to be predicted."),
    ],
)
def test_roles_that_cannot_be(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        parse_fit_arguments(["table.csv", *words])
    assert stop.value.code == 2
    if "--kind" not in words:
        assert capsys.readouterr().err.strip().removeprefix("regdesk: ") == sentence


def fitted(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run(["fit", *words, "--hidden", "", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_is_ignored_is_no_feature(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    roles = ("--role", "y=target", "--role", "part=split", "--role", "k=fold", "--role", "w=weight")
    assert fitted(capsys, str(file), *roles)["features"] == ["a", "b"]
    assert fitted(capsys, str(file), *roles, "--role", "b=identifier")["features"] == ["a"]
    assert fitted(capsys, str(file), "--target", "y", "--features", "a,b", "--role", "k=feature")["features"] == [
        "a", "b", "k",
    ]  # fmt: skip


def test_a_feature_by_role_is_used_whatever_its_kind(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    usual = fitted(capsys, str(file), "--target", "y")
    assert not [name for name in usual["features"] if name.startswith("key=")]
    named = fitted(capsys, str(file), "--target", "y", "--role", "key=feature")
    assert len([name for name in named["features"] if name.startswith("key=")]) == named["n_train"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--target", "y", "--role", "c=ignored"), "there is no column 'c' to use as a column with the role ignored;"),
        (("--target", "y", "--role", "y=ignored"), "column 'y': the target cannot be ignored."),
        (("--target", "y", "--role", "y=feature"), "column 'y': the target cannot be a feature."),
        (("--target", "y", "--features", "a,b", "--role", "a=identifier"),
         "column 'a': it is named as a feature and as identifier."),
    ],
)  # fmt: skip
def test_roles_that_do_not_suit_the_table(
    words: tuple[str, ...], sentence: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["fit", str(file), *words, "--hidden", ""]) == 2
    assert sentence in capsys.readouterr().err


def test_what_is_left_out_is_said_with_its_role(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(["fit", str(file), "--target", "y", "--hidden", "", "--role", "a=ignored", "--role", "w=identifier"]) == 0
    )
    said = capsys.readouterr().out
    assert "key (identifier)" in said
    assert "a (ignored)" in said
    assert "w (identifier)" in said


def test_what_true_stands_for_is_said_and_reported(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = file.read_text(encoding="utf-8").replace("train", "1").replace("test", "0")
    file.write_text(text, encoding="utf-8")
    roles = ("--target", "y", "--role", "part=split")
    usual = fitted(capsys, str(file), *roles)
    assert usual["n_test"] == 10
    assert "the column's name does not say" in usual["provenance"]["split"]["how"]
    said = fitted(capsys, str(file), *roles, "--split-true", "test")
    assert said["n_test"] == 30
    assert said["provenance"]["split"]["how"].endswith("part = 1: test, 30 rows; 0: training and validation, 10 rows")
