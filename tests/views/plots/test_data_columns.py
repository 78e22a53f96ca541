"""Copy data: the numbers behind a picture under names with their units."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of
from plot_items import settle, show
from PySide6.QtWidgets import QStackedWidget
from scipy.special import softmax
from tables import write_kinds, write_sparse, write_steep

from regdesk.core.types import TrainSettings
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.history.panel import HistoryPanel
from regdesk.views.plots.data_columns import Column, rows_of
from regdesk.views.plots.item_columns import columns_of_items
from regdesk.views.weights.panel import HistogramPanel


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), (), settings=TrainSettings("l1", 0.01))


def test_shorter_columns_end_in_empty_cells_and_what_is_no_number_is_empty() -> None:
    columns = [Column("a", np.array([1.0, np.nan, 3.0])), Column("b", ["x"]), Column("n", np.array([7, 8]))]
    assert rows_of(columns) == [["a", "b", "n"], [1.0, "x", 7], [None, None, 8], [3.0, None, None]]
    assert rows_of([]) == [[]]


def test_the_history_gives_losses_and_not_places_on_an_axis(qtbot: Any, model: Canned) -> None:
    panel = HistoryPanel()
    assert panel.data_columns() == []
    show(qtbot, panel)
    panel.show_run_scene(model.run_scene)
    frame = model.frame()
    panel.show_frame(frame)
    columns = {column.name: column.cells for column in panel.data_columns()}
    course = frame.history
    np.testing.assert_array_equal(columns["epoch"], course.epoch)
    np.testing.assert_array_equal(columns["training loss (standardised)"], course.train_loss)
    np.testing.assert_array_equal(columns["λ × penalty"], course.lam * course.penalty_value)
    np.testing.assert_array_equal(columns["λ"], course.lam)


def test_the_weights_have_their_names(qtbot: Any, model: Canned) -> None:
    panel = HistogramPanel()
    show(qtbot, panel)
    panel.show_run_scene(model.run_scene)
    panel.show_frame(model.frame())
    names, weights, *_, counts = panel.data_columns()
    assert names.cells == model.dataset.input_names
    assert weights.name == "weight (standardised inputs)"
    np.testing.assert_array_equal(weights.cells, model.parameters[model.network.is_weight])
    assert sum(counts.cells) == np.count_nonzero(model.parameters[model.network.is_weight])


def test_bars_are_given_by_where_they_begin(qtbot: Any, model: Canned) -> None:
    panel = HistogramPanel()
    show(qtbot, panel)
    panel.show_run_scene(model.run_scene)
    frame = model.frame()
    panel.show_frame(frame)
    *_, begins, counts = panel.data_columns()
    (layer,) = frame.snapshot.layers
    weights = model.parameters[model.network.is_weight]
    width = 2.0 * layer.limit / len(layer.counts)
    places = np.floor((weights[weights != 0.0] + layer.limit) / width).astype(int)
    by_hand = np.bincount(places.clip(0, len(layer.counts) - 1), minlength=len(layer.counts))
    np.testing.assert_allclose(begins.cells, -layer.limit + width * np.arange(len(layer.counts)), atol=1e-12)
    np.testing.assert_array_equal(counts.cells, by_hand)


def shown_fit(qtbot: Any, model: Canned) -> list[Column]:
    panel = DataFitPanel()
    panel.build()
    show(qtbot, panel)
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()
    return panel.data_columns()


def test_points_of_the_fit_are_those_of_its_items(qtbot: Any, model: Canned) -> None:
    columns = {column.name: column.cells for column in shown_fit(qtbot, model)}
    actual = columns["actual y (training rows)"]
    dataset = model.dataset
    assert sorted(actual) == pytest.approx(sorted(dataset.targets[dataset.split.train]), rel=1e-9)
    predicted = columns["predicted y (training rows)"]
    by_hand = model.numbers(dataset.inputs[dataset.split.train])
    assert sorted(predicted) == pytest.approx(sorted(by_hand), rel=1e-4)


def test_only_what_is_seen_is_read(qtbot: Any) -> None:
    pages = QStackedWidget()
    views = [pg.GraphicsLayoutWidget() for _ in range(2)]
    for number, view in enumerate(views):
        pages.addWidget(view)
        plot = view.addPlot()
        plot.setLabel("bottom", "x")
        plot.setLabel("left", "loss")
        for name, is_shown in (("someCurve", True), ("hiddenCurve", False)):
            curve = pg.PlotCurveItem([0.0, 1.0], [2.0 + number, 3.0])
            curve.setObjectName(name)
            curve.setVisible(is_shown)
            plot.addItem(curve)
    show(qtbot, pages)
    pages.setCurrentIndex(1)
    columns = columns_of_items(pages, views)
    assert [column.name for column in columns] == ["x (some curve)", "loss (some curve)"]
    assert list(columns[1].cells) == [3.0, 3.0]


def test_a_table_of_classes_is_given_cell_by_cell(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_kinds(tmp_path / "kinds.csv", 4), "kind"))
    names, *counts = shown_fit(qtbot, model)
    classes, confusion = model.dataset.classes, model.frame().snapshot.fit.confusion
    assert [names.name, *(one.name for one in counts)] == ["actual kind", *(f"predicted {name}" for name in classes)]
    assert names.cells == classes
    np.testing.assert_array_equal(np.column_stack([one.cells for one in counts]), confusion)
    assert confusion.sum() == len(model.dataset.split.validation)


@pytest.mark.parametrize("target", ["kind", "y"])
def test_a_map_is_given_cell_by_cell(qtbot: Any, tmp_path: Path, target: str) -> None:
    path = tmp_path / "file.csv"
    file = write_kinds(path, 3, 2) if target == "kind" else write_steep(path)
    model = Canned.of(dataset_of(file, target), (3,))
    columns = {column.name: column.cells for column in shown_fit(qtbot, model)}
    first, second = model.dataset.input_names
    places = np.column_stack([columns[f"{first} (map)"], columns[f"{second} (map)"]])
    assert len(places) == np.prod([len(axis) for axis in model.scene.grid])
    assert len(np.unique(places, axis=0)) == len(places)
    if target == "y":
        np.testing.assert_allclose(columns["y"], model.numbers(places), rtol=1e-4, atol=1e-6)
        return
    said = softmax(model.outputs(places), axis=1)
    np.testing.assert_allclose(columns["its probability"], said.max(axis=1), rtol=1e-4)
    likeliest = [model.dataset.classes[number] for number in said.argmax(axis=1)]
    assert np.mean(np.array(columns[f"likeliest {target}"]) == likeliest) > 0.99
