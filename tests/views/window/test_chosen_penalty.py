"""A penalty that is chosen at the box or in the menu begins with a λ at which weights are left; presets are such λ."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.first_lambda import FIRST_LAMBDA
from regdesk.core.types import TrainSettings
from regdesk.session.controllers.choices import connect_choices
from regdesk.session.session import Session
from regdesk.views.window.main_window import MainWindow


@pytest.fixture
def session() -> Session:
    return Session(Configuration(training=TrainSettings("l2", 0.1)))


@pytest.fixture
def window(qtbot: Any, session: Session) -> MainWindow:
    window = MainWindow(lambda: session.configuration)
    qtbot.addWidget(window)
    connect_choices(window, session)
    session.changed.connect(lambda change: window.show_configuration(change.after, change.touches))
    window.show_configuration(session.configuration)
    return window


def presets(window: MainWindow) -> list[str]:
    return [window.findChild(QPushButton, f"lambdaPreset{number}").text() for number in range(6)]


def test_from_the_box_and_from_the_menu(window: MainWindow, session: Session) -> None:
    box = window.findChild(QComboBox, "penaltyBox")
    assert presets(window)[1:5] == ["0.001", "0.01", "0.1", "1"]
    box.setCurrentIndex(box.findData("l1"))
    assert session.configuration.training == TrainSettings("l1", FIRST_LAMBDA)
    assert presets(window)[:5] == ["0", "0.001", "0.003", "0.01", "0.03"]
    window.findChild(QPushButton, "lambdaPreset4").click()
    assert session.configuration.training.lam == 0.03
    assert window.findChild(QPushButton, "lambdaPreset4").accessibleName() == "λ = 0.03"
    session.change("training.lam", 0.2)
    window.commands.penalties["l2"].trigger()
    assert session.configuration.training == TrainSettings("l2", 0.2)
    window.commands.penalties["group-lasso"].trigger()
    assert session.configuration.training == TrainSettings("group-lasso", FIRST_LAMBDA)
    assert presets(window)[4] == "0.02"
    session.change("architecture.hidden", ())
    assert presets(window)[3:5] == ["0.1", "1"]


def test_who_says_both_has_both(session: Session, window: MainWindow) -> None:
    session.change_all({"training.penalty": "l1", "training.lam": 0.5}, "script")
    assert session.configuration.training == TrainSettings("l1", 0.5)
    session.change("training.penalty", "l2", "lesson")
    session.change("training.penalty", "l1", "lesson")
    assert session.configuration.training.lam == 0.5
