"""Slices, frozen fits, values under the pointer and the dark colours, from moments that nobody trained."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import bubble, hover, item, items, plots, settle, show, tick_texts
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from scipy.special import softmax
from tables import write_classes, write_csv, write_curve, write_kinds, write_sparse

from regdesk.core.run.history import BestMoment
from regdesk.core.run.verdict import Verdict
from regdesk.core.words.number_text import fixed_text, number_text
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.fit.readout import slice_sentence
from regdesk.views.kit import theme
from regdesk.views.plots.hover import HoverBubble


def write_flats(path: Path, n_rows: int = 90) -> Path:
    """Two numbers and a district, which a price depends on; the decimals make all of them numbers."""
    generator = np.random.default_rng(8)
    size, age = (generator.normal(size=(2, n_rows)) * 20 + 80).round(1)
    district = np.array(["harbour", "north", "south"])[generator.choice(3, n_rows, p=[0.2, 0.5, 0.3])]
    price = (3 * size - age + np.where(district == "harbour", 60, 0) + generator.normal(0, 9, n_rows)).round(1)
    return write_csv(path, ["size", "age", "district", "price"], [size, age, district, price])


def shown(qtbot: Any, model: Canned) -> DataFitPanel:
    panel = show(qtbot, DataFitPanel())
    turn(panel, model)
    return panel


def turn(panel: DataFitPanel, model: Canned) -> None:
    """As the window does when another picture, data set or model comes."""
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()


def usual_of(model: Canned) -> Any:
    """Medians of numbers, and the most frequent district."""
    rows = model.dataset.inputs[model.dataset.split.train]
    usual = np.median(rows, axis=0)
    usual[2:] = np.eye(3)[rows[:, 2:].sum(axis=0).argmax()]
    return usual


@pytest.fixture
def flats(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_flats(tmp_path / "flats.csv"), "price"))


def test_a_slice_along_a_number_and_along_categories(flats: Canned, qtbot: Any) -> None:
    panel, usual = shown(qtbot, flats.with_slice("size")), usual_of(flats)
    assert usual[2:].tolist() == [0.0, 1.0, 0.0]
    x, y = item(panel, "modelCurve").getData()
    np.testing.assert_allclose(y, flats.numbers(np.column_stack([x, np.tile(usual[1:], (len(x), 1))])), rtol=1e-6)
    assert "Slice: the other 2 columns at their medians or most frequent categories," in panel.readout
    assert panel.windowTitle() == "Data fit: slice along size"
    assert "This is a slice" in panel.help_text
    district = flats.with_slice("district")
    turn(panel, district)
    assert "Slice: the other 2 columns at their medians," in panel.readout
    x, y = item(panel, "modelCurve").getData()
    np.testing.assert_array_equal(np.rint(x), [0, 0, 1, 1, 2, 2])
    rows = np.column_stack([np.tile(usual[:2], (6, 1)), np.repeat(np.eye(3), 2, axis=0)])
    np.testing.assert_allclose(y, flats.numbers(rows), rtol=1e-6)
    # Each category has a level line of its own.
    assert item(panel, "modelCurve").opts["connect"] == "pairs"
    (plot,) = plots(panel)
    texts = tick_texts(plot.getAxis("bottom"))
    assert [text for _, text in texts] == ["harbour", "north", "south"]
    np.testing.assert_allclose([place for place, _ in texts], [0, 1, 2], atol=0.02)
    assert "at district harbour" in hover(qtbot, panel, plot, 0.1, y[0])


def test_a_slice_along_a_number_and_categories_is_a_map(flats: Canned, qtbot: Any) -> None:
    model, usual = flats.with_slice("age", "district"), usual_of(flats)
    panel = shown(qtbot, model)
    image, ages = item(panel, "modelMap").image, model.scene.grid[0]
    assert image.shape == (3, len(ages))
    for kind in range(3):
        rows = np.column_stack([np.full(len(ages), usual[0]), ages, np.tile(np.eye(3)[kind], (len(ages), 1))])
        np.testing.assert_allclose(image[kind], flats.numbers(rows), rtol=1e-5)
    assert [text for _, text in tick_texts(plots(panel)[0].getAxis("left"))] == ["harbour", "north", "south"]


def test_the_sentence_of_a_slice_says_where_the_others_stand(flats: Canned) -> None:
    scene = flats.with_slice("size").scene
    pairs = [replace(scene, slice_columns=("size", more)) for more in ("age", "district")]
    assert "the other column at its most frequent category," in slice_sentence(pairs[0])
    assert "the other column at its median," in slice_sentence(pairs[1])
    all_categories = slice_sentence(replace(scene, categorical=("age", "district")))
    assert "the other 2 columns at their most frequent categories," in all_categories
    assert slice_sentence(flats.scene) == ""


def test_the_picture_is_chosen_in_the_panel(flats: Canned, qtbot: Any) -> None:
    panel = shown(qtbot, flats)
    kinds, first, second = (
        panel.findChild(QComboBox, name) for name in ("fitPictureBox", "sliceFirstBox", "sliceSecondBox")
    )
    chosen: list[tuple[str, ...]] = []
    panel.picture_chosen.connect(chosen.append)
    panel.picture_chosen.connect(lambda columns: turn(panel, flats.with_slice(*columns)))
    assert not first.isVisible()
    qtbot.keyClick(kinds, Qt.Key.Key_Down)
    assert first.isVisible()
    assert not second.isVisible()
    first.setCurrentText("district")
    qtbot.keyClick(kinds, Qt.Key.Key_Down)
    # Both axes cannot be the same column: the second one takes another, and changes places with the first.
    assert second.isVisible()
    second.setCurrentText("district")
    # The menu leads back.
    menu = panel.menu_actions()
    assert [action.isChecked() for action in menu[:3]] == [False, False, True]
    menu[0].trigger()
    assert chosen == [("size",), ("district",), ("district", "size"), ("size", "district"), ()]
    assert not first.isVisible()


def test_a_frame_of_another_scene_is_not_drawn(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"))
    panel, old = shown(qtbot, model), model.frame()
    panel.freeze()
    for ghost, now in (("frozenTrainingRows", "trainingRows"), ("frozenValidationRows", "validationRows")):
        np.testing.assert_array_equal(item(panel, ghost).getData(), item(panel, now).getData())
    turn(panel, model.with_slice("a"))
    # A ghost of another picture is gone.
    assert not items(panel, "frozenTrainingRows")
    readout, curve = panel.readout, item(panel, "modelCurve").getData()[1].copy()
    panel.show_frame(old)
    np.testing.assert_array_equal(item(panel, "modelCurve").getData()[1], curve)
    assert panel.readout == readout


def test_several_classes_in_slices(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_kinds(tmp_path / "kinds.csv", 3), "kind"))
    usual, classes = np.median(model.dataset.inputs[model.dataset.split.train], axis=0), model.dataset.classes
    along = model.with_slice("x1")
    panel, grid = shown(qtbot, along), along.scene.grid[0]
    rows = np.tile(usual, (len(grid), 1))
    rows[:, 1] = grid
    expected = softmax(model.outputs(rows), axis=1)
    for curve, column in zip(items(panel, "classCurve"), expected.T, strict=True):
        np.testing.assert_allclose(curve.getData()[1], column, rtol=1e-6, atol=1e-9)
    index = len(grid) // 2
    text = hover(qtbot, panel, plots(panel)[0], float(grid[index]), 0.5)
    assert f"model: {classes[expected[index].argmax()]} {expected[index].max():.3f}" in text
    panel.freeze()
    assert len(items(panel, "frozenFit")) == 3
    turn(panel, model)
    assert items(panel, "frozenFit") == []
    counts = item(panel, "confusionMatrix").counts
    panel.freeze()
    assert hover(qtbot, panel, plots(panel)[0], 1.5, 0.5) == (
        f"actual kind: kind c\npredicted: kind b\n{counts[2, 1]} validation rows, "
        f"{100 * counts[2, 1] / counts[2].sum():.0f} % of {counts[2].sum()}\nfrozen: {counts[2, 1]}"
    )
    plane = model.with_slice("x0", "x1")
    turn(panel, plane)
    panel.freeze()
    # The ghost's edges part cells of different classes.
    x, y = item(panel, "frozenFit").getData()
    likeliest = plane.fit().surface_classes
    n_changes = np.count_nonzero(likeliest[1:] != likeliest[:-1]) + np.count_nonzero(
        likeliest[:, 1:] != likeliest[:, :-1]
    )
    assert len(x) == len(y) == 2 * n_changes > 0


def test_a_frozen_fit_stays_as_it_was_while_the_model_moves(qtbot: Any, tmp_path: Path) -> None:
    dataset = dataset_of(write_curve(tmp_path / "curve.csv"), "degrees")
    model = Canned.of(dataset)
    panel, score = shown(qtbot, model), model.fit().score
    frozen = [values.copy() for values in item(panel, "modelCurve").getData()]
    panel.freeze()
    assert panel.has_ghost
    weaker = model.with_weights(0.3)
    panel.show_frame(weaker.frame())
    ghost = item(panel, "frozenFit")
    np.testing.assert_array_equal(ghost.getData(), frozen)
    assert np.abs(item(panel, "modelCurve").getData()[1] - frozen[1]).max() > 0.1
    assert ghost.opts["pen"].style() == Qt.PenStyle.DotLine
    assert f"Frozen fit (dotted): R² {fixed_text(score)}." in panel.readout
    # Of a new split of the same data it is told and drawn as before; of other data it is gone.
    other = Canned.of(dataset_of(tmp_path / "curve.csv", "degrees", seed=3))
    assert not np.array_equal(other.dataset.split.train, dataset.split.train)
    turn(panel, other)
    np.testing.assert_array_equal(item(panel, "frozenFit").getData(), frozen)
    panel.thaw()
    assert items(panel, "frozenFit") == []
    assert "Frozen" not in panel.readout
    assert not panel.has_ghost
    panel.freeze()
    assert len(items(panel, "frozenFit")) == 1
    turn(panel, Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", 2), "colour")))
    assert items(panel, "frozenFit") == []


def test_a_curve_its_ghost_and_its_rows_are_read_under_the_pointer(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"))
    panel, scene = shown(qtbot, model), model.scene
    panel.freeze()
    weaker = model.with_weights(0.3)
    weaker_fit = weaker.fit()
    panel.show_frame(weaker.frame())
    (plot,) = plots(panel)
    x, y = scene.grid[0][100], weaker_fit.surface[100]
    assert f"model: degrees {y:.3g}\nfrozen: degrees {model.fit().surface[100]:.3g}" in hover(qtbot, panel, plot, x, y)
    # What is solved is not called as the model that was trained.
    frame = weaker.frame()
    panel.show_frame(replace(frame, snapshot=replace(frame.snapshot, stands_for=frame.snapshot)))
    assert f"exact optimum: degrees {y:.3g}\nfrozen" in hover(qtbot, panel, plot, x, y)
    train = scene.train_places[3, 0], scene.train_targets[3]
    assert f"training row: hour {train[0]:.3g}, degrees {train[1]:.3g}" in hover(qtbot, panel, plot, *train)
    panel.findChild(QAction, "showTrainingRowsAction").trigger()
    assert not items(panel, "trainingRows")
    assert "training row" not in hover(qtbot, panel, plot, *train)


def test_a_frozen_fit_stays_when_a_point_is_moved_beyond_the_axes(qtbot: Any, tmp_path: Path) -> None:
    file = write_curve(tmp_path / "curve.csv")
    model = Canned.of(dataset_of(file, "degrees"))
    panel = shown(qtbot, model)
    panel.freeze()
    grid, surface = model.scene.grid[0], model.fit().surface
    row = int(np.flatnonzero(model.dataset.inputs[:, 0] == model.dataset.inputs[:, 0].max())[0]) + 1
    moved = Canned.of(dataset_of(file, "degrees", cells=((f"{row}:hour", "40"),)))
    assert moved.scene.grid[0][-1] > grid[-1] + 5.0
    turn(panel, moved)
    np.testing.assert_array_equal(item(panel, "frozenFit").getData(), [grid, surface])
    assert "Frozen fit (dotted)" in panel.readout
    (plot,) = plots(panel)
    here = hover(qtbot, panel, plot, float(grid[100]), float(surface[100]))
    assert f"frozen: degrees {number_text(surface[100])}" in here
    # Beyond its own end nothing is known of it.
    beyond = hover(qtbot, panel, plot, float(grid[-1]) + 4.0, float(surface[100]))
    assert "model: degrees" in beyond
    assert "frozen" not in beyond


def test_level_lines_of_a_frozen_map_are_where_the_model_says_so(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", 2), "colour"))
    panel, grid = shown(qtbot, model), model.scene.grid
    panel.freeze()
    x, y = item(panel, "frozenFit").getData()
    assert len(x) > 20
    # Straight between neighbours of the grid.
    assert np.abs(model.numbers(np.column_stack([x, y])) - 0.5).max() < 0.03
    text = hover(qtbot, panel, plots(panel)[0], float(grid[0][40]), float(grid[1][40]))
    assert f"model: red, probability {model.fit().surface[40, 40]:.3f}" in text


@pytest.fixture
def in_the_dark(qapp: Any) -> Any:
    """Puts the dark colours in force when it is called; at the end the light ones are back."""
    yield lambda: theme.apply_theme(qapp, theme.DARK)
    theme.apply_theme(qapp, theme.LIGHT)


@pytest.mark.parametrize("n_classes", [0, 2, 3])
def test_everything_takes_on_the_dark_colours(n_classes: int, qtbot: Any, tmp_path: Path, in_the_dark: Any) -> None:
    if n_classes:
        dataset = dataset_of(write_kinds(tmp_path / "kinds.csv", n_classes, 2), "kind")
    else:
        dataset = dataset_of(write_sparse(tmp_path / "sparse.csv"), "y")
    # All are as good as a guess, so that a map is nearly the ground.
    model = Canned.of(dataset).with_weights(0.05)
    panel = shown(qtbot, model)
    panel.freeze()
    in_the_dark()
    panel.apply_theme()
    dark, train = theme.DARK, item(panel, "trainingRows").points()
    validation = item(panel, "validationRows").points()
    if n_classes == 3:
        assert {point.brush().color().name().upper() for point in validation} == {dark.background}
        assert {point.pen().color().name().upper() for point in validation} == set(dark.classes[:3])
        assert item(panel, "modelMap").image.mean() < 90
        assert all(line.opts["pen"].color() == QColor(dark.quiet_text) for line in items(panel, "frozenFit"))
    else:
        assert {point.pen().color().name().upper() for point in train} == {dark.training}
        assert validation[0].pen().color() == QColor(dark.validation)
    if n_classes == 2:
        assert {point.brush().color().name().upper() for point in train} == {dark.first_class, dark.second_class}
        last = item(panel, "modelMap").getColorMap().getColors()[-1][:3].tolist()
        assert last == list(QColor(dark.second_ground[1]).getRgb()[:3])


def test_a_bubble_is_as_wide_as_its_panel_at_most_and_not_on_the_pointer(qtbot: Any) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    panel.resize(240, 150)
    panel.show()
    told, words = HoverBubble(panel), "model: " + ", ".join(f"class {k} 0.123" for k in range(6))
    for text in (words, "w" * 90, f"at width 3\n{words}"):
        for x in (0, 120, 239):
            for y in (0, 75, 149):
                told.show_text(text, QPoint(x, y))
                assert 0 <= told.x() <= told.geometry().right() < 240
                assert 0 <= told.y() <= told.geometry().bottom() < 150
                assert not told.geometry().contains(QPoint(x, y))
        assert told.wordWrap()
    assert told.height() == told.heightForWidth(240) > 3 * told.fontMetrics().height()
    # A short one is as it was.
    told.show_text("at 3", QPoint(10, 10))
    assert not told.wordWrap()
    assert told.size() == told.sizeHint()
    assert told.pos() == QPoint(24, 24)


def test_the_bubble_goes_when_the_pointer_leaves(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"))
    panel = shown(qtbot, model)
    hover(qtbot, panel, plots(panel)[0], 12.0, 12.0)
    assert bubble(panel).isVisible()
    QApplication.sendEvent(panel, QEvent(QEvent.Type.Leave))
    assert not bubble(panel).isVisible()


def test_overfitting_is_named_beside_the_figures_of_the_fit(qtbot: Any, tmp_path: Path) -> None:
    model = Canned.of(dataset_of(write_curve(tmp_path / "curve.csv"), "degrees"))
    panel = shown(qtbot, model)
    verdict = Verdict("overfitting", 0.02, 1.03, BestMoment(46.0, 0.2, 0.1), 0.6)
    panel.show_frame(replace(model.frame(), verdict=verdict))
    assert panel.readout.startswith("R² ")
    assert " validation rows. Overfitting: training loss 0.0200, validation loss 1.03." in panel.readout
    panel.show_frame(model.frame())
    assert "verfitting" not in panel.readout
