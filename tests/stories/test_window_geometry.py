"""The geometry in a window: what is drawn is the core's own, λ and the budget follow each other, choices are obeyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from plot_items import hover
from window_driver import WindowDriver, write_classes, write_sparse

from regdesk.core.geometry.budgeted_solution import BudgetedSolutions
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.problem import problem_of
from regdesk.views.geometry.content import GeometryContent
from regdesk.views.geometry.panel import GeometryPanel
from regdesk.workers.geometry import GeometryThread
from regdesk.workers.training import TrainingThread


def panel_of(driver: WindowDriver) -> Any:
    return driver.window.plane_geometry


def plot_of(driver: WindowDriver, number: int = 0) -> Any:
    return driver.part(GeometryContent).plots[number]


def look(driver: WindowDriver) -> None:
    driver.wait_model()
    driver.window.docks.bring_up(panel_of(driver))
    driver.wait(lambda: panel_of(driver).findChild(GeometryContent) is not None and driver.geometry is not None)


def problem_in(driver: WindowDriver) -> Any:
    return problem_of(driver.loaded.dataset, driver.snapshot.settings)


def solve(driver: WindowDriver) -> None:
    driver.trigger("solveAction")
    driver.wait(lambda: driver.geometry.looks[0].picture.tangency.residual < 1e-8)


def test_a_linear_model_is_drawn_and_led_by_its_budget(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.1"
    )
    look(driver)
    solve(driver)
    # Where nobody has chosen, one is alive, and the other held in the corner.
    solution = BudgetedSolutions(problem_in(driver)).at(0.1)
    assert [bool(one) for one in solution.weights[list(driver.geometry.pair), 0]] == [True, False]
    assert "touches the diamond's corner" in panel_of(driver).readout
    driver.session.change_all({"view.geometry.x": 0, "view.geometry.y": 1})
    driver.wait(lambda: driver.geometry.names == ("a", "b"))
    view = driver.geometry
    picture = view.looks[0].picture
    assert picture.optimum == pytest.approx(solution.weights[:2, 0], abs=1e-12)
    assert picture.here == pytest.approx(picture.optimum, abs=1e-6)
    assert picture.tangency.residual <= 1e-6
    assert picture.tangency.touches
    plot = plot_of(driver)
    corners = [plot.ball.polygon().at(number) for number in range(4)]
    assert max(abs(abs(one.x()) + abs(one.y()) - picture.share) for one in corners) < 1e-12
    assert plot.here.getData()[0][0] == picture.here[0]
    assert plot.path.getData()[0].tolist() == view.looks[0].path[:, 0].tolist()
    assert "touches the diamond" in panel_of(driver).readout
    # A contour's own level is what the grid holds along it.
    contour = view.looks[0].contours[4]
    x, y = contour.line[np.isfinite(contour.line).all(axis=1)][0]
    assert picture.grid.at(x, y) == pytest.approx(contour.level, rel=0.02)
    # t leads λ, and λ leads t.
    controls = driver.part(GeometryContent).controls
    wanted = 0.5 * view.dial.top
    controls.budget.edit.setFocus()
    driver.type_over("budgetEdit", repr(wanted))
    controls.budget.edit.returnPressed.emit()
    driver.wait(lambda: driver.geometry.dial.lam != 0.1)
    dial = driver.geometry.dial
    assert dial.budget == pytest.approx(wanted, rel=1e-9)
    # The geometry may be drawn before the live model has been seen at that λ.
    driver.wait_state(lam=dial.lam)
    controls.budget.slider.setValue(700)
    driver.wait(lambda: driver.geometry.dial.budget == pytest.approx(0.7 * view.dial.top, rel=1e-9))
    driver.enter("lambdaEdit", "0.1")
    driver.wait(lambda: driver.geometry.dial.budget == pytest.approx(solution.budget, rel=1e-12))
    assert controls.budget.slider.value() == round(1000 * solution.budget / view.dial.top)
    # A λ chosen while that of a budget is being looked for is the later wish.
    with driver.qtbot.waitSignal(driver.part(GeometryThread).lambda_found):
        controls.budget.slider.setValue(300)
        driver.enter("lambdaEdit", "0.12")
    assert driver.part(TrainingThread).settings.lam == 0.12
    driver.enter("lambdaEdit", "0.1")
    # Another weight on an axis, by its name; one at zero says why.
    names = [controls.upwards.itemText(number) for number in range(controls.upwards.count())]
    assert names == [*"abcdefgh"]
    zero = int(np.flatnonzero(solution.weights[:, 0] == 0.0)[0])
    controls.upwards.setCurrentIndex(zero)
    controls.upwards.activated.emit(zero)
    driver.wait(lambda: driver.geometry.names == ("a", names[zero]))
    solve(driver)
    assert driver.geometry.watched_name == names[zero]
    assert f"{names[zero]} = 0" in panel_of(driver).readout
    assert (
        f"{driver.geometry.watched_name} is zero because the loss pulls on it"
        in driver.part(GeometryContent).why.sentences[0]
    )
    assert driver.geometry.zero.threshold == pytest.approx(0.1)
    # The profile, and the sum of the penalty view, whose least is the optimum.
    driver.choose("geometryReadingBox", "profile")
    driver.wait(lambda: driver.geometry.looks[0].picture.reading == "profile")
    assert driver.geometry.looks[0].picture.tangency.residual <= 1e-6
    controls.view.setCurrentIndex(1)
    driver.wait(lambda: driver.geometry.choice.is_sum)
    look_now = driver.geometry.looks[0]
    _, column = np.unravel_index(look_now.shown.values.argmin(), look_now.shown.values.shape)
    spacing = look_now.shown.x_values[1] - look_now.shown.x_values[0]
    assert abs(look_now.shown.x_values[column] - look_now.picture.optimum[0]) <= spacing
    # Under the pointer: both weights, the loss, the penalty.
    words = hover(driver.qtbot, panel_of(driver), plot.plot, *picture.here)
    assert words.splitlines()[0].startswith("a ")
    assert "data loss" in words
    assert "λ × penalty" in words
    # Three penalties side by side, and both themes.
    controls.compare.click()
    driver.wait(lambda: len(driver.geometry.looks) == 3)
    assert [one.kind for one in driver.geometry.looks] == ["l1", "l2", "elastic-net"]
    assert plot_of(driver, 1).plot.isVisible()
    theme_before = plot.path.opts["pen"].color()
    driver.child("theme_darkAction").trigger()
    assert plot.path.opts["pen"].color() != theme_before
    driver.child("theme_lightAction").trigger()
    driver.window.weight_path.part_selected.emit(("input", "c"))
    driver.wait(lambda: "c" in driver.geometry.names)


def test_what_a_penalty_has_none_of_is_not_shown_as_chosen(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(
        write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--lam", "0.1"
    )
    driver.session.change_all({"view.geometry.x": 0, "view.geometry.y": 1})
    look(driver)
    # At its first weights the model is worse than none: contours fill its slice all the same.
    values, levels = driver.geometry.looks[0].shown.values, [one.level for one in driver.geometry.looks[0].contours]
    assert driver.geometry.looks[0].picture.grid.at(*driver.geometry.looks[0].picture.here) > 0.5
    assert levels[-1] > values.min() + 0.2 * (values.max() - values.min())
    # Away from the optimum R of the weights is not the budget that belongs to λ.
    assert " of ‖W‖₁ = " in panel_of(driver).readout
    reading = driver.child("geometryReadingBox")
    driver.choose("geometryReadingBox", "profile")
    driver.wait(lambda: driver.geometry.looks[0].picture.reading == "profile")
    driver.child("penalty_group-lassoAction").trigger()
    driver.wait(lambda: driver.geometry.looks[0].kind == "group-lasso")
    assert reading.currentData() == "slice"
    assert not reading.isEnabled()
    assert reading.toolTip().startswith("Under the group lasso the others can only")
    # What was chosen comes back with a penalty that has it.
    driver.child("penalty_l1Action").trigger()
    driver.wait(lambda: driver.geometry.looks[0].picture.reading == "profile")
    assert reading.currentData() == "profile"
    assert reading.isEnabled()
    solve(driver)
    assert "ball: t = " in panel_of(driver).readout
    driver.child("penalty_noneAction").trigger()
    driver.wait(lambda: driver.geometry.dial is None)
    assert not driver.child("geometryTouching").text()
    assert driver.child("budgetEdit").text() == "–"


def test_a_network_is_sliced(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_classes(tmp_path / "classes.csv"), "--hidden", "4", "--lam", "0.01")
    look(driver)
    driver.wait(lambda: not driver.geometry.is_coarse)
    view = driver.geometry
    assert all(" → unit " in name for name in view.names)
    assert view.no_profile is Unavailable.NETWORK
    assert not driver.child("budgetSlider").isEnabled()
    assert not view.dial.is_exact
    # Brute force, at three points of the grid.
    problem, snapshot = problem_in(driver), driver.snapshot
    grid = view.looks[0].picture.grid
    network = snapshot.network
    for row, column in ((0, 0), (7, 30), (40, 12)):
        parameters = snapshot.parameters.astype(np.float64)
        parameters[list(view.pair)] = grid.x_values[column], grid.y_values[row]
        hidden = np.tanh(problem.inputs @ network.weights(parameters, 0) + network.biases(parameters, 0))
        outputs = hidden @ network.weights(parameters, 1) + network.biases(parameters, 1)
        expected = problem.loss.values(outputs, problem.targets).mean()
        assert grid.values[row, column] == pytest.approx(expected, rel=1e-5)
    # The plane of the trajectory says what it needs, and comes when there is one.
    button = driver.child("geometryPrincipalButton")
    button.click()
    driver.wait(lambda: "three recorded moments" in panel_of(driver).readout)
    driver.run()
    driver.wait(lambda: driver.geometry is not None and driver.geometry.pair is None)
    assert driver.geometry.names == ("direction 1", "direction 2")
    assert "of the weights' way" in panel_of(driver).readout
    driver.pause()


def test_what_is_not_seen_is_not_made(make_window: Any, tmp_path: Path) -> None:
    driver: WindowDriver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "")
    driver.wait_model()
    panel: GeometryPanel = panel_of(driver)
    assert panel.findChild(GeometryContent) is None
    assert not driver.part(GeometryThread).isRunning()
    assert driver.state["readouts"]["geometryPanel"].startswith("The loss of your model over two")
