"""What is said of a sweep that has found nothing yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest
from sweep_curves import make_curve

from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.sweep.view import SweepView
from regdesk.data.lessons.bundled import TOUR, bundled_lesson
from regdesk.views.sweep.second_line import live_beside_swept
from regdesk.views.sweep.waiting import (
    BEGINNING,
    EACH_FOLD,
    WHAT_IT_IS,
    best_text,
    choosing_text,
    judged_text,
    may_rise_text,
    waiting_sentence,
    why_no_choice,
)


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


def test_best_says_why_the_live_loss_may_rise_there() -> None:
    """A stranger's own validation loss rose from 0.158 to 0.165 by Use best, and only the tour said why."""
    curve, findings = make_curve(25, 15, 28, 20), cast("Any", object())
    split, rises = replace(curve, n_folds=1), ". The loss of your own model may rise there: it is"
    rows, epoch = "judged on the validation rows alone", "at its own epoch, those of the sweep are trained to the end"
    folds = f", judged by 5 folds, {EACH_FOLD}"
    for one, said in (
        (curve, f"{rises} {rows}"),
        (replace(curve, network=findings), f"{rises} {rows}, and it is {epoch}"),
        (replace(split, network=findings), f"{rises} {epoch}"),
        (split, ""),
        (None, ""),
    ):
        assert may_rise_text(SweepView(one, False, False, False, "")) == said
    assert may_rise_text(SweepView(curve, False, False, True, "")) == "", "an old sweep has no λ to take"
    growing = replace(curve, n_lambdas=2 * curve.n_lambdas, is_done=False)
    assert best_text("Best", SweepView(curve, False, False, False, "")) == f"Best{folds}{rises} {rows}"
    so_far = "so far; λ follows until the sweep has ended"
    assert best_text("Best", SweepView(growing, True, False, False, "")) == f"Best {so_far}{rises} {rows}"


def test_on_which_rows_the_sweep_judges_is_said_in_one_way() -> None:
    curve = make_curve(25, 15, 28, 20)
    assert EACH_FOLD == "each fold by a model of the other folds"
    assert judged_text(SweepView(curve, False, False, False, "")) == f", judged by 5 folds, {EACH_FOLD}"
    assert judged_text(SweepView(replace(curve, n_folds=1), False, False, False, "")) == ""
    assert f"on 5 folds, {EACH_FOLD}" in live_beside_swept(curve, float(curve.lambdas[3]), 0.25, 48.0)[0]
    assert EACH_FOLD in WHAT_IT_IS
    tour = bundled_lesson(TOUR).lesson.steps[-1]
    assert "each fold is judged by a model of the other folds" in " ".join(tour.text.split())


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
