"""The panel of the path from a sweep that is handed to it: curves that grow, colours that stay, room for the list."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from plot_items import items, readout_text, show
from PySide6.QtCore import QPointF

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.path import lambda_grid, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.model.losses import SQUARED
from regdesk.core.model.penalties import ElasticNet
from regdesk.core.model.side_by_side import KINDS, PenaltyPath, SideBySide
from regdesk.core.settings.configuration import PathSettings, ViewSettings
from regdesk.core.sweep.curve import curve_of
from regdesk.core.sweep.view import SweepView
from regdesk.core.sweep.weight_path import PathFacts
from regdesk.core.types import TrainSettings
from regdesk.views.path.content import PathContent
from regdesk.views.path.panel import PathPanel
from regdesk.views.path.penalty_paths import PenaltyPaths
from regdesk.views.path.words import ordinal


def test_ordinals() -> None:
    assert [ordinal(number) for number in (1, 10, 11, 12, 21, 22, 103, 111)] == [
        "first", "tenth", "11th", "12th", "21st", "22nd", "103rd", "111th",
    ]  # fmt: skip


def test_curves_grow_with_the_sweep_and_colours_of_the_first_stay(qtbot: Any, engine: None) -> None:
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(50, 5))
    targets = inputs @ [2.0, -1.0, 0.5, 0.2, 0.0] + 0.3 * generator.normal(size=50)
    problem = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0))
    models = list(solve_path(problem, lambda_grid(problem, 12)))
    points = [SweepPoint(model.lam, model, 0.0, 0.0, 0.0, 0.0, 0.0) for model in models]
    facts = PathFacts(tuple("abcde"), ("y",), "y", False, np.ones(5), 1.0, problem.penalty, 0.5 * targets.var())
    view = ViewSettings()
    panel = PathPanel(lambda: view)
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    panel.show()
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())
    colours = []
    for n_done in (1, 5, 12):
        curve = curve_of(points[:n_done], TrainSettings(penalty="l1"), 12, 5, n_done == 12, facts)
        panel.show_sweep(SweepView(curve, n_done < 12, False, False, ""))
        content = panel.findChild(PathContent)
        plot = content.plot
        assert ("Sweeping L1" in panel.readout) == (n_done < 12)
        # At the first λ no weight has entered.
        wanted = [n_done] * (n_done > 1)
        qtbot.waitUntil(lambda plot=plot, n=wanted: [len(one.getData()[0]) for one in plot.curves.items[: len(n)]] == n)
        for item in plot.curves.items[: len(plot.curves.numbers)]:
            assert len(item.getData()[0]) == n_done
        by_number = dict(zip(plot.curves.numbers, plot.curves.items, strict=False))
        if n_done > 1:
            colours.append(by_number[0].opts["pen"].color().name())
        # As wide as it will be, from the second point on.
        if n_done > 1:
            left, right = plot.plot.viewRange()[0]
            first, last = np.log10(models[0].lam), np.log10(models[-1].lam)
            # The names have room beyond the smallest λ.
            assert left < last - 0.02 * (first - last)
            assert right == pytest.approx(first + 0.02 * (first - last), abs=1e-5)
            # All of every curve is in sight, and the name of λ has room above.
            bottom, top = plot.plot.viewRange()[1]
            weights = np.array([one.getData()[1] for one in plot.curves.items[: len(plot.curves.numbers)]])
            assert bottom <= weights.min()
            assert weights.max() < top
    assert colours[0] == colours[1]
    # Another sweep begins: the axes stand, the curves are gone until there are new ones.
    panel.show_sweep(SweepView(None, True, False, False, ""))
    assert content.isVisible()
    assert panel.data_columns() == []
    assert not len(plot.curves.numbers)
    assert not plot.labels.shown
    assert items(panel, "weightName") == []
    panel.show_sweep(SweepView(curve, False, False, False, ""))
    assert len(plot.curves.items[0].getData()[0]) == 12
    columns = {column.name: np.asarray(column.cells) for column in panel.data_columns()}
    assert list(columns) == ["λ", *(f"{name}: weight" for name in "abcde")]
    np.testing.assert_array_equal(columns["λ"], [model.lam for model in models])
    np.testing.assert_array_equal(columns["b: weight"], [model.weights.ravel()[1] for model in models])
    # Nothing is standardised here: there is one scale.
    assert not content.controls.scales.isEnabled()
    # Where it is wide enough, the list stands beside the plot; the button then rules.
    assert not content.events.isVisible()
    panel.resize(800, 400)
    qtbot.waitUntil(content.events.isVisible)
    with qtbot.waitSignal(panel.settings_chosen) as chosen:
        content.controls.events.click()
    assert chosen.args == [{"view.path.lists_events": False}]
    view = replace(view, path=PathSettings(lists_events=False))
    panel.resize(900, 400)
    assert not content.events.isVisible()


def test_a_narrow_sentence_says_that_lower_models_are_looked_for_and_ends_with_a_part(qtbot: Any, engine: None) -> None:
    inputs = np.random.default_rng(6).normal(size=(50, 2))
    problem = LinearProblem(inputs, inputs @ [2.0, -1.0], SQUARED, ElasticNet(0.0, 1.0))
    points = [SweepPoint(one.lam, one, 0.0, 0.0, 0.0, 0.0, 0.0) for one in solve_path(problem, lambda_grid(problem, 5))]
    facts = PathFacts(("a", "b"), ("y",), "y", False, np.ones(2), 1.0, problem.penalty, 1.0, is_network=True)
    panel = PathPanel()
    qtbot.addWidget(panel)
    for n_done, progress in ((3, "3 of 5 λ"), (5, "looking for lower J")):
        curve = curve_of(points[:n_done], TrainSettings(penalty="l1"), 5, 5, False, facts)
        panel.resize(900, 300)
        panel.show_sweep(SweepView(curve, True, False, False, ""))
        show(qtbot, panel)
        assert f"Sweeping L1: {progress}" in panel.readout
        assert ("every λ has a model" in panel.readout) == (n_done == 5)
        assert f"; {int(np.any(points[n_done - 1].model.weights, axis=1).sum())} of 2 inputs at λ" in panel.readout
        panel.resize(panel.fontMetrics().horizontalAdvance(f"Sweeping L1: {progress}, ever") + 20, 300)
        qtbot.waitUntil(lambda words=f"Sweeping L1: {progress}": readout_text(panel) == words)


def test_a_column_selects_its_inputs_where_the_sweep_is_of_these_columns(qtbot: Any, engine: None) -> None:
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(50, 2))
    targets = inputs @ [2.0, -1.0] + 0.3 * generator.normal(size=50)
    problem = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0))
    points = [SweepPoint(one.lam, one, 0.0, 0.0, 0.0, 0.0, 0.0) for one in solve_path(problem, lambda_grid(problem, 5))]
    names = ("kind=b", "size")
    facts = PathFacts(names, ("y",), "y", False, np.ones(2), 1.0, problem.penalty, 0.5 * targets.var())
    panel = PathPanel()
    qtbot.addWidget(panel)
    panel.show_sweep(
        SweepView(curve_of(points, TrainSettings(penalty="l1"), 5, 5, True, facts), False, False, False, "")
    )
    panel.show_view_settings(ViewSettings(selected=("input", "kind")))
    panel.show_run_scene(SimpleNamespace(input_names=names, column_names=("kind", "size")))
    assert panel.selected_variable == "kind=b"
    # Columns of another table say nothing of this sweep's inputs.
    panel.show_run_scene(SimpleNamespace(input_names=("kind=c", "size"), column_names=("kind", "size")))
    assert panel.selected_variable == ""


def test_three_penalties_stand_beside_each_other(qtbot: Any, engine: None) -> None:
    generator = np.random.default_rng(6)
    inputs = generator.normal(size=(50, 3))
    targets = inputs @ [2.0, -1.0, 0.5] + 0.3 * generator.normal(size=50)
    problem = LinearProblem(inputs, targets, SQUARED, ElasticNet(0.0, 1.0))
    models = list(solve_path(problem, lambda_grid(problem, 5)))
    points = [SweepPoint(model.lam, model, 0.0, 0.0, 0.0, 0.0, 0.0) for model in models]
    facts = PathFacts(tuple("abc"), ("y",), "y", False, np.ones(3), 1.0, problem.penalty, 0.5 * targets.var())
    view = ViewSettings(compares_paths=True)
    panel = PathPanel(lambda: view)
    panel.show_run_scene(SimpleNamespace(input_names=tuple("abc"), column_names=tuple("abc")))
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    # Without a sweep: what is compared needs none.
    with qtbot.waitSignal(panel.comparison.wanted):
        panel.show()
    curve = curve_of(points, TrainSettings(penalty="l1"), 5, 5, True, facts)
    panel.show_sweep(SweepView(curve, False, False, False, ""))
    assert panel.comparison.is_wanted
    lambdas = np.array([10.0, 1.0, 0.1])
    weights = [np.array([[0.0, 0.0, 0.0], [0.5 * kind, -0.2, 0.0], [1.0, -1.0, 0.3]]) for kind in (1, 2, 3)]
    paths = tuple(PenaltyPath(kind, lambdas, one) for kind, one in zip(KINDS, weights, strict=True))
    panel.comparison.show_comparison(SideBySide(1.0, 0.5, np.column_stack([one[1] for one in weights]), paths))
    panel.show_lambda(1.0, True)
    assert panel.readout == ("The same rows at λ 1: of 3 weights L1 leaves 2, L2 2, the elastic net (L1 share 0.5) 2.")
    penalties = panel.findChild(PenaltyPaths)
    for plot, line, one in zip(penalties.plots, penalties.lines, weights, strict=True):
        curves = [item for item in plot.items if item.objectName() == "weightCurve"]
        # The same colour means the same input in all three: those that are largest anywhere come first.
        drawn = [curve.getData()[1].tolist() for curve in curves]
        assert drawn == [one[:, number].tolist() for number in (0, 1, 2)]
        assert curves[0].getData()[0].tolist() == [1.0, 0.0, -1.0]
        assert line.isVisible()
        assert line.value() == 0.0
    assert len({str(plot.vb.viewRange()) for plot in penalties.plots}) == 1
    # The curve next to the pointer is read out; away from all curves nothing is.
    box = penalties.plots[1].vb
    assert panel.value_at(None, box.mapViewToScene(QPointF(0.01, 0.99))) == "a: 1.00\nλ 1"
    assert panel.value_at(None, box.mapViewToScene(QPointF(0.0, 0.4))) is None
    columns = {column.name: np.asarray(column.cells).tolist() for column in panel.data_columns()}
    assert columns["λ"] == [10.0, 1.0, 0.1]
    assert len(columns) == 10
    assert columns["L2: a"] == weights[1][:, 0].tolist()
    assert columns["elastic net: c"] == weights[2][:, 2].tolist()
    # With other data there may be nothing to compare: that is said where the plots were.
    panel.comparison.refuse("A network has no such paths.")
    assert penalties.sentence.text() == "A network has no such paths."
    assert panel.readout.startswith("A network has no such paths.")
    assert not penalties.view.isVisible()
    view = ViewSettings()
    panel.show_view_settings(view)
    assert not penalties.isVisible()
    assert not panel.comparison.is_wanted
    assert "The same rows" not in panel.readout
