"""The picture of a network under a hand: wheel, drag, double click and keys, and what is met by a click meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from tables import write_sparse

from regdesk.core.types import TrainSettings
from regdesk.views.network.panel import NetworkPanel
from regdesk.views.network.picture import NetworkPicture


@pytest.fixture
def panel(qtbot: Any, tmp_path: Path) -> NetworkPanel:
    """Eight inputs a to h, two hidden layers, half of the weights at zero."""
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    model = Canned.of(dataset, (4, 3), settings=TrainSettings("l1", 0.02)).without_weights()
    made = show(qtbot, NetworkPanel(), 640, 460)
    made.show_run_scene(model.run_scene)
    made.show_frame(model.frame())
    settle()
    return made


def picture_of(panel: NetworkPanel) -> NetworkPicture:
    assert panel.picture is not None
    return panel.picture


def node(picture: NetworkPicture, layer: int, row: int) -> QPoint:
    assert picture.diagram is not None
    return QPointF(*picture.diagram.places[layer][row]).toPoint()


def wheel(picture: NetworkPicture, place: QPointF, turns: int) -> None:
    event = QWheelEvent(
        place,
        QPointF(picture.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(picture, event)


def drag(qtbot: Any, picture: NetworkPicture, start: QPoint, by: QPoint) -> None:
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.5, 1.0):
        qtbot.mouseMove(picture, start + by * share)
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=start + by)


def test_a_hand_zooms_and_moves_it_and_still_meets_what_it_points_at(qtbot: Any, panel: NetworkPanel) -> None:
    picture, chosen, zoomed = picture_of(panel), [], []
    panel.part_selected.connect(chosen.append)
    panel.zoom_changed.connect(zoomed.append)
    assert picture.diagram is not None
    home = picture.diagram
    # The wheel keeps what is under the pointer.
    under = QPointF(*home.places[1][2])
    wheel(picture, under, 3)
    near = picture.diagram
    np.testing.assert_allclose(near.places[1][2], home.places[1][2], atol=1e-6)
    assert near.gaps_px[1] > 2.0 * home.gaps_px[1]
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=under.toPoint())
    row = int(np.argmin(np.abs(near.places[1][:, 1] - 0.5 * picture.height())))
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=node(picture, 1, row))
    assert chosen == [("unit", 1, 3), ("unit", 1, row + 1)]
    assert "unit" in str(picture.text_at(QPointF(*near.places[1][row])))
    # The ground is dragged, and a drag selects nothing; a click on it still does so.
    ground = ground_of(picture)
    drag(qtbot, picture, ground, QPoint(30, -12))
    assert len(chosen) == 2
    np.testing.assert_allclose(picture.diagram.places[1] - near.places[1], np.tile((30.0, -12.0), (4, 1)), atol=1e-6)
    qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=ground_of(picture))
    assert chosen[2:] == [()]
    assert panel.is_zoomed
    # What a session remembers is what is seen.
    memory, seen = panel.picture_memory(), picture.diagram.lines
    qtbot.mouseDClick(picture, Qt.MouseButton.LeftButton, pos=node(picture, 1, row))
    np.testing.assert_array_equal(picture.diagram.lines, home.lines)
    assert (zoomed[0], zoomed[-1], panel.is_zoomed) == (True, False, False)
    panel.bring_back_picture(memory)
    np.testing.assert_allclose(picture.diagram.lines, seen)


def ground_of(picture: NetworkPicture) -> QPoint:
    """A place where nothing is drawn, away from the edges."""
    places = (QPoint(x, y) for y in range(80, picture.height() - 60, 5) for x in range(60, picture.width() - 60, 5))
    return next(place for place in places if picture.part_at(QPointF(place)) == ())


def test_keys_zoom_and_move_it_and_what_is_moved_goes_behind_the_heads(qtbot: Any, panel: NetworkPanel) -> None:
    picture, chosen = picture_of(panel), []
    panel.part_selected.connect(chosen.append)
    assert picture.diagram is not None
    home, keys, shift = picture.diagram, Qt.Key, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(picture, keys.Key_Plus)
    assert picture.diagram.gaps_px[0] == pytest.approx(1.25 * home.gaps_px[0])
    qtbot.keyClick(picture, keys.Key_Right, shift)
    assert picture.diagram.places[2][0, 0] < home.places[2][0, 0] + 0.25 * picture.width()
    assert chosen == []
    heads = picture.grab(QRect(0, 0, picture.width(), 4)).toImage()
    for _ in range(4):
        qtbot.keyClick(picture, keys.Key_Down, shift)
        qtbot.keyClick(picture, keys.Key_Plus)
    assert picture.diagram.places[0][0, 1] < 0.0, "the first input has gone off the top"
    ground = heads.pixelColor(picture.width() - 2, 2)
    moved = picture.grab(QRect(0, 0, picture.width(), 4)).toImage()
    assert {moved.pixelColor(x, 0).rgb() for x in range(picture.width())} == {ground.rgb()}
    qtbot.keyClick(picture, keys.Key_Escape)
    np.testing.assert_array_equal(picture.diagram.lines, home.lines)
    # The panel's menu does the same.
    panel.zoom(2.0)
    assert panel.has_plots
    assert panel.is_zoomed
    panel.restore_axes()
    np.testing.assert_array_equal(picture.diagram.lines, home.lines)
