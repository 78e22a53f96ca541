"""``regdesk lessons``: the list, and everything that is wrong in a lesson, with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regdesk.app import main
from regdesk.data.lessons.bundled import NAMES

GOOD = "---\ntitle: T\nabout: A.\n---\n\n# One\n\nText.\n"
BAD = "---\ntitle: T\n---\n\n# One\n\nwait: epochs > 1\n\nText.\n"


def test_the_list_has_each_lesson_with_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons"]) == 0
    shown = capsys.readouterr().out
    assert main(["lessons", "list"]) == 0
    assert capsys.readouterr().out == shown
    blocks = shown.strip().split("\n\n")
    assert [block.split(":")[0] for block in blocks] == list(NAMES)
    assert blocks[0].startswith("overfitting: Overfitting (3 steps)\n  A network learns its points by heart")


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", "--json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [record["name"] for record in records] == list(NAMES)
    first = records[0]
    assert (first["title"], first["n_steps"], first["n_questions"], first["sample"]) == (
        "Overfitting",
        3,
        3,
        "noisy-curve",
    )
    assert Path(first["file"]).is_file()


def test_a_sound_lesson_is_said_to_be_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "good.md"
    file.write_text(GOOD)
    assert main(["lessons", "check", str(file)]) == 0
    assert capsys.readouterr() == ("good.md: sound, 1 step, 0 questions.\n", "")


def test_every_fault_of_every_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "bad.md").write_text(BAD)
    assert main(["lessons", "check", str(tmp_path), str(tmp_path / "gone.md")]) == 2
    out, errors = capsys.readouterr()
    assert out == "good.md: sound, 1 step, 0 questions.\n"
    assert errors.splitlines() == [
        "regdesk: bad.md, line 1: the header has no 'about:'.",
        "regdesk: bad.md, line 7: wait: there is no figure epochs; did you mean epoch?",
        "regdesk: bad.md, line 7: what is waited for is asked for first: there is no 'task:'.",
        "regdesk: gone.md: there is no such file.",
    ]


NAMING = """---
title: T
about: A.
file: houses.csv
set: data.target = prize
set: data.features = size, colour, rooms
set: architecture.hidden = none
---

# One

set: data.features = size
task: Go.
wait: weight(size) > 0 and start.weight(sise) = 0 and weight("colour=red") = 0 and weight(size^2) = 0
for me: data.target = price

## Question

answer: number

How large is weight(nothing)?

- [x] weight(roof) ± 0.1
  > Yes.
- [ ] anything else
  > No.
"""


def test_columns_that_the_data_have_not_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, data = tmp_path / "naming.md", tmp_path / "houses.csv"
    file.write_text(NAMING)
    rows = [f"{number}.5,{'red' if number % 2 else 'blue'},{number}" for number in range(20)]
    data.write_text("\n".join(["size,colour,price", *rows]))
    assert main(["lessons", "check", str(file)]) == 2
    there = "there are size, colour, price."
    assert capsys.readouterr().err.splitlines() == [
        "regdesk: naming.md, line 5: its data have no column 'prize'; did you mean price?",
        f"regdesk: naming.md, line 6: its data have no column 'rooms'; {there}",
        "regdesk: naming.md, line 14: its data have no column 'sise'; did you mean size?",
        f"regdesk: naming.md, line 23: its data have no column 'roof'; {there}",
    ]
    data.write_text("")
    assert main(["lessons", "check", str(file)]) == 2
    assert "regdesk: naming.md, line 4: its data cannot be read: " in capsys.readouterr().err
    # By the reader's own data nobody can tell.
    file.write_text(GOOD.replace("Text.", "task: Go.\nwait: weight(any) > 0\n"))
    assert main(["lessons", "check", str(file)]) == 0


def test_faults_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "bad.md").write_text(BAD)
    files = [str(tmp_path / name) for name in ("good.md", "bad.md", "gone.md")]
    assert main(["lessons", "check", *files, "--json"]) == 2
    good, bad, gone = json.loads(capsys.readouterr().out)
    assert (good["file"], good["faults"], good["n_steps"]) == (files[0], [], 1)
    assert [fault["line"] for fault in bad["faults"]] == [1, 7, 7]
    assert gone["faults"] == [{"line": None, "message": "there is no such file."}]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check"], "say which FILE is to be checked."),
        (["list", "x.md"], "'list' lists what comes with the program; 'check x.md' looks into a file."),
        (["chekc", "x.md"], "'chekc' is not known; did you mean check?"),
    ],
)
def test_a_wrong_command_is_refused(words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lessons", *words]) == 2
    assert sentence in capsys.readouterr().err


def test_a_word_longer_than_any_files_name_is_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    word = "x" * 300
    for arguments, reason in (([word], "is neither a file nor a command"), (["lessons", "check", word], "too long")):
        assert main(arguments) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"regdesk: {word}")
        assert reason in told
