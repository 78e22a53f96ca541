"""How often a sweep that grows is shown."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from window_driver import WindowDriver, write_curve

from regdesk.session import controller

TICK_S = 1.0 / 60.0


@pytest.mark.parametrize("is_running", [True, False])
def test_a_sweep_is_shown_less_often_beside_a_model_that_trains(
    make_window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_running: bool
) -> None:
    driver: WindowDriver = make_window(write_curve(tmp_path / "curve.csv"))
    driver.wait_model()
    one: Any = driver.controller
    one._clock.stop()
    now_s, pulled_s = [1000.0], []
    monkeypatch.setattr(controller, "time", SimpleNamespace(monotonic=lambda: now_s[0]))
    monkeypatch.setattr(one._sweeps, "pull", lambda: pulled_s.append(now_s[0]) or True)
    monkeypatch.setattr(one._training, "is_running", is_running)
    for tick in range(120):
        now_s[0] = 1000.0 + tick * TICK_S
        one._on_clock_ticked()
    every_s = controller.SWEEP_BESIDE_S if is_running else controller.SWEEP_EVERY_S
    assert np.diff(pulled_s) == pytest.approx(every_s, abs=1.01 * TICK_S)
    monkeypatch.setattr(one._training, "is_running", False)
