"""Three classes and more: curves, map and matrix hold the network's own numbers, and no class looks like another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import item, items, plots, readout_text, settle, show, tick_texts, view_of, views
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QColor, QFontMetrics
from scipy.special import softmax
from sklearn.metrics import accuracy_score, confusion_matrix, roc_auc_score
from tables import write_classes, write_kinds

from regdesk.core.types import Float64s
from regdesk.views.fit.class_curves import MAX_LABELLED_CLASSES
from regdesk.views.fit.class_map import FULLEST, PALEST, shaded
from regdesk.views.fit.confusion_matrix import MAX_WRITTEN_CLASSES, MatrixItem, cell_text, largest_confusions
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.kit import theme
from regdesk.views.kit.name_room import elided
from regdesk.views.plots.class_marks import SYMBOLS, class_colour, class_key, class_symbol, fair_share
from regdesk.views.plots.free_place import spread


def probabilities(model: Canned, inputs: Float64s) -> Float64s:
    """Of each class, by the reference, for ``inputs`` in original units."""
    return softmax(model.outputs(inputs), axis=1)


def model_of(file: Path, **settings: Any) -> Canned:
    return Canned.of(dataset_of(file, "kind", **settings))


def shown(qtbot: Any, model: Canned) -> DataFitPanel:
    panel = show(qtbot, DataFitPanel())
    turn(panel, model)
    return panel


def turn(panel: DataFitPanel, model: Canned) -> None:
    """As the window does when another data set comes."""
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()


def ordered(*columns: Float64s) -> Float64s:
    points = np.column_stack(columns)
    return points[np.lexsort(points.T)]


def rows_of(item: Any) -> Float64s:
    """x, y and the class that colour and symbol both say, of every point of a scatter item."""
    x, y = item.getData()
    classes = []
    for point in item.points():
        colour = point.pen().color() if point.brush().color() == QColor("white") else point.brush().color()
        index = theme.colours().classes.index(colour.name().upper())
        assert point.symbol() == class_symbol(index)
        classes.append(index)
    return ordered(x, y, np.array(classes))


# --- One input -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_classes", [3, 5])
def test_a_curve_for_each_class(n_classes: int, qtbot: Any, tmp_path: Path) -> None:
    model = model_of(write_kinds(tmp_path / "kinds.csv", n_classes, n_inputs=1))
    panel, dataset = shown(qtbot, model), model.dataset
    curves, labels = items(panel, "classCurve"), items(panel, "classLabel")
    assert len(curves) == len(labels) == n_classes
    total = np.zeros(())
    for index, (curve, label) in enumerate(zip(curves, labels, strict=True)):
        x, y = curve.getData()
        np.testing.assert_allclose(y, probabilities(model, x[:, np.newaxis])[:, index], rtol=1e-6, atol=1e-9)
        assert curve.opts["pen"].color() == label.color == QColor(class_colour(index))
        assert label.toPlainText() == dataset.classes[index]
        # The label rides on its own curve.
        assert label.pos().y() == y[np.abs(x - label.pos().x()).argmin()]
        total = total + y
    np.testing.assert_allclose(total, 1.0, rtol=1e-12)
    assert not label_boxes_overlap(labels)
    lanes = {text: height for height, text in tick_texts(plots(panel)[0].getAxis("left")) if height < -0.05}
    heights = np.array([lanes[name] for name in dataset.classes])
    assert (np.diff(heights) < 0).all()
    for name, rows, shift in (
        ("trainingRows", dataset.split.train, 1),
        ("validationRows", dataset.split.validation, -1),
    ):
        points = rows_of(item(panel, name))
        np.testing.assert_array_equal(np.sort(points[:, 0]), np.sort(dataset.inputs[rows, 0]))
        assert len(points) == len(rows)
        # Each class in its own lane, training rows above its middle, validation rows beneath.
        nearest = np.abs(points[:, 1, np.newaxis] - heights).argmin(axis=1)
        np.testing.assert_array_equal(nearest, points[:, 2])
        assert (np.sign(points[:, 1] - heights[nearest]) == shift).all()


def label_boxes_overlap(labels: list[Any]) -> bool:
    boxes = [label.mapRectToScene(label.boundingRect()) for label in labels]
    inner = [QRectF(box.left() + 4, box.top(), box.width() - 8, 1e6) for box in boxes]
    return any(one.left() < other.right() and other.left() < one.right() for one, other in combinations(inner, 2))


def test_more_classes_than_colours_have_a_key_and_dashes(qtbot: Any, tmp_path: Path) -> None:
    n_classes = MAX_LABELLED_CLASSES + 2
    model = model_of(write_kinds(tmp_path / "kinds.csv", n_classes, n_inputs=1, n_rows=200))
    panel = shown(qtbot, model)
    assert items(panel, "classLabel") == []
    curves = items(panel, "classCurve")
    looks = {(curve.opts["pen"].color().name(), curve.opts["pen"].style()) for curve in curves}
    assert len(looks) == len(curves) == n_classes
    key = readout_text(panel)
    assert all(label[-1] in re.sub("<[^>]*>", "", key) for label in model.dataset.classes)


def test_labels_stand_where_they_are_wanted_or_side_by_side() -> None:
    wanted, widths = np.array([0.2, 0.5, 0.8]), np.full(3, 0.1)
    np.testing.assert_allclose(spread(wanted, widths), wanted)
    # Two that want one place give way by as much.
    np.testing.assert_allclose(spread(np.array([0.5, 0.5]), np.array([0.2, 0.4])), [0.35, 0.65])
    np.testing.assert_allclose(spread(np.array([0.0, 0.0, 1.0]), widths), [0.05, 0.15, 0.95])
    np.testing.assert_allclose(spread(np.full(4, 0.9), np.full(4, 0.25)), [0.125, 0.375, 0.625, 0.875])


# --- Two inputs ----------------------------------------------------------------------------------------------------


def test_the_map_is_in_the_colour_of_the_likeliest_class(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(write_kinds(tmp_path / "kinds.csv", 4, n_inputs=2))
    panel, dataset = shown(qtbot, model), model.dataset
    drawn = item(panel, "modelMap")
    n_rows, n_columns, _ = drawn.image.shape
    box = drawn.mapRectToParent(drawn.boundingRect())
    columns = box.left() + box.width() / n_columns * (np.arange(n_columns) + 0.5)
    rows = box.top() + box.height() / n_rows * (np.arange(n_rows) + 0.5)
    grid = np.array([[column, row] for row in rows for column in columns])
    expected = probabilities(model, grid)
    colours = np.array([QColor(class_colour(index)).getRgb()[:3] for index in range(4)], dtype=float)
    shares = 0.05 + 0.45 * (expected.max(axis=1) - 0.25) / 0.75
    wanted = 255.0 + shares[:, np.newaxis] * (colours[expected.argmax(axis=1)] - 255.0)
    # One step of rounding; at a border the last digit may see another class.
    assert np.mean(np.abs(drawn.image.reshape(-1, 3) - wanted).max(axis=1) <= 1.0) > 0.999
    assert len(np.unique(expected.argmax(axis=1))) == 4
    for name, part in (("trainingRows", dataset.split.train), ("validationRows", dataset.split.validation)):
        np.testing.assert_array_equal(
            rows_of(item(panel, name)), ordered(*dataset.inputs[part].T, dataset.targets[part])
        )
    assert all(point.brush().color() == QColor("white") for point in item(panel, "validationRows").points())
    assert not any(point.brush().color() == QColor("white") for point in item(panel, "trainingRows").points())


def test_a_cell_is_paler_where_it_is_less_sure() -> None:
    colours = np.array([[255.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 255.0]])
    image = shaded(np.array([[0, 1, 2]]), np.array([[1.0, 1.0 / 3.0, 2.0 / 3.0]]), colours, np.full(3, 255.0))
    white, middle = 255 * (1 - FULLEST), 255 * (1 - 0.5 * (PALEST + FULLEST))
    palest = 255 * (1 - PALEST)
    np.testing.assert_allclose(image[0], [[255, white, white], [palest] * 3, [middle, middle, 255]], atol=0.51)


# --- More inputs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fraction", [0.25, 0.0])
def test_the_matrix_counts_who_was_taken_for_whom(fraction: float, qtbot: Any, tmp_path: Path) -> None:
    model = model_of(write_kinds(tmp_path / "kinds.csv", 4), validation_fraction=fraction)
    panel, dataset = shown(qtbot, model), model.dataset
    rows = dataset.split.validation if fraction else dataset.split.train
    predicted = probabilities(model, dataset.inputs[rows])
    expected = confusion_matrix(dataset.targets[rows], predicted.argmax(axis=1))
    matrix, (plot,) = item(panel, "confusionMatrix"), plots(panel)
    np.testing.assert_array_equal(matrix.counts, expected)
    np.testing.assert_allclose(matrix.shares, expected / expected.sum(axis=1, keepdims=True))
    for side in ("bottom", "left"):
        texts = [text for _, text in tick_texts(plot.getAxis(side))]
        assert texts == list(dataset.classes if side == "bottom" else dataset.classes[::-1])
    assert plot.getAxis("bottom").label.toPlainText().strip() == "predicted kind"
    assert plot.getAxis("left").label.toPlainText().strip() == "actual kind"
    readout = panel.readout
    if not fraction:
        assert readout.startswith("No validation rows: nothing to judge the fit by. Each cell: training rows")
    else:
        accuracy = accuracy_score(dataset.targets[rows], predicted.argmax(axis=1))
        auroc = roc_auc_score(dataset.targets[rows], predicted, multi_class="ovr")
        assert readout.startswith(f"Accuracy {accuracy:.3g}"[:13])
        figures = [float(text) for text in re.findall(r"\d\.\d+", readout)]
        assert figures == [pytest.approx(accuracy, abs=5e-4), pytest.approx(auroc, abs=5e-3)]
        assert f"macro AUROC {figures[1]:.2f}"[:15] in readout
        assert f"on {len(rows)} validation rows." in readout


def test_cells_are_painted_in_their_place_and_shade(qtbot: Any, tmp_path: Path) -> None:
    model = model_of(write_kinds(tmp_path / "kinds.csv", 3))
    panel, frame = shown(qtbot, model), model.frame()
    counts = np.array([[30, 0, 0], [15, 15, 0], [0, 0, 30]])
    fit = replace(frame.snapshot.fit, confusion=counts)
    panel.show_frame(replace(frame, snapshot=replace(frame.snapshot, fit=fit)))
    matrix = item(panel, "confusionMatrix")
    view = view_of(matrix)
    image = view.grab().toImage()
    for (actual, predicted), share in {(0, 0): 1.0, (0, 1): 0.0, (1, 0): 0.5, (1, 1): 0.5, (2, 2): 1.0}.items():
        # Beside the number in the middle.
        spot = view.mapFromScene(matrix.mapToScene(predicted + 0.2, 2 - actual + 0.2))
        assert image.pixelColor(QPoint(spot)) == matrix.cell_colour(share, actual == predicted)
    assert matrix.cell_colour(0.0, False) == QColor("white")
    blues = [matrix.cell_colour(share, False).blue() for share in (0.0, 0.001, 0.3, 0.7, 1.0)]
    assert blues == sorted(blues, reverse=True)
    # One mistake among a thousand can be seen.
    assert blues[0] - blues[1] > 8
    # The second cue: only the cell with mistakes has a filled corner.
    wrong = QColor(theme.colours().wrong)
    for (actual, predicted), has_corner in {(1, 0): True, (0, 1): False, (0, 0): False, (1, 1): False}.items():
        corner = view.mapFromScene(matrix.mapToScene(predicted + 1.0, 3 - actual)) + QPoint(-4, 4)
        assert (image.pixelColor(corner) == wrong) == has_corner


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_right_and_wrong_are_told_apart_and_read_by_everyone(colours: theme.Colours, qapp: Any) -> None:
    others = (colours.training, colours.validation, colours.penalty, colours.lam, colours.zero)
    assert colours.right not in others
    assert colours.wrong not in others
    # Of Okabe and Ito's eight, blues and oranges stay apart for the colour-blind.
    assert colours.right in ("#56B4E9", "#0072B2")
    assert colours.wrong in ("#E69F00", "#D55E00")
    try:
        theme.apply_theme(qapp, colours)
        for is_right in (True, False):
            for share in (0.001, 0.5, 1.0):
                assert contrast(colours.text, MatrixItem.cell_colour(share, is_right).name()) >= 4.5
        # Cells as they are filled, at half and at all of a class's rows, for every kind of eye.
        for share, least in ((0.5, 12.0), (1.0, 20.0)):
            right, wrong = (MatrixItem.cell_colour(share, is_right).name() for is_right in (True, False))
            assert np.linalg.norm(lab(right) - lab(wrong)) >= least
            for eye in (PROTANOPIA, DEUTERANOPIA):
                assert np.linalg.norm(as_seen(right, eye) - as_seen(wrong, eye)) >= least
    finally:
        theme.apply_theme(qapp, theme.LIGHT)


def test_more_classes_than_can_be_written_are_named_by_the_readout(qtbot: Any, tmp_path: Path) -> None:
    n_classes = MAX_WRITTEN_CLASSES + 2
    model = model_of(write_kinds(tmp_path / "kinds.csv", n_classes, n_inputs=3, n_rows=400))
    panel, classes = shown(qtbot, model), model.dataset.classes
    counts = item(panel, "confusionMatrix").counts
    ((actual, other, count), *_) = largest_confusions(counts, classes)
    assert f"Most often: {actual} taken for {other} ({count})" in panel.readout
    assert counts[classes.index(actual), classes.index(other)] == count
    assert count == (counts - np.diag(np.diag(counts))).max() > 0


def test_the_largest_confusions() -> None:
    counts = np.array([[90, 2, 0], [7, 50, 3], [0, 0, 40]])
    assert largest_confusions(counts, ("a", "b", "c")) == [("b", "a", 7), ("b", "c", 3), ("a", "b", 2)]
    assert largest_confusions(counts, ("a", "b", "c"), n_most=1) == [("b", "a", 7)]
    assert largest_confusions(np.diag([3, 4, 5]), ("a", "b", "c")) == []


def test_a_cell_writes_what_it_has_room_for() -> None:
    assert cell_text(12, 0.924, 60, 40) == "12\n92 %"
    assert cell_text(12, 0.924, 60, 20) == cell_text(12, 0.924, 30, 40) == "12"
    assert cell_text(0, 0.0, 60, 40) == "0"
    # What a frozen fit had there, if that was something else.
    assert cell_text(12, 0.924, 60, 60, was=9) == "12\n92 %\nwas 9"
    assert cell_text(12, 0.924, 60, 60, was=12) == cell_text(12, 0.924, 60, 40, was=9) == "12\n92 %"
    assert cell_text(0, 0.0, 60, 60, was=3) == "0\nwas 3"


@pytest.mark.parametrize("size", [(560, 420), (330, 240)])
def test_long_labels_are_elided_and_those_that_do_not_fit_left_out(
    size: tuple[int, int], qtbot: Any, tmp_path: Path
) -> None:
    file = write_kinds(tmp_path / "kinds.csv", 12, n_rows=240)
    file.write_text(file.read_text(encoding="utf-8").replace("kind ", "an uncommonly long kind "), encoding="utf-8")
    panel = show(qtbot, DataFitPanel(), *size)
    turn(panel, model_of(file))
    (plot,) = plots(panel)
    metrics, box = view_of(plot).fontMetrics(), plot.getViewBox()
    places = tick_texts(plot.getAxis("bottom"))
    assert len(places) > 2
    widths = [metrics.horizontalAdvance(text) for _, text in places]
    pixels = [place * box.width() / 12 for place, _ in places]
    gaps = [b - a - (v + w) / 2 for a, b, v, w in zip(pixels, pixels[1:], widths, widths[1:], strict=False)]
    assert min(gaps) >= 0
    texts = [text for _, text in tick_texts(plot.getAxis("left"))]
    assert texts[-1].startswith("an")
    # The ends, which differ, are kept: all of them, or every second where not all have room.
    apart = -(-12 // len(texts))
    assert [text[-1] for text in texts] == list("abcdefghijkl"[::apart])[::-1]
    assert apart == 1 or 12 * metrics.height() > box.height()
    assert max(map(metrics.horizontalAdvance, texts)) <= plot.getAxis("left").width() - 20


# --- All of them ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_axes_hold_still_and_items_stay(n_inputs: int, qtbot: Any, tmp_path: Path) -> None:
    model = model_of(write_kinds(tmp_path / "kinds.csv", 3, n_inputs))
    panel = shown(qtbot, model)
    (plot,) = plots(panel)
    ranges, drawn = plot.viewRange(), list(plot.items)
    for factor in (2.0, 0.1, 10.0):
        panel.show_frame(model.with_weights(factor).frame())
        settle()
    assert plot.viewRange() == ranges
    assert list(plot.items) == drawn


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_from_several_classes_to_two_and_back_nothing_is_left(n_inputs: int, qtbot: Any, tmp_path: Path) -> None:
    two = Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", n_inputs), "colour"))
    three = model_of(write_kinds(tmp_path / "kinds.csv", 3, n_inputs))
    panel = shown(qtbot, two)

    def look() -> list[Any]:
        plot = plots(panel)[0]
        axes = [plot.getAxis(side) for side in ("left", "bottom")]
        drawn = [id(one) for one in plot.items if one.isVisible()]
        texts = [[(round(place, 3), text) for place, text in tick_texts(axis)] for axis in axes]
        return [
            len(views(panel)),
            drawn,
            texts,
            [(axis.style["tickLength"], axis.grid) for axis in axes],
            axes[0].fixedWidth,
        ]

    before = look()
    turn(panel, three)
    assert look() != before
    # The scores of two classes have a plot of their own.
    assert (before[0], look()[0]) == (2 if n_inputs == 3 else 1, 1)
    turn(panel, two)
    assert look() == before


@pytest.mark.parametrize("n_inputs", [1, 2, 3])
def test_labels_with_signs_of_html_are_written_as_they_are(n_inputs: int, qtbot: Any, tmp_path: Path) -> None:
    file = write_kinds(tmp_path / "kinds.csv", 3, n_inputs)
    text = file.read_text(encoding="utf-8")
    for label, odd in (("kind a", "<b>x"), ("kind b", "R&amp;D"), ("kind c", "a < b")):
        text = text.replace(label, odd)
    file.write_text(text, encoding="utf-8")
    panel = shown(qtbot, model_of(file))
    if n_inputs == 1:
        assert {label.toPlainText() for label in items(panel, "classLabel")} == {"<b>x", "R&amp;D", "a < b"}
    elif n_inputs == 2:
        assert "R&amp;amp;D" in readout_text(panel)
        assert "&lt;b&gt;x" in readout_text(panel)
    else:
        texts = {text for _, text in tick_texts(plots(panel)[0].getAxis("bottom"))}
        assert texts == {"<b>x", "R&amp;D", "a < b"}


def test_seventy_classes_look_different() -> None:
    looks = {(class_colour(index), class_symbol(index)) for index in range(len(theme.colours().classes) * len(SYMBOLS))}
    assert len(looks) == len(theme.colours().classes) * len(SYMBOLS)


def lab(colour: str) -> Float64s:
    """CIE L*a*b* under D65 (IEC 61966-2-1, CIE 15)."""
    encoded = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return lab_of_linear(linear)


def lab_of_linear(linear: Float64s) -> Float64s:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ linear / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def as_seen(colour: str, by: Float64s) -> Float64s:
    """L*a*b* of ``colour`` with linear RGB changed by a matrix (Machado, Oliveira and Fernandes 2009, severity 1)."""
    encoded = np.array(QColor(colour).getRgbF()[:3])
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return lab_of_linear(np.clip(by @ linear, 0.0, 1.0))


PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_a_class_has_no_colour_that_means_something_else(colours: theme.Colours) -> None:
    taken = [colours.training, colours.validation, colours.penalty, colours.lam, colours.zero]
    for colour in colours.classes:
        assert min(np.linalg.norm(lab(colour) - lab(other)) for other in taken) > 20, colour
        # A curve or a word in it can be seen on the ground.
        assert contrast(colour, colours.background) > 2.95, colour
    for one, other in combinations(colours.classes, 2):
        assert np.linalg.norm(lab(one) - lab(other)) > 25, (one, other)
        for eye in (PROTANOPIA, DEUTERANOPIA):
            assert np.linalg.norm(as_seen(one, eye) - as_seen(other, eye)) > 14, (one, other)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_points_can_be_seen_on_every_map(colours: theme.Colours) -> None:
    grounds = [*colours.first_ground, *colours.second_ground, *colours.value_stops]
    for colour in (colours.training, colours.validation):
        assert contrast(colour, colours.background) >= 3, colour
        assert min(np.linalg.norm(lab(colour) - lab(ground)) for ground in grounds) > 30, colour
    # The fill tells the classes; the rim is in the colour of its rows.
    assert contrast(colours.first_class, colours.second_class) > 7
    assert contrast(colours.second_class, colours.second_ground[1]) > 3


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, 1.4.11."""
    high, low = sorted((((lab(colour)[0] + 16) / 116) ** 3 for colour in (one, other)), reverse=True)
    return float((high + 0.05) / (low + 0.05))


def test_a_key_fits_its_line_or_takes_two(qtbot: Any, qapp: Any) -> None:
    metrics = QFontMetrics(qapp.font())
    classes = ("setosa", "versicolor", "virginica")
    assert re.sub("<[^>]*>", "", class_key(classes, metrics, 600)).split(" &nbsp; ") == [
        "●&nbsp;setosa", "■&nbsp;versicolor", "▲&nbsp;virginica"
    ]  # fmt: skip
    long = tuple(f"an uncommonly long kind {letter}" for letter in "abcdefghij")
    lines = class_key(long, metrics, 400).split("<br>")
    assert len(lines) == 2
    for line in lines:
        text = re.sub("<[^>]*>", "", line).replace("&nbsp;", "\u00a0")
        assert metrics.horizontalAdvance(text) <= 400
    # Legible: as many as fit, not ten that begin and end alike.
    assert lines[1].endswith(f"and {10 - ''.join(lines).count('#')} more")
    thirty = tuple(f"class {number}" for number in range(30))
    key = re.sub("<[^>]*>", "", class_key(thirty, metrics, 350).replace("<br>", " &nbsp; "))
    entries = [entry.split("&nbsp;")[-1] for entry in key.split(" &nbsp; ")]
    assert "…" not in key
    assert 4 <= len(entries) - 1 < 30
    assert entries == [*thirty[: len(entries) - 1], f"and {31 - len(entries)} more"]
    assert elided("kind a", metrics, 600) == "kind a"


def test_what_is_short_is_not_cut() -> None:
    assert fair_share([10, 20, 30], 60) == 30
    assert fair_share([10, 100, 100], 110) == 50
    assert fair_share([100, 100], 50) == 25
