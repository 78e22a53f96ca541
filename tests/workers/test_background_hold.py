"""Work that is submitted before the window has been painted waits for it."""

from __future__ import annotations

from typing import Any

from regdesk.workers.background import BackgroundThread


def test_what_is_held_begins_when_released(qtbot: Any) -> None:
    thread = BackgroundThread()
    thread.hold()
    for word in ("superseded", "wanted"):
        thread.submit(lambda _stop, word=word: word)
    assert not thread.isRunning()
    with qtbot.waitSignal(thread.succeeded) as succeeded:
        thread.release()
    assert succeeded.args == [2, "wanted"]
    thread.stop()
    assert thread.wait(30_000)


def test_nothing_begins_after_the_stop(qtbot: Any) -> None:
    thread = BackgroundThread()
    thread.hold()
    thread.submit(lambda _stop: None)
    thread.stop()
    thread.release()
    assert not thread.isRunning()
