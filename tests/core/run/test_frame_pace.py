"""How often each part of the window is due, against a clock that is moved by hand."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.run.pace import CURVES_HZ, LATE, WORDS_HZ, FramePace, Part

TICK_S = 1.0 / 60.0


@pytest.mark.parametrize("is_moving", [True, False])
def test_words_and_the_course_are_due_so_often_and_not_at_once(is_moving: bool) -> None:
    pace, n_seconds = FramePace(), 20
    found = [pace.due(100.0 + tick * TICK_S, is_moving) for tick in range(60 * n_seconds)]
    assert all(Part.PICTURES in due for due in found)
    if not is_moving:
        assert set(found) == {Part.ALL}
        return
    for part, rate_hz in ((Part.WORDS, WORDS_HZ), (Part.CURVES, CURVES_HZ)):
        for piece in part:
            assert 0.7 * rate_hz * n_seconds < sum(piece in due for due in found) <= rate_hz * n_seconds + 1
    # But at the first frame, for which everything has waited.
    assert [due for due in found if due == Part.ALL] == [Part.ALL]
    assert all(len(due & ~Part.PICTURES) <= 1 for due in found[1:])


@pytest.mark.parametrize("n_ticks", [1, 2, 5])
def test_all_words_are_of_one_moment(n_ticks: int) -> None:
    pace = FramePace()
    words = [pace.due(100.0 + n_ticks * tick * TICK_S, is_moving=True) & Part.WORDS for tick in range(300)]
    assert set(words) <= {Part(0), Part.WORDS}, "no panel names the loss of another moment than the one beside it"
    assert len(list(Part.WORDS)) == 1


def test_at_half_the_frames_there_are_two_pieces_in_some_of_them_and_no_piece_is_left_behind() -> None:
    pace, n_seconds = FramePace(), 20
    found = [pace.due(100.0 + 2 * tick * TICK_S, is_moving=True) for tick in range(30 * n_seconds)]
    for part, rate_hz in ((Part.WORDS, WORDS_HZ), (Part.CURVES, CURVES_HZ)):
        for piece in part:
            times = [number for number, due in enumerate(found) if piece in due]
            assert len(times) > 0.45 * rate_hz * n_seconds
            assert max(np.diff(times)) * 2 * TICK_S <= LATE / rate_hz + 2 * TICK_S
    assert max(len(due & ~Part.PICTURES) for due in found[1:]) <= 3


def test_where_frames_are_rare_each_of_them_is_shown_whole() -> None:
    pace = FramePace()
    assert {pace.due(3.0 * tick / WORDS_HZ, is_moving=True) for tick in range(50)} == {Part.ALL}
