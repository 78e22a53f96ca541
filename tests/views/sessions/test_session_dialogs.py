"""What is asked about a session and about files that are there: sentences, buttons, and which answer each gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QPushButton, QWidget

from regdesk.core.timeline.facts import DataFinding
from regdesk.core.words.import_facts import LargeFile
from regdesk.views.export.replacing import MOST_NAMED, may_replace
from regdesk.views.importing.large_file_dialog import LargeFileDialog
from regdesk.views.sessions.data_dialog import SessionDataDialog
from regdesk.views.sessions.questions import ask_at_closing

FINDING = DataFinding("first", "/data/houses.csv", "Its data have changed.", ("2 rows more", "no column b"), True)


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    return window


def answer(ask: Callable[[], Any], name: str, look: Callable[[QMessageBox], None]) -> Any:
    """What ``ask`` gives where the box that it opens is looked at and then left by the button called ``name``, or, if
    it is a key's, by that key.
    """

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        try:
            look(box)
        finally:
            if name in ("Escape", "Return"):
                QTest.keyClick(box, getattr(Qt.Key, f"Key_{name}"))
            else:
                box.findChild(QPushButton, name).click()

    QTimer.singleShot(0, press)
    return ask()


@pytest.mark.parametrize(
    ("name", "is_replaced"),
    [("replaceButton", True), ("keepButton", False), ("Escape", False), ("Return", False)],
)
def test_files_that_are_there_are_kept_unless_somebody_says_otherwise(
    parent: QWidget, name: str, is_replaced: bool
) -> None:
    looked: list[QMessageBox] = []

    def look(box: QMessageBox) -> None:
        looked.append(box)
        assert (box.objectName(), box.windowTitle()) == ("replaceBox", "Replace files")
        assert box.text() == "2 files are there already. Replace them?"
        assert box.informativeText() == "In /data: a.png, b.png"
        assert box.icon() == QMessageBox.Icon.Question
        assert [one.accessibleName() for one in box.findChildren(QPushButton)] == ["Replace", "Keep"]
        assert box.defaultButton().objectName() == box.escapeButton().objectName() == "keepButton"

    assert answer(lambda: may_replace(parent, "/data", ["a.png", "b.png"]), name, look) is is_replaced
    assert len(looked) == 1
    QApplication.sendPostedEvents(None, 52)
    assert parent.findChildren(QMessageBox) == [], "nothing is left of the question"


@pytest.mark.parametrize("n_files", [1, MOST_NAMED, MOST_NAMED + 1])
def test_not_all_of_many_files_are_named(parent: QWidget, n_files: int) -> None:
    names = [f"{number}.png" for number in range(n_files)]

    def look(box: QMessageBox) -> None:
        assert box.text().startswith("A file is" if n_files == 1 else f"{n_files} files are")
        named = box.informativeText().removeprefix("In /data: ")
        assert named == ", ".join(names[:MOST_NAMED]) + " …" * (n_files > MOST_NAMED)

    answer(lambda: may_replace(parent, "/data", names), "keepButton", look)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("closingSaveButton", "save"), ("closingDiscardButton", "discard"), ("closingCancelButton", "cancel"),
        ("Escape", "cancel"), ("Return", "save"),
    ],
)  # fmt: skip
def test_whoever_leaves_is_asked_what_becomes_of_the_work(parent: QWidget, name: str, given: str) -> None:
    def look(box: QMessageBox) -> None:
        assert (box.objectName(), box.windowTitle()) == ("closingBox", "Not saved")
        assert box.text() == "Save the session of houses first?"
        assert box.informativeText() == "Without that this is lost: 3 ghosts."
        assert box.icon() == QMessageBox.Icon.Question
        found = {one.objectName(): (one.accessibleName(), box.buttonRole(one)) for one in box.buttons()}
        roles = QMessageBox.ButtonRole
        assert found == {
            "closingSaveButton": ("Save", roles.AcceptRole),
            "closingDiscardButton": ("Discard", roles.DestructiveRole),
            "closingCancelButton": ("Cancel", roles.RejectRole),
        }
        assert box.defaultButton().objectName() == "closingSaveButton"
        assert box.escapeButton().objectName() == "closingCancelButton"

    assert answer(lambda: ask_at_closing(parent, "houses", "3 ghosts"), name, look) == given
    QApplication.sendPostedEvents(None, 52)
    assert parent.findChildren(QMessageBox) == []


def test_no_name_in_a_question_is_html(parent: QWidget) -> None:
    seen: list[str] = []
    answer(
        lambda: ask_at_closing(parent, "<b>houses", "<i>a"), "closingCancelButton",
        lambda box: seen.extend((box.text(), box.informativeText())),
    )  # fmt: skip
    answer(
        lambda: may_replace(parent, "/<u>d", ["<b>x.png"]), "keepButton", lambda box: seen.append(box.informativeText())
    )
    assert [("&lt;" in text, "<b>" in text or "<i>" in text or "<u>" in text) for text in seen] == [(True, False)] * 3


@pytest.mark.parametrize(
    ("name", "said"),
    [("largeFileSampleButton", [5000]), ("largeFileWholeButton", [None]), ("largeFileCancelButton", [])],
)
def test_of_a_large_file_a_sample_all_rows_or_nothing_is_read(
    parent: QWidget, name: str, said: list[int | None]
) -> None:
    dialog = LargeFileDialog(parent, LargeFile("big.csv", "it takes 3 GB.", 5000))
    given: list[int | None] = []
    dialog.answered.connect(given.append)
    dialog.open()
    text = dialog.findChild(QLabel, "largeFileText")
    assert text.text().startswith("big.csv is large: it takes 3 GB.\n\nA sample of 5,000 rows can be read ")
    assert text.wordWrap()
    assert (dialog.windowTitle(), dialog.width()) == ("Open big.csv", 520)
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    default = {one.objectName() for one in dialog.findChildren(QPushButton) if one.isDefault()}
    automatic = dialog.findChild(QPushButton, "largeFileWholeButton").autoDefault()
    assert (default, automatic) == ({"largeFileSampleButton"}, False), "Enter takes the sample"
    assert all(one.accessibleName() == one.toolTip() != "" for one in dialog.findChildren(QPushButton))
    dialog.findChild(QPushButton, name).click()
    assert (given, dialog.isVisible()) == (said, False)


class Found:
    """The dialog on data that are not as they were, and what it has said."""

    def __init__(self, parent: QWidget, finding: DataFinding = FINDING) -> None:
        self.dialog = SessionDataDialog(parent)
        self.said: list[Any] = []
        self.dialog.file_chosen.connect(self.said.append)
        self.dialog.look_requested.connect(lambda: self.said.append("look"))
        self.dialog.use_requested.connect(lambda: self.said.append("use"))
        self.dialog.rejected.connect(lambda: self.said.append("left"))
        self.dialog.show_finding(finding)

    def label(self, name: str) -> QLabel:
        return self.dialog.findChild(QLabel, name)

    def button(self, name: str) -> QPushButton:
        return self.dialog.findChild(QPushButton, name)


@pytest.mark.qt_log_ignore("does not support raise")
def test_what_differs_in_the_data_of_a_session_is_listed(parent: QWidget) -> None:
    found = Found(parent)
    assert found.dialog.windowTitle() == "first"
    assert found.label("sessionDataSentence").text() == "Its data have changed."
    assert found.label("sessionDataDifferences").text() == "• 2 rows more\n• no column b"
    assert found.label("sessionDataWords").text().startswith("The session goes on where it was")
    assert found.button("useDataButton").isVisible()
    find = found.button("findDataButton")
    assert find.isDefault()
    assert found.dialog.focusWidget() is find
    lowest = found.button("leaveSessionDataButton")
    assert lowest.mapTo(found.dialog, lowest.rect().bottomLeft()).y() < found.dialog.height(), "all of it is seen"
    assert found.dialog.height() < 400
    found.dialog.show_finding(DataFinding("second", "", "There is no file."))
    assert found.dialog.windowTitle() == "second"
    assert not found.label("sessionDataDifferences").isVisible()
    assert not found.button("useDataButton").isVisible()
    found.dialog.close()


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("useDataButton", ["use"]), ("lookWithoutDataButton", ["look"]), ("leaveSessionDataButton", ["left"]),
        ("findDataButton", ["/other/houses.csv"]),
    ],
)  # fmt: skip
def test_each_button_says_its_own(parent: QWidget, monkeypatch: pytest.MonkeyPatch, name: str, said: list[str]) -> None:
    asked: list[tuple[Any, ...]] = []

    def choose(*arguments: Any) -> tuple[str, str]:
        asked.append(arguments[1:])
        return ("" if len(asked) == 1 else "/other/houses.csv"), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    found = Found(parent)
    if name == "findDataButton":
        found.button(name).click()
        assert (found.said, found.dialog.isVisible()) == ([], True), "no file was chosen"
        assert asked[0][:2] == ("Where the data are now", FINDING.file), "it begins where they were"
        assert asked[0][2].startswith("Tables (")
    found.button(name).click()
    assert (found.said, found.dialog.isVisible()) == (said, False)
