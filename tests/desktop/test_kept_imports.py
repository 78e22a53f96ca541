"""What was chosen for a file comes back, and what is damaged or too long is as if it were not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.import_choices import ImportChoices
from regdesk.core.types import ColumnRole, DataSettings
from regdesk.desktop.kept_imports import MOST_CHARACTERS, MOST_FILES, KeptImports
from regdesk.desktop.preferences import Preferences

CHOICES = ImportChoices(
    ReadingOptions(delimiter="\t", missing_words=("-999", "größe,%1\\n"), kinds=(("zip", "text"),)),
    DataSettings(target="y=1; [x]", roles=(("id", "ignored"),), weight_column="w"),
)


def digest(number: int) -> str:
    return f"{number:064x}"


def preferences(folder: Path) -> Preferences:
    return Preferences(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))


def test_choices_come_back_in_another_window(tmp_path: Path) -> None:
    KeptImports(preferences(tmp_path)).keep(digest(1), CHOICES)
    KeptImports(preferences(tmp_path)).keep(digest(2), ImportChoices())
    assert KeptImports(preferences(tmp_path)).recalled() == {digest(2): ImportChoices(), digest(1): CHOICES}


def test_the_newest_stay(tmp_path: Path) -> None:
    kept = KeptImports(preferences(tmp_path))
    for number in range(MOST_FILES + 3):
        kept.keep(digest(number), ImportChoices(data=DataSettings(target=f"y{number}")))
    kept.keep(digest(MOST_FILES), CHOICES)
    found = kept.recalled()
    assert len(found) == MOST_FILES
    assert next(iter(found)) == digest(MOST_FILES)
    assert found[digest(MOST_FILES)] == CHOICES
    assert digest(2) not in found


def test_choices_for_thousands_of_columns_are_not_kept(tmp_path: Path) -> None:
    kept = KeptImports(preferences(tmp_path))
    kept.keep(digest(1), CHOICES)
    roles: tuple[tuple[str, ColumnRole], ...] = tuple(
        (f"column_{number}", "ignored") for number in range(MOST_CHARACTERS // 10)
    )
    kept.keep(digest(2), ImportChoices(data=DataSettings(roles=roles)))
    assert list(kept.recalled()) == [digest(1)]


def test_a_file_without_a_digest_is_not_kept(tmp_path: Path) -> None:
    kept = KeptImports(preferences(tmp_path))
    kept.keep("", CHOICES)
    assert kept.recalled() == {}


@pytest.mark.parametrize(
    "damage",
    [
        "no JSON", "[]", "[" * 100_000, '{"a": 1}', '"text"', "null",
        json.dumps({digest(3): {"version": 2}}),
        json.dumps({digest(3): {"version": 1, "data": {"target": 7}}}),
        json.dumps({digest(3): {"version": 1, "data": {"roles": [["a", "goal"]]}}}),
        json.dumps({digest(3): {"version": 1, "source": {"reading": {"encoding": "rot13"}}}}),
        "x" * 10_000_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_damaged_is_not_there(tmp_path: Path, damage: str) -> None:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("imports", damage)
    settings.sync()
    kept = KeptImports(preferences(tmp_path))
    assert kept.recalled() == {}
    kept.keep(digest(1), CHOICES)
    assert kept.recalled() == {digest(1): CHOICES}


def test_beside_a_damaged_one_the_others_stay(tmp_path: Path) -> None:
    kept = KeptImports(preferences(tmp_path))
    kept.keep(digest(1), CHOICES)
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    records: dict[str, Any] = json.loads(str(settings.value("imports")))
    settings.setValue("imports", json.dumps({digest(2): {"version": 9}} | records))
    settings.sync()
    assert KeptImports(preferences(tmp_path)).recalled() == {digest(1): CHOICES}


def test_nothing_is_kept_without_a_file() -> None:
    kept = KeptImports(Preferences(None))
    kept.keep(digest(1), CHOICES)
    assert kept.recalled() == {}
