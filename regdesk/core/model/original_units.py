"""A linear model per unit of its columns and its target, as they stand in the file."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.model.column_figures import exact_products
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.standardizer import Standardizer
from regdesk.core.types import Float64s


def in_original_units(dataset: Dataset, weights: Float64s, biases: Float64s) -> tuple[Float64s, Float64s]:
    """As ``unstandardized``, of a linear model of ``dataset``."""
    return unstandardized(dataset.input_scaler, dataset.target_scaler, weights, biases)


def unstandardized(
    inputs: Standardizer, target: Standardizer, weights: Float64s, biases: Float64s
) -> tuple[Float64s, Float64s]:
    """``weights`` ``(n_inputs, n_outputs)`` per original unit and intercepts ``(n_outputs,)``, of standardised ones.

    An intercept b·s + ȳ − Σ w x̄ is what is left of numbers that may be 10¹⁵ times as large: it belongs to the
    weights as they are returned, and is summed without rounding in between (Shewchuk 1997, by ``math.fsum``). What
    double precision cannot hold is infinite or NaN.
    """
    mean, scale = float(target.mean[0]), float(target.scale[0])
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        original = per_original_unit(weights, inputs.scale, scale)
        parts = np.concatenate(
            [
                *exact_products(-inputs.mean[:, np.newaxis], original),
                *exact_products(biases[np.newaxis], np.array(scale)),
            ]
        )
    return original, np.array([_exact_sum([*column, mean]) for column in parts.T.tolist()])


def per_original_unit(weights: Float64s, input_scales: Float64s, target_scale: float) -> Float64s:
    """``weights`` ``(…, n_inputs, n_outputs)`` in units of the target (of log-odds for classes) per unit of the input.

    ``input_scales`` ``(n_inputs,)`` are the units of an input, ``target_scale`` those of the target, to a standardised
    one.
    """
    return np.asarray(weights * target_scale / input_scales[:, np.newaxis])


def _exact_sum(terms: list[float]) -> float:
    """The sum, rounded once; NaN where it, or one of ``terms``, is beyond double precision."""
    try:
        return math.fsum(terms)
    except (OverflowError, ValueError):
        return math.nan
