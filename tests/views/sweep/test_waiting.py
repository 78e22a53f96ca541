"""What is said of a sweep that has found nothing yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sweep_curves import make_curve

from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.sweep.view import SweepView
from regdesk.views.sweep.waiting import BEGINNING, choosing_text, judged_text, waiting_sentence, why_no_choice


@pytest.mark.parametrize(
    ("progress", "is_linear", "sentence"),
    [
        (None, True, BEGINNING),
        (SweepProgress(2, 6, None), True, "Sweeping: too early to tell how long, 2 of 6 paths."),
        # Nobody waits for a number without a word on when it comes.
        (SweepProgress(0, 6, None), True, "Sweeping: the first path will tell how long, 0 of 6 paths."),
        (
            SweepProgress(0, 60, None, phase=1),
            False,
            "Sweeping: the first fit will tell how long, step 1 of 3 (a model at every λ), 0 fits done.",
        ),
        (SweepProgress(130, 312, 40.0), False, "Sweeping: about 40 s left, 130 fits done."),
        (
            SweepProgress(130, 312, 40.0, 2),
            False,
            "Sweeping: about 40 s left, looking for lower J, every λ has a model, step 2 of 3 (better starts), "
            "130 fits done.",
        ),
        (
            SweepProgress(130, 312, None, 3),
            False,
            "Sweeping: looking for lower J, every λ has a model, too early to tell how long, step 3 of 3 (lower J), "
            "130 fits done.",
        ),
        (
            SweepProgress(30, 312, None, 1),
            False,
            "Sweeping: too early to tell how long, step 1 of 3 (a model at every λ), 30 fits done.",
        ),
    ],
)
def test_a_sweep_by_units_says_how_far_it_is(progress: SweepProgress | None, is_linear: bool, sentence: str) -> None:
    view = SweepView(None, True, False, False, "", progress, is_linear)
    assert waiting_sentence(view) == sentence


def test_best_says_why_the_live_loss_is_another_where_the_sweep_has_folds() -> None:
    curve = make_curve(25, 15, 28, 20)
    said = judged_text(SweepView(curve, False, False, False, ""))
    assert said == ", the mean of 5 folds; the live loss is another, for it is judged on one split of the rows"
    for other in (None, replace(curve, n_folds=1)):
        assert judged_text(SweepView(other, False, False, False, "")) == ""


def test_where_no_lambda_can_be_taken_the_button_says_why_and_nothing_else() -> None:
    done = make_curve(25, 15, 28, 20)
    growing = replace(done, n_lambdas=2 * done.n_lambdas, is_done=False)
    falling = make_curve(40, 15, 28, 20)
    falling = replace(falling, n_lambdas=2 * falling.n_lambdas, is_done=False)
    assert choosing_text("Best", SweepView(done, False, False, False, "")) == "Best"
    assert choosing_text("Best", SweepView(growing, True, False, False, "")).startswith("Best so far; λ follows")
    for view, reason in (
        (SweepView(None, False, False, False, ""), "Press Sweep (F5) first: it finds the best λ."),
        (SweepView(None, False, False, False, "No validation rows."), "No validation rows."),
        (SweepView(None, True, False, False, ""), "The sweep has no λ yet to choose from."),
        (SweepView(done, False, False, True, ""), "The sweep is of other data or settings: press Sweep (F5) again."),
        (SweepView(falling, True, False, False, ""), "The loss still falls as λ does: there is no λ_best yet."),
    ):
        assert why_no_choice(view) == choosing_text("Best", view) == reason
