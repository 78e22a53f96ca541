"""A run waits for the dtype it needs, and for no other."""

from __future__ import annotations

from typing import Any

import pytest
from window_driver import write_sparse

from regdesk.session import workers
from regdesk.session.controllers.sweep import PREPARING_PATHS, SWEPT
from regdesk.session.engine_readiness import COMPILING
from regdesk.views.sweep.waiting import PREPARING
from regdesk.workers.engine import EnginePreparation

SAY_RUN = "dataFitPanel", "historyPanel"
"""Panels that ask for Run as long as nothing has been trained."""


class HeldEngine(EnginePreparation):
    """Names as ready what is ready at once; for the rest it is waited until a test says so."""

    ready_at_once: tuple[str, ...] = ()

    def start(self, first: str) -> None:
        for part in self.ready_at_once:
            self.ready.emit(part)


def hold(monkeypatch: pytest.MonkeyPatch, *ready_at_once: str) -> None:
    monkeypatch.setattr(HeldEngine, "ready_at_once", ready_at_once)
    monkeypatch.setattr(workers, "EnginePreparation", HeldEngine)


def test_a_linear_model_waits_for_its_engine(make_window: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(monkeypatch, "float32")
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 5)
    driver.enter("hiddenLayersEdit", "")
    state = driver.wait_state(status=COMPILING)
    assert state["n_weights"] == 0
    assert [state["readouts"][name] for name in SAY_RUN] == [COMPILING, COMPILING], "one truth with the status line"
    driver.click_action("runAction")
    assert [driver.state["readouts"][name] for name in SAY_RUN] == [COMPILING, COMPILING], "paused, too"
    driver.click_action("runAction")
    driver.part(HeldEngine).ready.emit("float64")
    state = driver.wait_state(epoch=lambda epoch: epoch > 5, n_weights=8)
    assert state["status"] != COMPILING


def test_no_panel_asks_for_run_before_it_would_do_anything(
    make_window: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(monkeypatch)
    driver = make_window(write_sparse(tmp_path / "sparse.csv"))
    driver.wait_state(status=COMPILING)
    assert [driver.state["readouts"][name] for name in SAY_RUN] == [COMPILING, COMPILING]
    driver.part(HeldEngine).ready.emit("float32")
    driver.wait_model()
    assert not any(COMPILING in readout for readout in driver.state["readouts"].values())


def test_a_network_waits_for_nothing_else(make_window: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(monkeypatch, "float32")
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--run")
    assert driver.wait_state(epoch=lambda epoch: epoch > 5)["running"]


def test_a_sweep_waits_for_its_code(make_window: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(monkeypatch, "float64")
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    driver.click_action("sweepAction")
    assert driver.state["status"] == PREPARING_PATHS
    assert PREPARING in driver.state["readouts"]["lambdaPanel"]
    # It can be given up before it has begun.
    driver.click_action("sweepAction")
    assert PREPARING not in driver.state["readouts"]["lambdaPanel"]
    assert driver.state["status"] == "The sweep was cancelled after 0 of 50 λ."
    driver.click_action("sweepAction")
    driver.part(HeldEngine).ready.emit("paths")
    driver.wait(lambda: "λ_best" in driver.state["readouts"]["lambdaPanel"])
    # Of a paused model nothing else is said: the line must not go on to speak of the sweep before.
    driver.wait_state(status=SWEPT.format(n=50))
