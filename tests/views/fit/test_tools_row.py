"""The line of the data fit that changes the data: what it offers of which data, and what it says when it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import item, items, settle, show, views
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QWidget
from tables import write_classes, write_curve, write_kinds, write_sparse

from regdesk.core.fit.cloud import FitCloud
from regdesk.core.fit.tools import PointTools
from regdesk.core.types import DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.editing.changed_cells import with_changed_cells
from regdesk.data.editing.point_tools import tools_of
from regdesk.views.fit.panel import DataFitPanel

NAMES = ("fitDegreeSpin", "movePointsButton", "addedClassBox", "addedValueEdit", "backToFileButton", "resampleButton")


def offered(file: Path, target: str, **settings: Any) -> PointTools:
    table = read_table(file)
    data = DataSettings(target=target, **settings)
    copy = with_changed_cells(table, data.cells).sentence
    return tools_of(table, data, dataset_of(file, target, **settings), copy, False)


def shown(qtbot: Any, file: Path, target: str, **settings: Any) -> DataFitPanel:
    panel: DataFitPanel = show(qtbot, DataFitPanel())
    model = Canned.of(dataset_of(file, target, **settings))
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    panel.show_tools(offered(file, target, **settings))
    panel.show_resampling("" if model.scene.kind in ("curve", "map") else "not here")
    settle()
    return panel


def child(panel: QWidget, name: str) -> Any:
    return panel.findChild(QObject, name)


def visible(panel: QWidget) -> set[str]:
    return {name for name in NAMES if child(panel, name).isVisible()}


def test_what_is_offered_suits_the_data(qtbot: Any, tmp_path: Path) -> None:
    curve = write_curve(tmp_path / "curve.csv")
    panel = shown(qtbot, curve, "degrees", degree=3)
    assert visible(panel) == {"fitDegreeSpin", "movePointsButton", "resampleButton"}
    assert child(panel, "fitDegreeSpin").value() == 3
    changed = shown(qtbot, curve, "degrees", cells=(("2:hour", "3"), ("41:hour", "2"), ("41:degrees", "9")))
    assert visible(changed) >= {"backToFileButton"}
    assert "Your copy of curve.csv: 1 point moved, 1 added; the file is untouched." in changed.readout
    assert not visible(shown(qtbot, write_sparse(tmp_path / "sparse.csv"), "y"))
    several = shown(qtbot, write_kinds(tmp_path / "kinds.csv", 3, 2), "kind")
    assert visible(several) == {"movePointsButton", "resampleButton"}
    assert not child(several, "resampleButton").isEnabled()
    child(several, "movePointsButton").click()
    assert visible(several) == {"movePointsButton", "addedClassBox", "resampleButton"}


@pytest.mark.parametrize(
    ("settings", "no_move", "no_add"),
    [
        ({"features": ("a", "b")}, "", ""),
        ({"features": ("a", "b", "c")}, "every input is along an axis", "every input is along an axis"),
        ({"features": ("a", "kind")}, "kind has labels or dates", "kind has labels or dates"),
        ({"features": ("a",), "fold_column": "kind"}, "", "kind says how rows are split"),
    ],
)
def test_reasons_are_sentences(tmp_path: Path, settings: Any, no_move: str, no_add: str) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    lines = file.read_text().splitlines()
    file.write_text(
        "\n".join([f"{lines[0]},kind", *(f"{line},{'uvw'[row % 3]}" for row, line in enumerate(lines[1:]))])
    )
    tools = offered(file, "y", **settings)
    assert no_move in tools.no_move
    assert no_add in tools.no_add
    assert (bool(no_move), bool(no_add)) == (bool(tools.no_move), bool(tools.no_add))
    assert tools.asks_value == (len(settings["features"]) == 2)


def test_a_point_is_dragged_and_another_added_with_its_value(qtbot: Any, tmp_path: Path) -> None:
    file = write_sparse(tmp_path / "sparse.csv")
    panel = shown(qtbot, file, "y", features=("a", "b"))
    moved: list[Any] = []
    added: list[Any] = []
    refused: list[str] = []
    panel.point_moved.connect(lambda row, values: moved.append((row, values)))
    panel.point_added.connect(added.append)
    panel.refused.connect(refused.append)
    child(panel, "movePointsButton").click()
    settle()
    (view,) = views(panel)
    box = view.getPlotItem().vb
    x, y = (values[5] for values in item(panel, "validationRows").getData())
    start = view.mapFromScene(box.mapViewToScene(QPointF(x, y)))
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    row, values = moved[-1]
    dataset = dataset_of(file, "y", features=("a", "b"))
    assert row in dataset.split.validation
    pixel = box.viewPixelSize()
    np.testing.assert_allclose((values["a"], values["b"]), (x + 30 * pixel[0], y), atol=2 * max(pixel))
    edit = child(panel, "addedValueEdit")
    for text in ("much", "-12.5"):
        edit.setFocus()
        edit.clear()
        qtbot.keyClicks(edit, text)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert refused == ["the value of an added point is a number, and not 'much'."]
    qtbot.keyClick(view, Qt.Key.Key_Insert)
    (left, right), (low, high) = box.viewRange()
    assert added[-1]["y"] == -12.5
    np.testing.assert_allclose(
        (added[-1]["a"], added[-1]["b"]), ((left + right) / 2, (low + high) / 2), atol=max(pixel)
    )


def test_a_click_reads_a_point_until_points_are_moved(qtbot: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, write_curve(tmp_path / "curve.csv"), "degrees")
    (view,) = views(panel)
    read: list[int] = []
    panel.row_chosen.connect(read.append)
    x, y = (values[3] for values in item(panel, "trainingRows").getData())
    place = view.mapFromScene(view.getPlotItem().vb.mapViewToScene(QPointF(x, y)))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(read) == 1
    child(panel, "movePointsButton").click()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(read) == 1


def test_a_cloud_is_drawn_pale_when_it_is_of_another_lambda(qtbot: Any, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", 2)
    panel = shown(qtbot, file, "colour")
    model = Canned.of(dataset_of(file, "colour"))
    panel.show_scene(model.scene)
    columns = np.tile(np.arange(81.0), (81, 1))
    surfaces = np.array([(columns > edge).astype(float).ravel() for edge in (20.5, 40.5)])
    settings = TrainSettings("l2", 0.25, 0.5, "adam", 0.01)
    cloud = FitCloud(1, model.scene, settings, 40.0, 100, 3, surfaces, 0.125)
    panel.show_cloud(cloud, False, False)
    panel.show_frame(model.frame())
    said = "2 other samples, λ 0.25, 100 steps from epoch 40 on: ± 0.125 in probability at a typical training row"
    assert f"{said} (standard deviation; 3 without a fit)." in panel.readout
    x, _ = item(panel, "resampledFits").getData()
    grid = model.scene.grid[0]
    np.testing.assert_allclose(np.unique(x.round(9)), [(grid[k] + grid[k + 1]) / 2 for k in (20, 40)], rtol=1e-6)
    fresh = item(panel, "resampledFits").opacity()
    panel.show_cloud(cloud, True, True)
    panel.show_frame(model.frame())
    assert item(panel, "resampledFits").opacity() < fresh
    assert "A new λ: fitting again" in panel.readout
    panel.show_cloud(None, False, False)
    assert not items(panel, "resampledFits")


def test_a_low_panel_keeps_its_lines_behind_a_button(qtbot: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, write_sparse(tmp_path / "sparse.csv"), "y", features=("a", "b"))
    opener = child(panel, "fitToolsButton")
    panel.resize(300, 600)
    settle()
    assert not opener.isVisible()
    assert "movePointsButton" in visible(panel)
    high = item(panel, "trainingRows").getViewBox().height()
    panel.resize(300, 150)
    settle()
    assert opener.isVisible()
    assert not visible(panel)
    low = item(panel, "trainingRows").getViewBox().height()
    opener.click()
    settle()
    assert "movePointsButton" in visible(panel)
    assert item(panel, "trainingRows").getViewBox().height() < low < high
    opener.click()
    panel.resize(300, 600)
    settle()
    assert not opener.isVisible()
    assert "movePointsButton" in visible(panel)


def test_a_point_that_is_dragged_to_the_other_class_is_of_it(qtbot: Any, tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    rows = [f"{0.1 * number:.1f},{'yes' if number % 3 else 'no'}" for number in range(40)]
    file.write_text("\n".join(["x,kind", *rows]) + "\n", encoding="utf-8")
    panel = shown(qtbot, file, "kind")
    assert panel.findChild(QWidget) is not None
    moved: list[tuple[int, dict[str, Any]]] = []
    panel.point_moved.connect(lambda row, values: moved.append((row, dict(values))))
    child(panel, "movePointsButton").click()
    x, y = (float(part[0]) for part in item(panel, "trainingRows").getData())
    assert y in (0.0, 1.0)
    view, box = views(panel)[0], item(panel, "trainingRows").getViewBox()

    def place(at: float) -> QPoint:
        return view.mapFromScene(box.mapViewToScene(QPointF(x, at)))

    button, viewport = Qt.MouseButton.LeftButton, view.viewport()
    qtbot.mousePress(viewport, button, pos=place(y))
    for at in (0.8 * y + 0.2 * (1.0 - y), 1.0 - y, y):
        qtbot.mouseMove(viewport, place(at))
    qtbot.mouseRelease(viewport, button, pos=place(1.0 - y))
    classes = ("no", "yes")
    own, other = classes[int(y)], classes[1 - int(y)]
    # Until it has been there, a drag says nothing of its class.
    assert [values.get("kind") for _, values in moved] == [None, other, own, other]
    assert len({row for row, _ in moved}) == 1


def test_what_is_below_the_lines_begins_where_they_end(qtbot: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, write_sparse(tmp_path / "sparse.csv"), "y", features=("a", "b"))
    view, row = views(panel)[0], child(panel, "movePointsButton").parentWidget()
    # Opened and closed by the same change of width: a hairline of the lines was all that was seen of them.
    for width in (170, 420, 170, 420, 260, 420):
        panel.resize(width, 220)
        settle()
        if row.isVisible():
            assert view.mapTo(panel, QPoint(0, 0)).y() >= row.mapTo(panel, QPoint(0, row.height())).y()
