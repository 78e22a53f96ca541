"""Copy picture: what is in it, how large it is, and that the window looks as before."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from picture_driver import hover
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from window_driver import WindowDriver, write_sparse

from regdesk.core.words.number_text import number_text
from regdesk.views.export.picture_sheet import PIXEL_RATIO, SIZE_PX, PictureSheet
from regdesk.views.kit import theme

PANELS = ("dataFitPanel", "histogramPanel", "historyPanel", "lambdaPanel")
AT_REST_S = 2.0
"""Frames come every few hundredths of a second as long as there are any."""


@pytest.fixture
def trained(make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WindowDriver:
    file = write_sparse(tmp_path / "sparse.csv")
    driver: WindowDriver = make_window(str(file), "--target", "y", "--lam", "0.01", "--speed", "max")
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    last_s = [time.monotonic()]
    settle = driver.window.settle

    def note(frame: Any) -> None:
        last_s[0] = time.monotonic()
        settle(frame)

    # A model that has just been paused is drawn a hundred times more, in which its axes come to rest.
    monkeypatch.setattr(driver.window, "settle", note)
    driver.pause()
    driver.wait(lambda: time.monotonic() - last_s[0] > AT_REST_S)
    return driver


def copy_by_menu(driver: WindowDriver, panel: Any) -> QImage:
    QGuiApplication.clipboard().clear()
    menu = panel.context_menu()
    try:
        action = next(action for action in menu.actions() if action.text() == "Copy picture")
        action.trigger()
    finally:
        menu.deleteLater()
    return QGuiApplication.clipboard().image()


def colours_in(image: QImage, area: QRect | None = None) -> dict[str, int]:
    """How many pixels have each colour of a curve."""
    part = image.copy(area) if area is not None else image
    part = part.convertToFormat(QImage.Format.Format_RGB32)
    found: dict[str, int] = {}
    for y in range(part.height()):
        for x in range(0, part.width(), 2):
            name = part.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def controls_of(panel: Any) -> list[Any]:
    return [*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)]


def looks(driver: WindowDriver) -> QImage:
    QApplication.processEvents()
    # The toolbar tells how many frames there are a second.
    return driver.window.docks.grab().toImage()


@pytest.mark.parametrize("name", PANELS)
def test_a_copied_picture_is_large_and_the_window_looks_as_before(trained: WindowDriver, name: str) -> None:
    driver, panel = trained, trained.child(name)
    before, geometry = looks(driver), panel.geometry()
    shown = [control for control in controls_of(panel) if not control.isHidden()]
    image = copy_by_menu(driver, panel)
    assert image.size() == SIZE_PX * PIXEL_RATIO
    assert image.width() >= 2 * panel.width() or image.height() >= 2 * panel.height()
    assert panel.geometry() == geometry
    assert panel.window() is driver.window
    assert [control for control in controls_of(panel) if not control.isHidden()] == shown
    driver.wait(lambda: looks(driver) == before)


def test_a_copied_picture_has_curves_and_no_bubble(trained: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    driver, panel = trained, trained.window.history
    driver.window.docks.bring_up(panel)
    history = driver.frame.history if driver.frame is not None else None
    assert history is not None
    middle = len(history.epoch) // 2
    hover(driver, panel, panel._view, panel._losses, history.epoch[middle], history.train_loss[middle])
    assert panel._hover.isVisible()
    tip = theme.colours().tip.lower()
    assert colours_in(panel.grab().toImage()).get(tip, 0) > 100
    seen = []
    grown = type(panel).draw

    def note(self: Any, frame: Any) -> None:
        grown(self, frame)
        seen.append([control for control in controls_of(self) if control.isVisible()])

    monkeypatch.setattr(type(panel), "draw", note)
    image = copy_by_menu(driver, panel)
    found = colours_in(image)
    assert found.get(tip, 0) == 0
    colours = theme.colours()
    for colour in (colours.training, colours.validation, colours.penalty, colours.lam):
        # A curve across a good part of 1,920 pixels.
        assert found.get(QColor(colour).name(), 0) > 200
    # When it was drawn for the last time on the sheet, no control could be seen.
    assert [] in seen
    # The title is on it: dark letters in the upper left corner, where the panel itself has none.
    assert colours_in(image, QRect(QPoint(0, 0), QPoint(300, 60))).get(colours.text.lower(), 0) > 20
    scene = panel._view.scene()
    assert any(item.cacheMode() == item.CacheMode.DeviceCoordinateCache for item in scene.items())


def test_a_copied_picture_is_in_the_colours_in_force(trained: WindowDriver) -> None:
    driver, panel = trained, trained.window.history
    driver.child("theme_darkAction").trigger()
    driver.wait(lambda: theme.colours().is_dark)
    image = copy_by_menu(driver, panel)
    found = colours_in(image)
    assert max(found, key=lambda name: found[name]) == theme.colours().background.lower()


def operable(panel: QWidget) -> list[str]:
    """What can be seen in ``panel`` and is worked with."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QAbstractSpinBox)
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in panel.findChildren(QWidget)
        if one.isVisible()
        and (isinstance(one, kinds) or one.focusPolicy() != Qt.FocusPolicy.NoFocus)
        # What shows a scene, rows or the list of a path's events is looked at, not its bars.
        and not isinstance(one, QAbstractScrollArea)
        and not isinstance(one.parent(), QAbstractScrollArea)
    ]


def test_no_picture_of_any_panel_holds_a_control(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.1"
    )
    driver.window.resize(1440, 900)
    driver.wait_model()
    driver.child("solveAction").trigger()
    driver.wait_state(n_nonzero=lambda count: count < 8)
    driver.click_action("sweepAction")
    driver.wait(driver.window.commands.use_best_lambda.isEnabled)
    geometry = driver.window.plane_geometry
    taken: dict[str, list[str]] = {}
    take = PictureSheet._layers

    def note(sheet: Any) -> Any:
        taken[sheet._panel.objectName()] = operable(sheet._panel)
        if sheet._panel is geometry:
            check_geometry(geometry)
        return take(sheet)

    monkeypatch.setattr(PictureSheet, "_layers", note)
    operated = 0
    for dock in driver.window.docks.docks:
        panel = dock.panel
        driver.window.docks.bring_up(panel)
        if panel is geometry:
            driver.wait(lambda: geometry._content is not None and geometry.is_settled)
        before = operable(panel)
        operated += len(before)
        copy_by_menu(driver, panel)
        assert taken.pop(panel.objectName()) == [], panel.objectName()
        driver.wait(lambda panel=panel, before=before: operable(panel) == before)
    assert operated > 12
    assert not geometry._content.controls.told.isVisible()
    assert geometry._content.controls.question.text() == "Why is this weight zero?"


def check_geometry(panel: Any) -> None:
    """On its sheet it says what its controls are set to, and there is no place in the plot that has no loss."""
    view, controls = panel._view, panel._content.controls
    said = [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]
    told = next(text for text in said if "↔ t" in text)
    assert told.splitlines()[:2] == ["slice: others as they are", "constraint: loss and ball"]
    assert told.endswith(f"t {number_text(view.dial.budget)}")
    assert f"Why is {view.watched_name} zero?" in said
    assert controls.bar.isVisible()
    grid, box = view.looks[0].picture.grid, panel._content.plots[0].plot.vb
    (left, right), (bottom, top) = box.viewRange()
    pixel = 2.0 * max(box.viewPixelSize())
    assert grid.x_values[0] - pixel <= left < right <= grid.x_values[-1] + pixel
    assert grid.y_values[0] - pixel <= bottom < top <= grid.y_values[-1] + pixel
