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
from regdesk.views.plots.role_marks import TRAINING_SYMBOL, VALIDATION_SYMBOL
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
    for name in ("sweptTrainingLoss", "unconvergedTrainingLoss", "liveTrainingLoss"):
        assert symbol_of(item(panel, name)) == TRAINING_SYMBOL
    for name in ("sweptValidationLoss", "unconvergedValidationLoss", "liveValidationLoss"):
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
    assert words_of(legend).endswith("○ ◇ live · ∘ not converged")


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
