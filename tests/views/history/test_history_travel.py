"""The history while another moment than now is shown: the bar on its axis, the line, and the row of buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from canned import Canned, dataset_of
from plot_items import item, items, settle, show, views
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSlider, QWidget
from tables import write_sparse

from regdesk.core.moments.view import TravelView
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.timeline.actions import TravelActions
from regdesk.views.timeline.bar import TimelineSlider

NOW = TravelView(now=200.0, has_earlier=True)
EARLIER = TravelView(epoch=50.0, now=200.0, has_earlier=True, has_later=True)


@pytest.fixture
def panel(qtbot: Any, tmp_path: Path) -> HistoryPanel:
    """At epoch 200, with the window's actions."""
    canned = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(4,))
    panel = HistoryPanel()

    def add(name: str, text: str, tip: str, keys: str, icon: str) -> QAction:
        action = QAction(text, panel)
        action.setObjectName(f"{name}Action")
        return action

    panel.adopt_travel(TravelActions(add, panel))
    show(qtbot, panel)
    panel.show_run_scene(canned.run_scene)
    panel.show_travel(NOW)
    panel.show_frame(canned.frame(200.0))
    settle()
    return panel


def bar_of(panel: HistoryPanel) -> TimelineSlider:
    found = panel.findChild(QSlider, "timelineSlider")
    assert isinstance(found, TimelineSlider)
    return found


def x_of(panel: HistoryPanel, epoch: float) -> float:
    """Pixels of the panel at which the plot draws an epoch."""
    view = views(panel)[0]
    box = item(panel, "trainingLoss").getViewBox()
    place = view.mapFromScene(box.mapViewToScene(box.viewRect().topLeft().__class__(epoch, 0.0)))
    return float(view.viewport().mapTo(panel, place).x())


def test_the_handle_stands_under_the_curve(panel: HistoryPanel) -> None:
    bar = bar_of(panel)
    for view, epoch in ((NOW, 200.0), (EARLIER, 50.0)):
        panel.show_travel(view)
        assert bar.mapTo(panel, bar.rect().topLeft()).x() + bar.handle_x == pytest.approx(x_of(panel, epoch), abs=1.5)
    # Zoomed in, the bar shows the same stretch.
    item(panel, "trainingLoss").getViewBox().zoom(1.5)
    settle()
    assert bar.mapTo(panel, bar.rect().topLeft()).x() + bar.handle_x == pytest.approx(x_of(panel, 50.0), abs=1.5)


def test_a_line_marks_the_moment_in_both_plots(panel: HistoryPanel) -> None:
    names = ("momentLine", "momentLambdaLine")
    assert [items(panel, name) for name in names] == [[], []]
    panel.show_travel(EARLIER)
    assert [item(panel, name).value() for name in names] == [50.0, 50.0]
    panel.show_travel(NOW)
    assert [items(panel, name) for name in names] == [[], []]


def test_buttons_stand_in_place_of_the_controls_and_nothing_moves(panel: HistoryPanel) -> None:
    bar, controls = bar_of(panel), panel.controls
    before = bar.geometry(), panel.findChild(QWidget, "travelLabel")
    assert before[1] is None, "made when it is needed"
    panel.show_travel(EARLIER)
    settle()
    assert not controls.isVisible()
    assert panel.findChild(QWidget, "travelLabel").isVisible()
    assert bar.geometry() == before[0]
    panel.apply_theme()
    panel.show_travel(NOW)
    assert controls.isVisible()


def test_what_the_bar_wants_the_panel_says(panel: HistoryPanel) -> None:
    found: list[Any] = []
    panel.epoch_chosen.connect(found.append)
    panel.steps_chosen.connect(found.append)
    panel.now_chosen.connect(lambda: found.append("now"))
    bar = bar_of(panel)
    bar.epoch_chosen.emit(12.0)
    bar.steps_chosen.emit(-1)
    bar.now_chosen.emit()
    assert found == [12.0, -1, "now"]
