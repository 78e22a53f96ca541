"""Which panels are closed is part of what is in force: closed by hand or by whoever, and whatever the room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from regdesk.core.settings.configuration import Configuration
from regdesk.session.session import Session
from regdesk.views.window.main_window import MainWindow

HISTORY, PATH = "historyPanel", "pathPanel"


@pytest.fixture
def session() -> Session:
    return Session(Configuration())


@pytest.fixture
def window(qtbot: Any, session: Session) -> MainWindow:
    """With a session and nobody else behind it."""
    window = MainWindow(lambda: session.configuration)
    qtbot.addWidget(window)
    window.settings_chosen.connect(session.change_all)
    session.changed.connect(lambda change: window.show_view_settings(change.after.view))
    with qtbot.waitExposed(window):
        window.show()
    return window


def dock_of(window: MainWindow, name: str) -> Any:
    (found,) = (dock for dock in window.docks.docks if dock.panel.objectName() == name)
    return found


def ticks(window: MainWindow) -> set[str]:
    """Panels that the View menu has a tick at."""
    return {dock.panel.objectName() for dock in window.docks.docks if dock.toggleViewAction().isChecked()}


def test_at_first_all_are_open(window: MainWindow, session: Session) -> None:
    assert window.docks.closed == session.configuration.view.closed_panels == ()


def test_by_its_button_and_by_the_menu(qtbot: Any, window: MainWindow, session: Session) -> None:
    qtbot.mouseClick(window.findChild(QToolButton, f"{HISTORY}Close"), Qt.MouseButton.LeftButton)
    assert session.configuration.view.closed_panels == (HISTORY,)
    window.docks.bring_up(window.weight_path)
    dock_of(window, PATH).toggleViewAction().trigger()
    assert session.configuration.view.closed_panels == (HISTORY, PATH)
    dock_of(window, HISTORY).toggleViewAction().trigger()
    assert session.configuration.view.closed_panels == (PATH,)
    window.docks.bring_up(window.weight_path)
    assert session.configuration.view.closed_panels == ()


def test_the_menu_brings_up_what_stands_behind_another_and_closes_what_is_in_front(
    window: MainWindow, session: Session
) -> None:
    window.docks.stack()
    docks = [dock_of(window, name) for name in (PATH, HISTORY)]
    for dock in docks:
        dock.toggleViewAction().trigger()
        assert dock.is_in_front
        assert dock.toggleViewAction().isChecked()
        assert session.configuration.view.closed_panels == ()
    assert not docks[0].is_in_front
    docks[1].toggleViewAction().trigger()
    assert session.configuration.view.closed_panels == (HISTORY,)
    assert not docks[1].toggleViewAction().isChecked()


def test_by_the_system(window: MainWindow, session: Session) -> None:
    # As it closes one that floats.
    dock_of(window, HISTORY).close()
    assert session.configuration.view.closed_panels == (HISTORY,)


def test_by_somebody_else(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (PATH, HISTORY), "undo")
    assert dock_of(window, HISTORY).isHidden()
    assert dock_of(window, PATH).isHidden()
    assert not ticks(window) & {HISTORY, PATH}
    assert len(ticks(window)) >= 3
    session.change("view.closed_panels", (), "undo")
    assert window.docks.closed == ()
    assert HISTORY in ticks(window)


def test_another_room_opens_none(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (HISTORY,), "script")
    for size in (QSize(500, 300), QSize(1400, 900)):
        window.docks.show_room(size)
        assert window.docks.closed == (HISTORY,)
        assert session.configuration.view.closed_panels == (HISTORY,)


def test_the_layout_of_the_beginning_opens_all(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (HISTORY, PATH))
    window.commands.reset_layout.trigger()
    assert session.configuration.view.closed_panels == window.docks.closed == ()
    session.change("view.closed_panels", (HISTORY, PATH))
    window.commands.stack_panels.trigger()
    assert session.configuration.view.closed_panels == window.docks.closed == ()


def test_a_layout_that_was_kept_says_which_are_closed(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (PATH,))
    kept = window.docks.layout_state()
    session.change("view.closed_panels", ())
    assert window.docks.restore_layout(kept)
    assert session.configuration.view.closed_panels == (PATH,)


def test_a_window_that_is_hidden_or_shows_another_page_closes_none(window: MainWindow, session: Session) -> None:
    window.show_not_trainable("a.csv", "a.csv", "There is no column to predict.", 3)
    window.hide()
    window.show()
    assert window.docks.closed == session.configuration.view.closed_panels == ()
