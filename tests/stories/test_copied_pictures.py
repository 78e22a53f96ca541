"""Copy picture in a whole window, which looks as before; no panel's picture holds a control."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from plot_items import plots
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from window_driver import WindowDriver, write_sparse

from regdesk.core.geometry.view import GeometryView
from regdesk.session.controllers.presenter import SETTLING_FRAMES
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.export.picture_sheet import PIXEL_RATIO, SIZE_PX, PictureSheet
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.views.plots.panel import Panel

PANELS = ("dataFitPanel", "histogramPanel", "historyPanel", "lambdaPanel")


@pytest.fixture
def trained(make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WindowDriver:
    file = write_sparse(tmp_path / "sparse.csv")
    driver: WindowDriver = make_window(str(file), "--target", "y", "--lam", "0.01", "--speed", "max")
    driver.wait_model()
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    shown: list[Any] = []
    settle = driver.window.settle

    def note(frame: Any, n_frames: int) -> None:
        shown.extend([frame] * n_frames)
        settle(frame, n_frames)

    # A model that has just been paused is drawn so many times more, in which its axes come to rest. They are counted:
    # on a busy machine seconds pass without one.
    monkeypatch.setattr(driver.window, "settle", note)
    driver.pause()
    driver.wait(lambda: len(shown) >= SETTLING_FRAMES and shown[-SETTLING_FRAMES] is shown[-1])
    return driver


def copy_by_menu(driver: WindowDriver, panel: Any) -> QImage:
    QGuiApplication.clipboard().clear()
    menu = panel_menu(panel)
    try:
        action = next(action for action in menu.actions() if action.text() == "Copy picture")
        action.trigger()
    finally:
        menu.deleteLater()
    return QGuiApplication.clipboard().image()


def controls_of(panel: Any) -> list[Any]:
    return [*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)]


def looks(driver: WindowDriver) -> QImage:
    QApplication.processEvents()
    # The toolbar tells how many frames there are a second.
    return driver.window.docks.grab().toImage()


def test_a_copied_picture_is_large_and_the_window_looks_as_before(trained: WindowDriver) -> None:
    driver = trained
    for name in PANELS:
        panel = driver.child(name)
        before, geometry = looks(driver), panel.geometry()
        shown = [control for control in controls_of(panel) if not control.isHidden()]
        image = copy_by_menu(driver, panel)
        assert image.size() == SIZE_PX * PIXEL_RATIO
        assert image.width() >= 2 * panel.width() or image.height() >= 2 * panel.height()
        assert panel.geometry() == geometry
        assert panel.window() is driver.window
        assert [control for control in controls_of(panel) if not control.isHidden()] == shown
        driver.wait(lambda before=before: looks(driver) == before)


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
        and not isinstance(one, QScrollBar)
    ]


def test_no_picture_of_any_panel_holds_a_control(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[GeometryView] = []
    show_view = GeometryPanel.show_view

    def keep(panel: GeometryPanel, view: GeometryView) -> None:
        made.append(view)
        show_view(panel, view)

    monkeypatch.setattr(GeometryPanel, "show_view", keep)
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.1"
    )
    driver.window.resize(1440, 900)
    driver.wait_model()
    driver.trigger("solveAction")
    driver.wait_state(n_nonzero=lambda count: count < 8)
    driver.click_action("sweepAction")
    driver.wait(driver.window.commands.use_best_lambda.isEnabled)
    geometry = driver.window.plane_geometry
    taken: dict[str, list[str]] = {}
    render = PictureSheet.render

    def note(sheet: Any, *target: Any) -> Any:
        """While the sheet is drawn, look at what is on it."""
        panel = sheet.findChild(Panel)
        taken[panel.objectName()] = operable(panel)
        if panel is geometry:
            check_geometry(geometry, made[-1])
        return render(sheet, *target)

    monkeypatch.setattr(PictureSheet, "render", note)
    operated = 0
    for dock in driver.window.docks.docks:
        panel = dock.panel
        driver.window.docks.bring_up(panel)
        if panel is geometry:
            driver.wait(lambda: geometry.is_settled)
        if panel is driver.window.calculator:
            # Its rows come with the first answer.
            driver.wait(lambda panel=panel: len(operable(panel)) > 8)
        before = operable(panel)
        operated += len(before)
        copy_by_menu(driver, panel)
        assert taken.pop(panel.objectName()) == [], panel.objectName()
        driver.wait(lambda panel=panel, before=before: operable(panel) == before)
    assert operated > 12
    # Afterwards it says nothing that its controls say.
    said = said_by(geometry)
    assert not any("constraint: loss and ball" in text for text in said)
    assert "Is this weight zero, and why?" in said


def said_by(panel: Any) -> list[str]:
    return [one.text() for one in panel.findChildren(QLabel) if one.isVisible()]


def check_geometry(panel: Any, view: GeometryView) -> None:
    """On its sheet it says what its controls are set to, and there is no place in the plot that has no loss."""
    said = said_by(panel)
    told = next(text for text in said if "λ" in text and ("allows t" in text or "spent t" in text))
    assert told.splitlines()[:2] == ["others stand still", "constraint: loss and ball"]
    assert told.endswith(f"t {panel.findChild(QLineEdit, 'budgetEdit').text()}")
    assert f"Is {panel.findChild(QComboBox, 'geometryZeroBox').currentText()} zero, and why?" in said
    assert panel.findChild(QWidget, "geometryZeroBar").isVisible()
    (plot,) = plots(panel)
    (left, right), (bottom, top) = plot.viewRange()
    grid = view.looks[0].picture.grid
    pixel = 2.0 * max(plot.vb.viewPixelSize())
    assert grid.x_values[0] - pixel <= left < right <= grid.x_values[-1] + pixel
    assert grid.y_values[0] - pixel <= bottom < top <= grid.y_values[-1] + pixel
