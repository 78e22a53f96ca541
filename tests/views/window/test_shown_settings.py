"""A change is shown by the controls of what has changed and by no other, and afterwards all show what is in force."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QComboBox, QLabel, QLineEdit, QWidget

from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Architecture, TrainSettings
from regdesk.session.session import Session
from regdesk.views.window.main_window import MainWindow

START = Configuration(architecture=Architecture((3,)), training=TrainSettings("l1", 0.1))
CHANGES: tuple[tuple[dict[str, Any], set[str]], ...] = (
    ({"training.lam": 0.25}, {"lambdaEdit"}),
    ({"training.l1_ratio": 0.75}, set()),
    ({"training.penalty": "group-lasso"}, {"penaltyBox", "l1RatioSlider"}),
    ({"training.penalty": "elastic-net", "training.lam": 2.0}, {"penaltyBox", "l1RatioSlider", "lambdaEdit"}),
    ({"training.optimizer": "sgd"}, {"optimizerBox"}),
    ({"training.learning_rate": 0.125}, {"learningRateEdit"}),
    ({"training.batch_size": 7}, {"batchSizeEdit"}),
    ({"architecture.activation": "relu"}, {"activationBox"}),
    ({"architecture.hidden": (5,)}, {"hiddenLayersEdit", "activationBox"}),
    ({"architecture.hidden": ()}, {"hiddenLayersEdit", "activationBox"}),
    ({"seed": 12}, set()),
    ({"sweep.n_starts": 3}, set()),
)
"""Values by path, and the controls in which something is written with a tip."""


class Written(QObject):
    """Notes the object names of controls whose tip is set, of which Qt tells also where it is the same."""

    def __init__(self, controls: QWidget) -> None:
        super().__init__()
        self._names: set[str] = set()
        for widget in controls.findChildren(QWidget):
            if isinstance(widget, QComboBox | QLineEdit | QAbstractSlider):
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTipChange:
            self._names.add(watched.objectName())
        return False

    def since_last(self) -> set[str]:
        found, self._names = self._names, set()
        return found


def picture(window: MainWindow) -> list[tuple[Any, ...]]:
    """What controls, toolbar and the list of penalties show."""
    found: list[tuple[Any, ...]] = []
    for widget in window.findChildren(QWidget):
        state = widget.objectName(), widget.isEnabled(), widget.toolTip()
        if isinstance(widget, QComboBox):
            found.append((*state, widget.currentText()))
        elif isinstance(widget, QLineEdit | QLabel):
            found.append((*state, widget.text()))
        elif isinstance(widget, QAbstractSlider) and widget.objectName():
            found.append((*state, widget.value()))
    return [*found, *((word, action.isChecked()) for word, action in window.commands.penalties.items())]


@pytest.fixture
def session() -> Session:
    return Session(START)


@pytest.fixture
def window(qtbot: Any, session: Session) -> MainWindow:
    """Shows changes as the controller does, with nobody else behind it."""
    window = MainWindow(lambda: session.configuration)
    qtbot.addWidget(window)
    window.show_configuration(START)
    session.changed.connect(lambda change: window.show_configuration(session.configuration, change.touches))
    return window


@pytest.mark.parametrize(("values", "names"), CHANGES)
def test_only_what_has_changed_is_written(
    window: MainWindow, session: Session, values: dict[str, Any], names: set[str]
) -> None:
    written = Written(window.controls)
    session.change_all(values)
    assert written.since_last() == names


@pytest.mark.parametrize(
    ("values", "n_times"),
    [
        ({"training.lam": 0.25}, 1),
        ({"training.penalty": "none"}, 1),
        ({"training.optimizer": "sgd"}, 0),
        ({"seed": 5}, 0),
    ],
)
def test_panels_hear_of_λ_when_it_is_another(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any], n_times: int
) -> None:
    heard: list[tuple[float, bool]] = []
    for panel in (window.loss_curve, window.weight_path):
        monkeypatch.setattr(panel, "show_lambda", lambda *what: heard.append(what))
    session.change_all(values)
    training = session.configuration.training
    assert heard == 2 * n_times * [(training.effective_lam, training.penalty != "none")]


def test_after_every_change_all_show_what_is_in_force(qtbot: Any, window: MainWindow, session: Session) -> None:
    before = picture(window)
    for values, _ in CHANGES:
        session.change_all(values)
        afresh = MainWindow(lambda: session.configuration)
        qtbot.addWidget(afresh)
        afresh.show_configuration(session.configuration)
        assert picture(window) == picture(afresh), values
    assert picture(window) != before


def test_a_refused_text_gives_way_to_the_next_change_whatever_it_is(
    qtbot: Any, window: MainWindow, session: Session
) -> None:
    edit = window.findChild(QLineEdit, "learningRateEdit")
    assert edit is not None
    with qtbot.waitActive(window):
        window.show()
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "7000")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "7000"
    session.change("training.lam", 0.25)
    assert edit.text() == "0.01"
    qtbot.keyClicks(edit, "5")
    session.change("training.lam", 0.5)
    assert edit.text() == "0.015", "what is being typed stays"


def test_name_and_number_of_the_l1_share_are_pale_with_their_slider(window: MainWindow, session: Session) -> None:
    slider = window.controls.findChild(QAbstractSlider, "l1RatioSlider")
    assert isinstance(slider, QAbstractSlider)

    def words() -> list[QLabel]:
        return [one for one in window.controls.findChildren(QLabel) if one.text() in ("&L1 share", "L1 share", "0.50")]

    for penalty, is_used in (("l2", False), ("elastic-net", True), ("l1", False)):
        session.change("training.penalty", penalty)
        assert slider.isEnabled() == is_used
        assert len(words()) == 2
        assert [one.isEnabled() for one in words()] == [is_used] * 2
        assert {one.toolTip() for one in words()} == {slider.toolTip()}
