"""The window sweeps a network: a curve that grows, its numbers, an end at any moment, weights into the live model."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
import pytest
from plot_items import hover, item, tick_texts
from window_driver import WindowDriver, write_curve, write_sparse

from regdesk.core.model.network import Network
from regdesk.core.networks import path
from regdesk.core.networks.path import NetworkPlan, network_sweep
from regdesk.core.networks.points import NetworkSweep
from regdesk.core.networks.solver import NetworkProblem
from regdesk.core.stopping import Stop
from regdesk.core.types import Architecture, DataSettings, TrainSettings
from regdesk.data.csv.reader import read_table
from regdesk.data.prepare.folds import prepare_folds
from regdesk.views.path.content import PathContent
from regdesk.views.sweep.texts import LambdaLegend
from regdesk.workers.sweeping import SweepThread

NETWORK = ("--hidden", "4", "--penalty", "l1")
N_LAMBDAS = 8


@pytest.fixture
def sparse(tmp_path: Path) -> Path:
    return write_sparse(tmp_path / "sparse.csv", 60)


def open_window(make_window: Any, *arguments: object, n_lambdas: int = N_LAMBDAS) -> WindowDriver:
    driver: WindowDriver = make_window(*arguments, *NETWORK)
    driver.wait_model()
    driver.session.change_all({"sweep.n_lambdas": n_lambdas, "sweep.n_folds": 2})
    return driver


def is_done(driver: WindowDriver) -> bool:
    return driver.sweep.curve is not None and driver.sweep.curve.is_done and not driver.sweep.is_busy


def seen_views(driver: WindowDriver) -> list[Any]:
    """Every view of a sweep that the window is shown from here on."""
    seen: list[Any] = []
    show = driver.window.show_sweep

    def note(view: Any) -> None:
        seen.append(view)
        show(view)

    driver.window.show_sweep = note
    return seen


def top_of(panel: Any) -> float:
    return float(item(panel, "lossPlot").viewRange()[1][1])


def bands_seen(panel: Any) -> list[bool]:
    """Of each filled band in the plot, the lowest first, whether it can be seen: of standard errors, of hysteresis."""
    found = [one for one in item(panel, "lossPlot").scene().items() if isinstance(one, pg.FillBetweenItem)]
    return [one.isVisible() for one in sorted(found, key=lambda one: one.zValue())]


def hold_sweeps(monkeypatch: pytest.MonkeyPatch, holds: Callable[[], bool]) -> None:
    """Between two moments a sweep goes no further while ``holds``, unless it is cancelled: how fast it is matters no
    more.
    """

    def held(*arguments: Any) -> Generator[NetworkSweep, None, None]:
        stop: Stop = arguments[-1]
        with closing(network_sweep(*arguments)) as moments:
            for moment in moments:
                yield moment
                while holds() and not stop.is_requested:
                    # Stands still without keeping the interpreter from the window.
                    time.sleep(0.002)

    # Where it is taken from when a sweep begins.
    monkeypatch.setattr(path, "network_sweep", held)


def waits_to_be_seen(thread: SweepThread) -> bool:
    """Whether there is a curve that the window has not taken yet. Found by the window's own thread: another one that
    looks through its parts meets those that are being made.
    """
    return thread.newest is not thread.seen


def test_the_curve_grows_has_the_sweeps_own_numbers_and_its_weights_are_loaded(
    make_window: Any, sparse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(make_window, sparse, "--target", "y", n_lambdas=30)
    panel, seen = driver.window.loss_curve, seen_views(driver)
    # Until a curve that is not whole has been looked at.
    thread = driver.part(SweepThread)
    hold_sweeps(monkeypatch, lambda: waits_to_be_seen(thread) and not any(view.curve for view in list(seen)))
    driver.window.resize(1440, 900)
    driver.click_action("sweepAction")
    driver.wait(lambda: is_done(driver))
    curve = driver.sweep.curve
    growing = [view.curve for view in seen if view.curve is not None and not view.curve.is_done]
    assert growing
    for one in growing:
        assert (np.diff(one.lambdas) < 0).all()
        assert np.isfinite(one.validation_loss).all()
        np.testing.assert_array_equal(one.network.grid, curve.lambdas)
    counts = [view.progress.n_done for view in seen if view.progress is not None]
    assert counts == sorted(counts)
    assert driver.sweep.progress.n_done == driver.sweep.progress.n_fits

    folds = prepare_folds(read_table(sparse), DataSettings(target="y"), 0, 2)
    settings, architecture = TrainSettings("l1"), Architecture((4,), "tanh")
    *_, last = network_sweep(folds.whole, folds.folds, architecture, settings, NetworkPlan(n_lambdas=30))
    assert [point.lam for point in last.points] == curve.lambdas.tolist()
    for name in ("validation_loss", "train_loss", "validation_se", "n_nonzero"):
        np.testing.assert_array_equal(getattr(curve, name), [getattr(point, name) for point in last.points])
    np.testing.assert_array_equal(curve.network.parameters, [point.parameters for point in last.points])
    np.testing.assert_array_equal(item(panel, "sweptValidationLoss").getData()[1], curve.validation_loss)
    np.testing.assert_array_equal(
        item(panel, "unconvergedTrainingLoss").getData()[0], np.log10(curve.lambdas[~curve.converged])
    )
    assert curve.lambdas[curve.network.collapse] == last.lambda_collapse
    assert 10 ** item(panel, "collapseLine").value() == pytest.approx(last.lambda_collapse)
    words = panel.readout
    assert "λ_best" in words
    assert "λ_collapse" in words
    assert "Up and down" in words
    assert "AIC and BIC are not defined for networks" in words

    # The band is drawn only where both directions were solved to the end.
    panel.menu_actions()
    action = driver.child("showHysteresisAction")
    action.trigger()
    network = curve.network
    assert bands_seen(panel)[1]
    legend = panel.findChild(LambdaLegend)
    legend.resize(110, legend.height())
    driver.wait(lambda: legend.text() == "J ╌ up ⋯ down")
    for name, ends in (("objectiveUp", network.objective_up), ("objectiveDown", network.objective_down)):
        edge = item(panel, name)
        np.testing.assert_array_equal(edge.getData()[1][network.is_comparable], ends[network.is_comparable])
        assert not edge.opts["connect"][~network.is_comparable].any()
    assert top_of(panel) >= network.objective_up[network.is_comparable].max()
    driver.child("undoAction").trigger()
    assert (bands_seen(panel)[1], action.isChecked()) == (False, False)
    driver.child("redoAction").trigger()
    assert bands_seen(panel)[1]
    action.trigger()
    assert not bands_seen(panel)[1]

    # What is a hundred times too high at first, and comes down, does not leave the rest flat.
    view = seen[-1]
    growing_curve = replace(curve, is_done=False)
    panel.show_sweep(replace(view, curve=replace(growing_curve, validation_loss=100.0 * curve.validation_loss)))
    assert top_of(panel) > 100.0 * curve.validation_loss.max()
    panel.show_sweep(replace(view, curve=growing_curve))
    highest = (curve.validation_loss + curve.validation_se).max()
    assert highest < top_of(panel) < 4.0 * highest
    panel.show_sweep(view)

    # The best model, in the live one: the same predictions of the rows, in units of the target.
    number = curve.best
    panel.weights_requested.emit(float(curve.lambdas[number]))
    driver.wait_state(lam=float(curve.lambdas[number]))
    driver.wait(lambda: any(change.loaded for change in driver.frame.changes))
    whole, live = folds.whole, driver.loaded.dataset
    shape = Network.of(architecture, 8, 1)
    before = NetworkProblem.of(whole, architecture).outputs(
        curve.network.parameters[number], whole.input_scaler.apply(whole.inputs)
    )
    after = NetworkProblem.of(live, architecture).outputs(
        driver.snapshot.parameters.astype(np.float64), live.input_scaler.apply(live.inputs)
    )
    assert shape.n_parameters == len(driver.snapshot.parameters)
    expected = whole.target_scaler.invert(before)
    np.testing.assert_allclose(live.target_scaler.invert(after), expected, rtol=0, atol=2e-6 * expected.std())

    # Each input's norm, by name, and the units that live along the top.
    driver.window.docks.bring_up(driver.window.weight_path)
    driver.wait(lambda: driver.window.weight_path.findChild(PathContent) is not None)
    content = driver.window.weight_path.findChild(PathContent)
    driver.wait(content.isVisible)
    assert not content.controls.scales.isEnabled()
    assert "network" in content.controls.scales.toolTip()
    path = curve.path
    sizes = np.linalg.norm(curve.network.parameters[:, :32].reshape(-1, 8, 4), axis=2)
    for number, shown in zip(content.plot.curves.numbers, content.plot.curves.items, strict=False):
        np.testing.assert_allclose(shown.getData()[1], sizes[:, number], rtol=1e-12)
    ticks = tick_texts(content.plot.plot.getAxis("top"))
    assert ticks[0][1] == str(path.units.live[-1])
    assert path.units.live[0] == 0
    assert f"{path.units.live[-1]} of 4 units" in driver.window.weight_path.readout

    # Another activation is another problem: nothing of this is loaded any more.
    driver.child("activationBox").setCurrentText("relu")
    driver.window.controls.activation_chosen.emit("relu")
    driver.wait(lambda: driver.sweep.is_stale)
    assert driver.sweep.parameters_at(float(curve.lambdas[number]), None) is None


def test_a_sweep_waits_for_the_code_of_networks_and_is_cancelled_at_any_moment(
    make_window: Any, sparse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = open_window(make_window, sparse, "--target", "y", n_lambdas=50)
    service, panel, thread = driver.sweep, driver.window.loss_curve, driver.part(SweepThread)
    # Left to itself it never ends.
    hold_sweeps(
        monkeypatch,
        lambda: waits_to_be_seen(thread) or (thread.newest is not None and len(thread.newest[1].lambdas) > 2),
    )
    driver.click_action("sweepAction")
    driver.wait(lambda: not service.is_waiting)
    driver.wait(lambda: driver.sweep.curve is not None and len(driver.sweep.curve.lambdas) > 2)
    readout = panel.readout
    driver.click_action("sweepAction")
    driver.wait(lambda: not driver.sweep.is_busy)
    assert readout.startswith("Sweeping L1: ")
    assert " fits" in readout
    curve, progress = driver.sweep.curve, driver.sweep.progress
    assert progress.n_done < progress.n_fits
    assert curve.is_done
    assert f"cancelled after {progress.n_done} of {progress.n_fits} fits" in driver.state["status"]
    assert "Cancelled after" in panel.readout
    assert len(item(panel, "sweptTrainingLoss").getData()[0]) == len(curve.lambdas)
    # What is there can be used; hovering tells of it.
    number = curve.best
    place = float(np.log10(curve.lambdas[number])), float(curve.validation_loss[number])
    assert "not zero" in hover(driver.qtbot, panel, item(panel, "lossPlot"), *place)


def test_several_seeds_on_request(make_window: Any, sparse: Path) -> None:
    driver = open_window(make_window, sparse, "--target", "y", n_lambdas=3)
    panel = driver.window.loss_curve
    action = next(one for one in panel.menu_actions() if one.objectName() == "severalStartsAction")
    objectives = []
    for _ in range(2):
        driver.click_action("sweepAction")
        driver.wait(lambda: is_done(driver))
        objectives.append(driver.sweep.curve.network.objective)
        action.trigger()
    folds = prepare_folds(read_table(sparse), DataSettings(target="y"), 0, 2)
    # How many fits a search needs is another on another processor; what it finds shows of which seeds it was.
    for found, seeds in zip(objectives, ((0,), (0, 1, 2)), strict=True):
        plan = NetworkPlan(n_lambdas=3, seeds=seeds)
        *_, last = network_sweep(folds.whole, folds.folds, Architecture((4,), "tanh"), TrainSettings("l1"), plan)
        np.testing.assert_array_equal(found, [point.objective for point in last.points])
    assert (objectives[0] != objectives[1]).any()
    assert not action.isChecked()
    assert driver.session.configuration.sweep.n_starts == 1


def test_closed_while_a_network_is_swept_no_thread_is_left(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_sweeps(monkeypatch, lambda: True)
    driver = open_window(make_window, write_curve(tmp_path / "curve.csv"), "--target", "degrees", "--run")
    driver.click_action("sweepAction")
    driver.wait(lambda: driver.sweep.progress is not None)
    thread = driver.part(SweepThread)
    assert thread.has_company
    assert driver.sweep.is_busy
    driver.window.close()
    # Of the threads of the sweep itself the fixture tells.
    assert not thread.isRunning()
