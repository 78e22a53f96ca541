"""The dialogs of models that are taken away, with facts made by hand: what they show, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLineEdit, QMessageBox, QTextBrowser, QWidget

from regdesk.core.words.model_facts import FactTable, ModelChoice, ModelFacts, PredictionFacts, SkippedFact
from regdesk.views.models.actions import ModelActions
from regdesk.views.models.door import ModelDoor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
HOSTILE = '<b>a</b> & "b"\n=cmd|x \u202e]]>'
FACTS = ModelFacts(
    "m.regdesk",
    f"{HOSTILE} by a linear model, L1 with λ = 0.1",
    (("Target", HOSTILE), ("Seed", "3"), ("Note", "")),
    FactTable(("", "loss", "R²"), (("train", "0.1", "0.9"), ("validation", "0.2", "0.8"))),
    FactTable(("", "standardised", "per unit"), ((HOSTILE, "0.5", "1.25"),)),
    "Coefficients",
)
PREDICTED = PredictionFacts(
    (f"2 of 3 rows of {HOSTILE} predicted.",),
    FactTable(("", "rows", "R²"), (("train", "90", "0.9"), (HOSTILE, "2", "0.7"))),
    (SkippedFact(17, f"{HOSTILE}: '1.2.3' is not a number."),),
    1201,
)
CHOICES = (ModelChoice("live", "The live model: λ 0.1, epoch 200"), ModelChoice("file", f"m.regdesk: {HOSTILE}"))


class Person:
    """Before a window with the actions of models; ``heard`` holds what was asked for."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        self.window.resize(1000, 800)
        qtbot.addWidget(self.window)
        self.window.show()

        def add(name: str, text: str, tip: str, keys: str, _icon: str) -> QAction:
            action = QAction(text, self.window)
            action.setObjectName(f"{name}Action")
            action.setToolTip(f"{tip} ({keys})")
            return action

        self.actions = ModelActions.of(add)
        self.door = ModelDoor(self.window, self.actions)
        self.heard: list[tuple[Any, ...]] = []
        for name in (
            "save_requested", "save_place_chosen", "facts_requested", "going_on_requested", "predictions_requested",
            "prediction_wanted", "prediction_cancelled",
        ):  # fmt: skip
            getattr(self.door, name).connect(lambda *values, name=name: self.heard.append((name, *values)))

    def child(self, kind: type, name: str) -> Any:
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def press(self, name: str) -> None:
        button = self.child(QAbstractButton, name)
        assert button.isEnabled()
        self.qtbot.keyClick(button, Qt.Key.Key_Space)


@pytest.fixture
def person(qtbot: Any) -> Iterator[Person]:
    found = Person(qtbot)
    yield found
    found.door.close_dialogs()


def test_what_cannot_be_done_says_why(person: Person) -> None:
    person.door.show_unavailable("No live one.", "None at all.")
    tips = {action.objectName(): action.toolTip() for action in person.actions.all}
    assert tips.pop("saveModelAction") == "No live one."
    assert set(tips.values()) == {"None at all."}
    assert not any(action.isEnabled() for action in person.actions.all)
    person.door.show_unavailable("No live one.", "")
    assert [action.isEnabled() for action in person.actions.all] == [False, *[True] * len(tips)]
    assert "(Ctrl+P)" in person.actions.predict.toolTip()


def test_names_from_files_are_shown_letter_by_letter_and_copied_as_cells(person: Person) -> None:
    person.door.show_facts(FACTS, "It can train on.", True, True)
    text = person.child(QTextBrowser, "modelText").toPlainText()
    shown = '<b>a</b> & "b"\\n=cmd|x \\u202e]]>'
    assert text.count(shown) == 3
    assert "It can train on." in text
    assert "\u202e" not in text
    assert "Note" not in text, "there is nothing to say under it"
    person.press("copyModelButton")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert f"{shown}\t0.5\t1.25" in lines
    assert "validation\t0.2\t0.8" in lines


def test_enter_goes_on_with_a_model_that_can_and_closes_one_that_cannot(person: Person) -> None:
    dialog = None
    for can_go_on in (False, True):
        person.door.show_facts(FACTS, "", True, can_go_on)
        dialog = person.child(QObject, "modelDialog")
        assert person.child(QAbstractButton, "goOnTrainingButton").isVisible() == can_go_on
        person.qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert not dialog.isVisible()
    assert person.heard == [("going_on_requested",)]


def test_a_model_that_is_looked_at_is_the_first_to_be_asked(person: Person) -> None:
    for is_file, key in ((True, "file"), (False, "live")):
        person.door.show_facts(FACTS, "", is_file, False)
        person.press("predictByModelButton")
        assert person.heard.pop() == ("predictions_requested", key)
    person.actions.predict.trigger()
    assert person.heard.pop() == ("predictions_requested", "live")


def test_a_file_is_predicted_and_what_came_of_it_is_shown(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.door.open_predictions(CHOICES, "file")
    save, score = (person.child(QAbstractButton, name) for name in ("predictSaveButton", "predictScoreButton"))
    assert not save.isEnabled()
    assert score.toolTip() == "Choose a file first"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("/data/new rows.csv", ""))
    person.press("predictChooseButton")
    asked: list[str] = []

    def choose(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return "/data/out.csv", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    person.press("predictSaveButton")
    assert asked == ["/data/new rows-predictions.csv"]
    assert person.heard == [("prediction_wanted", "file", "/data/new rows.csv", "/data/out.csv", True)]
    assert not save.isEnabled()
    assert person.child(QAbstractButton, "cancelPredictionButton").isVisible()
    person.door.show_prediction_progress(0.25)
    assert person.child(QObject, "predictProgress").value() == 250
    person.door.show_predictions(PREDICTED)
    text = person.child(QTextBrowser, "predictText").toPlainText()
    assert '<b>a</b> & "b"\\n=cmd' in text
    assert "17" in text
    assert "And 1,200 more." in text
    assert save.isEnabled()
    assert not person.child(QAbstractButton, "cancelPredictionButton").isVisible()


def test_only_scoring_writes_nothing_and_leaving_the_dialog_cancels(person: Person) -> None:
    person.door.open_predictions(CHOICES, "live")
    person.child(QLineEdit, "predictFileEdit").setText(" a.csv ")
    person.child(QAbstractButton, "predictKeepBox").setChecked(False)
    person.press("predictScoreButton")
    assert person.heard.pop() == ("prediction_wanted", "live", "a.csv", "", False)
    # What is under way stays as it is when somebody asks for the dialog again.
    person.door.open_predictions(CHOICES, "file")
    assert person.child(QComboBox, "predictModelBox").currentData() == "live"
    dialog = person.child(QObject, "predictDialog")
    person.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert person.heard.pop() == ("prediction_cancelled",)
    person.door.show_prediction_problem("Cancelled <i>so</i>.")
    assert person.child(QTextBrowser, "predictText").toPlainText() == "Cancelled <i>so</i>."
    person.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert person.heard == []


@pytest.mark.parametrize(("answer", "is_replaced"), [("Yes", True), ("No", False)])
def test_a_name_without_a_suffix_gets_one_and_is_asked_about_where_it_exists(
    person: Person, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, answer: str, is_replaced: bool
) -> None:
    questions: list[str] = []

    def ask(_parent: object, _title: str, question: str) -> QMessageBox.StandardButton:
        questions.append(question)
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "m"), ""))
    person.door.ask_save_place("m.regdesk")
    assert person.heard.pop() == ("save_place_chosen", str(tmp_path / "m.regdesk"))
    assert questions == []
    (tmp_path / "m.regdesk").write_text("old")
    person.door.ask_save_place("m.regdesk")
    assert questions == ["m.regdesk is there already. Is it to be replaced?"]
    assert bool(person.heard) == is_replaced
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    person.heard.clear()
    person.door.ask_save_place("m.regdesk")
    assert person.heard == []


def test_every_control_has_a_name_and_tab_reaches_it(person: Person) -> None:
    person.door.show_facts(FACTS, "", True, True)
    person.door.open_predictions(CHOICES, "live")
    person.child(QLineEdit, "predictFileEdit").setText("a.csv")
    for name in ("modelDialog", "predictDialog"):
        dialog = person.child(QWidget, name)
        wanted = {
            one
            for one in dialog.findChildren(QWidget)
            if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        }
        ours = [one for one in wanted if not one.objectName().startswith("qt_")]
        assert all(one.objectName() and one.accessibleName() for one in ours)
        reached = set()
        for _ in range(3 * len(wanted)):
            dialog.focusNextPrevChild(True)
            reached.add(dialog.focusWidget())
        assert wanted <= reached, [one.objectName() for one in wanted - reached]
    person.door.close_dialogs()
    assert not person.child(QWidget, "modelDialog").isVisible()
