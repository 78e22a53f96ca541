"""Moments stay within their memory, evenly over the run, and changes are kept longer than others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.moments.store import MOST_MOMENTS, MomentStore


@dataclass(frozen=True)
class Row:
    number: int
    is_change: bool = False
    n_bytes: int = 100


def filled(n_rows, changed=(), most_bytes=5_000, n_bytes=100):
    store, most = MomentStore(most_bytes), 0
    for row in range(n_rows):
        is_change = row in changed
        store.note(is_change, lambda number, is_change=is_change: Row(number, is_change, n_bytes))
        most = max(most, store.n_bytes)
    assert most <= most_bytes
    return store


def test_memory_is_bounded_and_what_is_kept_is_even():
    store = filled(12_345)
    numbers = np.array(store.numbers())
    assert numbers[0] == 0
    assert 25 <= len(store) <= 50, "no more than half of the memory is ever free"
    assert len(set(np.diff(numbers))) == 1
    assert store.n_bytes == 100 * len(store)


def test_however_small_they_are_there_are_no_more_than_a_bar_can_show():
    store = filled(20_000, most_bytes=10**9, n_bytes=1)
    assert MOST_MOMENTS / 2 <= len(store) <= MOST_MOMENTS


def test_moments_of_changes_are_kept_longer():
    changed = {17, 1_001, 2_223, 9_999}
    assert changed <= set(filled(12_345, changed).numbers())


def test_changes_without_end_do_not_fill_it():
    store = filled(12_345, range(12_345))
    numbers = np.array(store.numbers())
    assert np.diff(numbers).max() < 12_345 / 20


def test_a_moment_larger_than_the_bound_is_not_kept():
    store = filled(20, n_bytes=5_001)
    assert (len(store), store.n_bytes, store.moments) == (0, 0, ())
    assert store.n_rows == 20
    assert filled(20).memory(99).moments == ()


def test_another_course_goes_on_as_thin_as_it_was():
    store, other = filled(3_100, {777}), MomentStore(5_000)
    other.bring_back(store.memory().until(1_000))
    assert other.numbers() == (*range(0, 777, 64), 777, *range(832, 1_001, 64))
    for _ in range(1_001, 1_100):
        other.note(False, Row)
    assert other.numbers()[-2:] == (1_024, 1_088), "rows count on from the moment at which it was cut"


def test_a_thinner_copy_leaves_the_store_as_it_is():
    store = filled(3_200)
    before = store.numbers()
    memory = store.memory(1_000)
    assert (memory.n_rows, 500 <= memory.n_bytes <= 1_000) == (3_200, True)
    thin = memory.moments
    assert store.numbers() == before
    assert {one.number for one in thin} <= set(before)


def test_what_is_brought_back_may_fill_the_memory_to_its_last_byte():
    whole = filled(50, most_bytes=5_000)
    store = MomentStore(5_000)
    store.bring_back(whole.memory())
    assert store.numbers() == whole.numbers() == tuple(range(50))
    # One moment alone may, too; none that is larger is held.
    one, none = MomentStore(100), MomentStore(99)
    for other in (one, none):
        other.bring_back(filled(1).memory())
    assert (one.numbers(), none.numbers()) == ((0,), ())
