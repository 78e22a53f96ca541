"""Marks of the λ panel and the words for them: one shape, one meaning, whatever the room."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from plot_items import item, settle, show
from PySide6.QtGui import QTextDocumentFragment
from sweep_curves import LAMBDAS, make_curve

from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.view import SweepView
from regdesk.views.history.marks import BestMark
from regdesk.views.plots.free_place import NO_POINTS, PlotPixels
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, VALIDATION_SYMBOL
from regdesk.views.sweep.axes import LambdaRange, losses_view
from regdesk.views.sweep.live_marks import LambdaLine
from regdesk.views.sweep.loss_axis import LossAxis
from regdesk.views.sweep.panel import LambdaPanel
from regdesk.views.sweep.texts import LambdaLegend

CURVE = make_curve(25, 15, 28, 20)
OPEN = replace(CURVE, converged=np.arange(len(LAMBDAS)) != 7)


def view(curve: SweepCurve = CURVE) -> SweepView:
    return SweepView(curve, False, False, False, "", is_linear=True)


@pytest.fixture
def panel(qtbot: Any) -> LambdaPanel:
    found = LambdaPanel()
    show(qtbot, found, 700, 500)
    found.show_lambda(0.01, True)
    return found


def words_of(legend: LambdaLegend) -> str:
    return QTextDocumentFragment.fromHtml(legend.text()).toPlainText().replace("\xa0", " ")


def test_a_circle_is_of_training_and_a_diamond_of_validation(panel: LambdaPanel) -> None:
    panel.show_sweep(view())
    for name in ("sweptTrainingLoss", "liveTrainingLoss"):
        assert symbol_of(item(panel, name)) == TRAINING_SYMBOL
    for name in ("sweptValidationLoss", "liveValidationLoss"):
        assert symbol_of(item(panel, name)) == VALIDATION_SYMBOL
    plot = item(panel, "lossPlot")
    assert symbol_of(BestMark(plot).spot) == VALIDATION_SYMBOL


def symbol_of(mark: Any) -> str:
    return str(mark.opts["symbol"])


def test_the_legend_names_what_is_drawn_and_nothing_else(panel: LambdaPanel) -> None:
    legend = panel.findChild(LambdaLegend)
    assert isinstance(legend, LambdaLegend)
    assert words_of(legend) == "○ training ◇ validation · live"
    panel.show_sweep(view())
    settle()
    assert words_of(legend) == "● training ◆ validation ± standard error · ○ ◇ live"
    panel.show_sweep(view(OPEN))
    settle()
    assert words_of(legend).endswith("○ ◇ live · × not converged")


@pytest.mark.parametrize("width_px", [600, 420, 300, 240, 190])
def test_live_marks_are_named_in_any_room(panel: LambdaPanel, width_px: int) -> None:
    panel.show_sweep(view(OPEN))
    legend = panel.findChild(LambdaLegend)
    assert isinstance(legend, LambdaLegend)
    legend.resize(width_px, legend.height())
    words = words_of(legend)
    assert re.search("○ ◇ live", words)
    assert not legend.is_elided


def test_a_low_plot_gives_its_curves_the_line_of_a_name(panel: LambdaPanel, qtbot: Any) -> None:
    panel.show_sweep(view())
    axis = item(panel, "lossPlot").getAxis("top")
    qtbot.waitUntil(axis.label.isVisible)
    high = axis.height()
    panel.resize(700, 220)
    qtbot.waitUntil(lambda: not axis.label.isVisible() and axis.height() < high)
    panel.resize(700, 500)
    qtbot.waitUntil(lambda: axis.label.isVisible() and axis.height() == high)
    settle()


def test_a_label_that_stepped_aside_is_brought_back_to_where_it_stood(qtbot: Any) -> None:
    lambdas, losses = LambdaRange(), LossAxis(lambda _curve: 1.0)
    view, plot = losses_view(lambdas)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    settle()
    plot.setRange(xRange=lambdas.ends, yRange=(0.0, 1.0), padding=0)
    lines = []
    for _ in range(2):
        line = LambdaLine(plot)
        line.show(0.01, lambdas, losses)
        lines.append(line)
    pixels = PlotPixels(plot.vb)
    lines[1].place_label(pixels, (), NO_POINTS)
    usual = lines[1].box
    assert usual is not None
    middle = usual.center()
    # Something passed there, and has come closer to it than where the usual place is taken again.
    lines[0].place_label(pixels, (), np.array([[middle.x(), middle.y()]]))
    near = np.array([[usual.right() + 8.0, middle.y()]])
    lines[0].place_label(pixels, (), near)
    stood = lines[0].box
    assert stood is not None
    assert stood != usual
    lines[1].bring_back(lines[0].memory())
    lines[1].show(0.01, lambdas, losses)
    lines[1].place_label(pixels, (), near)
    assert lines[1].box == stood
    # At another λ it is nobody's place, and what is no memory is none.
    lines[1].show(0.02, lambdas, losses)
    lines[1].bring_back([1.0])
    lines[1].place_label(pixels, (), near)
    assert lines[1].box != stood
