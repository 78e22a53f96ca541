"""What is done for a reader and cannot fulfil what its step waits for is a fault, with the line of its ``for me:``."""

from __future__ import annotations

from pathlib import Path

import pytest

from regdesk.app import main
from regdesk.core.lessons.condition_parser import condition_of
from regdesk.core.lessons.reach import NEVER_THERE, Reach, Span, can_hold
from regdesk.data.lessons.bundled import NAMES, TOUR, bundled_lesson
from regdesk.data.lessons.for_me_faults import for_me_faults
from regdesk.data.lessons.lesson_files import LessonFile, read_lesson

TEXT = """---
title: T
about: A.
{header}
---

# First

{first}
task: Do it.
wait: epoch >= 0

Text.

# Second

{keys}
task: Do it.
wait: {wait}
for me: {done}

Text.
"""
OWN = "sample: diabetes\nset: architecture.hidden = none\nset: lam = 0.1"


def sentences(folder: Path, wait: str, done: str, header: str = OWN, first: str = "", keys: str = "") -> list[str]:
    file = folder / "l.md"
    text = TEXT.format(header=header, first=first, keys=keys, wait=wait, done=done)
    # Keys end with an empty line.
    file.write_text(text.replace("\n\n\ntask", "\n\ntask"), encoding="utf-8")
    found = read_lesson(file)
    assert isinstance(found, LessonFile), found
    line = next(number for number, one in enumerate(file.read_text().splitlines(), 1) if one.startswith("for me:"))
    faults = for_me_faults(found)
    assert all(fault.line == line for fault in faults)
    return [
        fault.sentence.removeprefix("'for me:' cannot do what 'wait:' waits for: after it ")[:-1] for fault in faults
    ]


@pytest.mark.parametrize(
    ("wait", "done", "sentence"),
    [
        ("lam >= 0.3 and n_zero > 2", "lam = 0.2", "lam is 0.2"),
        ("penalty = l1 and lam >= 0.1", "lam = 0.2", "penalty is l2"),
        ("lam > 2 * start.lam", "lam = 0.15", "lam is 0.15, start.lam is 0.1"),
        ("not data.standardize", "lam = 0.2", "data.standardize is true"),
        ("epoch >= 300", "lam = 0.2", "epoch is 0"),
        ("is_running", "pause", "is_running is not true"),
        ("is_swept and lam > 0", "use_best", "is_swept is not true"),
        ("lam <= lambda_best", "lam = 0.01", "lam is 0.01, lambda_best is not there"),
        ("n_seeds >= 3", "seed = 4", "n_seeds is 1 to 2"),
        ("n_zero < 0", "lam = 0.2", "n_zero is 0 or more"),
        ("in_sight.pathPanel", "lam = 0.2", "in_sight.pathPanel is not true"),
        ("is_collapsed or lam > 1", "lam = 1", "is_collapsed is not true, lam is 1"),
    ],
)
def test_what_can_never_be_so_is_named(tmp_path: Path, wait: str, done: str, sentence: str) -> None:
    assert sentences(tmp_path, wait, done, keys="show: dataFitPanel") == [sentence]


@pytest.mark.parametrize(
    ("wait", "done", "more"),
    [
        ("lam >= 0.3 and n_zero > 2", "lam = 0.3", {}),
        ("weight(bmi) - 1 < 0 and is_exact", "lam = 0.2", {}),
        ("epoch >= 300", "run", {}),
        ("epoch >= 300", "lam = 0.2", {"keys": "do: run"}),
        ("is_swept and lam >= 0.99 * lambda_best", "use_best", {"first": "do: sweep"}),
        ("lam != start.lam", "use_1se", {"first": "do: sweep"}),
        ("n_seeds = 2 and seed = 4", "seed = 4", {}),
        ("gap < -1 or lam = 3", "lam = 0.2", {}),
        ("in_sight.pathPanel", "lam = 0.2", {"keys": "show: pathPanel"}),
        # Where the reader's own data are used nobody knows what is in force.
        ("penalty = l2 and epoch > 5 and is_swept", "lam = 0.2", {"header": "set: lam = 0.1"}),
    ],
)
def test_what_may_be_so_is_sound(tmp_path: Path, wait: str, done: str, more: dict[str, str]) -> None:
    assert sentences(tmp_path, wait, done, **more) == []


def test_the_command_says_it_with_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentences(tmp_path, "lam >= 0.3", "lam = 0.2")
    assert main(["lessons", "check", str(tmp_path / "l.md")]) == 2
    assert capsys.readouterr().err == (
        "regdesk: l.md, line 20: 'for me:' cannot do what 'wait:' waits for: after it lam is 0.2.\n"
    )


@pytest.mark.parametrize("name", [TOUR, *NAMES])
def test_no_lesson_that_comes_along_helps_in_vain(name: str) -> None:
    assert for_me_faults(bundled_lesson(name)) == ()


@pytest.mark.parametrize(
    ("text", "is_possible"),
    [
        ("lam + 1 < 3", True),
        ("lam - epoch > 1", False),
        ("lam * -1 > -1", False),
        ("lam / 2 = 0.5", True),
        ("lam / 2 = 0.4", False),
        ("1 / epoch > 1000", True),
        ("not lam = 1", False),
        ("not lam != 1", True),
        ("not (lam > 2 or epoch < 0)", True),
        ("not (lam < 2 or epoch < 0)", False),
        ("gap = gap", False),
        ("not gap > 1", True),
        ("penalty != l1 and lam = 1", True),
    ],
)
def test_a_condition_can_hold_or_never(text: str, is_possible: bool) -> None:
    known: dict[str, Reach] = {"training.lam": 1.0, "epoch": Span(0.0), "gap": NEVER_THERE, "training.penalty": "l2"}
    assert can_hold(condition_of(text), known) == is_possible
