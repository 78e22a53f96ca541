"""Several files that are saved: none is replaced unasked, and all of them are written or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from regdesk.core.stopping import Stopped
from regdesk.data.files.whole_files import NotOnDisk
from regdesk.desktop.taking import saved_files
from regdesk.desktop.taking.saved_files import NotSaved, is_free, show_not_saved, write_files

FILES = {"a.csv": b"1", "b.csv": b"2"}


class Dialog:
    """What is said in it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def tr(self, text: str) -> str:
        return text

    def show_problem(self, sentence: str) -> None:
        self.problems.append(sentence)


@pytest.mark.parametrize("may", [True, False])
def test_only_what_is_there_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may: bool) -> None:
    asked: list[tuple[Any, ...]] = []

    def ask(*arguments: Any) -> bool:
        asked.append(arguments)
        return may

    monkeypatch.setattr(saved_files, "may_replace", ask)
    dialog: Any = Dialog()
    assert is_free(dialog, str(tmp_path), ["a.csv", "b.csv"])
    (tmp_path / "b.csv").write_bytes(b"old")
    (tmp_path / "c.csv").symlink_to(tmp_path / "nowhere")
    assert is_free(dialog, str(tmp_path), ["a.csv", "b.csv", "c.csv"]) is may
    assert asked == [(dialog, str(tmp_path), ["b.csv", "c.csv"])], "also of a link to nothing"
    missing = str(tmp_path / "missing")
    assert not is_free(dialog, missing, ["a.csv"])
    assert not is_free(dialog, str(tmp_path / "b.csv"), ["a.csv"])
    assert dialog.problems == [f"There is no folder {missing}.", f"There is no folder {tmp_path / 'b.csv'}."]
    assert len(asked) == 1


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    write_files(str(tmp_path), FILES, lambda: False)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == FILES
    looks = iter([False, True])
    with pytest.raises(Stopped):
        write_files(str(tmp_path), {"a.csv": b"new", "b.csv": b"new"}, lambda: next(looks))
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == FILES, "it was stopped before the second"


def test_what_could_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.csv").mkdir()
    dialog: Any = Dialog()
    with pytest.raises(NotSaved) as caught:
        write_files(str(tmp_path / "missing"), FILES, lambda: False)
    assert not caught.value.is_in_place
    assert str(caught.value) == f"{caught.value.place}: {caught.value.reason}"
    assert caught.value.place.is_relative_to(tmp_path / "missing")
    show_not_saved(dialog, caught.value)
    assert dialog.problems[0].startswith(str(caught.value.place))
    assert dialog.problems[0].endswith("Nothing there was changed.")
    show_not_saved(dialog, NotSaved(tmp_path / "a.csv", NotOnDisk("the disk failed")))
    assert "Nothing there was changed" not in dialog.problems[1]
    assert dialog.problems[1].startswith(str(tmp_path / "a.csv"))
