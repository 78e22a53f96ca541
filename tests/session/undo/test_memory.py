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
from regdesk.session.undo.memory import ENTRY_BYTES, TEXT_BYTES, parts_of
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


def moment(weights: int, sweep: Any = None, ghosts: tuple[object, ...] = (None, None)) -> Moment:
    kept: Any = None if sweep is None else SimpleNamespace(curve=sweep)
    point: Any = None
    return Moment(Configuration(), weights, ghosts, point, kept)


def came_back(history: StepHistory, restored: list[Moment]) -> list[Any]:
    """The sweeps of all steps, the newest first."""
    while history.last is not None:
        history.undo()
    return [None if one.sweep is None else one.sweep.curve for one in restored]


def test_a_sweep_comes_back_with_other_data_alone_and_is_no_burden_of_another_step() -> None:
    restored: list[Moment] = []
    history = StepHistory(lambda _step, to: (restored.append(to), moment(9))[1], most_bytes=2_000)
    first, second, ghost = Value(np.zeros(100)), Value(np.zeros(100)), Value(np.zeros(50))
    for sweep in (first, first, second):
        history.add(moment(0, sweep), "other data", Reach.EVERYTHING)
    history.add(moment(3, Value(np.zeros(1000))), "λ", Reach.SETTINGS)
    history.add(moment(3, None, (ghost, None)), "let go", Reach.GHOSTS)
    assert came_back(history, restored) == [None, None, second, first, first]
    assert restored[0].ghosts == (ghost, None)


def test_what_was_found_and_frozen_goes_where_there_is_no_room_the_oldest_first() -> None:
    restored: list[Moment] = []
    history = StepHistory(lambda _step, to: (restored.append(to), moment(9))[1], most_bytes=1_700)
    first, second, third = (Value(np.zeros(100)) for _ in range(3))
    for sweep in (first, second, second, third):
        history.add(moment(1, sweep, (None, sweep)), "other data", Reach.EVERYTHING)
    assert came_back(history, restored) == [third, second, second, None]
    # What is frozen by then stays as it is.
    assert [one.ghosts for one in restored] == [(None, third), (None, second), (None, second), ()]
    history = StepHistory(lambda _step, to: (restored.append(to), moment(9))[1], most_bytes=100)
    history.add(moment(1, None, (None, first)), "let go", Reach.GHOSTS)
    history.undo()
    assert restored[-1].ghosts == (None, None)
