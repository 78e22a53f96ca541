"""What is kept for undo is counted, each array once, and the oldest runs go when there is no room."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np

from regdesk.core.moments.store import MomentMemory
from regdesk.core.settings.configuration import Configuration
from regdesk.session.undo.history import StepHistory
from regdesk.session.undo.memory import ENTRY_BYTES, TEXT_BYTES, HeldMemory, parts_of
from regdesk.session.undo.moment import Moment
from regdesk.session.undo.run_store import RunStore
from regdesk.session.undo.step import Reach


@dataclass(frozen=True, eq=False)
class Value:
    array: Any
    parts: Any = field(default=None)

    @cached_property
    def copy(self) -> Any:
        return np.zeros(50)


def bytes_of(*values: object) -> int:
    shared: dict[int, int] = {}
    for value in values:
        shared |= parts_of(value)
    return sum(shared.values())


@dataclass(frozen=True, eq=False)
class Left:
    """What a store asks of the state of a run."""

    run: Any
    own_bytes: int
    moments: MomentMemory[Any] | None = None

    @property
    def n_bytes(self) -> int:
        return self.own_bytes + (0 if self.moments is None else self.moments.n_bytes)


def run(table: Any, n_bytes: int, n_moments: int = 0) -> Any:
    moments = MomentMemory(tuple(SimpleNamespace(n_bytes=10, number=one) for one in range(n_moments)), 2 * n_moments)
    return Left(SimpleNamespace(loaded=Value(table)), n_bytes, moments)


def test_an_array_is_counted_once_however_many_hold_it_or_a_part_of_it() -> None:
    array = np.zeros(100)
    assert bytes_of(Value(array)) == 800
    named = Value({"a": array})
    assert bytes_of(Value(array), Value(array[10:20]), named) == 800 + ENTRY_BYTES
    assert bytes_of(Value(array[10:20])) == 800, "a part keeps the whole alive"


def test_what_a_value_has_worked_out_and_keeps_is_counted() -> None:
    value = Value(np.zeros(100))
    before = bytes_of(value)
    assert value.copy.nbytes == 400
    assert bytes_of(value) - before == 400


def test_lists_are_counted_by_their_length() -> None:
    assert bytes_of(Value(None, ("ab", "cde"))) == 2 * TEXT_BYTES
    assert bytes_of(Value(None, [np.zeros(3), np.zeros(4)])) == 2 * ENTRY_BYTES + 56


def test_the_oldest_runs_go_first_and_what_they_share_counts_once() -> None:
    store, table = RunStore(most_bytes=3_000), np.zeros(100)
    states = [run(table, 800) for _ in range(4)]
    for number, state in enumerate(states, start=1):
        store.expect(number)
        assert store.is_awaited(number)
        store.keep(number, state)
        assert store.n_bytes == 800 * (min(number, 2) + 1)
        assert not store.is_awaited(number)
    assert [store.state_of(number) for number in (1, 2, 3, 4)] == [None, None, *states[2:]]
    # Of other data a run takes more.
    store.keep(5, run(np.zeros(150), 800))
    assert [store.state_of(number) is None for number in (3, 4, 5)] == [True, True, False]
    assert store.n_bytes == 2_000


def test_a_run_that_is_larger_than_all_there_is_room_for_is_not_kept() -> None:
    store = RunStore(most_bytes=3_000)
    store.keep(1, run(np.zeros(10), 3_000))
    assert store.state_of(1) is None


def test_a_run_that_comes_again_is_kept_as_it_is_then_and_others_are_forgotten() -> None:
    store = RunStore()
    first, second, other = (run(np.zeros(10), 80) for _ in range(3))
    store.keep(1, first)
    store.keep(2, other)
    store.expect(1)
    assert store.state_of(1) is None
    store.keep(1, second)
    assert store.state_of(1) is second
    store.forget_others({1})
    assert (store.state_of(1), store.state_of(2), store.n_bytes) == (second, None, 160)
    store.expect(3)
    store.keep(3, None)
    assert not store.is_awaited(3)


def test_of_too_many_earlier_moments_those_of_the_newest_runs_stay_and_every_run_comes_back() -> None:
    store = RunStore(most_moments=250)
    for number in range(1, 5):
        store.keep(number, run(None, 800, n_moments=100))
    store.keep(5, run(None, 800))
    kept = [store.state_of(number) for number in range(1, 6)]
    moments = [one.moments for one in kept if one is not None and one.moments is not None]
    assert [len(one.moments) for one in moments] == [0, 0, 100, 100, 0]
    # The rows of its history are counted on from there.
    assert [one.n_rows for one in moments] == [200, 200, 200, 200, 0]
    assert store.n_bytes == 5 * 800 + 2 * 100 * 10


def moment(ghost: Any, sweep: Any = None, *branches: Any) -> Moment:
    courses: Any = tuple(SimpleNamespace(state=one) for one in branches)
    return Moment(Configuration(), 1, (None, ghost), (None, 0), sweep, courses)


def test_what_steps_hold_is_counted_once_and_not_what_is_open_in_any_case() -> None:
    memory, shared = HeldMemory(), np.zeros(100)
    assert memory.n_bytes([Value(shared), Value(shared), Value(np.zeros(10))], Value(None)) == 880
    assert memory.n_bytes([Value(shared), Value(np.zeros(10))], Value(shared)) == 80
    assert memory.n_bytes([], Value(shared)) == 0
    # A run says itself how much it takes.
    assert memory.n_bytes([run(np.zeros(1_000), 70)]) == 70


def test_the_oldest_steps_go_where_frozen_pictures_sweeps_and_branches_take_too_much() -> None:
    history = StepHistory(lambda _step, one: one, most_bytes=2_000)
    sweep, course = Value(np.zeros(50)), run(None, 400)
    for number in range(5):
        # 800 bytes of its own, and 400 each that all of them share.
        history.add(moment(Value(np.zeros(100)), sweep, course), str(number), Reach.GHOSTS)
        history.keep_within(None)
    words = []
    while history.last is not None:
        words.append(history.last.words)
        history.undo()
    assert words == ["4"]
    small = StepHistory(lambda _step, one: one, most_bytes=10)
    for number in range(3):
        small.add(moment(Value(np.zeros(100))), str(number), Reach.GHOSTS)
        small.keep_within(None)
    assert small.last is not None
    assert small.last.words == "2", "what was done last can be undone, however large"
