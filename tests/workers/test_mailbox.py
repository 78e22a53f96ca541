"""One slot, one writer, one reader."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from regdesk.workers.mailbox import Mailbox


def test_what_is_offered_is_taken_once() -> None:
    mailbox: Mailbox[str] = Mailbox()
    assert mailbox.is_empty
    assert mailbox.take() is None
    mailbox.offer("first")
    assert not mailbox.is_empty
    assert mailbox.take() == "first"
    assert mailbox.is_empty
    assert mailbox.take() is None


@pytest.fixture
def quick_turns() -> Iterator[None]:
    """Threads that take turns as often as they can: two that never rest would hold each other up for 5 ms a turn."""
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual_s)


def test_between_two_threads_nothing_is_lost_and_nothing_queues_up(quick_turns: None) -> None:
    mailbox: Mailbox[int] = Mailbox()
    offered: list[int] = []

    def write() -> None:
        number = 0
        while len(offered) < 100:
            number += 1
            if mailbox.is_empty:
                offered.append(number)
                mailbox.offer(number)
        while not mailbox.is_empty:
            pass
        mailbox.offer(-1)

    writer = threading.Thread(target=write)
    writer.start()
    taken: list[int] = []
    while (value := mailbox.take()) != -1:
        if value is not None:
            taken.append(value)
    writer.join()
    assert taken == offered
    assert len(taken) == 100
