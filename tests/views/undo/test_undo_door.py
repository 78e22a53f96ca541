"""Undo as the window says it: words in the menu, frozen pictures, where panels stood and which colours were before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication

from regdesk.views.docks.remembered_layout import RememberedLayout
from regdesk.views.undo.actions import UndoActions
from regdesk.views.undo.door import UndoDoor
from regdesk.views.undo.surroundings import Surroundings

pytestmark = pytest.mark.usefixtures("qapp")


class Frozen:
    """A panel that may have frozen its picture."""

    def __init__(self, ghost: object) -> None:
        self.ghost = ghost

    def show_ghost(self, ghost: object) -> None:
        self.ghost = ghost


@pytest.fixture
def owner() -> Any:
    return QObject()


def test_the_menu_says_what_would_be_undone(owner: QObject) -> None:
    actions = UndoActions.of(lambda name, text, _tip: QAction(text, owner))
    assert actions.undo.shortcut().toString() == "Ctrl+Z"
    assert "Ctrl+Shift+Z" in [one.toString() for one in actions.redo.shortcuts()]
    assert len(set(actions.redo.shortcuts())) == len(actions.redo.shortcuts())
    actions.show(("λ 0.1", "Sets λ back."), ("", "Nothing has been undone."))
    assert (actions.undo.text(), actions.undo.isEnabled()) == ("&Undo λ 0.1", True)
    assert (actions.redo.text(), actions.redo.isEnabled()) == ("&Redo", False)
    assert "Sets λ back. (Ctrl+Z)" in actions.undo.toolTip()
    assert "Nothing has been undone. (Ctrl+Shift+Z)" in actions.redo.toolTip()


def test_frozen_pictures_come_and_go_without_a_word(owner: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    actions = UndoActions.of(lambda name, text, _tip: QAction(text, owner))
    freeze = QAction(owner)
    freeze.setCheckable(True)
    panels: Any = [Frozen(None), Frozen("curve")]
    door = UndoDoor(owner, actions, freeze, panels)
    said: list[str] = []
    door.undo_requested.connect(lambda: said.append("undo"))
    door.redo_requested.connect(lambda: said.append("redo"))
    door.ghosts_changed.connect(lambda: said.append("ghosts"))
    freeze.toggled.connect(lambda is_on: said.append(f"frozen {is_on}"))
    assert door.ghosts() == (None, "curve")
    door.show_ghosts(("bars", None))
    assert ([one.ghost for one in panels], freeze.isChecked()) == (["bars", None], True)
    door.show_ghosts((None, None))
    assert (door.ghosts(), freeze.isChecked(), said) == ((None, None), False, [])
    door.show(("a step", "s"), ("", "s"))
    actions.undo.trigger()
    actions.redo.trigger()
    door.show(("", "s"), ("a step", "s"))
    actions.redo.trigger()
    freeze.trigger()
    assert said == ["undo", "redo", "frozen True", "ghosts"]
    # What Qt itself says depends on the tests before.
    for buttons in (Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        monkeypatch.setattr(QApplication, "mouseButtons", lambda buttons=buttons: buttons)
        assert door.is_held() is (buttons != Qt.MouseButton.NoButton)


class Docks(QObject):
    """What the surroundings hear and ask of the docks."""

    leaving_places = Signal(str)
    took_places = Signal()
    moved = Signal(object, str)

    def __init__(self, layout: RememberedLayout) -> None:
        super().__init__()
        self.layout, self.brought = layout, list[RememberedLayout]()

    def remembered(self) -> RememberedLayout:
        return self.layout

    def bring_back(self, layout: RememberedLayout) -> None:
        self.brought.append(layout)


ARRANGED: Any = "side by side"
OWN = RememberedLayout(True, ARRANGED, ("fitPanel",), (), QByteArray(b"state"), QSize(9, 9))


def test_where_panels_stand_is_told_and_put_back(owner: QObject) -> None:
    docks: Any = Docks(OWN)
    around = Surroundings(owner, docks, QActionGroup(owner))
    said: list[Any] = []
    around.leaving_places.connect(said.append)
    around.took_places.connect(lambda: said.append("took"))
    around.moved.connect(lambda *values: said.append(values))
    plain = replace(OWN, state=QByteArray(), size=QSize())
    assert around.places == plain, "that the room had another size makes no difference"
    docks.layout = moved = replace(OWN, is_own=False)
    assert around.places is moved
    around.put_back(moved)
    around.put_back(None)
    assert docks.brought == [moved]
    docks.leaving_places.emit("reset layout")
    docks.took_places.emit()
    docks.moved.emit(OWN, "moved Fit")
    docks.moved.emit(moved, "moved Path")
    assert said == ["reset layout", "took", (plain, "moved Fit"), (moved, "moved Path")]


def test_the_colours_before_are_told_once_another_is_in_force(owner: QObject) -> None:
    themes = QActionGroup(owner)
    actions = {}
    for name in ("system", "light", "dark"):
        actions[name] = action = QAction(name, owner)
        action.setCheckable(True)
        action.setData(name)
        themes.addAction(action)
    docks: Any = Docks(OWN)
    around = Surroundings(owner, docks, themes)
    said: list[str] = []
    around.theme_chosen.connect(said.append)
    actions["light"].setChecked(True)
    assert (around.theme, said) == ("light", []), "nobody has chosen it"
    actions["light"].trigger()
    assert said == []
    actions["dark"].trigger()
    assert (around.theme, said) == ("dark", ["light"])
    actions["dark"].trigger()
    assert said == ["light"], "it was that before"
    around.choose_theme("system")
    around.choose_theme("no such theme")
    assert (around.theme, said, actions["system"].isChecked()) == ("system", ["light", "dark"], True)
