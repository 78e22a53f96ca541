"""How long a live model is let train between two looks at it, as shares of the time."""

from __future__ import annotations

import pytest

from regdesk.workers.look_pace import GLIMPSE_SHARE, MEASURE_SHARE, RECORD_EVERY_S, RECORD_SHARE, LookPace


def test_at_first_all_of_it_is_due() -> None:
    looks = LookPace()
    assert looks.is_look_due(0.0)
    assert looks.is_glimpse_due(0.0)
    assert looks.is_record_due(0.0)
    assert looks.has_cheap_records


def test_a_look_is_due_again_when_it_took_no_more_than_its_share() -> None:
    looks = LookPace()
    looks.note_look(10.0, 0.3)
    next_s = 10.0 + 0.3 / MEASURE_SHARE - 0.3
    assert not looks.is_look_due(next_s - 1e-6)
    assert looks.is_look_due(next_s + 1e-6)
    looks.note_look(20.0, 0.3)
    looks.look_now()
    assert looks.is_look_due(20.0)


def test_a_glimpse_has_a_share_of_its_own() -> None:
    looks = LookPace()
    looks.note_glimpse(10.0, 0.2)
    next_s = 10.0 + 0.2 / GLIMPSE_SHARE - 0.2
    assert not looks.is_glimpse_due(next_s - 1e-6)
    assert looks.is_glimpse_due(next_s + 1e-6)
    assert looks.is_look_due(10.0)


@pytest.mark.parametrize(("spent_s", "wait_s"), [(0.0001, RECORD_EVERY_S), (0.01, 0.01 / RECORD_SHARE)])
def test_rows_of_the_history_come_as_often_as_they_are_cheap(spent_s: float, wait_s: float) -> None:
    looks = LookPace()
    looks.note_record(spent_s)
    looks.wait_for_record(5.0)
    assert not looks.is_record_due(5.0 + wait_s - 1e-6)
    assert looks.is_record_due(5.0 + wait_s + 1e-6)
    # A look notes a row as well, and is followed by as long a wait.
    looks.note_look(7.0, 0.001)
    assert not looks.is_record_due(7.0 + wait_s - 1e-6)


def test_dear_rows_are_noted_at_their_time_alone_and_another_run_begins_anew() -> None:
    looks = LookPace()
    looks.note_record(RECORD_EVERY_S * RECORD_SHARE)
    assert not looks.has_cheap_records
    looks.wait_for_record(5.0)
    looks.begin_run()
    assert looks.has_cheap_records
    assert looks.is_record_due(0.0)
