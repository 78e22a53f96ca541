"""A run waits for the dtype it needs, and for no other."""

from __future__ import annotations

from typing import Any

from window_driver import write_sparse

from regdesk.session.controller import COMPILING
from regdesk.session.sweep_controller import PREPARING_PATHS, SWEPT
from regdesk.views.sweep.waiting import PREPARING


def test_a_linear_model_waits_for_its_engine(make_window: Any, tmp_path: Any) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.controller._ready_dtypes.discard("float64")
    driver.enter("hiddenLayersEdit", "")
    state = driver.wait_state(status=COMPILING)
    assert state["n_weights"] == 0
    driver.controller._engine.ready.emit("float64")
    state = driver.wait_state(epoch=lambda epoch: epoch > 5, n_weights=8)
    assert state["status"] != COMPILING


def test_a_network_waits_for_nothing_else(make_window: Any, tmp_path: Any) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    driver.controller._engine.start = lambda _first: driver.controller._engine.ready.emit("float32")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    assert driver.controller._ready_dtypes == {"float32"}


def test_a_sweep_waits_for_its_code(make_window: Any, tmp_path: Any) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    driver.controller._sweeps._ready_parts.clear()
    driver.click_action("sweepAction")
    assert driver.state["status"] == PREPARING_PATHS
    assert PREPARING in driver.state["readouts"]["lambdaPanel"]
    # It can be given up before it has begun.
    driver.click_action("sweepAction")
    assert PREPARING not in driver.state["readouts"]["lambdaPanel"]
    assert driver.state["status"] == "The sweep was cancelled after 0 of 50 λ."
    driver.click_action("sweepAction")
    driver.controller._engine.ready.emit("paths")
    driver.wait(lambda: "λ_best" in driver.state["readouts"]["lambdaPanel"])
    # Of a paused model nothing else is said: the line must not go on to speak of the sweep before.
    driver.wait_state(status=SWEPT.format(n=50))
