"""How a window as a whole is looked at, without what is in it: what each action asks for, and what is in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from regdesk.core.settings.configuration import LAYOUTS, LectureSettings, ViewSettings
from regdesk.core.settings.view_table import LARGEST_TEXT, SMALLEST_TEXT
from regdesk.views.looks.lecture_pointer import DISC, SIZE_PX, lecture_pointer
from regdesk.views.looks.looks import Looks
from regdesk.views.looks.view_actions import ViewActions, theme_actions

LECTURE = ViewSettings(lecture=LectureSettings(is_on=True))


def add(name: str, text: str, tip: str, keys: str, _icon: str) -> QAction:
    action = QAction(text)
    action.setObjectName(f"{name}Action")
    action.setToolTip(tip)
    action.setShortcuts([QKeySequence(one) for one in keys.split()])
    return action


class Seen:
    """Looks at an empty window, and all that they ask for."""

    def __init__(self, window: QMainWindow) -> None:
        self.window, self.view, self.is_narrow = window, ViewSettings(), False
        self.actions = ViewActions.of(add, window)
        self.said: list[Any] = []
        docks: Any = SimpleNamespace(
            note_view=lambda view: self.said.append("noted"),
            show_view_settings=lambda view: self.said.append("shown"),
            choose_layout=lambda name: self.said.append(name),
            end_lecture=lambda: self.said.append("ended"),
        )
        self.looks = Looks(window, docks, self.actions, lambda: self.view, lambda: self.is_narrow)
        self.looks.settings_chosen.connect(self.said.append)
        self.columns: list[bool] = []
        self.looks.column_shown.connect(self.columns.append)
        self.heard: list[Any] = []
        self.looks.text_size_shown.connect(self.heard.append)
        self.looks.lecture_shown.connect(self.heard.append)

    def show(self, view: ViewSettings) -> None:
        self.view = view
        self.looks.show(view)

    def after(self, action: QAction) -> Any:
        self.said.clear()
        action.trigger()
        (found,) = self.said
        return found


@pytest.fixture
def seen(qtbot: Any, qapp: QApplication) -> Iterator[Seen]:
    before = QFont(qapp.font())
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(500, 400)
    found = Seen(window)
    yield found
    found.looks.stop()
    qapp.setFont(before)


def test_actions_have_names_keys_and_data(seen: Seen, qtbot: Any) -> None:
    actions = seen.actions
    assert [action.data() for action in actions.layouts.values()] == list(LAYOUTS) == list(actions.layouts)
    keys = [one.toString() for action in actions.layouts.values() for one in action.shortcuts()]
    assert keys == ["Ctrl+Alt+1", "Ctrl+Alt+2", "Ctrl+Alt+3"]
    assert all(one.isCheckable() for one in (*actions.layouts.values(), actions.lecture, actions.column))
    assert not actions.larger.isCheckable()
    assert actions.layout_group.actions() == list(actions.layouts.values())
    group, themes = theme_actions(add, seen.window)
    assert group.actions() == list(themes.values())
    assert [(name, one.data(), one.isCheckable()) for name, one in themes.items()] == [
        (name, name, True) for name in ("system", "light", "dark")
    ]
    assert [one.shortcut().toString() for one in themes.values()] == ["Alt+Shift+S", "Alt+Shift+L", "Alt+Shift+D"]


def test_what_is_in_force_is_seen_in_the_actions(seen: Seen) -> None:
    actions = seen.actions
    for view in (replace(ViewSettings(), layout="geometry"), ViewSettings(), LECTURE):
        seen.said.clear()
        seen.heard.clear()
        seen.show(view)
        assert [name for name, one in actions.layouts.items() if one.isChecked()] == [view.layout]
        assert actions.lecture.isChecked() is view.lecture.is_on
        assert seen.heard == [view.seen_text_percent, view.lecture.is_on]
        assert seen.said == ["noted", "shown"]
    for percent, enabled in (
        (SMALLEST_TEXT, (True, False, True)), (100, (True, True, False)), (LARGEST_TEXT, (False, True, True)),
    ):  # fmt: skip
        seen.show(replace(ViewSettings(), text_percent=percent))
        assert (actions.larger.isEnabled(), actions.smaller.isEnabled(), actions.usual.isEnabled()) == enabled


@pytest.mark.parametrize(
    ("percent", "larger", "smaller"),
    [(100, 125, 75), (110, 125, 100), (125, 150, 100), (190, 200, 175), (80, 100, 75)],
)
def test_text_goes_from_step_to_step(seen: Seen, percent: int, larger: int, smaller: int) -> None:
    seen.show(replace(ViewSettings(), text_percent=percent))
    assert seen.after(seen.actions.larger) == {"view.text_percent": larger}
    assert seen.after(seen.actions.smaller) == {"view.text_percent": smaller}
    seen.show(replace(ViewSettings(), text_percent=150))
    assert seen.after(seen.actions.usual) == {"view.text_percent": 100}
    seen.show(LECTURE)
    assert seen.after(seen.actions.larger) == {"view.lecture.text_percent": 175}


def test_the_application_has_text_of_that_size(seen: Seen, qapp: QApplication) -> None:
    usual = qapp.font().pointSizeF()
    seen.show(replace(ViewSettings(), text_percent=150))
    assert qapp.font().pointSizeF() == pytest.approx(1.5 * usual)
    seen.looks.stop()
    assert qapp.font().pointSizeF() == pytest.approx(usual)


def test_the_column_is_as_it_was_chosen_and_folded_in_a_narrow_window_where_nobody_has(seen: Seen) -> None:
    cases = [
        (ViewSettings(), False, True),
        (ViewSettings(), True, False),
        (replace(ViewSettings(), is_column_chosen=True), True, True),
        (replace(ViewSettings(), has_column=False), False, False),
        (LECTURE, False, False),
        (LECTURE, True, False),
        (replace(LECTURE, lecture=replace(LECTURE.lecture, has_column=True)), True, True),
    ]
    for view, is_narrow, is_whole in cases:
        seen.is_narrow = is_narrow
        seen.show(view)
        assert (seen.columns[-1], seen.actions.column.isChecked()) == (is_whole, is_whole), view
        name = "view.lecture.has_column" if view.lecture.is_on else "view.has_column"
        found = seen.after(seen.actions.column)
        assert found == {name: not is_whole} | ({} if view.lecture.is_on else {"view.is_column_chosen": True})


def test_a_layout_and_a_lecture_are_asked_for(seen: Seen) -> None:
    seen.show(ViewSettings())
    assert seen.after(seen.actions.layouts["geometry"]) == "geometry"
    assert seen.after(seen.actions.lecture) == {"view.lecture.is_on": True}
    assert seen.after(seen.actions.lecture) == {"view.lecture.is_on": False}


def test_after_a_lecture_the_window_is_as_large_as_before(seen: Seen, qtbot: Any) -> None:
    seen.window.show()
    seen.show(ViewSettings())
    assert QGuiApplication.overrideCursor() is None
    seen.show(LECTURE)
    pointer = QGuiApplication.overrideCursor()
    assert pointer is not None
    assert pointer.hotSpot().x() == SIZE_PX // 2
    seen.looks.show(LECTURE)
    seen.window.resize(900, 700)
    seen.said.clear()
    seen.show(ViewSettings())
    assert QGuiApplication.overrideCursor() is None
    qtbot.waitUntil(lambda: "ended" in seen.said)
    assert seen.window.size() == QSize(500, 400)
    seen.said.clear()
    seen.show(ViewSettings())
    QApplication.processEvents()
    assert "ended" not in seen.said


def test_larger_text_leaves_the_window_as_a_person_has_it(seen: Seen, qtbot: Any) -> None:
    seen.window.show()
    seen.window.setMinimumSize(200, 200)
    seen.show(replace(ViewSettings(), text_percent=200))
    seen.window.resize(800, 600)
    qtbot.waitUntil(lambda: seen.window.size() == QSize(500, 400))


def test_the_pointer_of_a_lecture_is_an_arrow_in_a_disc(qapp: QApplication) -> None:
    cursor = lecture_pointer()
    image, middle = cursor.pixmap().toImage(), SIZE_PX // 2
    assert (cursor.hotSpot().x(), cursor.hotSpot().y()) == (middle, middle)
    assert (image.width(), image.height()) == (SIZE_PX, SIZE_PX)
    assert image.pixelColor(middle + 3, middle + 10) == QColor("black"), "in the arrow"
    assert image.pixelColor(middle - 15, middle) == QColor(image.pixelColor(middle, middle - 15)) != QColor("black")
    assert abs(image.pixelColor(middle - 15, middle).alpha() - DISC.alpha()) <= 1
    assert [image.pixelColor(x, x).alpha() for x in (0, 2, SIZE_PX - 1)] == [0, 0, 0], "round"
    edges = [
        image.pixelColor(x, y).alpha()
        for x, y in ((1, middle), (SIZE_PX - 2, middle), (middle, 1), (middle, SIZE_PX - 2))
    ]
    assert min(edges) > DISC.alpha(), "with an edge"
    assert cursor.shape() == Qt.CursorShape.BitmapCursor
