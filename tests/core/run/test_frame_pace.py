"""How often each part of the window is due, against a clock that is moved by hand."""

from __future__ import annotations

import pytest

from regdesk.core.run.pace import COURSE_HZ, WORDS_HZ, FramePace, Part

TICK_S = 1.0 / 60.0


@pytest.mark.parametrize("is_moving", [True, False])
def test_words_and_the_course_are_due_so_often_and_not_at_once(is_moving: bool) -> None:
    pace, n_seconds = FramePace(), 20
    found = [pace.due(100.0 + tick * TICK_S, is_moving) for tick in range(60 * n_seconds)]
    assert all(Part.PICTURES in due for due in found)
    if not is_moving:
        assert set(found) == {Part.ALL}
        return
    n_words, n_courses = (sum(part in due for due in found) for part in (Part.WORDS, Part.COURSE))
    assert 0.7 * WORDS_HZ * n_seconds < n_words <= WORDS_HZ * n_seconds + 1
    assert 0.7 * COURSE_HZ * n_seconds < n_courses <= COURSE_HZ * n_seconds + 1
    # But at the first frame, for which everything has waited.
    assert [due for due in found if due == Part.ALL] == [Part.ALL]


def test_where_frames_are_rare_each_of_them_is_shown_whole() -> None:
    pace = FramePace()
    assert {pace.due(3.0 * tick / WORDS_HZ, is_moving=True) for tick in range(50)} == {Part.ALL}
