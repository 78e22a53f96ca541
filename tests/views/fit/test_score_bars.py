"""Bars of scores of two classes by themselves: how each class looks, where its name stands, how high the axis is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from canned import Canned, dataset_of
from plot_items import settle
from PySide6.QtCore import Qt
from tables import write_classes

from regdesk.core.model.ranking import N_SCORE_BINS
from regdesk.views.fit.score_histogram import HEADROOM, ScoreHistogram
from regdesk.views.kit import theme


@pytest.fixture
def model(tmp_path: Path) -> Canned:
    return Canned.of(dataset_of(write_classes(tmp_path / "classes.csv", 4), "colour"))


def drawn(qtbot: Any, model: Canned) -> ScoreHistogram:
    scores = ScoreHistogram()
    qtbot.addWidget(scores.view)
    scores.view.resize(500, 300)
    scores.view.show()
    scores.show_scene(model.scene)
    settle()
    return scores


def test_one_class_is_filled_and_the_other_has_a_stronger_outline(qtbot: Any, model: Canned) -> None:
    scores, colours = drawn(qtbot, model), theme.colours()
    first, second = (pg.mkPen(bars.opts["pen"]) for bars in scores.bars)
    fills = [pg.mkBrush(bars.opts["brush"]) for bars in scores.bars]
    assert fills[0].color().name() == colours.first_ground[0].lower()
    assert fills[1].style() == Qt.BrushStyle.NoBrush
    assert (first.width(), second.width()) == (1, 2), "without a fill the line alone says it"
    for ghost, pen in zip(scores.ghosts, (first, second), strict=True):
        own = pg.mkPen(ghost.opts["pen"])
        assert own.style() == Qt.PenStyle.DotLine
        assert own.color() == pen.color()
    assert [label.textItem.toPlainText().split("\n") for label in scores.labels] == [
        [model.scene.classes[0], "filled"], [model.scene.classes[1], "outlined"],
    ]  # fmt: skip
    left, right = scores.plot.viewRange()[0]
    assert [label.pos().x() for label in scores.labels] == [left, right]
    assert {label.pos().y() for label in scores.labels} == {scores.plot.viewRange()[1][1]}
    assert scores.threshold.value() == 0.5
    assert pg.mkPen(scores.threshold.pen).style() == Qt.PenStyle.DashLine
    scores.view.resize(120, 300)
    settle()
    assert [len(label.textItem.toPlainText().split("\n")) for label in scores.labels] == [1, 1]


def test_bars_count_rows_and_the_axis_has_room_for_names(qtbot: Any, model: Canned) -> None:
    scores, fit = drawn(qtbot, model), model.fit()
    assert fit.scores_of_two is not None
    scores.show_frame(fit)
    for bars, counts in zip(scores.bars, fit.scores_of_two.counts, strict=True):
        np.testing.assert_array_equal(bars.getData()[1], counts)
        assert len(bars.getData()[0]) == N_SCORE_BINS + 1
    top = scores.plot.viewRange()[1][1]
    assert top >= HEADROOM * fit.scores_of_two.counts.max()
    counts = np.zeros((2, N_SCORE_BINS), dtype=np.int64)
    counts[1, 3] = 10 * int(fit.scores_of_two.counts.max())
    scores.show_ghost(counts)
    assert all(ghost.isVisible() for ghost in scores.ghosts)
    np.testing.assert_array_equal(scores.ghosts[1].getData()[1], counts[1])
    assert scores.plot.viewRange()[1][1] >= HEADROOM * counts.max(), "a frozen bar is seen whole"
    scores.show_ghost(None)
    assert not any(ghost.isVisible() for ghost in scores.ghosts)
