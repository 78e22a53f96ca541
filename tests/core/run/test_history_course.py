"""What the history panel is told beside the rows: the best moment, the end of a run, and smooth curves."""

from __future__ import annotations

import numpy as np
import pytest

from regdesk.core.run.history import MAX_ROWS, BestMoment, History, HistoryRow
from regdesk.core.run.smoothing import smoothed
from regdesk.core.run.span import HistorySpan

STEP, EPOCH, VALIDATION = (HistoryRow._fields.index(name) for name in ("step", "epoch", "validation_loss"))


def rows_with(losses, first=0):
    rows = np.zeros((len(losses), len(HistoryRow._fields)))
    rows[:, STEP] = np.arange(first, first + len(losses))
    rows[:, EPOCH] = rows[:, STEP] / 4
    rows[:, VALIDATION] = losses
    return rows


def test_the_best_moment_is_exact_however_much_is_thinned():
    generator = np.random.default_rng(2)
    losses = 1.0 + generator.random(5 * MAX_ROWS)
    lowest = 54_321
    losses[[lowest, lowest + 1000]] = 0.25
    history = History()
    for start in range(0, len(losses), 7_000):
        history.append(rows_with(losses[start : start + 7_000], start))
    assert history.best == BestMoment(lowest / 4, 0.25, 0.0)
    assert 0.25 not in history.columns(MAX_ROWS).validation_loss
    history.append(rows_with([np.nan, 0.2, np.inf], len(losses)))
    assert history.best == BestMoment((len(losses) + 1) / 4, 0.2, 0.0)


def test_a_peak_of_one_row_is_shown_as_high_as_it_was_however_much_is_thinned():
    generator = np.random.default_rng(3)
    n_rows = 5 * MAX_ROWS
    rows = rows_with(1.0 + generator.random(n_rows))
    train, lam, penalty = (HistoryRow._fields.index(name) for name in ("train_loss", "lam", "penalty_value"))
    rows[[333, 777, 1001, 888], [VALIDATION, train, lam, penalty]] = 7.25, 5.5, 0.5, np.inf
    rows[1001, penalty] = 8.0
    history = History()
    for start in range(0, n_rows, 7_000):
        history.append(rows[start : start + 7_000])
        for shown in (history.columns(500), history.columns(MAX_ROWS)):
            assert (shown.validation_loss.max(), shown.train_loss.max()) == (7.25, 5.5)
            assert (shown.lam * np.where(np.isfinite(shown.penalty_value), shown.penalty_value, 0)).max() == 4.0
            assert (np.diff(shown.step) > 0).all()
    again = History()
    again.bring_back(history.memory())
    # Another one that is higher takes its place, in a run that was read back as well.
    for one in (history, again):
        one.append(rows_with([1.0, 9.0, *np.ones(MAX_ROWS)], n_rows))
        one.append(rows_with([1.0], n_rows + MAX_ROWS + 2))
        losses = one.columns(500).validation_loss
        assert losses.max() == 9.0
        assert 7.25 not in losses
    assert all(np.array_equal(*both) for both in zip(history.memory().rows, again.memory().rows, strict=True))
    # Of the part that is shown, the highest there.
    assert history.columns(500, since_epoch=(n_rows + 100) / 4).validation_loss.max() == 1.0


def test_without_validation_rows_nothing_is_best():
    history = History()
    assert history.best is None
    history.append(rows_with([np.nan] * 5))
    assert history.best is None


def test_columns_of_the_end_hold_its_detail():
    history = History()
    history.append(rows_with(np.zeros(10_000)))
    columns = history.columns(500, since_epoch=2_400.0)
    # One row before it, so that the curve begins at the edge.
    assert columns.epoch[0] == 2_399.75
    assert columns.epoch[-1] == 9_999 / 4
    assert len(columns.epoch) == 401
    assert len(history.columns(400, since_epoch=1e9).epoch) == 1


@pytest.mark.parametrize(
    ("span", "epoch", "window"),
    [
        (HistorySpan(), 5_000.0, None),
        (HistorySpan(n_epochs=1_000.0), 300.0, (0.0, 1_000.0)),
        (HistorySpan(n_epochs=1_000.0), 1_150.0, (0.0, 1_200.0)),
        (HistorySpan(n_epochs=1_000.0), 5_050.0, (4_000.0, 5_200.0)),
        (HistorySpan(n_epochs=1_000.0), 5_200.0, (4_000.0, 5_200.0)),
        (HistorySpan(n_epochs=1_000.0), 5_201.0, (4_200.0, 5_400.0)),
        (HistorySpan(share=0.1), 40_000.0, ()),
        (HistorySpan(share=0.1), 20.0, ()),
    ],
)
def test_a_span_moves_on_in_pages(span, epoch, window):
    if window is None:
        assert span.window(epoch) is None
        return
    left, right = span.window(epoch)
    assert left <= epoch <= right
    if span.n_epochs:
        assert (left, right) == window
    else:
        assert right - epoch <= 0.2 * (right - left)


def test_smoothing_is_the_average_that_its_weights_say():
    generator = np.random.default_rng(4)
    epochs = np.cumsum(generator.uniform(0.1, 3.0, 50))
    values = generator.normal(size=50)
    result = smoothed(epochs, values, 5.0)
    # Each value's weight, written out.
    for row in (0, 1, 20, 49):
        memories = np.minimum(5.0, 0.25 * (epochs[1 : row + 1] - epochs[0]))
        gains = 1 - np.exp(-np.diff(epochs[: row + 1]) / memories)
        weights = np.concatenate([[1.0], gains])
        for later in range(row):
            weights[: later + 1] *= 1 - gains[later]
        assert weights.sum() == pytest.approx(1.0)
        assert result[row] == pytest.approx(weights @ values[: row + 1])
    np.testing.assert_array_equal(smoothed(epochs, values, 0.0), values)
    np.testing.assert_allclose(smoothed(epochs, np.full(50, 3.0), 5.0), 3.0)


def test_smoothing_neither_draws_the_first_loss_out_nor_hides_a_climb():
    epochs = np.arange(0.0, 3_001.0, 6.0)
    losses = np.where(epochs < 12, 50.0, 0.2)
    losses[epochs >= 2_000] = 0.6
    result = smoothed(epochs, losses, 0.05 * 3_000)
    # An average with one memory from the start is still at 1.1 after 600 epochs.
    assert result[0] == 50.0
    assert result[epochs >= 100].max() < 0.61
    np.testing.assert_allclose(result[(epochs >= 200) & (epochs < 2_000)], 0.2, atol=0.01)
    assert 0.38 < result[epochs >= 2_100][0] < 0.45
    assert result[-1] == pytest.approx(0.6, abs=0.01)


def test_smoothing_leaves_gaps_alone():
    result = smoothed(np.arange(4.0), np.array([np.nan, 2.0, np.inf, 4.0]), 1.0)
    assert np.isnan(result[0])
    assert result[1] == 2.0
    assert np.isinf(result[2])
    assert 2.0 < result[3] < 4.0
