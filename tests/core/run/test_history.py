"""Thinning keeps the history short and loses no change of settings."""

from __future__ import annotations

import numpy as np

from regdesk.core.run.history import MAX_ROWS, History, HistoryRow

CHANGED = HistoryRow._fields.index("changed")


def rows_of(steps, changed=()):
    rows = np.zeros((len(steps), len(HistoryRow._fields)))
    rows[:, 0] = steps
    rows[:, 2] = 2.0 * np.asarray(steps)
    rows[np.isin(steps, changed), CHANGED] = 1
    return rows


def test_a_long_run_stays_short_and_keeps_every_change():
    history = History()
    changed = [0, 7, 19_999, 54_321, 123_457, 299_999]
    n_rows = 300_000
    for start in range(0, n_rows, 1_000):
        history.append(rows_of(np.arange(start, start + 1_000), changed))
        assert len(history) <= MAX_ROWS
        columns = history.columns(MAX_ROWS)
        assert columns.step[0] == 0
        assert columns.step[-1] == start + 999, "the newest row is always there"
    columns = history.columns(MAX_ROWS)
    assert len(columns.step) == len(history) > MAX_ROWS // 4
    assert (np.diff(columns.step) > 0).all()
    assert columns.step[columns.changed > 0].tolist() == changed
    np.testing.assert_array_equal(columns.train_loss, 2.0 * columns.step)
    # Old stretches are thinned as evenly as new ones: no gap is a large part of the run.
    assert np.diff(columns.step).max() < n_rows / 100


def test_an_append_larger_than_the_whole_history():
    history = History()
    history.append(rows_of(np.arange(3 * MAX_ROWS + 17)))
    columns = history.columns(MAX_ROWS)
    assert len(history) <= MAX_ROWS
    assert (columns.step[0], columns.step[-1]) == (0, 3 * MAX_ROWS + 16)
    assert (np.diff(columns.step) > 0).all()


def test_changes_without_end_do_not_fill_it():
    history = History()
    steps = np.arange(5 * MAX_ROWS)
    history.append(rows_of(steps, changed=steps))
    assert len(history) <= MAX_ROWS
    assert history.columns(MAX_ROWS).step[-1] == steps[-1]


def test_columns_are_copies_thinned_to_the_points_asked_for():
    history = History()
    history.append(rows_of(np.arange(5_003)))
    columns = history.columns(400)
    assert len(columns.step) <= 402
    assert (columns.step[0], columns.step[-1]) == (0, 5_002)
    columns.step[:] = -1
    assert history.columns(400).step[0] == 0


def test_short_histories():
    history = History()
    assert len(history.columns(100).step) == 0
    history.append(rows_of([5]))
    assert history.columns(100).step.tolist() == [5]
    assert len(History()) == 0


def test_a_row_says_every_column_in_order():
    history = History()
    history.append(np.array([HistoryRow(1, 2, 3, 4, 5, 6, 1, 8, 9, 10)], dtype=float))
    columns = history.columns(10)
    values = [getattr(columns, name).tolist() for name in HistoryRow._fields]
    assert values == [[1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [1.0], [8.0], [9.0], [10.0]]


def test_the_last_row_of_a_run_that_is_brought_back_is_not_there_twice():
    history, last = History(), HistoryRow(4.0, 1.0, 0.5, 0.6, 2.0, 0.1, 1.0)
    history.append(np.array([HistoryRow(0.0, 0.0, 0.9, 0.9, 2.0, 0.1, 0.0), last]))
    brought = History()
    brought.bring_back(history.memory())
    # The engine has forgotten that a setting changed with it.
    brought.append(np.array([last._replace(changed=0.0), last._replace(step=8.0, epoch=2.0, changed=0.0)]))
    assert brought.columns(100).step.tolist() == [0.0, 4.0, 8.0]
    # A change that is news is kept, and so is a moment with other numbers.
    for other in (last._replace(step=8.0, epoch=2.0), last._replace(step=8.0, epoch=2.0, penalty_value=3.0)):
        brought.append(np.array([other]))
    assert len(brought) == 5
