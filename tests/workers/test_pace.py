"""The pace of training, against a clock that the test turns."""

from __future__ import annotations

import pytest

from regdesk.workers.pace import Pace

CHUNK_S = 0.015


class Engine:
    """Takes ``step_s`` a step, waits exactly as it is told, and notes when each step was done."""

    def __init__(self, rate: float | None, step_s: float) -> None:
        self.now_s, self.step_s = 100.0, step_s
        self.pace = Pace()
        self.pace.set_rate(rate, self.now_s)
        self.steps: list[float] = []
        self.wakes = 0

    def train(self, seconds: float) -> list[float]:
        """Times of the steps of the next ``seconds``."""
        start, n_before = self.now_s, len(self.steps)
        while self.now_s < start + seconds:
            n_steps = self.pace.due(self.now_s, CHUNK_S)
            if n_steps:
                elapsed_s = n_steps * self.step_s
                self.steps += [self.now_s + (number + 1) * self.step_s for number in range(n_steps)]
                self.now_s += elapsed_s
                self.pace.note(n_steps, elapsed_s)
            self.now_s += self.pace.wait_s(self.now_s)
            self.wakes += 1
        return self.steps[n_before:]


@pytest.mark.parametrize("rate", [10.0, 100.0, 1000.0, 7000.0])
def test_a_set_pace_is_kept_evenly(rate: float) -> None:
    engine = Engine(rate, step_s=20e-6)
    engine.train(1.0)
    for _ in range(10):
        n_steps = len(engine.train(1.0))
        assert n_steps == pytest.approx(rate, rel=0.02, abs=1.01)
    # No gap is much longer than the steps are apart, or than the grouping into wake-ups makes them.
    gaps = [after - before for before, after in zip(engine.steps, engine.steps[1:], strict=False)]
    assert max(gaps[50:] or gaps) < 1.0 / rate + 0.0085


def test_what_is_not_needed_is_slept() -> None:
    slow, quick = Engine(10.0, 20e-6), Engine(1000.0, 20e-6)
    slow.train(10.0)
    quick.train(10.0)
    assert slow.wakes <= 10 * 10 + 5
    assert quick.wakes <= 10 * 130


def test_a_small_pace_begins_after_its_first_interval_and_waits_for_it() -> None:
    engine = Engine(10.0, 20e-6)
    assert engine.pace.due(100.0, CHUNK_S) == 0
    assert engine.pace.wait_s(100.0) == pytest.approx(0.1)
    assert engine.pace.due(100.1, CHUNK_S) == 1


def test_flat_out_fills_chunks_and_never_waits() -> None:
    engine = Engine(None, step_s=50e-6)
    assert engine.pace.due(engine.now_s, CHUNK_S) == 1
    engine.train(1.0)
    assert engine.pace.wait_s(engine.now_s) == 0.0
    assert engine.pace.due(engine.now_s, CHUNK_S) == CHUNK_S / 50e-6
    assert engine.pace.due(engine.now_s, CHUNK_S / 3) == CHUNK_S / 3 / 50e-6


def test_chunks_grow_by_doubling_so_that_one_quick_step_promises_little() -> None:
    pace = Pace()
    sizes = []
    for _ in range(5):
        sizes.append(pace.fitting(CHUNK_S))
        pace.learn(sizes[-1], sizes[-1] * 1e-6)
    assert sizes == [1, 2, 4, 8, 16]


def test_steps_longer_than_a_chunk_are_done_one_by_one() -> None:
    engine = Engine(None, step_s=0.4)
    engine.train(2.0)
    assert engine.pace.due(engine.now_s, CHUNK_S) == 1


def test_an_engine_that_cannot_keep_up_does_not_fall_behind_for_ever() -> None:
    engine = Engine(1000.0, step_s=0.002)
    assert len(engine.train(4.0)) == pytest.approx(2000 * 0.9, rel=0.15)
    engine.step_s = 20e-6
    # No burst to catch up: what was missed stays missed.
    for _ in range(5):
        engine.train(0.5)
    assert len(engine.train(1.0)) == pytest.approx(1000, rel=0.02)


def test_after_a_pause_nothing_is_caught_up() -> None:
    engine = Engine(1000.0, 20e-6)
    engine.train(1.0)
    engine.now_s += 60.0
    engine.pace.restart(engine.now_s)
    assert engine.pace.due(engine.now_s, CHUNK_S) == 0
    assert len(engine.train(1.0)) == pytest.approx(1000, abs=10)


def test_a_held_thread_makes_no_burst() -> None:
    engine = Engine(1000.0, 20e-6)
    engine.train(1.0)
    engine.now_s += 5.0
    assert engine.pace.due(engine.now_s, 1.0) <= 2


def test_a_new_rate_counts_from_now() -> None:
    engine = Engine(10.0, 20e-6)
    engine.train(5.0)
    engine.pace.set_rate(1000.0, engine.now_s)
    assert engine.pace.rate == 1000.0
    assert engine.pace.due(engine.now_s, CHUNK_S) == 0
    assert len(engine.train(1.0)) == pytest.approx(1000, abs=10)
