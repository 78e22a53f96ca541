"""Under the sentence of a sweep: the λ_best so far, then the live loss beside the swept one, and why they differ."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from canned import Canned, dataset_of
from PySide6.QtWidgets import QLabel
from sweep_curves import make_curve
from tables import write_sparse

from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import TrainSettings
from regdesk.views.kit.name_room import whole_parts
from regdesk.views.sweep.second_line import live_beside_swept, second_line

CURVE = make_curve(25, 15, 28, 20)
BEST = float(CURVE.lambdas[CURVE.best])


def test_both_losses_how_far_apart_and_why() -> None:
    whole, short = live_beside_swept(CURVE, BEST, 0.25, 48.0)
    assert whole == (
        "Validation loss at this λ: live 0.250, swept 0.200, live is 25 % higher: live is judged on 48 rows, the sweep "
        "takes the mean of 5 folds, each with a model and rows of its own."
    )
    assert short == "Validation here: live 0.250, swept 0.200; 48 rows against the mean of 5 folds"
    assert ", live is 2.5 % lower:" in live_beside_swept(CURVE, BEST, 0.195, 48.0)[0]
    assert "live 0.200, swept 0.200: live" in live_beside_swept(CURVE, BEST, 0.2, 48.0)[0]


def test_of_one_split_the_rows_are_the_same() -> None:
    whole, short = live_beside_swept(replace(CURVE, n_folds=1), BEST, 0.25, 48.0)
    assert whole.endswith(": both judge the same rows, the sweep a model that is trained to the end.")
    assert short == "Validation here: live 0.250, swept 0.200; the swept one is trained to the end"


def test_a_narrow_panel_leaves_out_why_and_neither_loss(qtbot: Any) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    metrics = label.fontMetrics()
    for n_folds in (1, 5):
        _, short = live_beside_swept(replace(CURVE, n_folds=n_folds), BEST, 0.25, 48.0)
        both = "Validation here: live 0.250, swept 0.200"
        assert whole_parts(short, metrics, metrics.horizontalAdvance(f"{both}; the")) == both


@pytest.mark.parametrize("lam", [0.0, 1e9])
def test_beyond_the_sweep_nothing_is_compared(lam: float) -> None:
    assert "lies outside the sweep" in live_beside_swept(CURVE, lam, 0.25, 48.0)[0]
    assert live_beside_swept(CURVE, lam, math.nan, 0.0) == ("", "")


@pytest.fixture
def snapshot(tmp_path: Path) -> TrainSnapshot:
    settings = TrainSettings(penalty="l1", lam=BEST)
    return Canned.of(dataset_of(write_sparse(tmp_path / "sparse.csv"), "y"), hidden=(3,), settings=settings).snapshot()


def test_while_it_sweeps_the_best_so_far_is_named_or_that_lambda_follows_it(snapshot: TrainSnapshot) -> None:
    growing = SweepView(replace(CURVE, is_done=False), True, False, False, "")
    so_far = second_line(growing, snapshot, 48.0, "")[1]
    assert so_far == "λ_best so far 0.00316 with validation 0.200; Ctrl+B takes it, and follows."
    assert second_line(growing, snapshot, 48.0, "λ follows.") == ("λ follows.", "λ follows.")
    done = SweepView(CURVE, False, False, False, "")
    expected = live_beside_swept(CURVE, BEST, snapshot.validation_loss, 48.0)
    assert second_line(done, snapshot, 48.0, "") == expected
    assert second_line(replace(done, is_stale=True), snapshot, 48.0, "") == ("", "")
