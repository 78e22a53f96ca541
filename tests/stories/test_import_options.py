"""Whatever can be said of reading on the command line is said in the dialog, too, and gives the same table."""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu
from window_driver import WindowDriver

from regdesk.cli.arguments import parse_fit_arguments
from regdesk.core.settings.settings_table import READING
from regdesk.data.csv.table import NumberColumn, Table
from regdesk.data.formats.reading import read_file
from regdesk.desktop.preferences import PATH_VARIABLE
from regdesk.session.import_service import ImportService

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
N_ROWS = 24


class Person:
    """Before the window, with a file in the dialog."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver

    @property
    def dialog(self) -> QDialog:
        found = self.driver.window.findChild(QDialog, "importDialog")
        assert isinstance(found, QDialog)
        return found

    def child(self, name: str) -> Any:
        found = self.dialog.findChild(QObject, name)
        assert found is not None, name
        return found

    def look_at(self, file: Path) -> None:
        self.driver.window.file_chosen.emit(str(file))
        self.driver.wait(lambda: self.driver.part(ImportService).now is not None)

    def wait_read(self, before: object) -> None:
        self.driver.wait(lambda: self.driver.part(ImportService).now is not before)

    def choose(self, name: str, datum: object) -> None:
        box = self.child(name)
        box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == datum))

    def type(self, name: str, text: str) -> None:
        """What is in no list, after its last entry."""
        box = self.child(name)
        box.setCurrentIndex(box.count() - 1)
        self.driver.qtbot.keyClicks(box.lineEdit(), text)
        self.driver.qtbot.keyClick(box, Qt.Key.Key_Return)

    def enter(self, name: str, text: str) -> None:
        self.driver.qtbot.keyClicks(self.child(name), text)
        self.driver.qtbot.keyClick(self.child(name), Qt.Key.Key_Return)

    def pick(self, column: str, action: str) -> None:
        columns = self.child("importColumns")
        place = list(columns.columns.roles).index(column)
        columns.setCurrentIndex(columns.columns.index(place, 0))
        menu = columns.open_menu()
        assert isinstance(menu, QMenu)
        next(one for one in menu.actions() if one.objectName() == action).trigger()
        menu.close()

    def command(self) -> list[str]:
        """The words after the name of the program."""
        self.child("importCopyButton").click()
        first, *words = shlex.split(QGuiApplication.clipboard().text())
        assert first == "regdesk"
        return words


def digest_of(table: Table) -> str:
    """Of all that is in the cells, and how they are to be taken."""
    found = hashlib.sha256(repr((table.column_names, table.row_lines.tolist())).encode())
    for column in table.columns:
        found.update(repr((column.kind, column.levels, column.missing.tolist())).encode())
        cells = column.numbers if isinstance(column, NumberColumn) else column.codes
        found.update(cells.tobytes())
    return found.hexdigest()


def rows_of(form: str) -> str:
    return "".join(form.format(row=row, odd=row * 7 % 11, word=("red", "blue")[row % 2]) for row in range(N_ROWS))


CASES: dict[str, tuple[str, str, Callable[[Person], None], list[str]]] = {
    "a delimiter from the list": (
        "cp1252", "a;b,c;y\n" + rows_of("{row}.5;{odd},1;{word}\n"),
        lambda person: person.choose("importDelimiterBox", ","), ["--delimiter=,"],
    ),
    "a delimiter that is typed": (
        "utf-8", "a§b§y\n" + rows_of("{row}§{odd}§{word}\n"),
        lambda person: person.type("importDelimiterBox", "b"), [],
    ),
    "another delimiter that is typed": (
        "utf-8", "a%b;y\n" + rows_of("{row}%{odd};{word}\n"),
        lambda person: person.type("importDelimiterBox", "%"), ["--delimiter=%"],
    ),
    "an encoding": (
        "cp1252", "größe;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.choose("importEncodingBox", "cp1251"), ["--encoding=cp1251"],
    ),
    "an encoding that is typed": (
        "cp1252", "größe;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.type("importEncodingBox", "cp437"), ["--encoding=cp437"],
    ),
    "a decimal mark": (
        "utf-8", "a;b;y\n" + rows_of("{row};1{odd},125;{word}\n"),
        lambda person: person.choose("importDecimalBox", "."), ["--decimal=."],
    ),
    "no quote": (
        "utf-8", 'a;b;y\n' + rows_of('{row};{odd};"{word}"\n'),
        lambda person: person.choose("importQuoteBox", "none"), ["--quote=none"],
    ),
    "a quote that is typed": (
        "utf-8", "a;b;y\n" + rows_of("{row};{odd};*{word}*\n"),
        lambda person: person.type("importQuoteBox", "*"), ["--quote=*"],
    ),
    "no names": (
        "utf-8", "a;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.choose("importHeaderBox", False), ["--no-header"],
    ),
    "names": (
        "utf-8", rows_of("{row};{odd};{word}\n"),
        lambda person: person.choose("importHeaderBox", True), ["--header"],
    ),
    "lines skipped": (
        "utf-8", "a;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.child("importSkipSpin").setValue(3), ["--skip=3"],
    ),
    "missing words": (
        "utf-8", "a;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.enter("importMissingEdit", '3, 7,"a,b"'), ['--missing-values=3,7,"a,b"'],
    ),
    "a kind": (
        "utf-8", "a;b;y\n" + rows_of("{row};{odd};{word}\n"),
        lambda person: person.pick("b", "kind_categorical"), ["--kind=b=categorical"],
    ),
}  # fmt: skip


@pytest.fixture
def person(make_window: Callable[..., WindowDriver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setenv(PATH_VARIABLE, str(tmp_path / "settings.ini"))
    driver = make_window("--sample", "two-moons", "--hidden", "")
    driver.wait_model()
    return Person(driver)


def check_same(person: Person, file: Path, expected: list[str]) -> Table:
    """The command has the options ``expected``, and reads what the dialog shows. The table is that of the command."""
    words = person.command()
    assert words[0] == str(file)
    for option in expected:
        assert option in words
    arguments = parse_fit_arguments(words if any("--target" in word for word in words) else [*words, "--target=y"])
    table = read_file(arguments.file, arguments.configuration.source.reading)
    now = person.driver.part(ImportService).now
    assert now is not None
    assert now.table is not None
    assert digest_of(table) == digest_of(now.table)
    return table


def test_what_the_command_line_can_say_the_dialog_can(person: Person, tmp_path: Path) -> None:
    read_the_same_by_each_option(person, tmp_path)
    choose_the_table_of_a_database_by_its_name(person, tmp_path)
    have_roles_and_parts_of_dates_in_the_command(person, tmp_path)


def read_the_same_by_each_option(person: Person, tmp_path: Path) -> None:
    for number, (name, (encoding, text, act, expected)) in enumerate(CASES.items()):
        file = tmp_path / f"{number} file of a person.csv"
        file.write_text(text, encoding=encoding, newline="")
        person.look_at(file)
        before = person.driver.part(ImportService).now
        assert before is not None
        act(person)
        if expected:
            person.wait_read(before)
            table = check_same(person, file, expected)
            assert before.table is not None, name
            assert digest_of(table) != digest_of(before.table), name
        else:
            # What cannot be a delimiter is said, and nothing is read again.
            assert person.child("importState").text().startswith("Delimiter: it must be")
            assert person.driver.part(ImportService).now is before
        person.dialog.reject()


def choose_the_table_of_a_database_by_its_name(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "shop of mine.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        for name, factor in (("first", 1.0), ("second one", 2.0)):
            connection.execute(f"CREATE TABLE '{name}' (x REAL, y REAL)")
            connection.executemany(
                f"INSERT INTO '{name}' VALUES (?, ?)", [(row * factor, row * row % 7) for row in range(N_ROWS)]
            )
        connection.commit()
    person.look_at(file)
    before = person.driver.part(ImportService).now
    person.choose("importSheetBox", "second one")
    person.wait_read(before)
    table = check_same(person, file, ["--sheet=second one"])
    assert table.columns[0].numbers.tolist() == [2.0 * row for row in range(N_ROWS)]
    person.dialog.reject()


def have_roles_and_parts_of_dates_in_the_command(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "roles.csv"
    rows = "".join(
        f"{row},{row % 4},{row * 3 % 5 + 1},2024-0{1 + row % 7}-11,{('train', 'test')[row % 3 == 0]},{row * row % 13}\n"
        for row in range(N_ROWS)
    )
    file.write_text(f"a,part,w,when,set,y\n{rows}", encoding="utf-8")
    person.look_at(file)
    for column, role in (("a", "ignored"), ("part", "fold"), ("w", "weight")):
        person.pick(column, f"role_{role}")
    person.pick("when", "date_parts")
    person.pick("when", "role_feature")
    words = person.command()
    assert sorted(words[1:]) == [
        "--date-parts=when", "--fold-column=part", "--role=a=ignored", "--role=when=feature", "--split-column=set",
        "--target=y", "--weight-column=w",
    ]  # fmt: skip
    person.driver.wait(lambda: person.child("importState").text().startswith("Enter opens"))
    person.driver.qtbot.keyClick(person.dialog, Qt.Key.Key_Return)
    person.driver.wait(lambda: person.driver.state["file"] == str(file))
    assert person.driver.session.configuration.data == parse_fit_arguments(words).configuration.data
    features = person.driver.loaded.dataset.features
    assert features == ("when", "when month", "when weekday")


def test_every_option_of_reading_has_a_case() -> None:
    said = " ".join(" ".join(expected) for _, _, _, expected in CASES.values()) + " --sheet"
    options = [setting.option.name for setting in READING if setting.option is not None]
    # How many rows are drawn is asked about where a file has very many.
    assert [name for name in options if name not in said] == ["--sample-rows", "--sample-seed"]
