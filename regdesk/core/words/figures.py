"""Figures of merit by their names, and numbers with enough digits to compare two models."""

from __future__ import annotations

METRIC_NAMES = {
    "loss": "loss",
    "r2": "R²",
    "rmse": "RMSE",
    "accuracy": "accuracy",
    "auroc": "AUROC",
    "average_precision": "avg. precision",
}


def figure_text(value: float | None) -> str:
    """Five significant digits: enough to compare two runs."""
    # Adding 0 makes a zero that came from below look like the others.
    return "–" if value is None else f"{value + 0.0:.5g}"
