"""A long walk: sixty things are done one after the other, all of them are undone, and all of them are done again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from other_settings import write_tables
from window_driver import WindowDriver

from regdesk.core.settings.configuration import Configuration, differing_paths
from regdesk.session.data_service import DataService


class Hand:
    """A person who waits until what was wanted is in force."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver, self.session, self.data = driver, driver.session, driver.part(DataService)
        self.undo_action, self.redo_action = driver.child("undoAction"), driver.child("redoAction")

    @property
    def now(self) -> Configuration:
        return self.session.configuration

    def settle(self) -> None:
        self.driver.wait(lambda: not (self.data.is_reading or self.data.is_preparing))

    def choose(self, values: dict[str, Any], origin: Any = "hand") -> None:
        # So long after what was done before that it is a thing of its own.
        self.driver.window.undoing.ghosts_changed.emit()
        self.session.change_all(values, origin)
        self.settle()

    def go(self, action: Any, wanted: Configuration) -> None:
        """Undo or redo, which come when the run has been handed out."""
        action.trigger()
        self.driver.wait(lambda: self.now == wanted or self.data.is_preparing)
        self.settle()

    def differences(self, wanted: Configuration) -> tuple[str, ...]:
        return differing_paths(wanted, self.now)


STEPS: tuple[dict[str, Any], ...] = (
    {"training.lam": 0.3},
    {"training.lam": 0.02},
    {"training.penalty": "l2", "training.lam": 0.2},
    {"training.penalty": "elastic-net", "training.l1_ratio": 0.25},
    {"training.optimizer": "sgd"},
    {"training.learning_rate": 0.03},
    {"training.batch_size": 8},
    {"architecture.hidden": (3,)},
    {"architecture.hidden": ()},
    {"architecture.hidden": (2, 2), "architecture.activation": "relu"},
    {"seed": 4},
    {"seed": 5, "data.target": "b"},
    {"data.features": ("a", "b")},
    {"data.features": None, "data.target": "y"},
    {"data.degree": 2},
    {"data.cells": (("2:a", "9"),)},
    {"view.slice": ("a",)},
    {"view.smoothing": 0.05},
    {"view.closed_panels": ("pathPanel",)},
    {"view.closed_panels": ()},
    {"view.selected": ("weight", 1)},
    {"view.selected": ("input", "a")},
    {"view.geometry.reading": "profile"},
    {"sweep.n_starts": 3},
)


def test_sixty_things_are_undone_and_done_again(make_window: Any, tmp_path: Path) -> None:
    folder = write_tables(tmp_path)
    driver: WindowDriver = make_window(folder / "first.csv", "--target", "y", "--hidden", "", "--penalty", "l1")
    driver.wait_model()
    driver.leave_plots_unpainted()
    hand, generator, seen = Hand(driver), np.random.default_rng(7), []
    begin = hand.now
    while len(seen) < 60:
        before = hand.now
        kind = int(generator.integers(len(STEPS) + 1))
        if kind == len(STEPS):
            hand.choose({})
            driver.child("resetAction").trigger()
            driver.wait_model()
        else:
            hand.choose(STEPS[kind])
        if kind == len(STEPS) or hand.now != before:
            seen.append(before)
            if len(seen) % 5 == 0:
                driver.paint_once()
    end, seen = hand.now, [*seen, hand.now]
    for number in reversed(range(60)):
        assert hand.undo_action.isEnabled(), f"{number}: {hand.undo_action.toolTip()}"
        hand.go(hand.undo_action, seen[number])
        assert hand.differences(seen[number]) == (), number
    assert not hand.undo_action.isEnabled()
    assert hand.differences(begin) == ()
    for number in range(1, 61):
        hand.go(hand.redo_action, seen[number])
        assert hand.differences(seen[number]) == (), number
    assert not hand.redo_action.isEnabled()
    assert hand.differences(end) == ()
