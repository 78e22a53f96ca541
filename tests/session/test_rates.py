"""Measured steps and frames per second, against times that are told."""

from __future__ import annotations

from regdesk.session.rates import WINDOW_S, Rates


def test_before_anything_there_is_no_rate() -> None:
    rates = Rates()
    assert (rates.frames_per_second(), rates.steps_per_second(5.0)) == (0.0, 0.0)
    rates.note_tick(5.0)
    rates.note_step(3, 5.0)
    assert (rates.frames_per_second(), rates.steps_per_second(5.0)) == (0.0, 0.0), "one moment is no stretch of time"


def test_frames_are_counted_over_the_last_second() -> None:
    rates = Rates()
    for tick in range(9):
        rates.note_tick(tick / 4)
    assert rates.frames_per_second() == 4.0
    # Twice as many from here on: after a second the slow ones are forgotten.
    for tick in range(1, 9):
        rates.note_tick(2.0 + tick / 8)
    assert rates.frames_per_second() == 8.0


def test_steps_are_counted_over_the_last_second_and_the_moment_before_it() -> None:
    rates = Rates()
    rates.note_step(0, 0.0)
    rates.note_step(100, 0.5)
    assert rates.steps_per_second(0.5) == 200.0
    rates.note_step(100, 1.5)
    rates.note_step(100, 2.0)
    assert rates.steps_per_second(2.0) == 0.0


def test_without_a_step_for_a_second_the_rate_is_0() -> None:
    rates = Rates()
    rates.note_step(0, 0.0)
    rates.note_step(100, 0.5)
    assert rates.steps_per_second(0.5 + WINDOW_S) == 200.0
    assert rates.steps_per_second(0.5 + 1.01 * WINDOW_S) == 0.0


def test_a_new_run_counts_from_0() -> None:
    rates = Rates()
    rates.note_step(1000, 0.0)
    rates.reset_steps()
    rates.note_step(0, 0.25)
    rates.note_step(10, 0.5)
    assert rates.steps_per_second(0.5) == 40.0
