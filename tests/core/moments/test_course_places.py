"""Places on the course of a run, and which moments a store keeps when it is full: each number worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from regdesk.core.moments import store
from regdesk.core.moments.kept_moment import OWN_BYTES, Course, KeptMoment
from regdesk.core.moments.store import MomentMemory, MomentStore
from regdesk.core.moments.view import TravelView


def moment(number: int, epoch: float, step: int) -> KeptMoment:
    state: Any = SimpleNamespace(step=step, n_bytes=500)
    return KeptMoment(number, epoch, False, (1.0, 2.0), state)


MOMENTS = (moment(2, 0.0, 0), moment(4, 1.5, 15), moment(6, 3.0, 30))
COURSE = Course(MOMENTS, 40, 4.0)


def test_a_moment_holds_its_state_and_itself() -> None:
    assert (MOMENTS[1].n_bytes, MOMENTS[1].step) == (500 + OWN_BYTES, 15)
    assert 1_000 < OWN_BYTES <= 3_000, "some Python objects"


def test_the_last_moment_is_left_out_where_it_is_now() -> None:
    assert Course.of(MOMENTS, 30, 3.0).moments == MOMENTS[:2]
    assert Course.of(MOMENTS, 31, 3.1).moments == MOMENTS
    assert Course.of((), 0, 0.0).now == 0
    assert COURSE.now == 3


@pytest.mark.parametrize(("number", "place"), [(0, 0), (2, 0), (3, 0), (4, 1), (5, 1), (6, 2), (99, 2)])
def test_a_row_of_the_history_has_the_moment_before_it(number: int, place: int) -> None:
    assert COURSE.place_of_number(number) == place


@pytest.mark.parametrize(
    ("epoch", "place"), [(-1.0, 0), (0.0, 0), (1.49, 0), (1.5, 1), (2.9, 1), (3.0, 2), (3.99, 2), (4.0, 3), (9.0, 3)]
)
def test_an_epoch_or_a_step_has_the_last_moment_up_to_it(epoch: float, place: int) -> None:
    assert COURSE.place_of_epoch(epoch) == place
    assert COURSE.place_of_step(10.0 * epoch) == place


def test_a_view_is_of_now_unless_it_says_when() -> None:
    assert (TravelView().now, TravelView().is_earlier, TravelView(epoch=0.0).is_earlier) == (0.0, False, True)


@dataclass(frozen=True)
class Kept:
    number: int
    is_change: bool = False
    n_bytes: int = 10


def filled(n_rows: int, most_bytes: int, changes: tuple[int, ...] = ()) -> MomentStore[Kept]:
    found: MomentStore[Kept] = MomentStore(most_bytes)
    for number in range(n_rows):
        is_change = number in changes
        found.note(is_change, lambda given, is_change=is_change: Kept(given, is_change))  # type: ignore[misc]
    return found


@pytest.mark.parametrize(
    ("n_rows", "numbers"),
    [
        (4, (0, 1, 2, 3)), (5, (0, 2, 4)), (7, (0, 2, 4, 6)), (8, (0, 2, 4, 6)), (9, (0, 4, 8)), (13, (0, 4, 8, 12)),
        (17, (0, 8, 16)),
    ],
)  # fmt: skip
def test_every_other_one_goes_when_there_is_no_room(n_rows: int, numbers: tuple[int, ...]) -> None:
    found = filled(n_rows, 40)
    assert found.numbers() == numbers
    assert (found.n_rows, found.n_bytes, len(found)) == (n_rows, 10 * len(numbers), len(numbers))


def test_changes_stay_while_they_are_few() -> None:
    assert filled(10, 80, (3, 5)).numbers() == (0, 2, 3, 4, 5, 6, 8)
    assert filled(9, 80, (1, 3, 5)).numbers() == (0, 2, 4, 6, 8), "three of nine are more than a quarter"
    assert filled(9, 80, (1, 3)).numbers() == (0, 1, 2, 3, 4, 6, 8), "two of nine are not"
    assert filled(8, 70, (1, 3)).numbers() == (0, 1, 2, 3, 4, 6), "nor are two of eight"
    assert filled(12, 80, (1, 3, 5, 11)).numbers() == (0, 2, 4, 6, 8, 10), "nor coming ones, then"


def test_one_that_is_larger_than_the_bound_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    found: MomentStore[Kept] = MomentStore(40)
    found.note(False, lambda number: Kept(number, n_bytes=40))
    assert found.numbers() == (0,)
    found.note(False, lambda number: Kept(number, n_bytes=41))
    assert (found.numbers(), found.n_bytes, found.n_rows) == ((0,), 40, 2)
    monkeypatch.setattr(store, "MOST_MOMENTS", 3)
    assert filled(3, 1000).numbers() == (0, 1, 2)
    assert filled(4, 1000).numbers() == (0, 2)


def test_what_was_held_is_brought_back_and_goes_on_as_evenly() -> None:
    memory = filled(9, 40).memory()
    assert (memory.n_rows, memory.n_bytes, [one.number for one in memory.moments]) == (9, 30, [0, 4, 8])
    until = memory.until(4)
    assert (until.n_rows, [one.number for one in until.moments]) == (5, [0, 4])
    again: MomentStore[Kept] = MomentStore(40)
    again.bring_back(memory)
    for _ in range(9, 13):
        again.note(False, Kept)
    assert (again.numbers(), again.n_bytes) == ((0, 4, 8, 12), 40)
    again.bring_back(MomentMemory((Kept(0), Kept(3, True), Kept(6), Kept(9, n_bytes=99)), 10))
    again.note(False, Kept)
    again.note(False, Kept)
    assert (again.numbers(), again.n_bytes) == ((0, 3, 6), 30), "six apart, every fourth is kept"
    again.bring_back(MomentMemory((Kept(5),), 6))
    again.note(False, Kept)
    assert again.numbers() == (5, 6), "of one there is no distance"
    whole = filled(4, 100)
    assert whole.memory(40).moments == whole.moments
    assert [one.number for one in whole.memory(39).moments] == [0, 2]
    assert whole.memory(39).n_rows == 4
