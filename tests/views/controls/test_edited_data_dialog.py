"""The data dialog by itself: what it shows, asks, says and hands on, with the answers given by the test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QTextBrowser, QTreeView, QWidget

from regdesk.core.types import DataSettings
from regdesk.core.words.data_facts import ColumnFact, Consequences
from regdesk.views.controls.data_dialog import FORM_PX, DataDialog
from regdesk.views.kit.setting_controls import SettingSpin

FACTS = tuple(ColumnFact(name, "numeric", 0, 9, "1 input", "", True) for name in ("a", "b", "c", "d", "y"))
SETTINGS = DataSettings(target="y", split_column="c", fold_column="d", validation_fraction=0.25)
ANSWER = Consequences("regression", ("Predicts y.", "9 rows."), ("d is constant.",))


class Opened:
    """The dialog over a window, and what it has asked and chosen."""

    def __init__(self, qtbot: Any, settings: DataSettings = SETTINGS, answer: Consequences | None = ANSWER) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 600)
        self.dialog = DataDialog(self.window)
        self.asked: list[tuple[DataSettings, int]] = []
        self.chosen: list[tuple[DataSettings, int]] = []
        self.dialog.settings_edited.connect(lambda *values: self.asked.append(values))
        self.dialog.settings_chosen.connect(lambda *values: self.chosen.append(values))
        self.dialog.open_with("houses", FACTS, settings, 3, answer)

    def child(self, kind: type, name: str) -> Any:
        found = self.dialog.findChild(kind, name)
        assert found is not None, name
        return found

    @property
    def state(self) -> str:
        return str(self.child(QLabel, "previewState").text())

    @property
    def text(self) -> str:
        return str(self.child(QTextBrowser, "consequencesText").toPlainText())

    @property
    def timer(self) -> QTimer:
        (found,) = [one for one in self.dialog.children() if isinstance(one, QTimer)]
        return found

    def apply(self) -> None:
        QTest.mouseClick(self.child(QPushButton, "dataApplyButton"), Qt.MouseButton.LeftButton)

    def kinds(self) -> dict[str, str]:
        model = self.child(QTreeView, "featureList").model()
        return {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}

    def fire(self) -> None:
        """The time after the last edit is over."""
        self.timer.timeout.emit()


def test_what_is_in_force_is_shown_and_nothing_is_asked(qtbot: Any) -> None:
    opened = Opened(qtbot)
    assert opened.dialog.windowTitle() == "Data – houses"
    assert opened.dialog.windowModality() == Qt.WindowModality.WindowModal
    assert opened.asked == []
    assert opened.state == "This is in force; nothing has been changed."
    assert opened.text.split("\n") == ["Predicts y.", "9 rows.", "Warning: d is constant."]
    assert opened.kinds() == {
        "a": "numeric",
        "b": "numeric",
        "c": "splits the rows",
        "d": "the fold",
        "y": "the target",
    }
    assert opened.dialog.edited_settings() == (SETTINGS, 3)
    assert not opened.dialog.is_changed
    assert opened.child(SettingSpin, "validationFractionSpin").value() == 0.25
    assert opened.child(SettingSpin, "seedSpin").value() == 3
    apply = opened.child(QPushButton, "dataApplyButton")
    assert (apply.isDefault(), apply.isEnabled(), apply.accessibleName()) == (True, True, "Apply (Enter)")
    assert opened.dialog.focusWidget().objectName() == "targetBox"
    opened.apply()
    assert (opened.chosen, opened.dialog.isVisible()) == ([], False), "nothing is other than it was"


def test_without_an_answer_it_is_asked_at_once(qtbot: Any) -> None:
    opened = Opened(qtbot, answer=None)
    assert opened.asked == [(SETTINGS, 3)]
    assert opened.state == "Working out what this does …"
    opened.apply()
    assert opened.dialog.isVisible(), "it is not known yet whether this can be applied"
    opened.dialog.show_consequences(ANSWER)
    assert not opened.dialog.isVisible(), "now it is"


def test_an_edit_is_asked_about_after_a_while_and_applied_once_it_is_known_to_do(qtbot: Any) -> None:
    opened = Opened(qtbot)
    opened.child(SettingSpin, "seedSpin").setValue(4)
    timer = opened.timer
    assert (timer.isActive(), timer.isSingleShot(), opened.asked) == (True, True, [])
    assert 50 <= timer.interval() <= 500, "while somebody types nothing is asked, and a pause is not noticed"
    assert opened.state == "Working out what this does …"
    opened.dialog.show_consequences(replace(ANSWER, sentences=("Old.", "Old.")))
    opened.dialog.show_problem("Old.")
    assert "Old" not in opened.text, "that is an answer to something else"
    opened.fire()
    assert (opened.asked, timer.isActive()) == ([(SETTINGS, 4)], False)
    opened.dialog.show_consequences(ANSWER)
    assert opened.state == "Apply begins a new run from the seed's initial weights."
    opened.apply()
    assert (opened.chosen, opened.dialog.isVisible()) == ([(SETTINGS, 4)], False)


def test_enter_before_the_answer_asks_at_once_and_a_problem_takes_it_back(qtbot: Any) -> None:
    opened = Opened(qtbot)
    opened.child(SettingSpin, "seedSpin").setValue(4)
    opened.apply()
    assert (opened.asked, opened.timer.isActive()) == ([(SETTINGS, 4)], False)
    opened.apply()
    assert len(opened.asked) == 1, "it has been asked"
    opened.dialog.show_problem("No row is left.")
    assert opened.text == "This cannot be applied: No row is left."
    assert opened.state == ""
    assert not opened.child(QPushButton, "dataApplyButton").isEnabled()
    opened.child(SettingSpin, "seedSpin").setValue(5)
    assert opened.child(QPushButton, "dataApplyButton").isEnabled(), "this may do"
    opened.fire()
    opened.dialog.show_consequences(ANSWER)
    assert opened.dialog.isVisible(), "what was asked for was something else"
    assert opened.chosen == []
    opened.child(SettingSpin, "seedSpin").setValue(6)
    opened.dialog.reject()
    assert not opened.timer.isActive(), "nobody is there to read the answer"


def test_another_target_changes_which_columns_can_be_features(qtbot: Any) -> None:
    opened = Opened(qtbot)
    task, target = opened.child(QComboBox, "taskBox"), opened.child(QComboBox, "targetBox")
    weight = opened.child(QComboBox, "weightBox")
    task.setCurrentIndex(task.findData("classification"))
    target.setCurrentIndex(target.findData("a"))
    assert task.currentData() == "auto", "what was forced upon one column says nothing about another"
    assert (opened.kinds()["a"], opened.kinds()["y"]) == ("the target", "numeric")
    assert weight.itemText(0) == "none"
    assert weight.itemData(1, Qt.ItemDataRole.ToolTipRole) == target.itemData(0, Qt.ItemDataRole.ToolTipRole)
    weight.setCurrentIndex(weight.findData("b"))
    assert opened.kinds()["b"] == "the weight"
    opened.fire()
    settings = opened.asked[-1][0]
    assert (settings.target, settings.weight_column, settings.features) == ("a", "b", None)
    opened.dialog.show_consequences(replace(ANSWER, task="classification"))
    assert task.itemText(0) == "automatic (classification)"
    scale = opened.child(QCheckBox, "standardizeTargetBox")
    assert not scale.isEnabled(), "a class has no scale"
    opened.dialog.show_consequences(ANSWER)
    assert scale.isEnabled()
    opened.dialog.reject()


def test_features_that_are_chosen_and_their_factors(qtbot: Any) -> None:
    settings = DataSettings(target="y", penalty_factors=(("a", 2.0), ("b", 1.0)))
    opened = Opened(qtbot, settings)
    model = opened.child(QTreeView, "featureList").model()
    assert opened.dialog.edited_settings()[0] == settings, "a factor of 1 says nothing and stays"
    model.toggle([1], False)
    edited = opened.dialog.edited_settings()[0]
    assert (edited.features, edited.penalty_factors) == (("a", "c", "d"), (("a", 2.0),))
    model.toggle([1], True)
    model.setData(model.index(2, 5), "0.5")
    edited = opened.dialog.edited_settings()[0]
    assert (edited.features, edited.penalty_factors) == (None, (("a", 2.0), ("c", 0.5)))
    model.toggle([0], False)
    assert opened.dialog.edited_settings()[0].penalty_factors == (("c", 0.5),)
    opened.dialog.reject()


def test_what_comes_into_force_meanwhile_takes_the_place_of_what_was_changed(qtbot: Any) -> None:
    opened = Opened(qtbot)
    opened.child(SettingSpin, "seedSpin").setValue(9)
    opened.dialog.show_in_force(SETTINGS, 3)
    assert (opened.dialog.is_changed, opened.asked) == (True, []), "nothing else is in force"
    other = replace(SETTINGS, target="a", degree=2, standardize=False, standardize_target=False, test_fraction=0.1)
    opened.dialog.show_in_force(other, 5)
    assert opened.asked == [(other, 5)]
    assert not opened.dialog.is_changed
    opened.dialog.reject()
    opened.dialog.show_in_force(SETTINGS, 7)
    assert len(opened.asked) == 1, "a dialog that is closed asks nothing"


def test_it_is_as_large_as_its_window_has_room(qtbot: Any) -> None:
    opened = Opened(qtbot)
    dialog, window = opened.dialog, opened.window
    assert window.width() - 40 < dialog.width() < window.width()
    assert window.height() - 80 < dialog.height() < window.height()
    form = opened.child(QComboBox, "targetBox").parentWidget().parentWidget()
    assert form.width() == FORM_PX
    tree, text = opened.child(QTreeView, "featureList"), opened.child(QTextBrowser, "consequencesText")
    assert tree.height() > text.height() > 60, "the list has the larger share"
    assert form.mapTo(dialog, form.rect().topRight()).x() < tree.mapTo(dialog, tree.rect().topLeft()).x()
    dialog.resize(dialog.width() + 100, dialog.height() + 50)
    assert form.width() == FORM_PX
    dialog.reject()
