"""Work beside the window: newest first wanted, errors reported, stopped while busy."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from regdesk.workers.background import BackgroundThread


@pytest.fixture
def thread(qtbot: Any) -> Iterator[BackgroundThread]:
    thread = BackgroundThread()
    yield thread
    thread.stop()
    assert thread.wait(30_000)


class Log:
    def __init__(self, thread: BackgroundThread) -> None:
        self.events: list[tuple[str, int, Any]] = []
        self.threads: set[int] = set()
        thread.succeeded.connect(lambda number, result: self.events.append(("succeeded", number, result)))
        thread.failed.connect(lambda number, error: self.events.append(("failed", number, error)))


def test_results_arrive_in_order_and_work_is_done_elsewhere(thread: BackgroundThread, qtbot: Any) -> None:
    log = Log(thread)
    with qtbot.waitSignal(thread.succeeded):
        first = thread.submit(lambda _stop: threading.get_ident())
    with qtbot.waitSignal(thread.succeeded):
        second = thread.submit(lambda _stop: "second")
    (_, number, ident), last = log.events
    assert number == first
    assert ident != threading.get_ident()
    assert last == ("succeeded", second, "second")


@pytest.mark.parametrize("end", ["seen", "cancel"])
def test_work_goes_on_when_what_was_glimpsed_is_seen(
    thread: BackgroundThread, qtbot: Any, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("regdesk.workers.background.MOST_WAIT_S", 30.0)
    went_on = threading.Event()

    def work(_stop: Callable[[], bool]) -> None:
        thread.glimpse("the first rows")
        went_on.set()

    with qtbot.waitSignal(thread.glimpsed) as glimpsed:
        number = thread.submit(work)
    assert glimpsed.args == [number, "the first rows"]
    assert not went_on.is_set()
    getattr(thread, end)()
    assert went_on.wait(20)


def test_newer_work_supersedes_older(thread: BackgroundThread, qtbot: Any) -> None:
    log = Log(thread)
    begun, go_on = threading.Event(), threading.Event()
    asked: list[bool] = []

    def long_work(should_stop: Callable[[], bool]) -> str:
        asked.append(should_stop())
        begun.set()
        assert go_on.wait(30)
        asked.append(should_stop())
        return "nobody wants this"

    thread.submit(long_work)
    assert begun.wait(30)
    ran: list[int] = []
    for number in range(2, 6):
        newest = thread.submit(lambda _stop, number=number: ran.append(number))
    with qtbot.waitSignal(thread.succeeded):
        go_on.set()
    assert asked == [False, True]
    assert ran == [newest] == [5]
    assert log.events == [("succeeded", newest, None)]


def test_a_superseded_error_is_nobodys_business(thread: BackgroundThread, qtbot: Any) -> None:
    log = Log(thread)
    begun, go_on = threading.Event(), threading.Event()

    def fail(_stop: Callable[[], bool]) -> None:
        begun.set()
        assert go_on.wait(30)
        raise OSError("gone")

    thread.submit(fail)
    assert begun.wait(30)
    with qtbot.waitSignal(thread.succeeded):
        newest = thread.submit(lambda _stop: "fine")
        go_on.set()
    assert log.events == [("succeeded", newest, "fine")]


def test_errors_are_reported_and_the_thread_lives_on(thread: BackgroundThread, qtbot: Any) -> None:
    log = Log(thread)
    error = ValueError("no")

    def fail(_stop: Callable[[], bool]) -> None:
        raise error

    with qtbot.waitSignal(thread.failed):
        number = thread.submit(fail)
    with qtbot.waitSignal(thread.succeeded):
        thread.submit(lambda _stop: 1)
    assert log.events == [("failed", number, error), ("succeeded", number + 1, 1)]


def test_stop_while_busy_ends_with_the_work_and_says_nothing(qtbot: Any) -> None:
    thread = BackgroundThread()
    log = Log(thread)
    begun = threading.Event()

    def until_unwanted(should_stop: Callable[[], bool]) -> str:
        begun.set()
        while not should_stop():
            pass
        return "too late"

    thread.submit(until_unwanted)
    assert begun.wait(30)
    thread.stop()
    assert thread.wait(30_000)
    qtbot.wait(1)
    assert log.events == []


def test_stop_before_any_work(qtbot: Any) -> None:
    thread = BackgroundThread()
    thread.stop()
    assert thread.wait(100)
    assert not thread.isRunning()
