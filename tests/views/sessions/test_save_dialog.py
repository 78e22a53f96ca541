"""Where a session is to be written: the file that is typed or chosen, what is asked before one is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from regdesk.core.timeline.facts import SaveOffer
from regdesk.views.sessions.save_dialog import SaveSessionDialog

OFFER = SaveOffer("first", "2 MB", False, "The data stay where they are.")


class Asked:
    """The dialog, and what was chosen in it."""

    def __init__(self, qtbot: Any, offer: SaveOffer = OFFER) -> None:
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.dialog = SaveSessionDialog(self.parent, offer)
        self.chosen: list[tuple[str, bool]] = []
        self.dialog.place_chosen.connect(lambda file, embeds: self.chosen.append((file, embeds)))
        self.edit = self.dialog.findChild(QLineEdit, "sessionFileEdit")
        self.embed = self.dialog.findChild(QCheckBox, "embedDataBox")
        self.dialog.open()

    def click(self, name: str) -> None:
        QTest.mouseClick(self.dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)

    def type(self, text: str) -> None:
        self.edit.selectAll()
        QTest.keyClicks(self.edit, text)


def test_a_name_without_an_ending_gets_the_one_of_sessions(qtbot: Any, tmp_path: Path) -> None:
    asked = Asked(qtbot)
    assert asked.edit.selectedText() == "first", "typing replaces what is offered"
    assert asked.dialog.findChild(QLabel, "embedDataWords").text() == OFFER.why
    assert asked.embed.text().replace("&", "") == "Write the data into it (2 MB)"
    asked.type(" ")
    assert not asked.dialog.findChild(QPushButton, "saveSessionButton").isEnabled(), "no file has that name"
    asked.type(f"{tmp_path}/kept ")
    asked.embed.click()
    asked.click("saveSessionButton")
    assert asked.chosen == [(f"{tmp_path}/kept.regdesk", True)]
    assert asked.dialog.isHidden()


def test_what_cannot_be_chosen_stays_as_it_is(qtbot: Any) -> None:
    asked = Asked(qtbot, OFFER._replace(embeds=True, can_choose=False))
    asked.embed.click()
    assert asked.embed.isChecked()
    asked.click("leaveSessionButton")
    assert asked.chosen == []


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
def test_a_file_that_is_there_is_asked_about_unless_the_system_has(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: QMessageBox.StandardButton
) -> None:
    there, questions = tmp_path / "there.regdesk", []
    there.write_text("another session")

    def question(parent: QWidget, title: str, text: str) -> QMessageBox.StandardButton:
        questions.append(text)
        return answer

    monkeypatch.setattr(QMessageBox, "question", question)
    asked = Asked(qtbot)
    # Typed without its ending it is the same file.
    asked.type(str(there.with_suffix("")))
    asked.click("saveSessionButton")
    assert questions == ["there.regdesk is there already. Is it to be replaced?"]
    may = answer == QMessageBox.StandardButton.Yes
    assert asked.chosen == [(str(there), False)] * may
    assert asked.dialog.isVisible() is not may
    # The dialog of the system has asked.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(there), ""))
    again = Asked(qtbot)
    again.click("sessionBrowseButton")
    assert again.edit.text() == str(there)
    again.click("saveSessionButton")
    assert len(questions) == 1
    assert again.chosen == [(str(there), False)]
    # It asked about "there", and not about the file with the ending of sessions.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: (str(there.with_suffix("")), ""))
    third = Asked(qtbot)
    third.click("sessionBrowseButton")
    third.click("saveSessionButton")
    assert len(questions) == 2
    assert third.chosen == [(str(there), False)] * may
    # Whoever leaves the dialog of the system keeps what was typed.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *arguments: ("", ""))
    third.edit.setText("kept")
    third.click("sessionBrowseButton")
    assert third.edit.text() == "kept"
    for one in (asked, again, third):
        one.dialog.reject()
