"""How far lessons were done is found again, and whatever is not what was written is taken as not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from regdesk.desktop.kept_lessons import MOST_LESSONS, KeptLessons
from regdesk.desktop.preferences import Preferences


def preferences(folder: Path) -> Preferences:
    return Preferences(QSettings(str(folder / "r.ini"), QSettings.Format.IniFormat))


def test_what_was_done_is_found_again(tmp_path: Path) -> None:
    kept = KeptLessons(preferences(tmp_path))
    assert kept.recalled() == {}
    kept.keep("overfitting", 1, 3)
    kept.keep("twins", 3, 3)
    kept.keep("overfitting", 2, 3)
    again = KeptLessons(preferences(tmp_path))
    assert list(again.recalled().items()) == [("overfitting", (2, 3)), ("twins", (3, 3))]
    again.keep("no/key", 1, 2)
    assert len(again.recalled()) == 2


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    kept = KeptLessons(preferences(tmp_path))
    for number in range(3):
        kept.keep(f"l{number}", 0, 1)
    text = "{" + ", ".join(f'"k{number}": [0, 1]' for number in range(MOST_LESSONS)) + "}"
    own = preferences(tmp_path)
    own.lessons = text
    KeptLessons(own).keep("newest", 1, 1)
    found = KeptLessons(own).recalled()
    assert len(found) == MOST_LESSONS
    assert next(iter(found)) == "newest"


@pytest.mark.parametrize(
    "text",
    ["[", "[]", "3", '{"a": 3}', '{"a": [1]}', '{"a": [2, 1]}', '{"a": [true, 1]}', '{"a": [-1, 1]}', '{"A B": [0, 1]}',
     '{"a": [0, 1e9]}', '{"a": [0, 9999]}', "[" * 5000],
)  # fmt: skip
def test_what_was_not_written_is_not_there(tmp_path: Path, text: str) -> None:
    own = preferences(tmp_path)
    own.lessons = text
    assert KeptLessons(own).recalled() == {}


def test_only_the_first_start_is_the_first(tmp_path: Path) -> None:
    assert preferences(tmp_path).take_first_start()
    assert not preferences(tmp_path).take_first_start()
    assert not Preferences(None).take_first_start()


def test_who_has_closed_a_window_before_is_not_new(tmp_path: Path) -> None:
    (tmp_path / "r.ini").write_text("[window]\nrectangle=1 2 800 600\n")
    assert not preferences(tmp_path).take_first_start()
