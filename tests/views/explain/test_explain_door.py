"""How wide the Explain dock opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from plot_items import settle
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from regdesk.views.docks.side_tabs import SideTabs
from regdesk.views.explain.door import ExplainDoor


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
