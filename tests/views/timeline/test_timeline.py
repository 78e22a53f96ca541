"""The bar under the history, its row of buttons and its actions: by mouse, by keys, and as a script sees them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from regdesk.core.moments.view import TravelView
from regdesk.views.timeline.actions import TravelActions
from regdesk.views.timeline.bar import N_POSITIONS, PAGE, TimelineSlider
from regdesk.views.timeline.row import TravelRow

NOW = TravelView(now=200.0, has_earlier=True)
EARLIER = TravelView(epoch=50.0, now=200.0, has_earlier=True, has_later=True)


@pytest.fixture
def bar(qtbot: Any) -> TimelineSlider:
    """400 pixels wide; the plot above it goes from 100 to 300 and shows epochs 0 to 400."""
    bar = TimelineSlider()
    qtbot.addWidget(bar)
    bar.resize(400, 20)
    bar.show_axis((100.0, 300.0), (0.0, 400.0))
    bar.show_travel(NOW)
    bar.show()
    return bar


def wishes(bar: TimelineSlider) -> list[Any]:
    found: list[Any] = []
    bar.epoch_chosen.connect(lambda epoch: found.append(round(epoch, 6)))
    bar.steps_chosen.connect(lambda n_steps: found.append(("steps", n_steps)))
    bar.now_chosen.connect(lambda: found.append("now"))
    return found


def test_the_handle_stands_on_the_axis_of_the_plot(bar: TimelineSlider) -> None:
    assert (bar.handle_x, bar.value()) == (200.0, N_POSITIONS)
    bar.show_travel(EARLIER)
    assert (bar.handle_x, bar.value()) == (125.0, N_POSITIONS // 4)
    bar.show_axis((100.0, 300.0), (100.0, 300.0))
    assert bar.handle_x == 100.0, "a moment before what the plot shows"
    assert "Epoch 50 of 200" in bar.toolTip()
    # The very last moment before now is not now.
    bar.show_travel(TravelView(epoch=199.9999, now=200.0, has_later=True))
    assert bar.value() == N_POSITIONS - 1


def test_a_drag_goes_through_the_epochs_to_now(bar: TimelineSlider) -> None:
    found = wishes(bar)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(150, 10))
    for x in (110, 20, 180, 199, 290):
        QTest.mouseMove(bar, QPoint(x, 10))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(290, 10))
    QTest.mouseMove(bar, QPoint(120, 10))
    assert found == [100.0, 20.0, 0.0, 160.0, "now", "now"]


def test_a_click_on_the_handle_asks_for_nothing(bar: TimelineSlider) -> None:
    found = wishes(bar)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(201, 10))
    QTest.mouseClick(bar, Qt.MouseButton.RightButton, pos=QPoint(150, 10))
    assert found == []


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        (Qt.Key.Key_Left, ("steps", -1)),
        (Qt.Key.Key_Right, ("steps", 1)),
        (Qt.Key.Key_PageDown, ("steps", -PAGE)),
        (Qt.Key.Key_PageUp, ("steps", PAGE)),
        (Qt.Key.Key_Home, 0.0),
        (Qt.Key.Key_End, "now"),
    ],
)
def test_keys_go_from_moment_to_moment(bar: TimelineSlider, key: Qt.Key, wanted: Any) -> None:
    found = wishes(bar)
    QTest.keyClick(bar, key)
    assert found == [wanted]


def test_a_script_sets_a_share_of_the_course(bar: TimelineSlider) -> None:
    found = wishes(bar)
    bar.setValue(N_POSITIONS // 2)
    bar.setValue(N_POSITIONS)
    assert found == [100.0, "now"]
    bar.show_travel(TravelView(unavailable_reason="Nothing has been trained yet."))
    assert found == [100.0, "now"]
    assert not bar.isEnabled()
    assert bar.toolTip() == "Nothing has been trained yet."


def test_it_is_painted_in_every_state(bar: TimelineSlider) -> None:
    """Where the handle is the picture has another colour than the line."""
    for view, x in ((NOW, 200), (EARLIER, 125)):
        bar.show_travel(view)
        picture = bar.grab().toImage()
        assert picture.pixelColor(x, 10) != picture.pixelColor(350, 10)


@pytest.fixture
def parent(qtbot: Any) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def actions(parent: QWidget) -> TravelActions:
    def add(name: str, text: str, tip: str, keys: str, icon: str) -> QAction:
        action = QAction(text, parent)
        action.setObjectName(f"{name}Action")
        action.setToolTip(tip)
        return action

    return TravelActions(add, parent)


def enabled(actions: TravelActions) -> list[str]:
    return [action.objectName() for action in actions.all if action.isEnabled()]


def test_actions_say_what_can_be_done_and_why_not(actions: TravelActions) -> None:
    assert enabled(actions) == []
    assert actions.play.toolTip() == "There is no run yet whose moments could be shown."
    actions.show(NOW)
    assert enabled(actions) == ["earlierMomentAction", "playMomentsAction"]
    assert actions.branch.toolTip() == "This is now: go to an earlier moment first."
    actions.show(EARLIER)
    assert len(enabled(actions)) == 5
    assert "kept as a branch" in actions.branch.toolTip()
    actions.show(TravelView(epoch=1.0, now=200.0, has_later=True, is_playing=True))
    assert "earlierMomentAction" not in enabled(actions)
    assert (actions.play.isChecked(), actions.play.iconText()) == (True, "Pause")


def test_actions_are_signals_of_what_is_wanted(actions: TravelActions) -> None:
    actions.show(EARLIER)
    found: list[Any] = []
    for signal in (actions.steps_chosen, actions.play_toggled, actions.branch_chosen):
        signal.connect(found.append)
    actions.branch_requested.connect(lambda: found.append("branch"))
    actions.now_chosen.connect(lambda: found.append("now"))
    for action in actions.all:
        action.trigger()
    assert found == [-1, 1, True, "branch", "now"]


def test_branches_are_listed_and_chosen_by_their_place(parent: QWidget, actions: TravelActions) -> None:
    menu = QMenu(parent)
    actions.fill(menu)
    branches = menu.findChild(QMenu, "branchesMenu")
    assert branches is not None
    assert not branches.isEnabled()
    actions.show(TravelView(now=200.0, branches=("Epoch 10, L1 & more", "Epoch 20")))
    assert [one.text() for one in branches.actions()] == ["&1  Epoch 10, L1 && more", "&2  Epoch 20"]
    found: list[int] = []
    actions.branch_chosen.connect(found.append)
    branches.actions()[1].trigger()
    assert found == [1]


def test_the_row_says_which_moment_and_has_a_button_for_each_action(qtbot: Any, actions: TravelActions) -> None:
    row = TravelRow(actions)
    qtbot.addWidget(row)
    actions.show(EARLIER)
    row.show_travel(EARLIER)
    row.show()
    label = row.findChild(QWidget, "travelLabel")
    assert label is not None
    assert label.text() == "Epoch 50 of 200"
    buttons = row.findChildren(QToolButton)
    assert [one.objectName() for one in buttons] == [
        "earlierMomentButton", "playMomentsButton", "laterMomentButton", "branchButton", "backToNowButton",
    ]  # fmt: skip
    assert all(one.accessibleName() and not one.icon().isNull() for one in buttons)
    for width, style in (
        (900, Qt.ToolButtonStyle.ToolButtonTextBesideIcon),
        (260, Qt.ToolButtonStyle.ToolButtonIconOnly),
    ):
        row.resize(width, 30)
        qtbot.waitUntil(lambda style=style: buttons[-1].toolButtonStyle() == style)


def test_the_wheel_steps_through_moments_once_one_was_asked_for(bar: TimelineSlider) -> None:
    found = wishes(bar)
    middle = bar.rect().center()

    def turn(across: int, upwards: int) -> None:
        event = QWheelEvent(
            middle, bar.mapToGlobal(middle), QPoint(), QPoint(across, upwards), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(bar, event)

    turn(0, 120)
    assert found == [], "a page that is scrolled past it must not begin to travel"
    bar.show_travel(EARLIER)
    turn(0, 120)
    turn(0, -240)
    turn(120, 0)
    turn(0, 10)
    assert found == [("steps", 1), ("steps", -2), ("steps", -1)]
