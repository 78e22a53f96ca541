"""Numbers, and one of two classes: curve, map and predicted against actual hold what the reference says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import item, items, plots, settle, show
from PySide6.QtGui import QColor
from tables import write_classes, write_curve, write_sparse

from regdesk.core.types import Float64s
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.kit import theme


def ordered(*columns: Float64s) -> Float64s:
    """Points as rows, in an order of their own."""
    points = np.column_stack(columns)
    return points[np.lexsort(points.T)]


def shown(qtbot: Any, model: Canned) -> DataFitPanel:
    """The panel with the model in it."""
    panel = show(qtbot, DataFitPanel())
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    return panel


def cells(image: Any) -> Float64s:
    """Middles of an image's cells in units of the axes, ``(n_cells, 2)``, row by row."""
    n_rows, n_columns = image.image.shape[:2]
    box = image.mapRectToParent(image.boundingRect())
    columns = box.left() + box.width() / n_columns * (np.arange(n_columns) + 0.5)
    rows = box.top() + box.height() / n_rows * (np.arange(n_rows) + 0.5)
    return np.array([[column, row] for row in rows for column in columns])


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_curve_and_points(activation: str, qtbot: Any, tmp_path: Path) -> None:
    dataset = dataset_of(write_curve(tmp_path / "curve.csv"), "degrees")
    model = Canned.of(dataset, activation=activation)
    panel = shown(qtbot, model)
    x, y = item(panel, "modelCurve").getData()
    np.testing.assert_allclose(y, model.numbers(x[:, np.newaxis]), rtol=1e-9)
    hours = dataset.inputs[:, 0]
    assert x.min() < hours.min() < hours.max() < x.max()
    for name, rows in (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation)):
        points = ordered(*item(panel, name).getData())
        np.testing.assert_array_equal(points, ordered(hours[rows], dataset.targets[rows]))
    assert len(dataset.split.validation) == 10


@pytest.mark.parametrize("target", ["colour", "x0"])
def test_map(target: str, qtbot: Any, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", 2 if target == "colour" else 3)
    dataset = dataset_of(file, target, features=None if target == "colour" else ("x1", "x2"))
    model = Canned.of(dataset)
    panel = shown(qtbot, model)
    image = item(panel, "modelMap")
    np.testing.assert_allclose(image.image.ravel(), model.numbers(cells(image)), rtol=1e-6, atol=1e-9)
    for name, rows in (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation)):
        np.testing.assert_array_equal(ordered(*item(panel, name).getData()), ordered(*dataset.inputs[rows].T))


def test_the_fill_of_a_point_on_a_map_tells_its_class_or_its_number(qtbot: Any, tmp_path: Path) -> None:
    file = write_classes(tmp_path / "classes.csv", 3)
    dataset = dataset_of(file, "colour", features=("x0", "x1"))
    panel, colours = shown(qtbot, Canned.of(dataset)), theme.colours()
    for name, rows in (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation)):
        fills = [point.brush().color() for point in item(panel, name).points()]
        wanted = [colours.second_class if one else colours.first_class for one in dataset.targets[rows]]
        assert fills == [QColor(colour) for colour in wanted]
    dataset = dataset_of(file, "x2", features=("x0", "x1"))
    model = Canned.of(dataset)
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    # Pale to dark, from the lowest number of all to the highest.
    parts = (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation))
    fills = [point.brush().color() for name, _ in parts for point in item(panel, name).points()]
    targets = np.concatenate([dataset.targets[rows] for _, rows in parts])
    assert fills[int(targets.argmin())] == QColor(colours.value_stops[0])
    assert fills[int(targets.argmax())] == QColor(colours.value_stops[-1])


def test_parity(qtbot: Any, tmp_path: Path) -> None:
    dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    model = Canned.of(dataset)
    panel = show(qtbot, DataFitPanel())
    panel.show_scene(model.scene)
    # Where points stand is not known before there is a model.
    assert not len(item(panel, "trainingRows").getData()[0])
    panel.show_frame(model.frame())
    for name, rows in (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation)):
        actual, predicted = item(panel, name).getData()
        expected = ordered(dataset.targets[rows], model.numbers(dataset.inputs[rows]))
        np.testing.assert_allclose(ordered(actual, predicted), expected, rtol=1e-9)
    diagonal = item(panel, "diagonal").getData()
    np.testing.assert_array_equal(diagonal[0], diagonal[1])


@pytest.mark.parametrize("name", ["curve", "sparse", "classes"])
def test_axes_hold_still_while_the_model_moves(name: str, qtbot: Any, tmp_path: Path) -> None:
    file, target = {
        "curve": (write_curve(tmp_path / "curve.csv"), "degrees"),
        "sparse": (write_sparse(tmp_path / "sparse.csv"), "y"),
        "classes": (write_classes(tmp_path / "classes.csv", 2), "colour"),
    }[name]
    model = Canned.of(dataset_of(file, target))
    panel = shown(qtbot, model)
    (plot,) = plots(panel)
    ranges, before = plot.viewRange(), list(plot.items)
    panel.show_frame(model.with_weights(20.0).frame())
    settle()
    assert plot.viewRange() == ranges
    # What is far outside has marks at the edge.
    assert [one for one in plot.items if not one.objectName().startswith("outside")] == before
    assert not any(plot.getViewBox().autoRangeEnabled())


def test_rows_are_shown_as_the_menu_says(qtbot: Any, tmp_path: Path) -> None:
    panel = shown(qtbot, Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees")))
    actions = {action.objectName(): action for action in panel.menu_actions()}
    for action, name in (("showTrainingRowsAction", "trainingRows"), ("showValidationRowsAction", "validationRows")):
        actions[action].trigger()
        assert not items(panel, name)
        actions[action].trigger()
        assert items(panel, name)


def test_text_that_grows_keeps_names_of_axes_beside_their_numbers(
    qtbot: Any, tmp_path: Path, set_text_scale: Any
) -> None:
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"))
    panel = shown(qtbot, model)
    axis = plots(panel)[0].getAxis("left")
    usual_px = axis.minimumWidth()
    set_text_scale(2.0)
    panel.apply_text_size()
    settle()
    assert axis.width() == axis.minimumWidth() == 2 * usual_px
