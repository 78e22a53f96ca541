"""Copy picture of panels that nobody trained: its curves, its colours, and neither a bubble nor a control."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import bubble, hover, plots, settle, show, views
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDockWidget, QMainWindow
from shiboken6 import delete
from tables import write_sparse

from regdesk.core.types import TrainSettings
from regdesk.views.docks.panel_menu import panel_menu
from regdesk.views.export.picture_copy import panel_taking
from regdesk.views.export.picture_sheet import PIXEL_RATIO, SIZE_PX, PictureLook, drained
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.kit import theme
from regdesk.views.plots.panel import Panel
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.weights.panel import HistogramPanel


@pytest.fixture(autouse=True)
def light(qapp: Any) -> None:
    """The colours of the bubble are the palette's."""
    theme.apply_theme(qapp, theme.LIGHT)


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), (4,), settings=TrainSettings("l1", 0.01))


@pytest.fixture
def shown(qtbot: Any, model: Canned) -> Iterator[Callable[[type[Panel]], Any]]:
    """Makes a panel of that kind with the model in it, in a dock, as in the window."""
    windows = []

    def make(kind: type[Panel]) -> Any:
        window, dock, panel = QMainWindow(), QDockWidget(), cast(Any, kind())
        windows.append(window)
        dock.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        panel.build()
        show(qtbot, window)
        if isinstance(panel, DataFitPanel):
            panel.show_scene(model.scene)
        else:
            panel.show_run_scene(model.run_scene)
        panel.show_frame(model.frame())
        settle()
        return panel

    yield make
    windows.clear()


def copy_by_menu(panel: Any) -> QImage:
    QGuiApplication.clipboard().clear()
    menu = panel_menu(panel)
    try:
        next(action for action in menu.actions() if action.text() == "Copy picture").trigger()
    finally:
        menu.deleteLater()
    return QGuiApplication.clipboard().image()


def colours_in(image: QImage, area: QRect | None = None) -> dict[str, int]:
    """How many pixels have each colour of a curve."""
    part = image.copy(area) if area is not None else image
    part = part.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(part.constBits(), dtype=np.uint32).reshape(part.height(), -1)
    values, counts = np.unique(rows[:, : part.width() : 2] & 0xFFFFFF, return_counts=True)
    return {f"#{value:06x}": int(count) for value, count in zip(values, counts, strict=True)}


def controls_of(panel: Any) -> list[Any]:
    return [*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)]


@pytest.mark.parametrize("kind", [DataFitPanel, HistogramPanel, HistoryPanel, LambdaPanel])
def test_a_copied_picture_is_large_and_the_panel_is_as_before(kind: type[Panel], shown: Any) -> None:
    panel = shown(kind)
    before = [control for control in controls_of(panel) if not control.isHidden()]
    dock, geometry, looks = panel.parent(), panel.geometry(), panel.grab().toImage()
    image = copy_by_menu(panel)
    settle()
    assert image.size() == SIZE_PX * PIXEL_RATIO
    assert (panel.parent(), panel.geometry()) == (dock, geometry)
    assert panel.isVisible()
    assert panel.grab().toImage() == looks
    assert [control for control in controls_of(panel) if not control.isHidden()] == before


def test_a_copied_picture_has_curves_and_no_bubble(
    qtbot: Any, shown: Any, model: Canned, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, course = shown(HistoryPanel), model.frame().history
    hover(qtbot, panel, plots(panel)[0], course.epoch[20], course.train_loss[20])
    assert bubble(panel).isVisible()
    tip = theme.colours().tip.lower()
    assert colours_in(panel.grab().toImage()).get(tip, 0) > 100
    seen = []
    grown = HistoryPanel.draw

    def note(self: Any, frame: Any) -> None:
        grown(self, frame)
        seen.append([control for control in controls_of(self) if control.isVisible()])

    monkeypatch.setattr(HistoryPanel, "draw", note)
    image = copy_by_menu(panel)
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
    (view,) = views(panel)
    assert any(one.cacheMode() == one.CacheMode.DeviceCoordinateCache for one in view.scene().items())


def test_a_copied_picture_is_in_the_colours_in_force(qapp: Any, shown: Any) -> None:
    panel = shown(HistoryPanel)
    try:
        theme.apply_theme(qapp, theme.DARK)
        panel.apply_theme()
        found = colours_in(copy_by_menu(panel))
        assert max(found, key=lambda name: found[name]) == theme.DARK.background.lower()
    finally:
        theme.apply_theme(qapp, theme.LIGHT)


def test_controls_that_go_while_a_picture_is_taken_are_missed_by_nobody(shown: Any) -> None:
    """Rows of the calculator go with their buttons when other data come between two pieces of a picture."""
    panel = shown(HistogramPanel)
    left, gone = [control for control in controls_of(panel) if not control.isHidden()][:2]
    (view,) = views(panel)
    taking = panel_taking(panel, PictureLook())
    next(taking)
    delete(gone)
    assert drained(taking).name == "histogramPanel"
    assert not left.isHidden()
    assert (panel.isVisible(), view.isVisible()) == (True, True)
