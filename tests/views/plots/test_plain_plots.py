"""What pyqtgraph's plots do for nobody here, and what they answer without it."""

from __future__ import annotations

import gc
import weakref
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any

import pyqtgraph as pg
import pytest
from pyqtgraph.graphicsItems.PlotItem import plotConfigTemplate_generic
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QAbstractSpinBox, QApplication, QGroupBox, QWidget

from regdesk.core.types import Architecture
from regdesk.views.plots.axes import quiet_plot
from regdesk.views.plots.steady_plots import CHECKABLE_GROUPS, NUMBERS, SWITCHES, NoForm, SteadyAxis, plot_parts
from regdesk.views.sweep.axes import LambdaRange, losses_view
from regdesk.views.weights.panel import HistogramPanel


def test_without_a_form_a_plot_has_the_answers_that_the_form_would_give(qtbot: Any) -> None:
    # Loaded once more: the program's plots have another in its place.
    name = f"{plotConfigTemplate_generic.__name__}_as_it_is"
    spec = spec_from_file_location(name, plotConfigTemplate_generic.__file__)
    assert spec is not None
    assert spec.loader is not None
    template = module_from_spec(spec)
    spec.loader.exec_module(template)
    widget, theirs, ours = QWidget(), template.Ui_Form(), NoForm()
    assert type(theirs) is not NoForm
    qtbot.addWidget(widget)
    theirs.setupUi(widget)
    ours.setupUi(widget)
    for name in (*SWITCHES, *CHECKABLE_GROUPS):
        assert getattr(ours, name).isChecked() is getattr(theirs, name).isChecked(), name
    for name in NUMBERS:
        one, other = getattr(ours, name), getattr(theirs, name)
        assert one.value() == other.value(), name
        if name != "maxTracesSpin":
            assert one.maximum() == other.maximum(), name
    assert ours.avgParamList.count() == theirs.avgParamList.count() == 0
    kinds = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QGroupBox)
    asked = {name for name, part in vars(theirs).items() if isinstance(part, kinds)}
    assert asked == {*SWITCHES, *CHECKABLE_GROUPS, *NUMBERS} | (asked & {"transformGroup", "gridGroup"})


def test_a_plot_makes_few_widgets_and_its_grid_follows_what_is_set(qapp: QApplication, qtbot: Any) -> None:
    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    before = len(qapp.allWidgets())
    plot = view.addPlot(**plot_parts())
    assert len(qapp.allWidgets()) - before < 20
    bottom, left = plot.getAxis("bottom"), plot.getAxis("left")
    plot.showGrid(True, False, 0.5)
    assert (bottom.grid, left.grid) == (127, False)
    plot.showGrid(y=True)
    plot.showGrid(x=False, alpha=1.0)
    assert (bottom.grid, left.grid) == (False, 255)
    plot.setLogMode(x=True)
    assert (bottom.logMode, left.logMode) == (True, False)


def test_axes_that_nobody_sees_follow_nothing(qtbot: Any) -> None:
    view, plot = losses_view(LambdaRange())
    qtbot.addWidget(view)
    other = view.addPlot(row=1, col=0, **plot_parts())
    quiet_plot(other, "x", "y")
    for one in (plot, other):
        one.setXRange(2.0, 3.0, padding=0)
        assert one.getAxis("bottom").range == [2.0, 3.0]
        assert one.getAxis("right").range == [0, 1]
        assert one.getAxis("right").linkedView() is None
    # Numbers of weights stand along the top of the losses.
    assert (plot.getAxis("top").isVisible(), plot.getAxis("top").range) == (True, [2.0, 3.0])
    assert (other.getAxis("top").isVisible(), other.getAxis("top").range) == (False, [0, 1])


def test_a_plot_that_comes_and_goes_leaves_no_weak_references(qapp: QApplication, qtbot: Any) -> None:
    def n_references() -> int:
        gc.collect()
        return sum(type(one) is weakref.ref for one in gc.get_objects())

    view = pg.GraphicsLayoutWidget()
    qtbot.addWidget(view)
    placed, loose = view.addPlot(row=0, col=0, **plot_parts()), pg.PlotItem(**plot_parts())
    n_times, grown = 20, []
    for plot in (placed, loose):
        quiet_plot(plot, "x", "y")
        if plot is loose:
            view.addItem(plot, row=1, col=0)
        before = n_references()
        for _ in range(n_times):
            view.removeItem(plot)
            view.addItem(plot)
        grown.append(n_references() - before)
    # Two each time where pyqtgraph's button of the plot hears of the view.
    assert max(grown) < n_times, grown


def test_an_axis_sets_its_name_when_it_is_another(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    axis, named = SteadyAxis("bottom"), []
    write = axis.label.setHtml
    monkeypatch.setattr(axis.label, "setHtml", lambda words: named.append(words) or write(words))
    axis.setLabel("epoch")
    for end in range(1, 9):
        axis.setRange(0.0, float(end))
    axis.setLabel("step")
    axis.setTextPen("#ff0000")
    assert [("epoch" in words, "step" in words) for words in named] == [(True, False), (False, True), (False, True)]
    assert "#ff0000" in named[-1]
    assert axis.label.toPlainText().strip() == "step"


@pytest.mark.parametrize("hidden", [(), (3,), (16, 16, 4)])
def test_as_many_rows_of_weights_are_made_ahead_as_there_are_layers(hidden: tuple[int, ...], qtbot: Any) -> None:
    panel = HistogramPanel(architecture=lambda: Architecture(hidden))
    qtbot.addWidget(panel)
    # A stop before each row, and before the ticks beneath the first.
    assert len(list(panel.building())) == len(hidden) + 2
