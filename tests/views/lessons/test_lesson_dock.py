"""The dock of a lesson and the list of lessons: what they show of a view, and what a person wants by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QVBoxLayout,
)

from regdesk.core.lessons.progress import Reply
from regdesk.core.lessons.view import LessonEntry, LessonView, QuestionView
from regdesk.views.lessons.choice_button import ChoiceButton
from regdesk.views.lessons.dock import LessonDock
from regdesk.views.lessons.hiding import HiddenControls
from regdesk.views.lessons.lessons_dialog import LessonsDialog

VIEW = LessonView(
    title="Title <b>x</b>",
    number=2,
    n_steps=3,
    step_title="Step <i>two</i>",
    text="Some **bold** and <b>no html</b> and a [link](http://example.org).",
    task="Press *Run*.",
    is_done=False,
    is_ready=True,
    trouble="",
    seen="",
    question=None,
    reply=None,
    has_help=True,
    onward="skip",
)
CHOICES = QuestionView("Which?", ("a <b>bold</b> one", "word " * 60, "c"), frozenset(), frozenset(), 2, False)


@pytest.fixture
def dock(qtbot: Any) -> Iterator[LessonDock]:
    window = QMainWindow()
    qtbot.addWidget(window)
    found = LessonDock(window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, found)
    window.resize(400, 700)
    window.show()
    yield found
    window.close()


def label(dock: LessonDock, name: str) -> QLabel:
    found = dock.findChild(QLabel, name)
    assert isinstance(found, QLabel), name
    return found


def press(qtbot: Any, dock: LessonDock, name: str) -> None:
    button = dock.findChild(QAbstractButton, name)
    assert button is not None, name
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def heard(dock: LessonDock) -> list[object]:
    said: list[object] = []
    for name in (
        "next_requested",
        "back_requested",
        "list_requested",
        "next_lesson_requested",
        "return_requested",
        "was_left",
    ):
        getattr(dock, name).connect(lambda name=name: said.append(name))
    dock.step.help_requested.connect(lambda: said.append("help"))
    dock.step.set_up_requested.connect(lambda: said.append("again"))
    dock.step.question.choice_made.connect(said.append)
    dock.step.question.number_given.connect(said.append)
    return said


def test_a_step_shows_text_and_task_and_html_letter_by_letter(dock: LessonDock) -> None:
    dock.show_lesson(VIEW)
    assert label(dock, "lessonStepTitle").text() == "Step <i>two</i>"
    assert label(dock, "lessonStepTitle").textFormat() == Qt.TextFormat.PlainText
    text = label(dock, "lessonText").text()
    assert "font-weight:700" in text
    assert "&lt;b&gt;no html&lt;/b&gt;" in text
    assert label(dock, "lessonText").openExternalLinks() is False
    assert label(dock, "lessonStepCount").text() == "2 / 3"
    assert not label(dock, "lessonSeen").isVisible()
    assert not dock.step.question.isVisible()


def test_no_picture_gets_into_a_text_whatever_its_markdown(dock: LessonDock) -> None:
    for text in ("![x](/etc/hostname)", "![x][y]\n\n[y]: secret.png", "a <img src=secret.png> b"):
        dock.show_lesson(replace(VIEW, text=text))
        assert "<img" not in label(dock, "lessonText").text(), text


def test_what_is_done_opens_what_was_to_be_seen(dock: LessonDock) -> None:
    dock.show_lesson(replace(VIEW, is_done=True, seen="It *moved*.", question=CHOICES, has_help=False))
    assert label(dock, "lessonSeen").isVisible()
    assert label(dock, "lessonAnswerCount").text() == "2 of the answers are right; 2 to find"
    for name in ("lessonHelpButton", "lessonSetUpButton"):
        assert not dock.findChild(QAbstractButton, name).isVisible()


def test_buttons_say_what_is_wanted(dock: LessonDock, qtbot: Any) -> None:
    said = heard(dock)
    dock.show_lesson(VIEW)
    names = ("lessonNextButton", "lessonBackButton", "lessonHelpButton", "lessonSetUpButton", "lessonCloseButton")
    for name in names:
        press(qtbot, dock, name)
    assert said == ["next_requested", "back_requested", "help", "again", "was_left"]


@pytest.mark.parametrize(
    ("onward", "number", "text"),
    [("skip", 2, "&Skip"), ("next", 2, "&Next"), ("skip", 3, "&Skip and end"), ("finish", 3, "&Finish")],
)
def test_going_on_says_what_it_means(dock: LessonDock, onward: Any, number: int, text: str) -> None:
    dock.show_lesson(replace(VIEW, onward=onward, number=number))
    button = dock.findChild(QAbstractButton, "lessonNextButton")
    assert button.text() == text
    back = dock.findChild(QAbstractButton, "lessonBackButton")
    assert back.isEnabled()
    dock.show_lesson(replace(VIEW, number=1))
    assert not back.isEnabled()


def test_a_question_that_is_left_open_is_named_by_the_button_that_passes_it(dock: LessonDock) -> None:
    button = dock.findChild(QAbstractButton, "lessonNextButton")
    for question, number, text in ((CHOICES, 2, "&Skip question"), (CHOICES, 3, "&Skip question"), (None, 2, "&Skip")):
        dock.show_lesson(replace(VIEW, is_done=question is not None, question=question, onward="skip", number=number))
        assert button.text() == text
        assert ("end of the lesson" in button.toolTip()) == (number == 3)
        assert button.accessibleName() == button.toolTip()


def test_choices_are_buttons_that_wrap_and_show_their_verdict(dock: LessonDock, qtbot: Any) -> None:
    said = heard(dock)
    dock.show_lesson(replace(VIEW, is_done=True, question=CHOICES))
    first, second, third = dock.step.question.choices
    qtbot.waitUntil(third.isVisible)
    assert first.words == "a <b>bold</b> one"
    qtbot.waitUntil(lambda: second.height() > 3 * first.fontMetrics().height())
    assert second.width() <= dock.width()
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    qtbot.keyClick(third, Qt.Key.Key_Space)
    assert said == [1, 2]
    tried = replace(CHOICES, tried=frozenset({1, 2}), found=frozenset({2}))
    dock.show_lesson(replace(VIEW, is_done=True, question=tried, reply=Reply("because <b>", True)))
    assert [one.verdict for one in (first, second, third)] == ["", "wrong", "right"]
    assert third.accessibleName() == "right: c"
    assert label(dock, "lessonReply").text() == "because <b>"
    assert label(dock, "lessonVerdict").text() == "Right"
    assert label(dock, "lessonAnswerCount").text().endswith("1 to find")


@pytest.mark.parametrize(("typed", "number"), [("16", 16.0), (" 0,5 ", 0.5), ("−3", -3.0), ("1e-3", 0.001)])
def test_a_number_is_taken_as_people_write_it(dock: LessonDock, qtbot: Any, typed: str, number: float) -> None:
    said = heard(dock)
    dock.show_lesson(replace(VIEW, is_done=True, question=replace(CHOICES, choices=())))
    edit = dock.findChild(QLineEdit, "lessonNumberEdit")
    # As if pasted: a test types no sign that is on no keyboard.
    edit.setText(typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    press(qtbot, dock, "lessonCheckButton")
    assert said == [number, number]


def test_what_is_no_number_is_no_answer(dock: LessonDock, qtbot: Any) -> None:
    said = heard(dock)
    dock.show_lesson(replace(VIEW, is_done=True, question=replace(CHOICES, choices=())))
    edit = dock.findChild(QLineEdit, "lessonNumberEdit")
    qtbot.keyClicks(edit, "many")
    press(qtbot, dock, "lessonCheckButton")
    assert said == []
    assert label(dock, "lessonReply").text() == "Type a number, such as 16 or 0.05."


def test_trouble_and_waiting_are_said(dock: LessonDock) -> None:
    dock.show_lesson(replace(VIEW, is_ready=False))
    assert label(dock, "lessonTrouble").text() == "Setting up …"
    dock.show_lesson(replace(VIEW, is_ready=False, trouble="d.csv: it is gone."))
    assert label(dock, "lessonTrouble").text() == "d.csv: it is gone."


def test_the_end_names_the_lesson_after_it(dock: LessonDock, qtbot: Any) -> None:
    said = heard(dock)
    dock.show_lesson(replace(VIEW, is_over=True, is_learnt=True, next_title="Corners & zeros", can_return=True))
    assert label(dock, "lessonEndText").text().startswith("You have done all of “Title <b>x</b>”.")
    following = dock.findChild(QAbstractButton, "lessonFollowingButton")
    assert following.text() == "Next: Corners && zeros"
    for name in ("lessonFollowingButton", "lessonListButton", "lessonReturnButton", "lessonLeaveButton"):
        press(qtbot, dock, name)
    assert said == ["next_lesson_requested", "list_requested", "return_requested", "was_left"]
    dock.show_lesson(replace(VIEW, is_over=True))
    # No step is left, neither to be seen nor to be read out.
    count = label(dock, "lessonStepCount")
    assert (count.text(), count.accessibleName()) == ("", "")
    assert label(dock, "lessonEndText").text().startswith("That was")
    assert not following.isVisible()


def test_larger_text_makes_larger_choices(
    dock: LessonDock, qtbot: Any, set_text_scale: Callable[[float], None]
) -> None:
    dock.show_lesson(replace(VIEW, is_done=True, question=CHOICES))
    button: ChoiceButton = dock.step.question.choices[1]
    qtbot.waitUntil(button.isVisible)
    before_px = button.heightForWidth(250)
    set_text_scale(1.5)
    qtbot.waitUntil(lambda: button.heightForWidth(250) > 1.3 * before_px)


ENTRIES = (
    LessonEntry("a.md", "First", "About <b>one</b>.", 2, 2),
    LessonEntry("b.md", "Second", "About two.", 1, 3),
    LessonEntry("c.md", "c.md", "", 0, 0, "c.md, line 1: bad.\nc.md, line 2: worse."),
)


@pytest.fixture
def dialog(qtbot: Any) -> Iterator[LessonsDialog]:
    window = QMainWindow()
    qtbot.addWidget(window)
    found = LessonsDialog(window)
    found.show_entries(ENTRIES)
    found.show()
    yield found
    found.close()
    window.close()


def test_the_list_says_what_was_learnt_and_begins_with_what_was_not(dialog: LessonsDialog, qtbot: Any) -> None:
    texts = [dialog.lessons.item(row).text() for row in range(dialog.lessons.count())]
    assert texts == [
        "✓  First\nAbout <b>one</b>.",
        "Second  (goes on at step 2 of 3)\nAbout two.",
        "✗  c.md\nc.md, line 1: bad.",
    ]
    assert dialog.lessons.currentRow() == 1
    chosen: list[str] = []
    dialog.lesson_chosen.connect(chosen.append)
    qtbot.keyClick(dialog.lessons, Qt.Key.Key_Return)
    qtbot.mouseClick(dialog.findChild(QAbstractButton, "beginLessonButton"), Qt.MouseButton.LeftButton)
    assert set(chosen) == {"b.md"}


def test_one_with_faults_cannot_begin_and_says_them_all(dialog: LessonsDialog, qtbot: Any) -> None:
    qtbot.keyClick(dialog.lessons, Qt.Key.Key_Down)
    problem = dialog.findChild(QLabel, "lessonsProblem")
    assert problem.isVisible()
    assert problem.text() == "c.md, line 1: bad.\nc.md, line 2: worse."
    assert not dialog.findChild(QAbstractButton, "beginLessonButton").isEnabled()
    qtbot.keyClick(dialog.lessons, Qt.Key.Key_Up)
    assert not problem.isVisible()


def test_lessons_of_a_folder_stand_under_its_name(dialog: LessonsDialog) -> None:
    dialog.add_entries("course", ENTRIES[:1])
    texts = [dialog.lessons.item(row).text() for row in range(3, dialog.lessons.count())]
    assert texts == ["course", "✓  First\nAbout <b>one</b>."]
    assert dialog.lessons.currentRow() == 4


def test_hidden_controls_go_with_their_names_and_come_back(qtbot: Any) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    group, other = QGroupBox("group"), QGroupBox("other")
    forms = [QFormLayout(group), QFormLayout(other)]
    boxes = []
    for form, names in zip(forms, (("aBox", "bBox"), ("cBox",)), strict=True):
        for name in names:
            box = QComboBox()
            box.setObjectName(name)
            form.addRow(name, box)
            boxes.append(box)
    body = QGroupBox()
    layout = QVBoxLayout(body)
    layout.addWidget(group)
    layout.addWidget(other)
    window.setCentralWidget(body)
    window.show()
    hidden = HiddenControls(window)
    hidden.hide(["aBox", "cBox", "noneBox"])
    assert [box.isVisible() for box in boxes] == [False, True, False]
    assert not forms[0].labelForField(boxes[0]).isVisible()
    # Nothing is left in it.
    assert not other.isVisible()
    assert group.isVisible()
    hidden.hide(["bBox"])
    assert [box.isVisible() for box in boxes] == [True, False, True]
    hidden.show_all()
    assert all(box.isVisible() for box in boxes)
    assert forms[0].labelForField(boxes[0]).isVisible()
    window.close()


def test_a_lesson_or_a_folder_is_looked_for_anywhere(
    dialog: LessonsDialog, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[str] = []
    dialog.lesson_chosen.connect(chosen.append)
    dialog.folder_chosen.connect(chosen.append)
    for file, folder, wanted in (("", "", []), ("/a/own.md", "/a/course", ["/a/own.md", "/a/course"])):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments, file=file: (file, ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments, folder=folder: folder)
        for name in ("openLessonButton", "openLessonsFolderButton"):
            qtbot.mouseClick(dialog.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)
        assert chosen == wanted
