"""Layouts by name at any size of the window, and a lecture that leaves everything as it was."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QStyle, QToolButton, QWidget

from regdesk.core.settings.configuration import Configuration
from regdesk.core.settings.view_table import LARGEST_TEXT, PANELS
from regdesk.session.session import Session
from regdesk.views.docks.arrangement import arrange
from regdesk.views.kit.elided_label import ElidedLabel
from regdesk.views.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")
LARGE, SMALL = (1440, 900), (1024, 700)
SEEN = {
    ("explore", LARGE): {"dataFitPanel", "histogramPanel", "lambdaPanel", "historyPanel"},
    ("explore", SMALL): {"dataFitPanel", "histogramPanel", "historyPanel"},
    ("choose-lambda", LARGE): {"lambdaPanel", "pathPanel", "dataFitPanel", "historyPanel"},
    ("choose-lambda", SMALL): {"lambdaPanel", "pathPanel", "dataFitPanel"},
    ("geometry", LARGE): {"geometryPanel", "dataFitPanel", "pathPanel"},
    ("geometry", SMALL): {"geometryPanel", "dataFitPanel", "pathPanel"},
}


@pytest.fixture
def session() -> Session:
    return Session(Configuration())


@pytest.fixture
def window(qtbot: Any, session: Session) -> Any:
    """With a session and nobody else behind it."""
    window = MainWindow(lambda: session.configuration)
    qtbot.addWidget(window)
    window.settings_chosen.connect(session.change_all)
    session.changed.connect(lambda change: window.show_view_settings(change.after.view))
    window.show_view_settings(session.configuration.view)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.looks.stop()


def seen(window: MainWindow) -> set[str]:
    """The panels of which something can be seen."""
    return {panel.objectName() for panel in window.panels if not panel.visibleRegion().isEmpty()}


def standing(window: MainWindow) -> dict[str, Any]:
    """How everything stands: what a person would find changed if it were."""
    docks = window.docks.docks
    return {
        "window": (window.width(), window.height()),
        "docks": [(dock.isHidden(), dock.isFloating(), dock.is_in_front or dock.isFloating()) for dock in docks],
        "places": {
            dock.panel.objectName(): dock.geometry().getRect()
            for dock in docks
            if dock.panel.objectName() in seen(window)
        },
        "seen": seen(window),
        "column": window.controls.geometry().getRect(),
        "text": QApplication.font().pointSizeF(),
        "pointer": QGuiApplication.overrideCursor() is None,
        "restored": window.docks.layout_state(),
    }


def wait_rest(qtbot: Any, window: MainWindow) -> dict[str, Any]:
    """Until nothing moves any more."""
    last: list[Any] = [None, 0]

    def is_at_rest() -> bool:
        now = standing(window)
        last[:] = [now, last[1] + 1 if now == last[0] else 0]
        return last[1] > 5

    qtbot.waitUntil(is_at_rest)
    return standing(window)


@pytest.mark.parametrize("layout", ["explore", "choose-lambda", "geometry"])
def test_each_layout_shows_its_panels_in_a_large_and_a_small_window(
    qtbot: Any, window: MainWindow, layout: str
) -> None:
    window.commands.view.layouts[layout].trigger()
    for size in (LARGE, SMALL, LARGE):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: seen(window) == SEEN[layout, size])


def test_a_first_start_divides_the_room_as_choosing_the_layout_does(qtbot: Any, window: MainWindow) -> None:
    first = wait_rest(qtbot, window)["places"]
    window.commands.view.layouts["explore"].trigger()
    assert wait_rest(qtbot, window)["places"] == first
    fit_px, loss_px = first["dataFitPanel"][2], first["lambdaPanel"][2]
    assert fit_px / (fit_px + loss_px) == pytest.approx(60 / 108, abs=0.01)


def test_the_look_of_a_session_brings_every_panel_back_as_wide_as_it_was(qtbot: Any, window: MainWindow) -> None:
    window.resize(*LARGE)
    window.commands.view.layouts["choose-lambda"].trigger()
    before, look = wait_rest(qtbot, window), window.kept_look()
    # The first panel is the narrower one here.
    assert before["places"]["dataFitPanel"][2] < before["places"]["lambdaPanel"][2]
    window.bring_back_layout(look)
    assert wait_rest(qtbot, window) == before


def test_no_panel_is_too_wide_for_two_side_by_side_in_a_small_window(qtbot: Any, window: MainWindow) -> None:
    window.resize(*SMALL)
    wait_rest(qtbot, window)
    docks = window.docks
    between_px = docks.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
    most_px = (docks.width() - between_px) // 2
    least_px = {dock.panel.objectName(): dock.minimumSizeHint().width() for dock in docks.docks}
    assert {name: px for name, px in least_px.items() if px > most_px} == {}
    # What gave way is not the name of the axis.
    name = window.findChild(ElidedLabel, "weightAxisName")
    assert not name.is_elided


def test_who_else_chooses_one_has_it_too_and_choosing_it_again_undoes_what_was_moved(
    qtbot: Any, window: MainWindow, session: Session
) -> None:
    session.change("view.layout", "geometry", "lesson")
    qtbot.waitUntil(lambda: seen(window) == SEEN["geometry", LARGE])
    assert window.commands.view.layouts["geometry"].isChecked()
    qtbot.mouseClick(window.findChild(QToolButton, "geometryPanelClose"), Qt.MouseButton.LeftButton)
    assert "geometryPanel" not in seen(window)
    window.commands.view.layouts["geometry"].trigger()
    qtbot.waitUntil(lambda: seen(window) == SEEN["geometry", LARGE])
    assert session.configuration.view.closed_panels == ()
    window.commands.reset_layout.trigger()
    assert session.configuration.view.layout == "explore"
    qtbot.waitUntil(lambda: seen(window) == SEEN["explore", LARGE])


def test_a_lecture_ends_with_everything_as_it_was(qtbot: Any, window: MainWindow, session: Session) -> None:
    window.resize(1024, 768)
    docks = {dock.panel.objectName(): dock for dock in window.docks.docks}
    # Moved by hand, closed, floating, in front, and of another size than it was given.
    window.docks.splitDockWidget(docks["dataFitPanel"], docks["pathPanel"], Qt.Orientation.Vertical)
    qtbot.mouseClick(window.findChild(QToolButton, "historyPanelClose"), Qt.MouseButton.LeftButton)
    window.docks.resizeDocks([docks["dataFitPanel"], docks["pathPanel"]], [300, 200], Qt.Orientation.Vertical)
    docks["calculatorPanel"].setFloating(True)
    docks["calculatorPanel"].setGeometry(60, 50, 420, 320)
    window.docks.bring_up(window.plane_geometry)
    before, view = wait_rest(qtbot, window), session.configuration.view
    window.commands.view.lecture.trigger()
    during = wait_rest(qtbot, window)
    assert seen(window) == {"dataFitPanel", "histogramPanel"}
    assert not any(dock.isFloating() for dock in docks.values())
    # A session that was saved now has what was before as well, for the end of the lecture.
    window.bring_back_layout(window.kept_look())
    assert wait_rest(qtbot, window) == during
    assert during["text"] == 1.5 * before["text"]
    assert not during["pointer"]
    assert during["column"][3] < 0.25 * window.height() < 0.5 * before["column"][3], "penalty and λ, in one row"
    # What a lecture is given is its own.
    window.commands.view.larger.trigger()
    docks["lambdaPanel"].toggleViewAction().trigger()
    docks["dataFitPanel"].toggleViewAction().trigger()
    window.commands.view.column.trigger()
    assert session.configuration.view.lecture.panels == ("histogramPanel", "lambdaPanel")
    assert (session.configuration.view.lecture.text_percent, session.configuration.view.lecture.has_column) == (
        175,
        True,
    )
    wait_rest(qtbot, window)
    assert seen(window) <= {"histogramPanel", "lambdaPanel"}
    window.commands.view.lecture.trigger()
    after = wait_rest(qtbot, window)
    assert after == before
    kept = session.configuration.view
    assert (kept.closed_panels, kept.layout, kept.text_percent) == (view.closed_panels, view.layout, view.text_percent)
    docks["calculatorPanel"].setFloating(False)


def test_a_lecture_ends_with_panels_that_scroll_where_they_were(qtbot: Any, window: MainWindow) -> None:
    window.resize(1024, 768)
    docks = {dock.panel.objectName(): dock for dock in window.docks.docks}
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    for one, other, way in (("variables", "geometry", across), ("geometry", "network", down)):
        window.docks.splitDockWidget(docks[f"{one}Panel"], docks[f"{other}Panel"], way)
    # The bar by which they scroll is there when they are given their widths.
    wait_rest(qtbot, window)
    beside = [docks["dataFitPanel"], docks["histogramPanel"]]
    window.docks.resizeDocks(beside, [350, 350], across)
    before = wait_rest(qtbot, window)
    scroll_bar = window.findChild(QAbstractScrollArea, "panelArea").verticalScrollBar()
    assert scroll_bar.maximum() > 0
    window.commands.view.lecture.trigger()
    wait_rest(qtbot, window)
    assert scroll_bar.maximum() == 0
    window.commands.view.lecture.trigger()
    assert wait_rest(qtbot, window) == before


def test_a_lecture_puts_panels_elsewhere_once_and_its_end_brings_back_what_was(
    qtbot: Any, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.resize(*LARGE)
    qtbot.waitUntil(lambda: len(seen(window)) == 4)
    put: list[str] = []

    def noted(*docks_and_plan: Any) -> None:
        put.append("lecture" if window.commands.view.lecture.isChecked() else "none")
        arrange(*docks_and_plan)

    monkeypatch.setattr("regdesk.views.docks.laid_out_docks.arrange", noted)
    window.commands.view.lecture.trigger()
    qtbot.waitUntil(lambda: len(seen(window)) == 2)
    window.commands.view.lecture.trigger()
    qtbot.waitUntil(lambda: len(seen(window)) == 4)
    assert put == ["lecture"]


def test_a_layout_that_is_chosen_in_a_lecture_ends_it(qtbot: Any, window: MainWindow, session: Session) -> None:
    session.change("view.lecture.is_on", True)
    wait_rest(qtbot, window)
    window.commands.view.layouts["choose-lambda"].trigger()
    wait_rest(qtbot, window)
    assert not session.configuration.view.lecture.is_on
    assert seen(window) == SEEN["choose-lambda", LARGE]


def test_the_column_folds_by_key_by_its_handle_and_by_somebody_else(
    qtbot: Any, window: MainWindow, session: Session
) -> None:
    hidden, slider = window.findChild(QWidget, "hiddenLayersEdit"), window.findChild(QWidget, "lambdaSlider")
    qtbot.keyClick(window, Qt.Key.Key_F4)
    assert not session.configuration.view.has_column
    assert slider.isVisible()
    assert not hidden.isVisible()
    column_px = window.controls.findChild(QWidget, "penaltyBox").width()
    qtbot.waitUntil(lambda: slider.width() > 2 * column_px)
    wide_px = slider.width()
    qtbot.mouseClick(window.findChild(QToolButton, "columnHandle"), Qt.MouseButton.LeftButton)
    assert session.configuration.view.has_column
    assert hidden.isVisible()
    qtbot.waitUntil(lambda: slider.width() < wide_px)
    session.change("view.has_column", False, "lesson")
    assert not hidden.isVisible()
    assert not window.commands.view.column.isChecked()


def test_a_narrow_window_folds_the_column_until_there_is_room_or_a_person_has_chosen(
    qtbot: Any, window: MainWindow, session: Session
) -> None:
    hidden, column = window.findChild(QWidget, "hiddenLayersEdit"), window.commands.view.column
    narrow, wide = (760, 700), LARGE
    for size in (narrow, wide, narrow):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: hidden.isVisible() == column.isChecked() == (size == wide))
    assert session.configuration.view.has_column
    # Large text makes a window narrow, too.
    window.resize(*wide)
    session.change("view.text_percent", LARGEST_TEXT)
    window.resize(1024, 768)
    qtbot.waitUntil(lambda: not hidden.isVisible())
    session.change("view.text_percent", 100)
    qtbot.waitUntil(hidden.isVisible)
    window.resize(*narrow)
    qtbot.waitUntil(lambda: not hidden.isVisible())
    column.trigger()
    assert hidden.isVisible()
    for size in (wide, narrow):
        window.resize(*size)
        wait_rest(qtbot, window)
        assert hidden.isVisible()
    column.trigger()
    assert not hidden.isVisible()
    window.resize(*wide)
    wait_rest(qtbot, window)
    assert not hidden.isVisible()
    window.commands.reset_layout.trigger()
    assert hidden.isVisible()
    window.resize(*narrow)
    qtbot.waitUntil(lambda: not hidden.isVisible())


def test_text_grows_in_steps_up_to_the_largest_and_back(window: MainWindow, session: Session) -> None:
    usual, actions = QApplication.font().pointSizeF(), window.commands.view
    found = []
    while actions.larger.isEnabled():
        actions.larger.trigger()
        found.append(session.configuration.view.text_percent)
    assert found == [125, 150, 175, LARGEST_TEXT]
    assert QApplication.font().pointSizeF() == 2.0 * usual
    assert "200 %" in window.menus.text_size.title()
    session.change("view.text_percent", 113)
    actions.smaller.trigger()
    assert session.configuration.view.text_percent == 100
    actions.smaller.trigger()
    assert (session.configuration.view.text_percent, actions.smaller.isEnabled()) == (75, False)
    actions.usual.trigger()
    assert QApplication.font().pointSizeF() == usual
    assert not actions.usual.isEnabled()


def test_words_in_colours_grow_with_the_others(qtbot: Any, window: MainWindow, session: Session) -> None:
    session.change("view.text_percent", 200)
    size = QApplication.font().pointSizeF()
    coloured = [one for one in window.findChildren(QWidget) if "color" in one.styleSheet()]
    assert len(coloured) > len(PANELS)
    qtbot.waitUntil(lambda: all(one.font().pointSizeF() >= size for one in coloured))


def test_a_window_is_as_large_as_before_when_its_text_is(qtbot: Any, window: MainWindow, session: Session) -> None:
    window.resize(*SMALL)
    for percent in (LARGEST_TEXT, 175, 150, 100):
        session.change("view.text_percent", percent)
        wait_rest(qtbot, window)
    assert (window.width(), window.height()) == SMALL
