"""Rows of tabs that a layout needs no more are gone: in Qt, and Python's halves of them."""

from __future__ import annotations

import gc
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QWidget

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.view_table import PANELS
from regdesk.session.session import Session
from regdesk.views.kit.text_size import widgets_below
from regdesk.views.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
MOST_BARS = 3
"""A layout has at most so many places with tabs, or Qt keeps one of the layout before."""


@pytest.fixture
def session() -> Session:
    return Session(Configuration())


@pytest.fixture
def window(qtbot: Any, session: Session) -> Any:
    """With a session and nobody else behind it."""
    window = MainWindow(lambda: session.configuration)
    qtbot.addWidget(window)
    window.settings_chosen.connect(session.change_all)

    def show(change: Any) -> None:
        window.show_view_settings(change.after.view)
        if change.touches("view.lecture"):
            window.apply_text_size()

    session.changed.connect(show)
    window.show_view_settings(session.configuration.view)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.looks.stop()


def bars(window: MainWindow) -> list[QTabBar]:
    """Of Qt: what is found by ``findChildren`` would be bound to its parent."""
    return [one for one in QApplication.allWidgets() if isinstance(one, QTabBar) and one.parentWidget() is window.docks]


def n_left_halves() -> int:
    """How many Python halves there are of bars and buttons that Qt has deleted."""
    gc.collect()
    return sum(type(one) in (QTabBar, QToolButton) and not shiboken6.isValid(one) for one in gc.get_objects())


def test_layouts_and_lectures_leave_no_tab_bars(qtbot: Any, session: Session, window: MainWindow) -> None:
    def lecture() -> None:
        for is_on in (True, False):
            session.change("view.lecture.is_on", is_on)
            # Qt deletes them when the event loop turns, and not in ``processEvents``.
            qtbot.waitUntil(lambda: 0 < len(bars(window)) <= MOST_BARS)

    lecture()
    before = n_left_halves()
    for number in range(10):
        session.change("view.layout", "explore" if number % 2 else "geometry")
        qtbot.waitUntil(lambda: 0 < len(bars(window)) <= MOST_BARS)
    for _ in range(3):
        lecture()
    assert n_left_halves() == before


def test_what_is_below_a_window_is_what_qt_says(window: MainWindow) -> None:
    def names(widgets: Any) -> list[str]:
        return sorted(f"{type(one).__name__} {one.objectName()}" for one in widgets)

    found = widgets_below(window)
    assert window not in found
    assert names(found) == names(window.findChildren(QWidget))


def test_the_panel_that_a_lesson_shows_first_is_no_narrower_than_what_is_beside_it(
    qtbot: Any, session: Session, window: MainWindow
) -> None:
    shown = {"lambdaPanel", "dataFitPanel"}
    session.change("view.closed_panels", tuple(name for name in PANELS if name not in shown))
    docks = {one.panel.objectName(): one for one in window.docks.docks}
    loss, fit = docks["lambdaPanel"], docks["dataFitPanel"]
    qtbot.waitUntil(lambda: fit.x() + fit.width() <= loss.x() and fit.height() == loss.height())
    window.docks.resizeDocks([fit, loss], [600, 200], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: fit.width() > 2 * loss.width())
    both_px = fit.width() + loss.width()
    window.docks.put_in_front(("lambdaPanel", "dataFitPanel"))
    qtbot.waitUntil(lambda: abs(loss.width() - fit.width()) <= 1)
    assert fit.width() + loss.width() == both_px
    # What is wide enough keeps its width.
    window.docks.resizeDocks([fit, loss], [200, 600], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: loss.width() > 2 * fit.width())
    wide_px = loss.width()
    window.docks.put_in_front(("lambdaPanel", "dataFitPanel"))
    QApplication.processEvents()
    assert loss.width() == wide_px
