"""The fit's pictures by hand and eye: ROC and scores, slices, ghosts, values under the pointer, both themes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from picture_driver import answers, dataset_of
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve
from window_driver import WindowDriver, write_classes, write_csv, write_curve, write_kinds, write_sparse

from regdesk.core.types import Float64s
from regdesk.core.words.number_text import fixed_text
from regdesk.views.fit.axes import AxisName, share_ticks
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.fit.readout import slice_sentence, wrapped
from regdesk.views.fit.roc_picture import label_place
from regdesk.views.kit import theme
from regdesk.views.plots.free_place import n_covered
from regdesk.views.plots.hover import HoverBubble


def numbers(driver: WindowDriver, inputs: Float64s) -> Float64s:
    return dataset_of(driver).target_scaler.invert(answers(driver, inputs))[:, 0]


def trained(make_window: Any, *arguments: Any) -> WindowDriver:
    driver = make_window(*arguments, "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 150)
    driver.pause()
    return driver


def write_flats(path: Path, n_rows: int = 90) -> Path:
    """Two numbers and a district, which a price depends on; the decimals make all of them numbers."""
    generator = np.random.default_rng(8)
    size, age = (generator.normal(size=(2, n_rows)) * 20 + 80).round(1)
    district = np.array(["harbour", "north", "south"])[generator.choice(3, n_rows, p=[0.2, 0.5, 0.3])]
    price = (3 * size - age + np.where(district == "harbour", 60, 0) + generator.normal(0, 9, n_rows)).round(1)
    return write_csv(path, ["size", "age", "district", "price"], [size, age, district, price])


def wait_picture(driver: WindowDriver, *columns: str) -> Any:
    """Until the panel shows a frame of that picture; the scene."""
    panel = driver.window.data_fit
    driver.wait(lambda: panel._scene.picture == columns and panel._fit_of(panel._frame) is not None)
    return panel._scene


def hover(driver: WindowDriver, view: Any, x: float, y: float) -> str:
    """Move the mouse to a place in the plot's own units; what the bubble says."""
    panel, window = driver.window.data_fit, driver.window
    shifts = [3.0, 0.0]

    def is_there() -> bool:
        # Anew each time: what was done before may still be moving the layout.
        place = view.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y))
        spot = view.mapFromScene(QPointF(place.x() + shifts[0], place.y()))
        if panel._pointer is not None and view.mapFromScene(panel._pointer) == spot:
            shifts.pop(0)
        else:
            QTest.mouseMove(window.windowHandle(), view.mapTo(window, spot))
        return not shifts

    driver.wait(is_there)
    driver.wait(lambda: panel._hover.isVisible())
    return panel._hover.text()


def test_two_classes_have_both_rocs_and_their_scores(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_classes(tmp_path / "classes.csv", n_rows=160))
    panel: DataFitPanel = driver.window.data_fit
    dataset, scores, roc = dataset_of(driver), panel._scores, panel._roc
    split = dataset.split
    for curve, rows in ((roc.curve, split.validation), (roc.train, split.train)):
        logits = answers(driver, dataset.inputs[rows])[:, 0]
        expected = roc_curve(dataset.targets[rows], logits, drop_intermediate=False)[:2]
        np.testing.assert_allclose(curve.getData(), expected)
    labels, logits = dataset.targets[split.validation], answers(driver, dataset.inputs[split.validation])[:, 0]
    figures = [float(text) for text in re.findall(r"\d\.\d+", panel.readout)]
    wanted = [((logits > 0) == labels).mean(), roc_auc_score(labels, logits), average_precision_score(labels, logits)]
    assert figures == pytest.approx(wanted, abs=6e-3)
    assert [float(one) for one in re.findall(r"\d\.\d+", roc.figures.toPlainText())[:2]] == figures[1:]
    (x,), (y,) = roc.point.getData()
    assert (x, y) == pytest.approx(((logits[labels == 0] > 0).mean(), (logits[labels == 1] > 0).mean()))
    probabilities = 1 / (1 + np.exp(-logits))
    for k, (bars, label) in enumerate(zip(scores.bars, scores.labels, strict=True)):
        edges, heights = bars.getData()
        np.testing.assert_array_equal(heights, np.histogram(probabilities[labels == k], edges)[0])
        assert label.toPlainText().split("\n")[0] == dataset.classes[k]
    # The second cue beside the colour.
    styles = [bars.opts["brush"].style() for bars in scores.bars]
    assert styles == [Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush]
    assert scores.threshold.value() == 0.5
    _read_roc(driver, labels, probabilities)
    _turn(driver)


def _read_roc(driver: WindowDriver, labels: Float64s, probabilities: Float64s) -> None:
    panel = driver.window.data_fit
    x, y, thresholds = roc_curve(labels, probabilities, drop_intermediate=False)
    assert hover(driver, panel._view, x[5], y[5]) == (
        f"validation rows, called red: probability {thresholds[5]:.3f} or more\n"
        f"true positives: {100 * y[5]:.1f} % of red\nfalse positives: {100 * x[5]:.1f} % of blue"
    )
    counts = panel._scores.counts
    text = hover(driver, panel._scores.view, 0.02, 1.0)
    assert f"blue: {counts[0, 0]} of {counts[0].sum()} rows\nred: {counts[1, 0]} of" in text


def _turn(driver: WindowDriver) -> None:
    """Side by side where it is wide, one above the other where it is narrow."""
    panel, window = driver.window.data_fit, driver.window

    def is_wide() -> bool:
        roc, scores = panel._view.geometry(), panel._scores.view.geometry()
        return scores.left() > roc.right() and scores.top() == roc.top()

    assert is_wide()
    window.resize(1024, 900)
    driver.wait(lambda: not is_wide())
    driver.wait(lambda: panel._scores.view.geometry().top() > panel._view.geometry().bottom())
    # The names of the axes are cut and stand in the middle, wherever the layout has been.
    for plot in (panel._plot, panel._scores.plot):
        label, axis = plot.getAxis("bottom").label, plot.getAxis("bottom")
        driver.wait(lambda label=label, axis=axis: abs(_middle(label) - axis.size().width() / 2) < 3)
        assert label.boundingRect().width() <= axis.size().width() + 12
    window.resize(1024, 700)
    driver.wait(is_wide)
    driver.wait(lambda: panel._plot.getViewBox().width() < 200)
    for plot, name in ((panel._plot, "false positives"), (panel._scores.plot, "probability of red")):
        axis = plot.getAxis("bottom")
        assert axis.label.toPlainText().strip() == name
        labels = [text for _, text in axis._tickLevels[0]]
        assert labels == ["0", "0.5", "1"]
    # The figures that nothing else shows where it is narrow are not cut off.
    panel.show_again()
    assert f"average precision {fixed_text(driver.snapshot.fit.average_precision)}" in re.sub(
        "<br>", " ", panel._readout.text()
    )
    roc, box = panel._roc, panel._plot.getViewBox()
    for place in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)):
        roc.point.setData(*([one] for one in place))
        roc._place_label()
        corner = box.mapViewToScene(roc.point_label.pos())
        label = QRectF(corner, roc.point_label.boundingRect().size())
        assert box.sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(label)
        assert not label.contains(box.mapViewToScene(QPointF(*place)))
    window.resize(1440, 900)
    driver.wait(is_wide)


def _middle(label: Any) -> float:
    return float(label.pos().x() + label.boundingRect().width() / 2)


def test_the_label_of_a_point_is_where_there_is_room() -> None:
    room, label = QRectF(0, 0, 200, 100), QRectF(0, 0, 60, 16)
    figures = QRectF(100, 60, 100, 40)
    for point, taken, corner in (
        ((50, 50), QRectF(), (55, 55)),
        ((190, 20), QRectF(), (125, 25)),
        ((50, 95), QRectF(), (55, 74)),
        ((190, 95), QRectF(), (125, 74)),
        ((90, 60), figures, (25, 65)),
    ):
        assert label_place(QPointF(*point), label, room, taken).toTuple() == corner
    # Neither side has room.
    assert label_place(QPointF(40, 20), label, QRectF(0, 0, 80, 100), QRectF()).toTuple() == (10, 25)


def test_names_and_ticks_of_an_axis_take_the_room_there_is(qapp: Any) -> None:
    metrics = QFontMetrics(qapp.font())
    name = AxisName(("probability of vote = Dole the Second", "probability of Dole the Second"), "Dole the Second")
    widths = [metrics.horizontalAdvance(form) for form in name.forms]
    assert [name.fitted(metrics, width) for width in widths] == list(name.forms)
    cut = name.fitted(metrics, widths[1] - 20)
    assert re.fullmatch("probability of D.*….*d", cut)
    assert metrics.horizontalAdvance(cut) <= widths[1] - 20
    assert [text for _, text in share_ticks(200, 34)[0]] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert [text for _, text in share_ticks(105, 34)[0]] == ["0", "0.5", "1"]
    assert share_ticks(60, 34)[0] == [(0.0, "0"), (1.0, "1")]
    sentences = ["Accuracy 0.754, AUROC 0.820 on <b> rows.", "Slice: two."]
    assert wrapped(sentences, metrics, 2000) == "Accuracy 0.754, AUROC 0.820 on &lt;b&gt; rows.<br>Slice: two."
    half = metrics.horizontalAdvance("Accuracy 0.754, AUROC 0.820")
    assert wrapped(sentences, metrics, half) == "Accuracy 0.754, AUROC 0.820<br>on &lt;b&gt; rows. Slice: two."


def test_a_bubble_is_as_wide_as_its_panel_at_most_and_not_on_the_pointer(qtbot: Any) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    panel.resize(240, 150)
    panel.show()
    bubble, words = HoverBubble(panel), "model: " + ", ".join(f"class {k} 0.123" for k in range(6))
    for text in (words, "w" * 90, f"at width 3\n{words}"):
        for x in (0, 120, 239):
            for y in (0, 75, 149):
                bubble.show_text(text, QPoint(x, y))
                assert 0 <= bubble.x() <= bubble.geometry().right() < 240
                assert 0 <= bubble.y() <= bubble.geometry().bottom() < 150
                assert not bubble.geometry().contains(QPoint(x, y))
        assert bubble.wordWrap()
    assert bubble.height() == bubble.heightForWidth(240) > 3 * bubble.fontMetrics().height()
    # A short one is as it was.
    bubble.show_text("at 3", QPoint(10, 10))
    assert not bubble.wordWrap()
    assert bubble.size() == bubble.sizeHint()
    assert bubble.pos() == QPoint(24, 24)


def test_a_slice_is_chosen_by_keyboard_and_the_run_goes_on_as_it_was(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_flats(tmp_path / "flats.csv"), "--target", "price")
    panel, before, dataset = driver.window.data_fit, driver.state, dataset_of(driver)
    usual = np.median(dataset.inputs[dataset.split.train], axis=0)
    usual[2:] = [0.0, 1.0, 0.0]
    assert not driver.child("sliceFirstBox").isVisible()
    driver.press("fitPictureBox", Qt.Key.Key_Down)
    scene = wait_picture(driver, "size")
    x, y = panel._numbers.curve.getData()
    np.testing.assert_allclose(y, numbers(driver, np.column_stack([x, np.tile(usual[1:], (len(x), 1))])), rtol=1e-4)
    assert driver.child("sliceFirstBox").isVisible()
    assert "Slice: the other 2 columns at their medians or most frequent categories," in panel.readout
    assert panel.windowTitle() == "Data fit: slice along size"
    assert "This is a slice" in panel.help_text
    driver.choose("sliceFirstBox", "district")
    scene = wait_picture(driver, "district")
    assert scene.axis_categories == (("harbour", "north", "south"),)
    assert "Slice: the other 2 columns at their medians," in panel.readout
    only = [replace(scene, picture=("size", *more)) for more in ((), ("age",), ("district",))]
    assert "the other column at its most frequent category," in slice_sentence(only[1])
    assert "the other column at its median," in slice_sentence(only[2])
    all_categories = slice_sentence(replace(only[0], categorical=("age", "district")))
    assert "the other 2 columns at their most frequent categories," in all_categories
    x, y = panel._numbers.curve.getData()
    rows = np.column_stack([np.tile(usual[:2], (6, 1)), np.repeat(np.eye(3), 2, axis=0)])
    np.testing.assert_allclose(y, numbers(driver, rows), rtol=1e-4)
    assert [text for _, text in panel._plot.getAxis("bottom")._tickLevels[0]] == ["harbour", "north", "south"]
    text = hover(driver, panel._view, 0.1, y[0])
    assert "at district harbour" in text
    driver.press("fitPictureBox", Qt.Key.Key_Down)
    # Both axes cannot be the same column: the second one takes another, and changes places with the first.
    scene = wait_picture(driver, "district", "age")
    driver.choose("sliceSecondBox", "district")
    scene = wait_picture(driver, "age", "district")
    image = panel._numbers.map.image
    assert image.shape == (3, len(scene.grid[0]))
    rows = np.column_stack([np.full(81, usual[0]), scene.grid[0], np.tile([0, 0, 1], (81, 1))])
    np.testing.assert_allclose(image[2], numbers(driver, rows), rtol=1e-4)
    after = driver.state
    for key in ("epoch", "weights_digest", "lam", "train_loss", "running"):
        assert after[key] == before[key]
    # A new split keeps it, and so does training on.
    driver.click_action("newSeedAction")
    driver.wait_state(epoch=0)
    wait_picture(driver, "age", "district")
    driver.run()
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    assert panel._scene.picture == ("age", "district")
    assert driver.child("fitPictureBox").currentIndex() == 2
    # The menu leads back.
    panel.menu_actions()[0].trigger()
    assert wait_picture(driver).kind == "parity"


def test_a_frame_of_another_scene_is_not_drawn(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_sparse(tmp_path / "sparse.csv"))
    panel, old = driver.window.data_fit, driver.frame
    panel.freeze()
    for ghost, now in (
        (panel._ghost.train, panel._numbers.train),
        (panel._ghost.validation, panel._numbers.validation),
    ):
        np.testing.assert_array_equal(ghost.getData(), now.getData())
        assert ghost.isVisible()
    panel._picture_row.choose_kind(1)
    wait_picture(driver, "a")
    assert not panel._ghost.train.isVisible()
    readout, curve = panel.readout, panel._numbers.curve.getData()[1].copy()
    panel.show_frame(old)
    np.testing.assert_array_equal(panel._numbers.curve.getData()[1], curve)
    assert panel.readout == readout


def test_several_classes_in_slices(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_kinds(tmp_path / "kinds.csv", 3), "--target", "kind")
    panel, dataset = driver.window.data_fit, dataset_of(driver)
    usual = np.median(dataset.inputs[dataset.split.train], axis=0)
    driver.controller._on_picture_chosen(("x1",))
    scene = wait_picture(driver, "x1")
    rows = np.tile(usual, (len(scene.grid[0]), 1))
    rows[:, 1] = scene.grid[0]
    outputs = answers(driver, rows)
    powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    expected = powers / powers.sum(axis=1, keepdims=True)
    for curve, column in zip(panel._class_curves.curves, expected.T, strict=True):
        np.testing.assert_allclose(curve.getData()[1], column, rtol=1e-3, atol=1e-5)
    index = len(scene.grid[0]) // 2
    text = hover(driver, panel._view, float(scene.grid[0][index]), 0.5)
    likeliest = dataset.classes[expected[index].argmax()]
    assert f"model: {likeliest} {expected[index].max():.3f}" in text
    panel.freeze()
    assert len(panel._ghost.lines) == 3
    driver.controller._on_picture_chosen(())
    wait_picture(driver)
    assert panel._ghost.lines == []
    counts = panel._confusion.item.counts
    panel.freeze()
    text = hover(driver, panel._view, 1.5, 0.5)
    assert text == (
        f"actual kind: kind c\npredicted: kind b\n{counts[2, 1]} validation rows, "
        f"{100 * counts[2, 1] / counts[2].sum():.0f} % of {counts[2].sum()}\nfrozen: {counts[2, 1]}"
    )
    driver.controller._on_picture_chosen(("x0", "x1"))
    wait_picture(driver, "x0", "x1")
    panel.freeze()
    # The ghost's edges part cells of different classes.
    x, y = panel._ghost.lines[0].getData()
    classes = driver.snapshot.fit.surface_classes
    n_changes = np.count_nonzero(classes[1:] != classes[:-1]) + np.count_nonzero(classes[:, 1:] != classes[:, :-1])
    assert len(x) == len(y) == 2 * n_changes > 0


def test_the_ghost_stays_over_a_reset_and_goes_with_the_data(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_curve(tmp_path / "curve.csv"), "--lam", "0")
    panel, score = driver.window.data_fit, driver.snapshot.fit.score
    frozen = [values.copy() for values in panel._numbers.curve.getData()]
    panel.freeze()
    driver.click("lambdaPreset4")
    driver.run()
    epoch = driver.state["epoch"]
    driver.wait_state(epoch=lambda now: now > epoch + 100)
    driver.pause()
    (ghost,) = panel._ghost.lines
    np.testing.assert_array_equal(ghost.getData(), frozen)
    assert np.abs(panel._numbers.curve.getData()[1] - frozen[1]).max() > 0.1
    assert ghost.opts["pen"].style() == Qt.PenStyle.DotLine
    assert f"Frozen fit (dotted): R² {fixed_text(score)}." in panel.readout
    x, y = driver.snapshot.fit.scene.grid[0][100], driver.snapshot.fit.surface[100]
    assert f"model: degrees {y:.3g}\nfrozen: degrees {frozen[1][100]:.3g}" in hover(driver, panel._view, x, y)
    train = panel._scene.train_places[3, 0], panel._scene.train_targets[3]
    assert f"training row: hour {train[0]:.3g}, degrees {train[1]:.3g}" in hover(driver, panel._view, *train)
    panel.show_training_action.trigger()
    assert not panel._numbers.train.isVisible()
    assert "training row" not in hover(driver, panel._view, *train)
    panel.show_training_action.trigger()
    for action in ("resetAction", "newSeedAction"):
        driver.click_action(action)
        driver.wait_state(epoch=0)
        driver.wait(lambda: panel._fit_of(panel._frame) is not None)
        assert len(panel._ghost.lines) == 1
    panel.thaw()
    assert panel._ghost.lines == []
    assert "Frozen" not in panel.readout
    panel.freeze()
    assert len(panel._ghost.lines) == 1
    driver.controller.open_file(str(write_classes(tmp_path / "classes.csv", 2)))
    driver.wait_state(file=lambda name: name.endswith("classes.csv"), weights_digest=lambda digest: digest is not None)
    assert panel._ghost.lines == []


def test_level_lines_of_a_frozen_map_are_where_the_model_says_so(make_window: Any, tmp_path: Path) -> None:
    driver = trained(make_window, write_classes(tmp_path / "classes.csv", 2))
    panel = driver.window.data_fit
    panel.freeze()
    x, y = panel._ghost.lines[0].getData()
    probabilities = 1 / (1 + np.exp(-answers(driver, np.column_stack([x, y]))[:, 0]))
    assert len(x) > 20
    # Straight between neighbours of the grid.
    assert np.abs(probabilities - 0.5).max() < 0.03
    scene, fit = panel._scene, driver.snapshot.fit
    text = hover(driver, panel._view, float(scene.grid[0][40]), float(scene.grid[1][40]))
    assert f"model: red, probability {fit.surface[40, 40]:.3f}" in text


@pytest.mark.parametrize("n_classes", [0, 2, 3])
def test_everything_takes_on_the_dark_colours_while_paused(n_classes: int, make_window: Any, tmp_path: Path) -> None:
    file = write_kinds(tmp_path / "kinds.csv", n_classes, 2) if n_classes else write_sparse(tmp_path / "sparse.csv")
    driver = make_window(file, *(["--target", "kind"] if n_classes else []))
    driver.wait_model()
    panel = driver.window.data_fit
    panel.freeze()
    application = QApplication.instance()
    try:
        theme.apply_theme(application, theme.DARK)
        driver.window.apply_theme()
        dark = theme.DARK
        if n_classes == 3:
            points = panel._class_map.points.validation.points()
            assert {point.brush().color().name().upper() for point in points} == {dark.background}
            assert {point.pen().color().name().upper() for point in points} == set(dark.classes[:3])
            # All are as good as a guess at first, so that the map is nearly the ground.
            assert panel._class_map._image.image.mean() < 90
            assert all(line.opts["pen"].color() == QColor(dark.quiet_text) for line in panel._ghost.lines)
        else:
            assert {point.pen().color().name().upper() for point in panel._numbers.train.points()} == {dark.training}
            assert panel._numbers.validation.points()[0].pen().color() == QColor(dark.validation)
        if n_classes == 2:
            fills = {point.brush().color().name().upper() for point in panel._numbers.train.points()}
            assert fills == {dark.first_class, dark.second_class}
            assert panel._numbers.map.getColorMap().getColors()[-1][:3].tolist() == list(
                QColor(dark.second_ground[1]).getRgb()[:3]
            )
        assert panel._fit_of(panel._frame) is driver.snapshot.fit
    finally:
        theme.apply_theme(application, theme.LIGHT)
        driver.window.apply_theme()


def test_where_no_place_is_free_the_threshold_stands_without_words(make_window: Any) -> None:
    driver = make_window("--sample", "vote-1996", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 200)
    driver.pause()
    roc, seen = driver.window.data_fit._roc, []
    for size in ((1600, 1000), (1024, 700)):
        driver.window.resize(*size)
        driver.wait_still()
        label, box = roc.point_label, roc._box
        seen.append(label.isVisible())
        place = box.mapRectFromItem(label, label.boundingRect())
        assert not label.isVisible() or n_covered(place, roc._points(), 0.0) == 0
    # At the larger size there may be room or not: that depends on how far the model has come.
    assert not seen[1]
