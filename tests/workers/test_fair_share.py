"""Garbage is collected in the GUI thread alone while a window is there, and as before when it is gone."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from regdesk.workers.gc_pacing import SWITCH_INTERVAL_S, FairShare


class Node:
    """Something that only a collection finds to be garbage."""

    def __init__(self) -> None:
        self.itself = self


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
