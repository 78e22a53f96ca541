"""A storm of λ: two thousand changes a second while it trains, and the last is always in force."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from window_driver import write_sparse

PER_SECOND = 2_000
TICK_MS = 5
LOOK_EVERY = 125
FEW_FRAMES = 3


@pytest.mark.parametrize("n_wanted", [500, pytest.param(10_000, marks=pytest.mark.full)])
def test_a_storm_of_changes_and_the_last_is_in_force(
    n_wanted: int, make_window: Any, tmp_path: Path, qtbot: Any
) -> None:
    driver = make_window(write_sparse(tmp_path / "sparse.csv"), "--hidden", "", "--penalty", "l1", "--run")
    driver.wait_state(epoch=lambda epoch: epoch > 10)
    slider = driver.child("lambdaSlider")
    generator = random.Random(1)
    n_changes = stop = 0
    epochs: list[float] = []
    clock = QElapsedTimer()

    def change() -> None:
        nonlocal n_changes
        # Ticks that came late are made up for, up to the next look.
        due = min(clock.elapsed() * PER_SECOND // 1000, stop) - n_changes
        for _ in range(due):
            before = slider.value()
            highest = slider.maximum()
            positions = (0, highest, generator.randrange(highest + 1))
            slider.setValue(generator.choice([position for position in positions if position != before]))
            n_changes += 1
        if n_changes >= stop:
            timer.stop()

    timer = QTimer()
    timer.setInterval(TICK_MS)
    timer.timeout.connect(change)
    seen: list[float] = []
    slider.lambda_moved.connect(seen.append)
    in_force: list[float] = []
    driver.controller.frame_shown.connect(lambda frame: in_force.append(frame.snapshot.settings.lam))
    clock.start()
    while stop < n_wanted:
        stop += LOOK_EVERY
        timer.start()
        qtbot.waitUntil(lambda: not timer.isActive(), timeout=60_000)
        in_force.clear()
        epoch = epochs[-1] if epochs else 0.0
        driver.wait_state(lam=seen[-1], epoch=lambda now, epoch=epoch: now > epoch)
        driver.wait(lambda: seen[-1] in in_force)
        # In force within a few frames, not eventually: one lies in the mailbox, one is being made.
        assert in_force.index(seen[-1]) <= FEW_FRAMES
        epochs.append(driver.state["epoch"])
    assert n_changes == len(seen) == n_wanted
    assert epochs == sorted(set(epochs))
    state = driver.pause()
    assert state["lam"] == driver.snapshot.settings.lam == seen[-1]
    assert driver.frame.history.lam[-1] == seen[-1]
    assert driver.snapshot.run == 1
