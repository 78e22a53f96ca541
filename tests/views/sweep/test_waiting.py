"""What is said of a sweep that has found nothing yet."""

from __future__ import annotations

import pytest

from regdesk.core.sweep.remaining_time import SweepProgress
from regdesk.core.sweep.view import SweepView
from regdesk.views.sweep.waiting import BEGINNING, waiting_sentence


@pytest.mark.parametrize(
    ("progress", "is_linear", "sentence"),
    [
        (None, True, BEGINNING),
        (SweepProgress(2, 6, None), True, "Sweeping: 2 of 6 paths, time left not known yet."),
        (SweepProgress(130, 312, 40.0), False, "Sweeping: 130 fits done, about 40 s left."),
    ],
)
def test_a_sweep_by_units_says_how_far_it_is(progress: SweepProgress | None, is_linear: bool, sentence: str) -> None:
    view = SweepView(None, True, False, False, "", progress, is_linear)
    assert waiting_sentence(view) == sentence
