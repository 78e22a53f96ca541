"""What settings may be, written down once more: a bound that moves is noticed here, and is a promise that changes."""

from __future__ import annotations

from typing import Any

import pytest

from regdesk.core.settings.setting_kinds import Number, OutOfReach, Several, Whole
from regdesk.core.settings.settings_table import SETTINGS

HUGE = 2**53


def cells(n_cells: int) -> list[list[str]]:
    return [[f"{one}:x", "2"] for one in range(n_cells)]


LAST_AND_BEYOND: dict[str, list[tuple[Any, Any]]] = {
    "source.sample": [("x" * 4096, "x" * 4097), ("x", "")],
    "source.reading.delimiter": [("||||", "|||||")],
    "source.reading.n_skipped": [(0, -1), (1_000_000, 1_000_001)],
    "source.reading.sample_rows": [(1, 0), (HUGE, HUGE + 1)],
    "source.reading.sample_seed": [(0, -1), (HUGE, HUGE + 1)],
    "data.cells": [(cells(3000), cells(3001))],
    "data.degree": [(1, 0), (20, 21)],
    "data.validation_fraction": [(0, -0.01), (0.999, 1)],
    "data.test_fraction": [(0, -0.01), (0.999, 1)],
    "data.penalty_factors": [
        ([["x", 1e-9]], [["x", 0.9e-9]]),
        ([["x", 1e9]], [["x", 1.1e9]]),
        ([["x", 0]], [["x", -1]]),
    ],
    "seed": [(0, -1), (HUGE, HUGE + 1)],
    "architecture.hidden": [([1] * 10, [1] * 11), ([1], [0]), ([1024], [1025])],
    "training.lam": [(0, -1e-300), (1e12, 1.1e12)],
    "training.l1_ratio": [(0, -0.1), (1, 1.1)],
    "training.learning_rate": [(1e-5, 0.9e-5), (1, 1.1)],
    "training.batch_size": [(0, -1), (10**9, 10**9 + 1)],
    "ending.n_epochs": [(0, -1), (10**9, 10**9 + 1)],
    "ending.tolerance": [(1e-300, 0), (1e12, 1.1e12)],
    "ending.max_epochs": [(1, 0), (10**9, 10**9 + 1)],
    "sweep.lambdas": [([0.5] * 10_000, [0.5] * 10_001), ([0.5], [])],
    "sweep.n_lambdas": [(2, 1), (10_000, 10_001)],
    "sweep.n_folds": [(1, 0), (100_000, 100_001)],
    "sweep.n_starts": [(1, 0), (10_000, 10_001)],
    "view.slice": [(["a", "b"], ["a", "b", "c"])],
    "view.span_share": [(1e-9, 0), (1, 1.1)],
    "view.span_epochs": [(1, 0.9), (1e15, 1.1e15)],
    "view.smoothing": [(0, -0.1), (0.999, 1)],
    "view.steps_per_second": [(10, 9), (1e12, 1.1e12)],
    "view.text_percent": [(75, 74), (200, 201)],
    "view.lecture.text_percent": [(75, 74), (200, 201)],
    "view.n_resamples": [(10, 9), (200, 201)],
    "view.geometry.x": [(0, -1), (HUGE, HUGE + 1)],
    "view.geometry.y": [(0, -1), (HUGE, HUGE + 1)],
    "view.geometry.watched": [(0, -1), (HUGE, HUGE + 1)],
}
"""Of each setting the last value that may be, and the next that may not."""


@pytest.mark.parametrize("path", LAST_AND_BEYOND)
def test_the_last_value_is_taken_and_the_next_is_not(path: str) -> None:
    kind = SETTINGS[path].kind
    for last, beyond in LAST_AND_BEYOND[path]:
        kind.check(last)
        with pytest.raises(OutOfReach):
            kind.check(beyond)


def test_every_setting_with_a_bound_of_its_own_is_here() -> None:
    numbers = {path for path, setting in SETTINGS.items() if isinstance(setting.kind, Number | Whole)}
    lists = {path: setting.kind.most for path, setting in SETTINGS.items() if isinstance(setting.kind, Several)}
    # Of a list of names, or of panels, nobody reaches the end.
    assert {path for path, most in lists.items() if most not in (100, 100_000)} | numbers <= set(LAST_AND_BEYOND)
