"""The order in which a session begins, and its ticks, by a clock that is moved by hand."""

from __future__ import annotations

from session_fakes import FakeWindow, HandClock, emissions

from regdesk.session.controllers.frame_clock import AFTER_PAINT_MS, FRAME_MS, START_AFTER_MS, FrameClock


def made(n_parts: int = 0) -> tuple[FrameClock, FakeWindow, HandClock, list[str]]:
    window, clock, log = FakeWindow(n_parts), HandClock(), []
    frames = FrameClock(window, clock)
    frames.start_reached.connect(lambda: log.append(f"start with {window.n_parts_to_build} parts"))
    frames.parts_built.connect(lambda: log.append("built"))
    return frames, window, clock, log


def test_it_begins_when_the_window_is_painted_and_ticks_when_its_parts_are_made() -> None:
    frames, window, clock, log = made(n_parts=3)
    times = emissions(frames.ticked)
    frames.start()
    window.painted.emit()
    clock.advance(AFTER_PAINT_MS - 1)
    assert log == []
    began_ms = clock.now_ms + 1
    clock.advance(1)
    assert log == ["start with 3 parts", "built"]
    assert times == []
    clock.advance(3 * FRAME_MS)
    assert times == [(began_ms + number * FRAME_MS) / 1000 for number in (1, 2, 3)]


def test_where_nothing_is_painted_it_begins_all_the_same() -> None:
    frames, window, clock, log = made()
    clock.advance(10 * START_AFTER_MS)
    window.painted.emit()
    clock.advance(10 * START_AFTER_MS)
    assert log == [], "nobody has said that it is to start"
    frames.start()
    clock.advance(START_AFTER_MS)
    assert log == ["start with 0 parts", "built"]


def test_stopped_it_is_still_whatever_was_due() -> None:
    for n_ms in (0, START_AFTER_MS, START_AFTER_MS + 5 * FRAME_MS):
        frames, window, clock, _ = made()
        frames.start()
        clock.advance(n_ms)
        frames.stop()
        assert clock.n_active == 0
        window.painted.emit()
        assert clock.n_active == 0
