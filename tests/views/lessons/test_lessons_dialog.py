"""The list of lessons: how each is told, which is selected, what a button does, and who has the room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QLabel, QListWidget, QPushButton, QWidget

from regdesk.core.lessons.view import LessonEntry
from regdesk.views.lessons.lessons_dialog import LessonsDialog

LEARNT = LessonEntry("/l/a.md", "Shrinking", "What L2 does.", 3, 3)
BEGUN = LessonEntry("/l/b.md", "Zeros", "What L1 does.", 1, 4)
NEW = LessonEntry("/l/c.md", "Corners", "Why.", 0, 2)
BROKEN = LessonEntry("/l/d.md", "Broken", "", 0, 0, "It has no steps.\nLine 3: no heading.")


class Opened:
    """The dialog, and what was chosen in it."""

    def __init__(self, qtbot: Any) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(500, 700)
        self.dialog = LessonsDialog(self.window)
        self.chosen: list[str] = []
        self.folders: list[str] = []
        self.dialog.lesson_chosen.connect(self.chosen.append)
        self.dialog.folder_chosen.connect(self.folders.append)
        self.list: QListWidget = self.dialog.lessons
        self.dialog.show_entries([LEARNT, BEGUN, NEW, BROKEN])
        self.begin = self.dialog.findChild(QPushButton, "beginLessonButton")
        self.problem = self.dialog.findChild(QLabel, "lessonsProblem")

    def click(self, name: str) -> None:
        self.dialog.findChild(QPushButton, name).click()


def test_a_line_says_how_far_one_has_got(qtbot: Any) -> None:
    opened = Opened(qtbot)
    assert [opened.list.item(row).text() for row in range(4)] == [
        "✓  Shrinking\nWhat L2 does.", "Zeros  (goes on at step 2 of 4)\nWhat L1 does.", "Corners\nWhy.",
        "✗  Broken\nIt has no steps.",
    ]  # fmt: skip
    assert opened.list.currentRow() == 1, "the first that has not been learnt"
    assert "What L1 does." in opened.list.item(1).toolTip()
    assert "Line 3" in opened.list.item(3).toolTip()
    opened.dialog.show_entries([LEARNT, LEARNT])
    assert (opened.list.count(), opened.list.currentRow()) == (2, 0)


def test_the_lesson_that_the_reader_was_told_of_is_selected(qtbot: Any) -> None:
    opened = Opened(qtbot)
    opened.dialog.show_entries([LEARNT, BEGUN, NEW], NEW.path)
    assert opened.list.currentRow() == 2
    opened.dialog.show_entries([LEARNT, BEGUN, NEW], "/l/none.md")
    assert opened.list.currentRow() == 1


def test_a_lesson_with_faults_cannot_begin_and_says_why(qtbot: Any) -> None:
    opened = Opened(qtbot)
    assert (opened.begin.isEnabled(), opened.problem.isVisibleTo(opened.dialog)) == (True, False)
    opened.list.setCurrentRow(3)
    assert (opened.begin.isEnabled(), opened.problem.isVisibleTo(opened.dialog)) == (False, True)
    assert opened.problem.text() == BROKEN.problem
    opened.list.itemActivated.emit(opened.list.item(3))
    assert opened.chosen == []
    opened.list.setCurrentRow(2)
    assert (opened.begin.isEnabled(), opened.problem.isVisibleTo(opened.dialog)) == (True, False)
    opened.begin.click()
    opened.list.itemActivated.emit(opened.list.item(2))
    assert opened.chosen == ["/l/c.md", "/l/c.md"]
    assert opened.problem.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    opened.list.clear()
    assert (opened.begin.isEnabled(), opened.problem.isVisibleTo(opened.dialog)) == (False, False)


def test_lessons_of_a_folder_stand_under_its_name(qtbot: Any) -> None:
    opened = Opened(qtbot)
    opened.dialog.add_entries("/home/lessons", [NEW])
    heading = opened.list.item(4)
    assert (heading.text(), heading.font().bold(), heading.flags()) == ("/home/lessons", True, Qt.ItemFlag.NoItemFlags)
    assert not opened.list.item(0).font().bold()
    assert opened.list.currentRow() == 5
    opened.begin.click()
    assert opened.chosen == ["/l/c.md"]


def test_a_file_or_a_folder_is_chosen_and_leaving_chooses_nothing(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened(qtbot)
    places = ["", "/x/own.md"]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (places.pop(0), ""))
    folders = ["", "/x"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folders.pop(0))
    for name in ("openLessonButton", "openLessonsFolderButton"):
        opened.click(name)
        assert (opened.chosen, opened.folders) == (["/x/own.md"] * (name == "openLessonsFolderButton"), [])
        opened.click(name)
    assert (opened.chosen, opened.folders) == (["/x/own.md"], ["/x"])


def test_the_list_has_the_room_and_enter_begins(qtbot: Any) -> None:
    opened = Opened(qtbot)
    dialog = opened.dialog
    assert (dialog.width(), dialog.height()) == (500, 600), "no wider than its window"
    dialog.show()
    qtbot.waitUntil(lambda: opened.list.height() > 100)
    before = opened.list.height()
    dialog.resize(dialog.width(), 700)
    qtbot.waitUntil(lambda: opened.list.height() == before + 100)
    default = [one.objectName() for one in dialog.findChildren(QPushButton) if one.isDefault()]
    automatic = [one.objectName() for one in dialog.findChildren(QPushButton) if one.autoDefault()]
    assert default == ["beginLessonButton"]
    assert not {"openLessonButton", "openLessonsFolderButton"} & set(automatic)
    assert opened.list.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert opened.list.textElideMode() == Qt.TextElideMode.ElideNone
    assert opened.list.alternatingRowColors()
    assert opened.list.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection
    words = [one for one in dialog.findChildren(QLabel) if one.text().startswith("Each takes a few minutes")]
    assert [one.wordWrap() for one in words] == [True]
    # Each line is as high as its two lines of words, at the least.
    row = opened.list.visualItemRect(opened.list.item(0))
    assert row.height() >= 2 * opened.list.fontMetrics().height()
    opened.click("closeLessonsButton")
    assert not dialog.isVisible()
