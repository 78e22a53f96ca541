"""One slot, one writer, one reader."""

from __future__ import annotations

import threading

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


def test_between_two_threads_nothing_is_lost_and_nothing_queues_up() -> None:
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
