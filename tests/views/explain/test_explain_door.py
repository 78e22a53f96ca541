"""How wide the Explain dock opens, also where a session brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plot_items import settle
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from regdesk.views.docks.side_tabs import SideTabs
from regdesk.views.explain.door import ExplainDoor
from regdesk.views.sessions.look import bring_back_explain


@pytest.fixture
def window(qtbot: Any) -> Iterator[QMainWindow]:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QWidget())
    window.resize(900, 600)
    window.show()
    yield window
    window.close()


@pytest.mark.parametrize("room_px", [330, 0, -120])
def test_it_takes_the_room_that_is_left_be_it_none(window: QMainWindow, room_px: int) -> None:
    # Qt would say a word of a width that is none, which fails this test.
    door = ExplainDoor(window, QAction(window), lambda: room_px)
    door.put_in_place((), SideTabs(window))
    door.action.trigger()
    settle()
    assert door.dock.width() == max(room_px, door.dock.minimumSizeHint().width())
    assert door.action.isChecked()


@pytest.mark.qt_log_ignore("does not support raise")
def test_it_comes_back_as_wide_as_it_was_or_closed(window: QMainWindow) -> None:
    door = ExplainDoor(window, QAction(window), lambda: 500)
    door.put_in_place((), SideTabs(window))
    found = [door.open_px]
    for width_px in (300, 420):
        bring_back_explain(door, width_px)
        settle()
        found.append(door.open_px)
    door.dock.setFloating(True)
    found.append(door.open_px)
    assert found == [0, 300, 420, None]
    for nothing in (None, True, -1, 1e9, "300", 10**9):
        bring_back_explain(door, nothing)
        assert door.dock.isFloating()
    bring_back_explain(door, 300)
    settle()
    assert door.open_px == 300
    bring_back_explain(door, 0)
    assert (door.open_px, door.action.isChecked()) == (0, False)
