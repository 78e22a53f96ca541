"""The dialog of published results: a line for each printed number, its tick, and what is copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPushButton, QTreeWidget, QWidget

from regdesk.core.published.nist_tables import LONGLEY
from regdesk.core.published.tables import LARS_KNOTS, PUBLISHED_RESULTS
from regdesk.core.published.values import FoundRow, compared
from regdesk.views.published.door import PublishedDoor

FOUND = [FoundRow(row.label, row.value) for row in LONGLEY.rows]


class Shown:
    """A window with the door, opened by its action and answered with Longley's table, one line of which differs."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        qtbot.addWidget(self.window)
        action = QAction("published", self.window)
        self.door = PublishedDoor(self.window, action)
        with qtbot.waitSignal(self.door.result_requested) as asked:
            action.trigger()
        assert asked.args == [""]
        moved = replace(FOUND[1], value=15.07)
        self.rows = compared(LONGLEY, [FOUND[0], moved, replace(FOUND[2], label="gold"), *FOUND[3:6]])
        self.door.show(PUBLISHED_RESULTS, LONGLEY, self.rows, "")
        self.dialog = self.window.findChild(QDialog, "publishedDialog")

    @property
    def table(self) -> list[tuple[str, ...]]:
        tree = self.dialog.findChild(QTreeWidget, "publishedTable")
        items = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
        return [tuple(item.text(column) for column in range(4)) for item in items]

    def text(self, name: str) -> str:
        return self.dialog.findChild(QLabel, name).text()

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Shown]:
    found = Shown(qtbot)
    yield found
    found.door.close()


def test_the_table_takes_the_room_of_a_taller_dialog(shown: Shown) -> None:
    tree = shown.dialog.findChild(QTreeWidget, "publishedTable")
    before_px = tree.height()
    shown.dialog.resize(shown.dialog.width(), shown.dialog.height() + 100)
    shown.qtbot.waitUntil(lambda: tree.height() == before_px + 100)


def test_each_printed_number_stands_beside_what_was_found(shown: Shown) -> None:
    assert shown.table[0] == ("(intercept)", "-3482258.63459582", "-3482258.63459582", "✓")
    assert shown.table[1] == ("price_deflator", "15.0618722713733", "15.07", "✗")
    assert shown.table[2] == ("gnp_millions (here: gold)", "-0.0358191792925910", "-0.035819179292591", "✗")
    assert shown.table[6] == ("year", "1829.15146461355", "–", "✗")
    assert shown.text("publishedSummary") == "4 of 7 numbers agree with the printed ones."
    assert "NIST" in shown.text("publishedSource")
    assert shown.text("publishedReason") == LONGLEY.why_not_closer
    assert "prostate" in shown.text("publishedNotHere")


def test_copied_are_all_digits(shown: Shown) -> None:
    shown.click("copyPublishedButton")
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["Coefficient of", "printed", "here", "agrees"]
    assert lines[2] == ["price_deflator", "15.0618722713733", "15.07", "no"]
    assert lines[4] == ["unemployed_thousands", "-2.02022980381683", repr(FOUND[3].value), "yes"]
    assert lines[7] == ["year", "1829.15146461355", "", "no"]


def test_another_result_and_its_data_are_asked_for(shown: Shown) -> None:
    box = shown.dialog.findChild(QComboBox, "publishedResultBox")
    with shown.qtbot.waitSignal(shown.door.result_requested) as asked:
        box.setFocus()
        shown.qtbot.keyClick(box, Qt.Key.Key_Home)
        box.activated.emit(box.currentIndex())
    assert asked.args == [LARS_KNOTS.name]
    rows = compared(LARS_KNOTS, [FoundRow(row.label, row.value) for row in LARS_KNOTS.rows])
    shown.door.show(PUBLISHED_RESULTS, LARS_KNOTS, rows, "")
    assert [row[3] for row in shown.table] == ["✓"] * 12
    with shown.qtbot.waitSignal(shown.door.data_requested) as wanted:
        shown.click("openPublishedButton")
    assert wanted.args == [LARS_KNOTS.name]


def test_a_file_that_is_not_there_is_a_sentence(shown: Shown) -> None:
    shown.door.show(PUBLISHED_RESULTS, LONGLEY, (), "longley.csv: this file was not installed.")
    assert shown.table == []
    assert shown.text("publishedSummary") == "longley.csv: this file was not installed."
    assert not shown.dialog.findChild(QPushButton, "copyPublishedButton").isEnabled()
    assert not shown.dialog.findChild(QPushButton, "openPublishedButton").isEnabled()


def test_no_text_lies_on_another(shown: Shown) -> None:
    for result in (LONGLEY, LARS_KNOTS):
        rows = compared(result, [FoundRow(row.label, row.value) for row in result.rows])
        shown.door.show(PUBLISHED_RESULTS, result, rows, "")
        parts = [shown.dialog.findChild(QWidget, f"published{name}") for name in ("Source", "Sentence", "Table")]
        parts += [shown.dialog.findChild(QLabel, f"published{name}") for name in ("Summary", "Reason", "NotHere")]
        shown.qtbot.waitUntil(lambda parts=parts: parts[0].isVisible())
        bottoms = [part.geometry().bottom() for part in parts[:-1]]
        assert all(bottom < part.geometry().top() for bottom, part in zip(bottoms, parts[1:], strict=True))
        for label in (*parts[:2], *parts[3:]):
            assert label.height() >= label.heightForWidth(label.width())


def test_numbers_are_right_aligned_and_the_last_column_ends_with_the_table(shown: Shown) -> None:
    tree = shown.dialog.findChild(QTreeWidget, "publishedTable")
    item = tree.topLevelItem(0)
    assert all(Qt.AlignmentFlag(item.textAlignment(column)) & Qt.AlignmentFlag.AlignRight for column in (1, 2))
    assert Qt.AlignmentFlag(item.textAlignment(3)) == Qt.AlignmentFlag.AlignCenter
    said = [tree.topLevelItem(row).data(3, Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert said == ["agrees", "differs"]
    assert (tree.rootIsDecorated(), tree.uniformRowHeights()) == (False, True), "no line has lines of its own"
    header = tree.header()
    assert header.stretchLastSection()
    assert sum(header.sectionSize(column) for column in range(4)) >= tree.viewport().width()
    assert tree.height() >= 13 * tree.fontMetrics().lineSpacing()
