"""Means, deviations and intercepts against exact arithmetic on fractions."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from core_problems import make_dataset

from regdesk.core.model.column_figures import exact_products, means_and_deviations, root_mean_square
from regdesk.core.model.metrics import r_squared, root_mean_squared_error
from regdesk.core.model.original_units import in_original_units
from regdesk.core.model.standardizer import Standardizer

NORMAL = np.random.default_rng(1).normal(size=200)
COLUMNS = {
    "ordinary": 3.0 + 2.0 * NORMAL,
    "microseconds": 1732795200000000.0 + np.arange(200.0) * 20.0,
    "steps of one bit": 1e15 + np.arange(200) % 3 * 0.125,
    "large": 1e200 * NORMAL,
    "far and large": 1e200 * (1.0 + 1e-14 * NORMAL),
    "small": 1e-200 * NORMAL,
    "barely above 0": 5e-324 * (np.arange(200) % 50),
    "one of many": np.append(np.full(199, 1e15), 1e15 + 0.125),
    "large and small": np.where(np.arange(200) % 2, 1e150, 1e-150) * NORMAL,
}
"""Each holds values that are not equal."""


def exact_figures(column):
    """Mean as a fraction, and the deviation to the last digit or so: fractions below 1e-308 have no float."""
    values = [Fraction(value) for value in column.tolist()]
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / len(values)
    unit = Fraction(10) ** (int(len(str(variance.numerator)) - len(str(variance.denominator))) // 2)
    return mean, unit * Fraction(sqrt(variance / unit**2))


@pytest.mark.parametrize("name", COLUMNS)
def test_means_and_deviations_are_those_of_exact_arithmetic(name):
    column = COLUMNS[name]
    (mean,), (deviation,) = means_and_deviations(column[:, np.newaxis])
    exact_mean, exact_deviation = exact_figures(column)
    # A mean is one number: it is rounded to its own digits, and a tiny part of the spread where it is near 0.
    error = abs(Fraction(mean) - exact_mean)
    assert error <= max(abs(exact_mean) * Fraction(2.0**-52), exact_deviation * Fraction(1e-14), Fraction(5e-324))
    if name == "barely above 0":
        assert deviation == pytest.approx(float(exact_deviation), abs=5e-324)
    else:
        assert abs(Fraction(deviation) / exact_deviation - 1) < 1e-13


@pytest.mark.parametrize("name", COLUMNS)
def test_what_varies_is_standardised(name):
    column = COLUMNS[name][:, np.newaxis]
    scaler = Standardizer.fit(column)
    assert scaler.scale[0] != 1.0
    if name != "barely above 0":
        assert scaler.apply(column).std() == pytest.approx(1.0, abs=1e-12)
        # The rounding of the mean itself is seen where it is a part of the spread.
        assert abs(scaler.apply(column).mean()) < 1e-12 + 2.0**-53 * abs(scaler.mean[0]) / scaler.scale[0]


@pytest.mark.parametrize("value", [0.0, 0.1, -7.0, 1e50, 1e200, 1e-200, 1732795200000001.0, 5e-324])
@pytest.mark.parametrize("n_rows", [1, 2, 10, 1001])
def test_equal_values_are_constant_and_become_0(value, n_rows):
    column = np.full((n_rows, 1), value)
    (mean,), (deviation,) = means_and_deviations(column)
    assert (mean, deviation) == (value, 0.0)
    scaler = Standardizer.fit(column)
    assert scaler.scale[0] == 1.0
    assert not scaler.apply(column).any()


def test_columns_do_not_touch_each_other():
    columns = np.column_stack(list(COLUMNS.values()))
    means, deviations = means_and_deviations(columns)
    for number, column in enumerate(COLUMNS.values()):
        (mean,), (deviation,) = means_and_deviations(column[:, np.newaxis])
        # Sums of a column alone are added up in another order.
        assert means[number] == pytest.approx(mean, rel=1e-13, abs=1e-13 * deviation)
        assert deviations[number] == pytest.approx(deviation, rel=1e-13, abs=5e-324)


def test_products_are_exact():
    generator = np.random.default_rng(2)
    a = generator.normal(size=100) * 10.0 ** generator.integers(-100, 100, 100)
    b = generator.normal(size=100) * 10.0 ** generator.integers(-50, 50, 100)
    for x, y, product, rest in zip(a, b, *exact_products(a, b), strict=True):
        assert Fraction(product) + Fraction(rest) == Fraction(x) * Fraction(y)
        assert product == x * y


@pytest.mark.parametrize("unit", [1.0, 1e-180, 1e180])
def test_errors_in_any_unit(unit):
    targets, predictions = unit * np.array([1.0, 2.0, 3.0, 6.0]), unit * np.array([1.5, 2.0, 2.0, 5.0])
    assert root_mean_squared_error(targets, predictions) == pytest.approx(0.75 * unit, rel=1e-14)
    assert r_squared(targets, predictions) == pytest.approx(1.0 - 2.25 / 14.0, rel=1e-14)
    assert np.isnan(r_squared(np.full(10, 0.1 * unit), np.arange(10.0)))
    assert root_mean_square(np.zeros(3)) == 0.0


def test_an_intercept_is_the_exact_sum_rounded_once():
    generator = np.random.default_rng(3)
    inputs = np.column_stack(
        [1.7e15 + 20.0 * np.arange(50), 1e12 + generator.normal(size=50), generator.normal(size=50)]
    )
    targets = 1e9 + generator.normal(size=50)
    dataset = make_dataset(inputs, targets, "regression")
    weights, biases = generator.normal(size=(3, 1)), np.array([0.3])
    original, (intercept,) = in_original_units(dataset, weights, biases)
    means, scale = dataset.input_scaler.mean, dataset.target_scaler.scale[0]
    np.testing.assert_allclose(original[:, 0], weights[:, 0] * scale / dataset.input_scaler.scale, rtol=1e-15)
    exact = Fraction(0.3) * Fraction(scale) + Fraction(dataset.target_scaler.mean[0])
    exact -= sum(Fraction(weight) * Fraction(mean) for weight, mean in zip(original[:, 0], means, strict=True))
    assert intercept == float(exact)
    # In the middle of the rows, where the two cancel, the model in original units is the standardised one.
    predicted = intercept + means @ original[:, 0]
    assert predicted == pytest.approx(dataset.target_scaler.invert(np.array([[0.3]]))[0, 0], abs=2e-2)


def test_what_double_precision_cannot_hold_is_not_a_number():
    inputs = 1e-200 * np.random.default_rng(4).normal(size=(20, 2))
    targets = 1e180 * inputs[:, 0] / 1e-200
    dataset = make_dataset(inputs, targets, "regression")
    original, intercepts = in_original_units(dataset, np.array([[0.5], [0.0]]), np.zeros(1))
    assert np.isinf(original[0, 0])
    assert original[1, 0] == 0.0
    assert not np.isfinite(intercepts[0])
