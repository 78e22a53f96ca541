"""The dialogs after a crash, with work made by hand: what they show, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from regdesk.views.recovery.door import RecoveryDoor
from regdesk.views.recovery.unsaved_work import UnsavedWork, time_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


def png() -> bytes:
    image = QImage(64, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


class Person:
    """Before a window with the dialogs of recovery; ``heard`` holds what was asked for."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        qtbot.addWidget(self.window)
        self.door = RecoveryDoor(self.window)
        self.heard: list[tuple[str, str]] = []
        self.door.restore_requested.connect(lambda key: self.heard.append(("restore", key)))
        self.door.discard_requested.connect(lambda key: self.heard.append(("discard", key)))
        self.door.crash_log_requested.connect(lambda: self.heard.append(("log", "")))
        self.door.left.connect(lambda: self.heard.append(("left", "")))

    def child(self, name: str) -> Any:
        found = self.window.findChild(QObject, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.child(name), Qt.MouseButton.LeftButton)

    def titles(self) -> list[str]:
        labels = self.child("recoveryDialog").findChildren(QLabel)
        return [label.text() for label in labels if label.objectName().startswith("unsavedTitle") and label.isVisible()]


@pytest.fixture
def person(qtbot: Any) -> Iterator[Person]:
    found = Person(qtbot)
    yield found
    found.door.close()


def test_the_dialog_is_as_high_as_what_is_left_and_as_its_words(
    person: Person, qtbot: Any, request: pytest.FixtureRequest
) -> None:
    one, other = UnsavedWork("a", "houses.csv", "14:05"), UnsavedWork("b", "cars.csv", "14:01", is_suspect=True)
    person.door.show_works([one], False)
    dialog = person.child("recoveryDialog")
    height_px = dialog.height()
    person.door.show_works([one, other], False)
    assert dialog.height() > height_px
    person.press("discardButton2")
    assert (dialog.height(), person.titles()) == (height_px, ["houses.csv"])
    # Text that grows while it is open leaves every button on the screen.
    usual = QApplication.font()
    request.addfinalizer(lambda: QApplication.setFont(usual))
    person.door.show_works([other], False)
    usual_px, large = dialog.height(), QFont(usual)
    large.setPointSizeF(2.0 * usual.pointSizeF())
    QApplication.setFont(large)
    area = person.child("unsavedWorks")
    qtbot.waitUntil(lambda: dialog.height() > usual_px and area.verticalScrollBar().maximum() == 0)
    assert area.geometry().bottom() < person.child("laterButton").parentWidget().geometry().top()


def test_work_is_shown_restored_and_discarded(person: Person) -> None:
    works = [
        UnsavedWork("a", "houses.csv, epoch 1,200", "14:05, 2 minutes ago", png()),
        UnsavedWork("b", "cars.csv", "09:00 on 1 May 2026", b"\x89PNG\r\n\x1a\nno picture", is_suspect=True),
        UnsavedWork("c", "old", "", b"", "It could not be opened."),
    ]
    person.door.show_works(works, True)
    dialog = person.child("recoveryDialog")
    assert person.titles() == ["houses.csv, epoch 1,200", "cars.csv", "old"]
    assert "before these were saved" in person.child("recoverySentence").text()
    assert person.child("unsavedTime1").text() == "Kept at 14:05, 2 minutes ago"
    colour = person.child("unsavedPicture1").pixmap().toImage().pixelColor(20, 20)
    assert (colour.red(), colour.blue()) == (255, 0)
    assert person.child("unsavedPicture3").text() == "No picture"
    assert person.child("unsavedTime3").text() == "It could not be opened."
    assert not person.child("restoreButton3").isEnabled()
    assert "ended twice or more while this was being restored" in person.child("unsavedSuspect2").text()
    assert person.child("restoreButton2").isEnabled()
    assert [dialog.findChild(QWidget, f"unsavedSuspect{number}") for number in (1, 3)] == [None, None]
    assert all(button.accessibleName() for button in dialog.findChildren(QPushButton))
    person.press("crashDetailsButton")
    person.press("discardButton1")
    assert person.heard == [("log", ""), ("discard", "a")]
    assert person.titles()[-2:] == ["cars.csv", "old"]
    assert dialog.isVisible()
    dialog.findChild(QPushButton, "restoreButton1").window()
    person.door.show_works(works[1:2], False)
    assert "before this was saved" in person.child("recoverySentence").text()
    assert not person.child("crashDetailsButton").isVisible()


def test_restoring_closes_and_so_does_discarding_the_last(person: Person) -> None:
    person.door.show_works([UnsavedWork("a", "houses.csv", "14:05")], False)
    person.press("restoreButton1")
    # What is asked for comes first: then what is left of the others is let go.
    assert person.heard == [("restore", "a"), ("left", "")]
    assert not person.child("recoveryDialog").isVisible()


def test_discarding_the_last_closes(person: Person) -> None:
    person.door.show_works([UnsavedWork("a", "houses.csv", "14:05")], False)
    person.press("discardButton1")
    assert person.heard == [("discard", "a"), ("left", "")]


def test_a_crash_without_work_is_told_alone(person: Person) -> None:
    person.door.show_works([], True)
    assert "Nothing was lost" in person.child("recoverySentence").text()
    assert not person.child("unsavedWorks").isVisible()
    person.press("laterButton")
    assert person.heard == [("left", "")]


def test_a_log_is_copied_as_it_is(person: Person) -> None:
    person.door.show_crash_log("A sentence.", "one\n\x1b[31mtwo")
    assert person.child("crashLogText").toPlainText() == "one\n\\x1b[31mtwo"
    person.press("copyCrashLogButton")
    assert QGuiApplication.clipboard().text() == "one\n\x1b[31mtwo"
    person.door.show_crash_log("Nothing.", "")
    assert not person.child("copyCrashLogButton").isEnabled()


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (5, "14:05, less than a minute ago"),
        (70, "14:05, 1 minute ago"),
        (3000, "14:05, 50 minutes ago"),
        (4000, "14:05 on 1 May 2026"),
        (-100, "14:05 on 1 May 2026"),
    ],
)
def test_when_it_was_kept(seconds: float, text: str) -> None:
    assert time_text(1000.0, 1000.0 + seconds, "14:05", "1 May 2026") == text
