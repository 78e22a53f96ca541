"""Figures of merit by their names, and numbers with enough digits to compare two models."""

from __future__ import annotations

import numpy as np

METRIC_NAMES = {
    "loss": "loss",
    "r2": "R²",
    "rmse": "RMSE",
    "accuracy": "accuracy",
    "auroc": "AUROC",
    "average_precision": "avg. precision",
}


_ROUNDED = 1e-13


def intercept_shown(intercept: float, weights: object) -> float:
    """``intercept`` as it is shown beside standardised ``weights``, an array or lists of them.

    Of a standardised target it is zero, and 3e-17 is what rounding leaves of that: 0 where it is so small beside the
    largest weight.
    """
    largest = float(np.abs(np.asarray(weights, np.float64)).max(initial=0.0))
    return 0.0 if abs(intercept) <= _ROUNDED * largest else float(intercept)


def figure_text(value: float | None) -> str:
    """Five significant digits: enough to compare two runs."""
    # Adding 0 makes a zero that came from below look like the others.
    return "–" if value is None else f"{value + 0.0:.5g}"
