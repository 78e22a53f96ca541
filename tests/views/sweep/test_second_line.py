"""Under the sentence of a sweep: the λ_best so far, then the live loss beside the swept one, and why they differ."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from canned import Canned, dataset_of
from PySide6.QtWidgets import QLabel
from sweep_curves import make_curve
from tables import write_sparse

from regdesk.core.run.snapshot import TrainSnapshot
from regdesk.core.sweep.curve import SweepCurve
from regdesk.core.sweep.view import SweepView
from regdesk.core.types import TrainSettings
from regdesk.core.words.number_text import number_text
from regdesk.views.kit.name_room import whole_parts
from regdesk.views.sweep.second_line import live_beside_swept, second_line, why_another_best
from regdesk.views.sweep.waiting import EACH_FOLD
from regdesk.views.sweep.words import point_text

CURVE = make_curve(25, 15, 28, 20)
BEST = float(CURVE.lambdas[CURVE.best])


def test_both_losses_how_far_apart_and_why() -> None:
    whole, short = live_beside_swept(CURVE, BEST, 0.25, 48.0)
    assert whole == (
        "Validation loss at this λ: live 0.250, swept 0.200, live is 25 % higher: live is judged on 48 validation "
        "rows, the sweep on 5 folds, each fold by a model of the other folds."
    )
    assert short == "Validation here: live 0.250, swept 0.200; 48 validation rows against 5 folds"
    assert ", live is 2.5 % lower:" in live_beside_swept(CURVE, BEST, 0.195, 48.0)[0]
    assert "live 0.200, swept 0.200: live" in live_beside_swept(CURVE, BEST, 0.2, 48.0)[0]


def test_of_one_split_the_rows_are_the_same() -> None:
    whole, short = live_beside_swept(replace(CURVE, n_folds=1), BEST, 0.25, 48.0)
    assert whole.endswith(": both judge the same rows, the sweep a model that is trained to the end.")
    assert short == "Validation here: live 0.250, swept 0.200; the swept one is trained to the end"


def test_of_a_network_live_may_be_the_lower_one_and_why_is_said() -> None:
    findings: Any = object()
    whole, short = live_beside_swept(replace(CURVE, n_folds=1, network=findings), BEST, 0.18, 48.0)
    assert "live is 10 % lower: live trained on from the weights it had, until you stopped it, the swept one" in whole
    assert short.endswith("; live trained on from its weights, swept from other starts")
    whole, short = live_beside_swept(replace(CURVE, network=findings), BEST, 0.25, 48.0)
    assert whole.endswith(f"{EACH_FOLD}, and live is at its own epoch, a swept model is trained to the end.")
    assert short.endswith("; 48 validation rows against 5 folds, its own epoch against training to the end")


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
    whole, short = live_beside_swept(CURVE, lam, 0.25, 48.0)
    assert whole.endswith(" lies outside the sweep: nothing is known of it but the live model.")
    assert short == f"λ {number_text(lam)} lies outside the sweep."
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


def growing(best: int, n_done: int = 41) -> SweepCurve:
    """The first ``n_done`` λ of a sweep under way, with its lowest loss at number ``best``."""
    curve = replace(make_curve(best, best, None, None), is_done=False)
    columns = ("lambdas", "train_loss", "validation_loss", "validation_se", "n_nonzero", "converged")
    return replace(curve, **{name: getattr(curve, name)[:n_done] for name in columns})


def test_while_the_least_lambda_is_the_best_no_best_is_named(snapshot: TrainSnapshot) -> None:
    falling = growing(25, 12)
    # Only the first λ, and those at which all weights are zero: they differ by rounding alone.
    curve, flat = growing(0, 12), falling.validation_loss[:1] * (1.0 + 1e-9 * np.arange(12))
    for one in (growing(0, 1), replace(falling, best=11), replace(curve, validation_loss=flat)):
        assert one.is_still_falling
        assert one.chosen == []
        view = SweepView(one, True, False, False, "")
        assert second_line(view, snapshot, 48.0, "")[1] == "The loss still falls as λ does: there is no λ_best yet."
        assert "λ_best" not in point_text(one, 0)
        # Once it has been ended, it is what there is.
        assert replace(one, is_done=True).chosen
    assert not growing(25, 30).is_still_falling
    assert [name for _, name in growing(25, 30).chosen] == ["λ_best = λ_1se so far"]


def test_why_the_best_so_far_is_another_is_said_once(snapshot: TrainSnapshot) -> None:
    before, after = growing(10, 20), growing(25, 30)
    old, new = (number_text(float(one.lambdas[one.best])) for one in (before, after))
    why = why_another_best(before, after, "")
    assert why == f"not {old}: the folds of {new} were not all in"
    assert why_another_best(after, growing(25, 35), why) == why
    assert why_another_best(growing(30, 40), growing(25, 40), why).endswith(": other models have been found since")
    assert why_another_best(after, replace(after, is_done=True), why) == ""
    assert why_another_best(replace(growing(25, 12), best=11), before, why) == ""
    line, short = second_line(SweepView(after, True, False, False, ""), snapshot, 48.0, "", why)
    assert short == f"λ_best so far {new}, {why}"
    assert line == f"λ_best so far {new} with validation 0.200; {why}; Ctrl+B takes it."
