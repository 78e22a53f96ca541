"""Bootstrap intervals against draws that are made one by one, and against SciPy's."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from scipy import stats

from regdesk.core.model.bootstrap import LEAST_DRAWS, MOST_WORK, ScoredRows
from regdesk.core.model.losses import loss_for
from regdesk.core.model.metrics import classification_scores, r_squared, root_mean_squared_error


def classes_of(n_rows: int, n_classes: int, weights: np.ndarray | None = None) -> ScoredRows:
    generator = np.random.default_rng(n_rows + n_classes)
    targets = generator.integers(0, n_classes, n_rows).astype(np.float64)
    n_outputs = 1 if n_classes == 2 else n_classes
    # Rounded, so that scores tie.
    outputs = np.round(generator.normal(size=(n_rows, n_outputs)), 1)
    losses = loss_for("classification", n_outputs).values(outputs, targets)
    return ScoredRows(losses, targets, outputs, True, weights)


def numbers_of(n_rows: int, weights: np.ndarray | None = None, unit: float = 1.0, level: float = 0.0) -> ScoredRows:
    generator = np.random.default_rng(n_rows)
    targets = generator.normal(size=n_rows)
    outputs = 0.7 * targets[:, np.newaxis] + 0.5 * generator.normal(size=(n_rows, 1))
    losses = 0.5 * (outputs[:, 0] - targets) ** 2
    return ScoredRows(losses, unit * targets + level, unit * outputs + level, False, weights)


def one_by_one(rows: ScoredRows, counts: np.ndarray) -> dict[str, float]:
    """Scores of rows that are there as often as ``counts`` say: each is written out so often."""
    kept = np.repeat(np.arange(len(counts)), counts.astype(int))
    weights = None if rows.weights is None else rows.weights[kept]
    losses, targets, outputs = rows.losses[kept], rows.targets[kept], rows.outputs[kept]
    found = {"loss": float(np.average(losses, weights=weights))}
    if rows.is_classification:
        return found | asdict(classification_scores(targets, outputs, weights))
    return found | {
        "r2": r_squared(targets, outputs[:, 0], weights),
        "rmse": root_mean_squared_error(targets, outputs[:, 0], weights),
    }


@pytest.mark.parametrize("is_weighted", [False, True])
@pytest.mark.parametrize(
    "make", [lambda w: classes_of(12, 2, w), lambda w: classes_of(12, 3, w), lambda w: numbers_of(12, w)]
)
def test_scores_of_many_draws_are_those_of_rows_written_out(make, is_weighted):
    generator = np.random.default_rng(5)
    rows = make(generator.uniform(0.1, 3.0, 12) if is_weighted else None)
    # Draws of 12 rows; some of them have no row of a class, and one has a single row alone.
    counts = generator.multinomial(12, np.full(12, 1 / 12), 300).astype(np.float64)
    counts[0] = np.eye(12)[3] * 12
    found = rows.scores(counts)
    for number, draw in enumerate(counts):
        for name, value in one_by_one(rows, draw).items():
            np.testing.assert_allclose(found[name][number], value, rtol=1e-9, atol=1e-12, equal_nan=True, err_msg=name)
    if rows.is_classification:
        assert 0 < np.isnan(found["auroc"]).sum() < 300


def test_an_interval_is_the_percentile_interval_of_scipy_up_to_the_noise_of_draws():
    rows = numbers_of(200)
    found = rows.intervals(seed=0)["loss"]
    expected = stats.bootstrap(
        (rows.losses,), np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(1)
    ).confidence_interval
    width = expected.high - expected.low
    assert found.n_draws == 2000
    assert found.low == pytest.approx(expected.low, abs=0.06 * width)
    assert found.high == pytest.approx(expected.high, abs=0.06 * width)


def test_the_interval_of_an_accuracy_is_that_of_counting():
    """Of independent rows the count of right ones is binomial, whose quantiles the draws' are."""
    rows = classes_of(400, 2)
    share = float(np.mean((rows.outputs[:, 0] > 0) == (rows.targets > 0.5)))
    found = rows.intervals(seed=3)["accuracy"]
    low, high = stats.binom.ppf([0.025, 0.975], 400, share) / 400
    assert found.low == pytest.approx(low, abs=0.0076)
    assert found.high == pytest.approx(high, abs=0.0076)


def test_the_same_seed_draws_the_same_and_another_draws_others():
    rows = classes_of(60, 3)
    assert rows.intervals(seed=1) == rows.intervals(seed=1)
    assert rows.intervals(seed=1) != rows.intervals(seed=2)


def test_parts_of_draws_are_drawn_as_all_at_once(monkeypatch):
    rows = classes_of(50, 2)
    expected = rows.intervals(seed=4)
    monkeypatch.setattr("regdesk.core.model.bootstrap.AT_ONCE", 700)
    assert rows.intervals(seed=4) == expected


@pytest.mark.parametrize(("unit", "level"), [(1e-200, 0.0), (1e200, 0.0), (1.0, 1e9)])
def test_units_and_levels_of_the_target_change_no_share_that_is_explained(unit, level):
    plain, other = numbers_of(80).intervals(seed=0), numbers_of(80, unit=unit, level=level).intervals(seed=0)
    assert other["r2"].low == pytest.approx(plain["r2"].low, rel=1e-5)
    assert other["rmse"].high == pytest.approx(unit * plain["rmse"].high, rel=1e-5)


def test_what_hardly_any_draw_defines_has_no_interval():
    one = ScoredRows(np.ones(3), np.array([1.0, 1.0, 1.0]), np.zeros((3, 1)), True)
    assert "auroc" not in one.intervals(seed=0)
    constant = ScoredRows(np.ones(3), np.full(3, 5.0), np.array([[1.0], [2.0], [3.0]]), False)
    assert set(constant.intervals(seed=0)) == {"loss", "rmse"}
    assert ScoredRows(np.ones(1), np.ones(1), np.ones((1, 1)), False).intervals(seed=0) == {}


def test_draws_without_a_class_are_counted():
    targets = np.array([1.0] + [0.0] * 9)
    rows = ScoredRows(np.ones(10), targets, np.arange(10.0)[:, np.newaxis], True)
    # (1 − 1/10)¹⁰ = 0.349 of the draws have no positive row.
    assert rows.intervals(seed=0)["auroc"].n_undefined == pytest.approx(0.349 * 2000, abs=90)


def test_of_very_many_rows_fewer_draws_are_made(monkeypatch):
    monkeypatch.setattr("regdesk.core.model.bootstrap.MOST_WORK", 50 * 300)
    assert MOST_WORK // 20_000 == 2000
    assert classes_of(50, 2).intervals(seed=0)["loss"].n_draws == 300
    monkeypatch.setattr("regdesk.core.model.bootstrap.MOST_WORK", 50)
    assert classes_of(50, 2).intervals(seed=0)["loss"].n_draws == LEAST_DRAWS
