"""What ``regdesk sweep`` reports, as JSON-able values under the names of the public interface, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.original_units import in_original_units
from regdesk.core.model.scoring import lowest
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s
from regdesk.core.weights.names import INTERCEPT
from regdesk.core.words.shortfalls import shortfalls_text
from regdesk.data.files.safe_cells import csv_bytes
from regdesk.tasks.fit_record import finite, of_outputs, penalty_record, row_weights_record
from regdesk.tasks.linear_sweep import Sweep


def sweep_record(sweep: Sweep, configuration: Configuration) -> dict[str, Any]:
    """Everything about ``sweep``; what is not a finite number is None. Lists go with ``lambdas``, which descend.

    ``converged`` is of the model of all rows; ``reason`` also names folds that have no best model.
    """
    whole, settings = sweep.folds.whole, configuration.training
    originals = [original_scale(whole, point.model) for point in sweep.points]
    record: dict[str, Any] = {
        "task": whole.task,
        "target": whole.target,
        "features": list(whole.input_names),
        "classes": list(whole.classes) or None,
        "penalty": penalty_record(whole, settings),
        "n_rows": len(whole.split.train),
        "n_test": len(whole.split.test),
        **row_weights_record(whole, configuration, {"n_rows": whole.split.train, "n_test": whole.split.test}),
        "folds": len(sweep.folds.folds),
        "lambda_max": finite(sweep.lambda_max),
        "lambdas": [point.lam for point in sweep.points],
        "train_loss": [finite(point.train_loss) for point in sweep.points],
        "validation_loss": [finite(point.validation_loss) for point in sweep.points],
        "validation_se": [finite(point.validation_se) for point in sweep.points],
        "n_nonzero": [point.model.n_nonzero for point in sweep.points],
        "degrees_of_freedom": [finite(point.degrees_of_freedom) for point in sweep.points],
        "aic": [finite(point.aic) for point in sweep.points],
        "bic": [finite(point.bic) for point in sweep.points],
    }
    if whole.task == "classification":
        record["accuracy"] = [finite(point.accuracy) for point in sweep.points]
        record["auroc"] = [finite(point.auroc) for point in sweep.points]
    return record | {
        "intercepts": [of_outputs(biases) for _, biases in originals],
        "coefficients": [[of_outputs(row) for row in weights] for weights, _ in originals],
        "duality_gap": [finite(point.model.gap) for point in sweep.points],
        "converged": [point.model.converged for point in sweep.points],
        "reason": [shortfalls_text(point.shortfalls) or None for point in sweep.points],
        "unique": [point.model.is_unique for point in sweep.points],
        "lambda_best": sweep.points[sweep.best].lam,
        "lambda_1se": sweep.points[sweep.one_standard_error].lam,
        "lambda_aic": _lambda_of(sweep, "aic"),
        "lambda_bic": _lambda_of(sweep, "bic"),
        "seconds": sweep.seconds,
    }


def _lambda_of(sweep: Sweep, criterion: str) -> float | None:
    """The λ at which ``criterion`` is lowest; None where it is not defined."""
    lambdas = np.array([point.lam for point in sweep.points])
    number = lowest(lambdas, np.array([getattr(point, criterion) for point in sweep.points]))
    return None if number is None else sweep.points[number].lam


def original_scale(dataset: Dataset, point: LinearSolution) -> tuple[Float64s, Float64s]:
    """Weights ``(n_inputs, n_outputs)`` per original unit of input and target, and the biases ``(n_outputs,)``."""
    return in_original_units(dataset, point.weights, point.biases)


PATH_COLUMNS = (
    "train_loss", "validation_loss", "validation_se", "n_nonzero", "degrees_of_freedom", "aic", "bic", "accuracy",
    "auroc", "duality_gap", "converged", "unique", "reason",
)  # fmt: skip
"""Of ``path.csv``, after λ and where the record has them."""


def weight_rows(sweep: Sweep) -> list[list[Any]]:
    """A header, and for each λ a row for the intercept, called ``(intercept)``, and one for each weight."""
    whole = sweep.folds.whole
    labels = whole.classes if whole.n_outputs > 1 else (None,)
    rows: list[list[Any]] = [
        ["lambda", "feature", *(["class"] if whole.n_outputs > 1 else []), "standardized", "original"]
    ]
    for point in sweep.points:
        weights, biases = original_scale(whole, point.model)
        standardized = np.vstack([point.model.biases, point.model.weights])
        original = np.vstack([biases, weights])
        for row, name in enumerate((INTERCEPT, *whole.input_names)):
            for output, label in enumerate(labels):
                cells = [point.lam, name, *([] if label is None else [label])]
                rows.append([*cells, float(standardized[row, output]), float(original[row, output])])
    return rows


def tables(record: dict[str, Any], path_columns: Sequence[str], weights: list[list[Any]]) -> dict[str, bytes]:
    """``path.csv`` and ``weights.csv``, contents by name."""
    names = [name for name in path_columns if name in record]
    path_rows = [["lambda", *names], *zip(record["lambdas"], *(record[name] for name in names), strict=True)]
    return {"path.csv": csv_bytes(path_rows), "weights.csv": csv_bytes(weights)}
