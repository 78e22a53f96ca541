"""The dialogs of models that are taken away, with facts made by hand: what they show, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from regdesk.core.words.model_facts import (
    ExportLanguage,
    ExportPreview,
    FactTable,
    ModelChoice,
    ModelFacts,
    PredictionFacts,
    SkippedFact,
)
from regdesk.data.files.prediction_file import provenance_file
from regdesk.views.models.actions import ModelActions
from regdesk.views.models.code_view import LONGEST_LINE, MOST_LETTERS
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
            "calculator_requested", "prediction_wanted", "prediction_cancelled",
            "export_requested", "export_wanted",
            "export_place_requested", "export_place_chosen", "export_left",
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
    assert {tips.pop(name) for name in ("saveModelAction", "reportAction")} == {"No live one."}
    assert set(tips.values()) == {"None at all."}
    assert not any(action.isEnabled() for action in person.actions.all)
    person.door.show_unavailable("No live one.", "")
    enabled = {action.objectName() for action in person.actions.all if action.isEnabled()}
    assert enabled == set(tips)
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


def test_a_model_from_a_file_can_be_asked_in_the_calculator(person: Person) -> None:
    person.door.show_facts(FACTS, "", False, False)
    assert not person.child(QAbstractButton, "calculateByModelButton").isVisible(), "the live one is asked there anyway"
    person.door.show_facts(FACTS, "", True, False)
    person.press("calculateByModelButton")
    assert person.heard == [("calculator_requested",)]
    assert not person.child(QObject, "modelDialog").isVisible()


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


def answer_questions(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    """Every question is answered so from here on; the list has what was asked."""
    questions: list[str] = []

    def ask(_parent: object, _title: str, question: str) -> QMessageBox.StandardButton:
        questions.append(question)
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", ask)
    return questions


@pytest.mark.parametrize(("answer", "is_replaced"), [("Yes", True), ("No", False)])
def test_a_name_without_a_suffix_gets_one_and_is_asked_about_where_it_exists(
    person: Person, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, answer: str, is_replaced: bool
) -> None:
    questions = answer_questions(monkeypatch, answer)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "m"), ""))
    person.door.ask_save_place("m.regdesk")
    assert person.heard.pop() == ("save_place_chosen", str(tmp_path / "m.regdesk"))
    assert questions == []
    (tmp_path / "m.regdesk").write_text("old")
    person.door.ask_save_place("m.regdesk")
    assert questions == ["m.regdesk is there already. Is it to be replaced?"]
    assert bool(person.heard) == is_replaced
    (tmp_path / "<b>n.regdesk").write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "<b>n"), ""))
    person.door.ask_save_place("m.regdesk")
    assert "&lt;b&gt;n.regdesk is there already." in questions.pop(), "a name is no HTML"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    person.heard.clear()
    person.door.ask_save_place("m.regdesk")
    assert person.heard == []


@pytest.mark.parametrize(("answer", "is_written"), [("Yes", True), ("No", False)])
def test_what_is_written_beside_predictions_is_asked_about_where_it_alone_exists(
    person: Person, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, answer: str, is_written: bool
) -> None:
    questions = answer_questions(monkeypatch, answer)
    out = tmp_path / "out.csv"
    beside = provenance_file(out)
    beside.write_text("old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    person.door.open_predictions(CHOICES, "file")
    person.child(QLineEdit, "predictFileEdit").setText("a.csv")
    person.press("predictSaveButton")
    assert questions == [f"{beside.name} is there already. Is it to be replaced?"]
    assert bool(person.heard) == is_written


LANGUAGES = (ExportLanguage("python", "Python"), ExportLanguage("sql", "SQL"), ExportLanguage("onnx", "ONNX"))


def test_code_is_seen_copied_and_saved_as_it_is(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.actions.export.trigger()
    assert person.heard.pop() == ("export_requested", "live")
    person.door.open_export(CHOICES, "file", LANGUAGES)
    assert person.heard.pop() == ("export_wanted", "file", "python")
    save, copy = (person.child(QAbstractButton, name) for name in ("saveExportButton", "copyExportButton"))
    assert not save.isEnabled()
    assert not copy.isEnabled()
    code = "\n".join(["<b>x</b> = 1", "\u202ey = 2", *map(str, range(500))])
    person.door.show_export(ExportPreview(code, 9, ".py", ("Needs numpy.", "And dates.")))
    view = person.child(QPlainTextEdit, "exportPreview")
    assert view.toPlainText().startswith("<b>x</b> = 1\n\\u202ey = 2\n0\n")
    assert view.isReadOnly()
    # Noto Sans Mono, the fixed font of some machines, denies that it is one.
    assert len({QFontMetricsF(view.font()).horizontalAdvance(letter) for letter in "iMW1"}) == 1
    assert person.child(QLabel, "exportNotes").text() == "Needs numpy. And dates."
    person.press("copyExportButton")
    assert QGuiApplication.clipboard().text() == code
    person.press("saveExportButton")
    assert person.heard.pop() == ("export_place_requested", ".py")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/data/m.py", ""))
    person.door.ask_export_place("/data/model.py")
    assert person.heard.pop() == ("export_place_chosen", "/data/m.py")
    person.door.show_export_saved("m.py")
    assert person.child(QLabel, "exportProblem").text() == "Saved as m.py."
    # Another moment of the same is looked at where it was.
    view.verticalScrollBar().setValue(100)
    person.door.show_export(ExportPreview(code + "\nend", 9, ".py", ()))
    assert view.verticalScrollBar().value() == 100
    # Down goes to the next language, from its beginning.
    person.qtbot.keyClick(person.child(QListWidget, "exportLanguageList"), Qt.Key.Key_Down)
    assert person.heard.pop() == ("export_wanted", "file", "sql")
    assert not save.isEnabled()
    person.door.show_export_problem("It is too large.")
    assert (view.toPlainText(), person.child(QLabel, "exportProblem").text()) == ("", "It is too large.")
    assert not save.isEnabled()
    person.door.show_export(ExportPreview(code, 9, ".sql", ()))
    assert view.verticalScrollBar().value() == 0
    person.qtbot.keyClick(person.child(QObject, "exportDialog"), Qt.Key.Key_Escape)
    assert person.heard.pop() == ("export_left",)


def test_what_is_no_text_or_very_long_is_said(person: Person) -> None:
    person.door.open_export(CHOICES, "live", LANGUAGES)
    view, notes = person.child(QPlainTextEdit, "exportPreview"), person.child(QLabel, "exportNotes")
    person.door.show_export(ExportPreview(None, 12_345, ".onnx", ()))
    assert view.toPlainText() == "A file of 12,345 bytes that is no text."
    assert person.child(QAbstractButton, "saveExportButton").isEnabled()
    assert not person.child(QAbstractButton, "copyExportButton").isEnabled()
    for text in ("x" * (LONGEST_LINE + 1), "x\n" * MOST_LETTERS):
        person.door.show_export(ExportPreview(text, 9, ".py", ()))
        assert notes.text() == "The preview is cut; Copy and Save have all of it."
        assert len(view.toPlainText()) <= MOST_LETTERS + 1
        person.press("copyExportButton")
        assert QGuiApplication.clipboard().text() == text
    person.door.show_export_trouble("The disk is full.")
    assert person.child(QLabel, "exportProblem").text() == "The disk is full."
    assert person.child(QAbstractButton, "saveExportButton").isEnabled()
    person.door.show_facts(FACTS, "", True, False)
    person.press("exportModelButton")
    assert person.heard.pop() == ("export_requested", "file")


def test_every_control_has_a_name_and_tab_reaches_it(person: Person) -> None:
    person.door.show_facts(FACTS, "", True, True)
    person.door.open_predictions(CHOICES, "live")
    person.child(QLineEdit, "predictFileEdit").setText("a.csv")
    person.door.open_export(CHOICES, "live", LANGUAGES)
    person.door.show_export(ExportPreview("x", 1, ".py", ()))
    for name in ("modelDialog", "predictDialog", "exportDialog"):
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
