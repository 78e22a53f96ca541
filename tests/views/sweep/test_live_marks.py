"""Marks of the live model over λ, its line, and the numbers that the panel hands out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from plot_items import settle
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget
from sweep_curves import LAMBDAS, make_curve

from regdesk.core.run.live_trail import TrailColumns
from regdesk.core.sweep.view import SweepView
from regdesk.views.kit import theme
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels
from regdesk.views.sweep.axes import LambdaRange, LossRange, losses_view
from regdesk.views.sweep.live_marks import LambdaLine, LiveMarks
from regdesk.views.sweep.panel import LambdaPanel

PIXEL = 0.01


class Drawn:
    """A plot of losses over λ with marks and the line in it."""

    def __init__(self, qtbot: Any) -> None:
        self.lambdas, self.losses = LambdaRange(), LossRange()
        self.view, self.plot = losses_view(self.lambdas)
        qtbot.addWidget(self.view)
        self.view.resize(500, 300)
        self.view.show()
        settle()
        self.plot.setRange(xRange=self.lambdas.ends, yRange=(0.0, 1.0), padding=0)
        self.marks, self.line = LiveMarks(self.plot), LambdaLine(self.plot)
        self.marks.apply_theme()
        self.line.apply_theme()

    def show(self, lambdas: list[float], train: list[float], validation: list[float]) -> bool:
        trail = TrailColumns(np.array(lambdas), np.array(train), np.array(validation))
        return self.marks.show(trail, self.lambdas, PIXEL)

    @property
    def data(self) -> list[list[list[float]]]:
        return [[list(one) for one in item.getData()] for item in (self.marks.train, self.marks.validation)]


def test_each_loss_has_a_mark_where_it_is_known(qtbot: Any) -> None:
    drawn = Drawn(qtbot)
    assert drawn.show([0.1, 0.0], [0.5, 0.6], [0.7, np.nan])
    off = drawn.lambdas.off
    assert drawn.data == [[[-1.0, off], [0.5, 0.6]], [[-1.0], [0.7]]]
    pens = [one.opts["pen"].color().name() for one in (drawn.marks.train, drawn.marks.validation)]
    assert pens == [theme.colours().training.lower(), theme.colours().validation.lower()]
    pixels = PlotPixels(drawn.plot.vb)
    points = drawn.marks.points(pixels)
    assert len(points) == 15, "the middle of three marks, and their corners"
    middle = np.array([pixels.x_px(-1.0), pixels.y_px(0.5)])
    own = points[np.abs(points - middle).max(axis=1) < 8.0] - middle
    assert sorted(map(tuple, own.round(6).tolist())) == sorted(
        [(0.0, 0.0), (own[:, 0].min(), 0.0), (own[:, 0].max(), 0.0), (0.0, own[:, 1].min()), (0.0, own[:, 1].max())]
    )
    assert own[:, 0].max() == -own[:, 0].min() == own[:, 1].max() == -own[:, 1].min() > 2.0
    drawn.marks.clear()
    assert drawn.marks.points(pixels).shape == NO_POINTS.shape
    assert drawn.show([0.1], [0.5], [0.7])


def test_what_would_not_move_by_a_share_of_a_pixel_is_painted_when_it_rests(qtbot: Any) -> None:
    drawn = Drawn(qtbot)
    drawn.show([0.1], [0.5], [0.7])
    near = 0.5 + 0.01 * PIXEL
    assert not drawn.show([0.1], [0.5], [0.7])
    assert not drawn.show([0.1], [near], [0.7])
    assert drawn.data[0][1] == [0.5]
    assert drawn.show([0.1], [near], [0.7]), "the same once more: it rests"
    assert drawn.data[0][1] == [near]
    assert not drawn.show([0.1], [near], [0.7])
    assert drawn.show([0.1], [near + 0.5 * PIXEL], [0.7])
    assert drawn.show([0.1], [near + 0.5 * PIXEL], [0.7 + 0.5 * PIXEL])
    assert drawn.show([0.100001], [near + 0.5 * PIXEL], [0.7 + 0.5 * PIXEL]), "another λ is another place"
    assert drawn.show([0.1, 1.0], [0.5, 0.5], [0.7, 0.7])


def test_the_line_stands_at_lambda_and_its_name_beside_it(qtbot: Any) -> None:
    drawn = Drawn(qtbot)
    drawn.line.show(0.01, drawn.lambdas, drawn.losses)
    assert drawn.line.line.value() == -2.0
    assert drawn.line.label.toPlainText() == "λ 0.01"
    drawn.line.show(0.0, drawn.lambdas, drawn.losses)
    assert drawn.line.line.value() == drawn.lambdas.off
    assert drawn.line.label.toPlainText() == "λ off"
    drawn.line.line.moving = True
    drawn.line.show(0.1, drawn.lambdas, drawn.losses)
    assert drawn.line.line.value() == drawn.lambdas.off, "it stays in the hand"
    drawn.line.line.moving = False
    drawn.line.show(0.01, drawn.lambdas, drawn.losses)
    assert list(drawn.line.line.bounds()) == [drawn.lambdas.off, drawn.lambdas.ends[1]]
    assert drawn.line.memory() == []
    pixels = PlotPixels(drawn.plot.vb)
    drawn.line.place_label(pixels, (), NO_POINTS)
    box = drawn.line.box
    assert box is not None
    at = pixels.x_px(-2.0)
    assert at + 2.0 <= box.left() < at + 5.0, "in the left half it stands to the right, and does not interrupt the line"
    assert box.top() == pytest.approx(0.58 * pixels.area.height())
    assert drawn.line.memory() == [
        0.01, pixels.area.width(), pixels.area.height(), box.left(), box.top(), box.width(), box.height(),
    ]  # fmt: skip
    assert pixels.area.contains(box)
    drawn.line.place_label(pixels, (), np.array([[box.center().x(), box.center().y()]]))
    moved = drawn.line.box
    assert moved is not None
    assert not moved.contains(box.center())
    drawn.line.place_label(pixels, [QRectF(moved)], np.array([[box.center().x(), box.center().y()]]))
    assert drawn.line.box is None or not drawn.line.box.intersects(moved)
    # Beside flags it goes to the side where it interrupts none of their lines, and back when they are gone.
    drawn.line.place_label(pixels, (), NO_POINTS, [at + 10.0, at + 20.0, at - 200.0])
    assert drawn.line.box is not None
    assert at - 5.0 < drawn.line.box.right() <= at - 2.0
    drawn.line.place_label(pixels, (), NO_POINTS)
    assert drawn.line.box == box
    pens = drawn.line.line.pen, drawn.line.line.hoverPen
    assert [one.color().name() for one in pens] == [theme.colours().lam.lower()] * 2
    assert pens[0].width() < pens[1].width(), "it can be taken"


def test_the_panel_hands_out_the_numbers_of_its_curves(qtbot: Any) -> None:
    panel = LambdaPanel()
    qtbot.addWidget(panel)
    assert panel.data_columns() == []
    curve = make_curve(25, 15, 28, 20)
    panel.show_sweep(SweepView(curve, False, False, False, "", is_linear=True))
    columns = panel.data_columns()
    assert [one.name.split(" ")[0] for one in columns] == ["λ", "training", "validation", "standard", "weights"]
    values = [np.asarray(one.cells) for one in columns]
    wanted = (LAMBDAS, curve.train_loss, curve.validation_loss, curve.validation_se, curve.n_nonzero)
    for found, one in zip(values, wanted, strict=True):
        np.testing.assert_array_equal(found, one)
    assert isinstance(panel, QWidget)


@pytest.mark.parametrize("n_fields", [0, 6, 8])
def test_a_memory_of_another_form_is_none(qtbot: Any, n_fields: int) -> None:
    line = Drawn(qtbot).line
    line.bring_back([1.0] * n_fields)
    assert line.memory() == []
