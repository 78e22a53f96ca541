"""Which panels are closed is part of what is in force: closed by hand or by whoever, and whatever the room."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
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


def test_what_is_closed_is_in_force_whoever_closes_it(window: MainWindow, session: Session) -> None:
    """In one window, which takes longer to make than what is done in it."""
    have_all_open_at_first(window, session)
    for step in (
        close_by_the_button_and_by_the_menu,
        bring_up_by_the_menu_what_stands_behind_another,
        close_by_the_system,
        close_by_somebody_else,
        open_none_in_another_room,
        open_all_by_the_layout_of_the_beginning,
        close_what_a_kept_layout_says,
        close_none_where_it_is_hidden_or_shows_another_page,
    ):
        window.commands.reset_layout.trigger()
        step(window, session)


def have_all_open_at_first(window: MainWindow, session: Session) -> None:
    assert window.docks.closed == session.configuration.view.closed_panels == ()


def close_by_the_button_and_by_the_menu(window: MainWindow, session: Session) -> None:
    QTest.mouseClick(window.findChild(QToolButton, f"{HISTORY}Close"), Qt.MouseButton.LeftButton)
    assert session.configuration.view.closed_panels == (HISTORY,)
    window.docks.bring_up(window.weight_path)
    dock_of(window, PATH).toggleViewAction().trigger()
    assert session.configuration.view.closed_panels == (HISTORY, PATH)
    dock_of(window, HISTORY).toggleViewAction().trigger()
    assert session.configuration.view.closed_panels == (PATH,)
    window.docks.bring_up(window.weight_path)
    assert session.configuration.view.closed_panels == ()


def bring_up_by_the_menu_what_stands_behind_another(window: MainWindow, session: Session) -> None:
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


def close_by_the_system(window: MainWindow, session: Session) -> None:
    # As it closes one that floats.
    dock_of(window, HISTORY).close()
    assert session.configuration.view.closed_panels == (HISTORY,)


def close_by_somebody_else(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (PATH, HISTORY), "undo")
    assert dock_of(window, HISTORY).isHidden()
    assert dock_of(window, PATH).isHidden()
    assert not ticks(window) & {HISTORY, PATH}
    assert len(ticks(window)) >= 3
    session.change("view.closed_panels", (), "undo")
    assert window.docks.closed == ()
    assert HISTORY in ticks(window)


def open_none_in_another_room(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (HISTORY,), "script")
    for size in (QSize(500, 300), QSize(1400, 900)):
        window.docks.show_room(size)
        assert window.docks.closed == (HISTORY,)
        assert session.configuration.view.closed_panels == (HISTORY,)


def open_all_by_the_layout_of_the_beginning(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (HISTORY, PATH))
    window.commands.reset_layout.trigger()
    assert session.configuration.view.closed_panels == window.docks.closed == ()
    session.change("view.closed_panels", (HISTORY, PATH))
    window.commands.stack_panels.trigger()
    assert session.configuration.view.closed_panels == window.docks.closed == ()


def close_what_a_kept_layout_says(window: MainWindow, session: Session) -> None:
    session.change("view.closed_panels", (PATH,))
    kept = window.docks.layout_state()
    session.change("view.closed_panels", ())
    assert window.docks.restore_layout(kept)
    assert session.configuration.view.closed_panels == (PATH,)


def close_none_where_it_is_hidden_or_shows_another_page(window: MainWindow, session: Session) -> None:
    window.show_not_trainable("a.csv", "a.csv", "There is no column to predict.", 3)
    window.hide()
    window.show()
    assert window.docks.closed == session.configuration.view.closed_panels == ()
