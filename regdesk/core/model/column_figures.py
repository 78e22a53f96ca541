"""Means and deviations of columns, whatever their unit and however far from 0 they lie."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.model.row_weights import mean_of_rows
from regdesk.core.types import Float64s


def means_and_deviations(columns: Float64s, weights: Float64s | None = None) -> tuple[Float64s, Float64s]:
    """Mean and population standard deviation of each of ``columns`` ``(n_rows, n_columns)``, at least one row.

    ``weights`` as in ``row_weights.py``.

    A deviation is 0 exactly where all values of a column are equal; their mean is then that value. Two passes (Chan,
    Golub & LeVeque 1983, eq. 1.7) over the differences from the first row, in units of the largest of them: 10¹⁵ + 1,
    10¹⁵ + 2, … lose no digit, 1e200 does not overflow when it is squared, and 1e-200 does not vanish.
    """
    first = columns[0]
    left = columns - first
    largest = np.maximum(left.max(axis=0), -left.min(axis=0))
    # A power of two, so that nothing is rounded.
    exponents = np.frexp(largest)[1]
    np.ldexp(left, -exponents, out=left)
    means = mean_of_rows(left, weights)
    left -= means
    # What rounding has left of the mean.
    rest = mean_of_rows(left, weights)
    np.square(left, out=left)
    variances = mean_of_rows(left, weights) - rest**2
    deviations = np.ldexp(np.sqrt(variances), exponents)
    # Of numbers that are barely above 0 the deviation may be rounded to 0, which would say that they do not vary.
    deviations = np.where(largest > 0, np.maximum(deviations, np.finfo(np.float64).smallest_subnormal), 0.0)
    return first + np.ldexp(means + rest, exponents), deviations


def root_mean_square(values: Float64s, weights: Float64s | None = None) -> float:
    """√(mean of the squares) of ``values`` ``(n_rows,)``, at least one, without overflow on the way."""
    largest = float(np.abs(values).max())
    if not largest or not math.isfinite(largest):
        return largest
    return largest * math.sqrt(float(mean_of_rows(np.square(values / largest), weights)))


def exact_products(a: Float64s, b: Float64s) -> tuple[Float64s, Float64s]:
    """``a · b`` as sums of two numbers, the rounded product and what was rounded off (Dekker 1971, mul12).

    Exact where neither overflows nor underflows; shapes as numpy broadcasts them.
    """
    (a, a_exponents), (b, b_exponents) = np.frexp(a), np.frexp(b)
    product = a * b
    a_high, b_high = _upper_half(a), _upper_half(b)
    a_low, b_low = a - a_high, b - b_high
    rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    exponents = a_exponents + b_exponents
    return np.ldexp(product, exponents), np.ldexp(rest, exponents)


def _upper_half(numbers: Float64s) -> Float64s:
    """The upper 26 bits of ``numbers`` (Veltkamp 1968), so that products of halves are exact."""
    spread = 134_217_729.0 * numbers
    return np.asarray(spread - (spread - numbers))
