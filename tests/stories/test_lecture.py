"""A lecture on a projector of 1024 × 768: one key, and nothing is cut off in any panel, however large the text."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from layout_walker import faults
from plot_items import views
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from window_driver import WindowDriver, write_sparse

from regdesk.core.settings.view_table import PANELS
from regdesk.views.kit import theme
from regdesk.views.kit.strong_colours import STRONG_LIGHT

SIZE = (1024, 768)
# Of the platform without a screen, when a window has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MADE = {"pathPanel": "pathAxisBox", "geometryPanel": "geometryXBox", "calculatorPanel": "calculatorPlot0"}


def settle(driver: WindowDriver, what: object) -> None:
    """Until nothing is cut off any more: what is laid out, and drawn by timers and threads, takes a moment."""
    with contextlib.suppress(QtTimeoutError):
        driver.wait(lambda: not faults(driver.window), timeout_ms=5000)
    assert "\n".join(faults(driver.window)) == "", what


def test_nothing_is_cut_off_in_any_panel(make_window: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    driver: WindowDriver = make_window(file, "--hidden", "", "--penalty", "elastic-net", "--lam", "0.012345")
    driver.wait_model()
    driver.window.resize(*SIZE)
    driver.trigger("sweepAction")
    driver.wait(driver.child("useBestLambdaAction").isEnabled)
    quiet = theme.colours()
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F9)
    assert driver.session.configuration.view.lecture.is_on
    assert theme.colours() is STRONG_LIGHT
    assert QGuiApplication.overrideCursor() is not None
    axis = views(driver.window.data_fit)[0].getPlotItem().getAxis("bottom")
    assert axis.textPen().color() == QColor(STRONG_LIGHT.quiet_text)
    for percent in (100, 150, 200):
        driver.session.change("view.lecture.text_percent", percent)
        for name in PANELS:
            driver.session.change("view.lecture.panels", (name,))
            made = MADE.get(name)
            driver.wait(lambda made=made: made is None or driver.window.findChild(QWidget, made) is not None)
            settle(driver, (percent, name))
            assert (driver.window.width(), driver.window.height()) == SIZE
            assert driver.child("panelArea").verticalScrollBar().maximum() == 0
            assert driver.child("lambdaSlider").width() >= 0.2 * SIZE[0]
        for several in (("dataFitPanel", "histogramPanel"), PANELS[:4]):
            driver.session.change("view.lecture.panels", several)
            settle(driver, (percent, several))
    driver.click("leaveLectureButton")
    assert not driver.child("leaveLectureButton").isVisible()
    assert theme.colours() is quiet
    assert QGuiApplication.overrideCursor() is None
    driver.wait(lambda: driver.child("hiddenLayersEdit").isVisible())
    settle(driver, "after it")


def test_what_a_person_chose_is_there_again_at_the_next_start_and_a_lecture_is_not(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGDESK_SETTINGS", str(tmp_path / "settings.ini"))
    first: WindowDriver = make_window("--sample", "noisy-curve")
    first.window.commands.view.layouts["geometry"].trigger()
    first.window.commands.view.larger.trigger()
    first.window.commands.view.column.trigger()
    first.session.change("view.lecture.panels", ("pathPanel",), "lesson")
    first.window.commands.view.lecture.trigger()
    first.window.commands.view.smaller.trigger()
    first.window.close()
    second: WindowDriver = make_window()
    view = second.session.configuration.view
    assert (view.layout, view.text_percent, view.has_column) == ("geometry", 125, False)
    assert not view.lecture.is_on
    assert view.lecture.text_percent == 125
    assert view.lecture.panels != ("pathPanel",), "a lesson's choice is not the person's"
    seen = {one.objectName() for one in second.window.panels if not one.visibleRegion().isEmpty()}
    assert seen == {"geometryPanel", "dataFitPanel", "pathPanel"}
    # Panels that nobody has moved go on following the room.
    second.window.resize(700, 500)
    second.wait(lambda: sum(not one.visibleRegion().isEmpty() for one in second.window.panels) < 3)
    second.window.resize(1440, 900)
    second.wait(lambda: sum(not one.visibleRegion().isEmpty() for one in second.window.panels) == 3)
    second.window.close()
    # A sample that is asked for comes with the panels that its text speaks of.
    third: WindowDriver = make_window("--sample", "noisy-curve")
    assert third.session.configuration.view.layout == "explore"
    third.window.close()
    assert make_window().session.configuration.view.layout == "geometry"
