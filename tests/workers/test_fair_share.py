"""Garbage is collected in the GUI thread alone while a window is there, and as before when it is gone; memory that was
a run's goes back.
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regdesk.workers import gc_pacing
from regdesk.workers.gc_pacing import SWITCH_INTERVAL_S, FairShare, give_back_memory

HAS_TRIM = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")


class Node:
    """Something that only a collection finds to be garbage."""

    def __init__(self) -> None:
        self.itself = self


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture
def share(qapp: Any, leaves_nothing_behind: Any) -> Iterator[FairShare]:
    # Nothing is frozen to begin with, as in the program.
    gc.unfreeze()
    share = FairShare()
    yield share
    share.stop()


def test_everything_is_as_before_afterwards(share: FairShare) -> None:
    before = (gc.isenabled(), sys.getswitchinterval(), gc.get_freeze_count())
    share.start()
    assert (gc.isenabled(), sys.getswitchinterval()) == (False, pytest.approx(SWITCH_INTERVAL_S))
    share.settle()
    assert gc.get_freeze_count() > before[2]
    share.stop()
    share.stop()
    assert (gc.isenabled(), sys.getswitchinterval(), gc.get_freeze_count()) == before


def test_garbage_is_collected_once_it_has_settled(share: FairShare, qtbot: Any) -> None:
    share.start()
    share.settle()
    garbage = weakref.ref(Node())
    assert garbage() is not None
    qtbot.waitUntil(lambda: garbage() is None)


def test_who_collects_by_hand_goes_on_so(share: FairShare) -> None:
    gc.disable()
    try:
        share.start()
        share.settle()
        assert gc.get_freeze_count() == 0
        share.stop()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_memory_goes_back_after_a_run_was_left_and_not_while_one_goes_on(
    qapp: Any, leaves_nothing_behind: Any, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    given: list[int] = []
    collected: list[int] = []
    monkeypatch.setattr(gc_pacing, "give_back_memory", lambda: given.append(len(collected)))
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc_pacing, "COLLECT_EVERY_MS", 1)
    monkeypatch.setattr(gc_pacing, "ALL_EVERY", 4)
    share = FairShare()
    try:
        share.start()
        share.settle()
        qtbot.waitUntil(lambda: collected.count(2) >= 2)
        assert given == [], "no run was left"
        share.note_left_run()
        share.note_left_run()
        n_full = collected.count(2)
        qtbot.waitUntil(lambda: collected.count(2) >= n_full + 2)
        assert len(given) == 1, "once for all that were left"
        assert collected[given[0] - 1] == 2, "after what is garbage has gone"
    finally:
        share.stop()


@pytest.mark.skipif(not HAS_TRIM, reason="the C library is none of GNU's")
def test_room_between_what_stays_goes_back() -> None:
    blocks = [bytearray(4_000) for _ in range(8_000)]
    stays = blocks[:: len(blocks) // 8] + blocks[-1:]
    full = resident_bytes()
    del blocks
    give_back_memory()
    after = resident_bytes()
    assert full - after > 16_000_000, f"{full} bytes before, {after} after, with {len(stays)} blocks that stay"
