"""The dialog of λ for other programs: what it lists, says and copies, and that it follows λ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QTreeWidget, QWidget

from regdesk.core.words.lambda_translations import LambdaTranslation
from regdesk.views.export.translations_door import TranslationsDoor

FOUND = (
    LambdaTranslation("glmnet", "lambda", 0.1 / 3.0, "library(glmnet)\nfit <- glmnet(X, y)", "X as it is."),
    LambdaTranslation("scikit-learn", "C", None, "", "there is none."),
    LambdaTranslation("Keras", "l2", 2.5, "import keras\nmodel = <b>", "standardised; <i>all</i> of it."),
)


class Shown:
    """A window with the door, opened once with ``FOUND``."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot, self.window = qtbot, QWidget()
        qtbot.addWidget(self.window)
        self.action = QAction("λ", self.window)
        self.action.setToolTip("of this model")
        self.door = TranslationsDoor(self.window, self.action)
        self.door.show_available(True)
        self.door.show("λ = 0.1, L1", FOUND)
        self.dialog = self.window.findChild(QDialog, "translationsDialog")
        self.list = self.dialog.findChild(QTreeWidget, "translationsList")

    @property
    def rows(self) -> list[tuple[str, ...]]:
        items = [self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount())]
        return [tuple(item.text(column) for column in range(3)) for item in items]

    def choose(self, number: int) -> None:
        self.list.setCurrentItem(self.list.topLevelItem(number))

    def text(self, name: str) -> str:
        return self.dialog.findChild(QLabel, name).text()

    @property
    def code(self) -> str:
        return self.dialog.findChild(QPlainTextEdit, "translationsCode").toPlainText()

    def button(self, name: str) -> QPushButton:
        return self.dialog.findChild(QPushButton, name)

    def copied(self, name: str) -> str:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        return QGuiApplication.clipboard().text()


@pytest.fixture
def shown(qtbot: Any) -> Iterator[Shown]:
    found = Shown(qtbot)
    yield found
    found.dialog.close()


def test_every_number_is_listed_and_the_chosen_one_has_its_code(shown: Shown) -> None:
    assert shown.rows == [("glmnet", "lambda", "0.03333333333"), ("scikit-learn", "C", "–"), ("Keras", "l2", "2.5")]
    assert shown.text("translationsPressure").startswith("λ = 0.1, L1. The same minimum")
    assert (shown.code, shown.text("translationsNote")) == (FOUND[0].snippet, "X as it is.")
    shown.choose(2)
    assert (shown.code, shown.text("translationsNote")) == (FOUND[2].snippet, "Standardised; <i>all</i> of it.")
    assert shown.copied("copyTranslationCodeButton") == FOUND[2].snippet
    assert shown.copied("copyTranslationNumberButton") == "2.5"
    shown.choose(0)
    assert float(shown.copied("copyTranslationNumberButton")) == FOUND[0].value


def test_where_there_is_no_number_there_is_nothing_to_copy(shown: Shown) -> None:
    shown.choose(1)
    assert shown.text("translationsNote") == "There is none."
    assert shown.code == ""
    assert not shown.button("copyTranslationCodeButton").isEnabled()
    assert not shown.button("copyTranslationNumberButton").isEnabled()


def test_another_lambda_leaves_the_chosen_row_and_another_penalty_begins_at_the_first(shown: Shown) -> None:
    shown.choose(2)
    last = LambdaTranslation("Keras", "l2", 7.0, "import keras\n7", "note.")
    shown.door.show("λ = 0.3, L1", (*FOUND[:2], last))
    assert shown.rows[2] == ("Keras", "l2", "7")
    assert shown.code == "import keras\n7"
    assert shown.list.currentItem() is shown.list.topLevelItem(2)
    shown.door.show("λ = 0.3, L2", FOUND[:1])
    assert shown.rows == [("glmnet", "lambda", "0.03333333333")]
    assert shown.code == FOUND[0].snippet


def test_without_a_model_it_cannot_be_asked_for(shown: Shown) -> None:
    asked = []
    shown.door.requested.connect(lambda: asked.append(1))
    assert shown.door.is_open
    shown.action.trigger()
    shown.door.show_available(False)
    assert not shown.door.is_open
    assert shown.action.toolTip() == "There is no model yet: open a table first"
    shown.action.trigger()
    assert asked == [1]
    shown.door.show_available(True)
    assert (shown.action.isEnabled(), shown.action.toolTip()) == (True, "of this model")
