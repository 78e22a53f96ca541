"""Two classes: ROC, threshold, figures and scores hold scikit-learn's numbers and stand where there is room."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from plot_items import hover, item, items, plots, readout_text, settle, show, tick_texts, views
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from sklearn.metrics import accuracy_score, average_precision_score, roc_auc_score, roc_curve
from tables import write_classes

from regdesk.core.model.ranking import N_SCORE_BINS, rank
from regdesk.core.types import Float64s
from regdesk.core.words.number_text import fixed_text
from regdesk.views.fit.axes import AxisName, share_ticks
from regdesk.views.fit.panel import DataFitPanel
from regdesk.views.fit.readout import wrapped
from regdesk.views.fit.roc_picture import label_place
from regdesk.views.plots.free_place import PlotPixels, n_covered


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    """Of four inputs, so that there is a ROC."""
    return Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", n_rows=160), "colour"))


@pytest.fixture
def panel(model: Canned, qtbot: Any) -> DataFitPanel:
    panel = show(qtbot, DataFitPanel(), 700, 420)
    panel.show_scene(model.scene)
    panel.show_frame(model.frame())
    settle()
    return panel


def judged(model: Canned) -> tuple[Float64s, Float64s]:
    """Class, 0 or 1, and log-odds of each validation row."""
    rows = model.dataset.split.validation
    return model.dataset.targets[rows], model.outputs(model.dataset.inputs[rows])[:, 0]


def test_two_classes_have_both_rocs_and_their_scores(model: Canned, panel: DataFitPanel) -> None:
    split = model.dataset.split
    for name, rows in (("validationRoc", split.validation), ("trainingRoc", split.train)):
        logits = model.outputs(model.dataset.inputs[rows])[:, 0]
        expected = roc_curve(model.dataset.targets[rows], logits, drop_intermediate=False)[:2]
        np.testing.assert_allclose(item(panel, name).getData(), expected)
    labels, logits = judged(model)
    figures = [float(text) for text in re.findall(r"\d\.\d+", panel.readout)]
    wanted = [
        accuracy_score(labels, logits > 0),
        roc_auc_score(labels, logits),
        average_precision_score(labels, logits),
    ]
    assert figures == pytest.approx(wanted, abs=6e-3)
    written = re.findall(r"\d\.\d+", item(panel, "rocFigures").toPlainText())
    assert [float(one) for one in written[:2]] == figures[1:]
    (x,), (y,) = item(panel, "rocThreshold").getData()
    assert (x, y) == pytest.approx(((logits[labels == 0] > 0).mean(), (logits[labels == 1] > 0).mean()))
    probabilities = 1 / (1 + np.exp(-logits))
    all_bars = items(panel, "classScores")
    for k, (bars, label) in enumerate(zip(all_bars, items(panel, "scoreLabel"), strict=True)):
        edges, heights = bars.getData()
        np.testing.assert_array_equal(heights, np.histogram(probabilities[labels == k], edges)[0])
        assert label.toPlainText().split("\n")[0] == model.dataset.classes[k]
    # The second cue beside the colour.
    styles = [bars.opts["brush"].style() for bars in all_bars]
    assert styles == [Qt.BrushStyle.SolidPattern, Qt.BrushStyle.NoBrush]
    assert item(panel, "evenOdds").value() == 0.5


def test_roc_and_scores_are_read_under_the_pointer(model: Canned, panel: DataFitPanel, qtbot: Any) -> None:
    labels, logits = judged(model)
    probabilities = 1 / (1 + np.exp(-logits))
    x, y, thresholds = roc_curve(labels, probabilities, drop_intermediate=False)
    roc, scores = plots(panel)
    assert hover(qtbot, panel, roc, x[5], y[5]) == (
        f"validation rows, called red: probability {thresholds[5]:.3f} or more\n"
        f"true positives: {100 * y[5]:.1f} % of red\nfalse positives: {100 * x[5]:.1f} % of blue"
    )
    # The bin that holds the most rows of the second class.
    counts = [np.histogram(probabilities[labels == k], np.linspace(0, 1, N_SCORE_BINS + 1))[0] for k in (0, 1)]
    fullest = int(counts[1].argmax())
    assert counts[1][fullest] > 1
    assert hover(qtbot, panel, scores, (fullest + 0.5) / N_SCORE_BINS, 1.0) == (
        f"probability {fullest / N_SCORE_BINS:.2f} to {(fullest + 1) / N_SCORE_BINS:.2f}\n"
        f"blue: {counts[0][fullest]} of {(labels == 0).sum()} rows\n"
        f"red: {counts[1][fullest]} of {(labels == 1).sum()} rows"
    )


def test_it_is_side_by_side_where_it_is_wide_and_words_take_the_room_there_is(
    model: Canned, panel: DataFitPanel, qtbot: Any
) -> None:
    def geometries() -> list[Any]:
        return [view.geometry() for view in views(panel)]

    roc, scores = geometries()
    assert scores.left() > roc.right()
    assert scores.top() == roc.top()
    panel.resize(320, 640)
    settle()
    roc, scores = geometries()
    assert scores.top() > roc.bottom()
    # The names of the axes are cut and stand in the middle, wherever the layout has been.
    for plot in plots(panel):
        axis = plot.getAxis("bottom")
        middle = axis.label.pos().x() + axis.label.boundingRect().width() / 2
        assert middle == pytest.approx(axis.size().width() / 2, abs=3)
        assert axis.label.boundingRect().width() <= axis.size().width() + 12
    panel.resize(400, 300)
    settle()
    roc, scores = geometries()
    assert scores.left() > roc.right()
    for plot, name in zip(plots(panel), ("false positives", "probability of red"), strict=True):
        axis = plot.getAxis("bottom")
        assert plot.getViewBox().width() < 200
        assert axis.label.toPlainText().strip() == name
        assert [text for _, text in tick_texts(axis) if text] == ["0", "0.5", "1"]
    # The figures that nothing else shows where it is narrow are not cut off.
    panel.show_again()
    precision = f"average precision {fixed_text(model.fit().average_precision)}"
    assert precision in re.sub("<br>", " ", readout_text(panel))


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)])
def test_the_threshold_is_named_inside_its_plot_and_not_on_itself(
    place: tuple[float, float], model: Canned, panel: DataFitPanel
) -> None:
    panel.resize(400, 300)
    fit = model.fit()
    two = fit.scores_of_two
    assert two is not None
    frame = model.frame()
    moved = replace(fit, scores_of_two=replace(two, even_odds=place))
    panel.show_frame(replace(frame, snapshot=replace(frame.snapshot, fit=moved)))
    settle()
    label = next(one for one in plots(panel)[0].items if one.objectName() == "rocThresholdLabel")
    box = plots(panel)[0].getViewBox()
    shown = QRectF(box.mapViewToScene(label.pos()), label.boundingRect().size())
    assert box.sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(shown)
    assert not shown.contains(box.mapViewToScene(QPointF(*place)))


@pytest.mark.parametrize("size", [(900, 620), (400, 260)])
def test_where_no_place_is_free_the_threshold_stands_without_words(
    size: tuple[int, int], model: Canned, panel: DataFitPanel
) -> None:
    panel.resize(*size)
    settle()
    panel.show_again()
    plot = plots(panel)[0]
    pixels = PlotPixels(plot.getViewBox())
    curves = np.concatenate([pixels.line(*item(panel, name).getData()) for name in ("validationRoc", "trainingRoc")])
    labels = items(panel, "rocThresholdLabel")
    for label in labels:
        place = plot.getViewBox().mapRectFromItem(label, label.boundingRect())
        assert n_covered(place, curves, 0.0) == 0
    # There is room in the large one, and none in the small one.
    assert bool(labels) == (size == (900, 620))


def test_no_words_are_on_the_diagonal_of_chance(model: Canned, panel: DataFitPanel) -> None:
    n_seen = {"rocThresholdLabel": 0, "rocFigures": 0}
    for width in range(500, 1000, 25):
        panel.resize(width, 420)
        settle()
        panel.show_again()
        box = plots(panel)[0].getViewBox()
        chance = PlotPixels(box).line(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
        for name in n_seen:
            for label in items(panel, name):
                n_seen[name] += 1
                place = box.mapRectFromItem(label, label.boundingRect())
                assert n_covered(place, chance, 0.0) == 0, (width, name)
    # Where there is no room for one of them, it is left out.
    assert all(n_seen.values())
    assert min(n_seen.values()) < 20


def test_the_areas_stand_where_the_curves_are_not(model: Canned, panel: DataFitPanel) -> None:
    """Right below the diagonal, and left above it where the model ranks the wrong way round."""
    panel.resize(900, 620)
    settle()
    fit = model.fit()
    two = fit.scores_of_two
    assert two is not None
    targets, logits = judged(model)
    for sign, side in ((1.0, "below"), (-1.0, "above")):
        ranked = rank(targets, sign * logits)
        frame = model.frame()
        turned = replace(fit, scores_of_two=replace(two, validation=ranked, train=ranked))
        panel.show_frame(replace(frame, snapshot=replace(frame.snapshot, fit=turned)))
        settle()
        figures, box = item(panel, "rocFigures"), plots(panel)[0].getViewBox()
        middle = box.mapSceneToView(figures.mapRectToScene(figures.boundingRect()).center())
        assert (middle.y() < middle.x()) == (side == "below")
        # Along the edge that they stand at.
        assert ('align="right"' in figures.textItem.toHtml()) == (side == "below")


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
    # Where nothing of the label has room the program's words stand alone, whole or not at all; a name alone is cut.
    alone = metrics.horizontalAdvance("probability of")
    assert name.fitted(metrics, alone) == "probability of"
    assert name.fitted(metrics, alone - 1) == ""
    column = AxisName(("temperature_in_the_shade",), "temperature_in_the_shade")
    assert re.fullmatch("t.*….*e", column.fitted(metrics, metrics.horizontalAdvance("temperature")))
    assert [text for _, text in share_ticks(200, 34)[0]] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert [text for _, text in share_ticks(105, 34)[0]] == ["0", "0.5", "1"]
    assert share_ticks(60, 34)[0] == [(0.0, "0"), (1.0, "1")]
    sentences = ["Accuracy 0.754, AUROC 0.820 on <b> rows.", "Slice: two."]
    assert wrapped(sentences, metrics, 2000) == "Accuracy 0.754, AUROC 0.820 on &lt;b&gt; rows.<br>Slice: two."
    half = metrics.horizontalAdvance("Accuracy 0.754, AUROC 0.820")
    assert wrapped(sentences, metrics, half) == "Accuracy 0.754, AUROC 0.820<br>on &lt;b&gt; rows. Slice: two."
    # What is too long for two lines ends after a part of it, not within a word.
    verdict = (
        "R² 0.280. Overfitting: training loss 0.0210, validation loss 1.03; yet this is λ_best, and no λ of the sweep."
    )
    room = metrics.horizontalAdvance("Overfitting: training loss 0.0210, validation loss") + 2
    for wider in range(0, metrics.horizontalAdvance("1.03; yet this is λ_best, and no"), 7):
        said = wrapped([verdict], metrics, room + wider).replace("<br>", " ")
        assert said == verdict or (verdict.startswith(said) and verdict[len(said)] in ";,.")
