"""What writes a file is done to its end, whatever is asked for after it."""

from __future__ import annotations

import threading

from regdesk.workers.background import BackgroundThread, ShouldStop


def test_kept_work_is_done_although_the_thread_is_to_end() -> None:
    thread, done = BackgroundThread(), threading.Event()
    asked: list[bool] = []

    def work(should_stop: ShouldStop) -> None:
        asked.append(should_stop())
        done.set()

    thread.submit(work, is_kept=True)
    thread.stop()
    thread.wait()
    assert done.is_set()
    assert asked == [False]


def test_kept_work_is_done_although_something_newer_is_wanted() -> None:
    thread = BackgroundThread()
    began, may_end, done = threading.Event(), threading.Event(), []

    def first(_should_stop: ShouldStop) -> None:
        began.set()
        may_end.wait()

    thread.submit(first)
    began.wait()
    thread.submit(lambda _should_stop: done.append("kept"), is_kept=True)
    thread.submit(lambda _should_stop: done.append("not kept"))
    thread.submit(lambda _should_stop: done.append("newest"))
    may_end.set()
    thread.stop()
    thread.wait()
    assert done[:1] == ["kept"]
    assert "not kept" not in done
