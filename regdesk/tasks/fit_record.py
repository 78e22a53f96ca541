"""What ``regdesk fit`` reports, as JSON-able values under the names of the public interface."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from regdesk.core.linear.path import lambda_max, nothing_pressed
from regdesk.core.linear.problem import problem_of
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.metrics import classification_scores, r_squared, root_mean_squared_error
from regdesk.core.model.network import weights_digest
from regdesk.core.model.original_units import in_original_units
from regdesk.core.model.penalties import penalty_value
from regdesk.core.settings.configuration import Configuration
from regdesk.core.types import Float64s, Integers, TrainSettings
from regdesk.core.words.lambda_translations import lambda_translations
from regdesk.core.words.shortfalls import NOTHING_PRESSED
from regdesk.tasks.fits.finished import FinishedFit
from regdesk.tasks.fits.starts import starts_record


def fit_record(dataset: Dataset, configuration: Configuration, fitted: FinishedFit) -> dict[str, Any]:
    """Everything about ``fitted``; what is not a finite number is None.

    Losses and metrics are computed in float64, from what the model that is saved predicts.
    """
    settings, split, network = configuration.training, dataset.split, fitted.network
    weights = fitted.parameters[network.is_weight].astype(np.float64)
    train = part_record(dataset, fitted.outputs, split.train)
    data_loss = math.nan if train is None or train["loss"] is None else train["loss"]
    penalty = penalty_value(settings, network, weights)
    n_at_zero = network.n_weights - int(np.count_nonzero(weights))
    # An exact solution is 0 where it says so; what trains under L2 only shrinks until its dtype has no smaller number.
    n_too_small = n_at_zero if fitted.is_trained and not settings.makes_zeros else 0
    record: dict[str, Any] = {
        "n_train": len(split.train),
        "n_validation": len(split.validation),
        "n_test": len(split.test),
        "task": dataset.task,
        "target": dataset.target,
        "features": list(dataset.input_names),
        "classes": list(dataset.classes) or None,
        "hidden": list(configuration.architecture.hidden),
        "activation": None if network.is_linear else configuration.architecture.activation,
        "penalty": {"kind": settings.penalty, "lam": settings.lam} | penalty_record(dataset, settings),
        "objective": finite(data_loss + settings.effective_lam * penalty),
        "data_loss": finite(data_loss),
        "penalty_value": finite(penalty),
        "train": train,
        "validation": part_record(dataset, fitted.outputs, split.validation),
        "test": part_record(dataset, fitted.outputs, split.test),
        "n_weights": network.n_weights,
        "n_nonzero": network.n_weights - n_at_zero + n_too_small,
        "n_too_small": n_too_small,
        "layers": [
            {
                "weights": network.weights(fitted.parameters, layer).tolist(),
                "biases": network.biases(fitted.parameters, layer).tolist(),
            }
            for layer in range(network.n_layers)
        ],
        "kkt_residual": finite(fitted.kkt_residual),
        "converged": fitted.converged,
        "reason": fitted.reason or None,
        "unique": fitted.is_unique,
        "epochs": fitted.n_epochs,
        "seconds": fitted.seconds,
        "weights_digest": weights_digest(fitted.parameters),
    }
    record |= starts_record(fitted.starts)
    record |= row_weights_record(
        dataset, configuration, {"n_train": split.train, "n_validation": split.validation, "n_test": split.test}
    )
    if network.is_linear:
        record |= _linear_record(dataset, configuration, fitted)
    return record | {"translations": [asdict(one) for one in lambda_translations(dataset, configuration)]}


def penalty_record(dataset: Dataset, settings: TrainSettings) -> dict[str, Any]:
    """The penalty without its λ; the factors of the columns only where one is not 1."""
    pairs = dict(zip(dataset.features, dataset.penalty_factors, strict=False))
    factors: dict[str, Any] = {"factors": pairs} if pairs else {}
    return {"kind": settings.penalty, "l1_ratio": settings.l1_ratio} | factors


def row_weights_record(dataset: Dataset, configuration: Configuration, parts: dict[str, Integers]) -> dict[str, Any]:
    """``row_weights``: the column, and how many rows each of ``parts`` counts as; nothing where each row counts once.

    The sum of weights is the number of rows that standard errors, AIC and BIC know.
    """
    if dataset.row_weights is None:
        return {}
    counted = {name: dataset.n_counted(rows) for name, rows in parts.items()}
    return {"row_weights": {"column": configuration.data.weight_column, "n_is": "sum of weights", **counted}}


def part_record(dataset: Dataset, outputs: Float64s, rows: Integers) -> dict[str, float | None] | None:
    """Loss on the training scale and metrics on ``rows`` of the dataset; None without rows.

    ``outputs`` ``(n_dataset_rows, n_outputs)`` are those of all its rows.
    """
    if not len(rows):
        return None
    outputs, targets = outputs[rows], dataset.targets[rows]
    mean_loss = float(dataset.loss_on(rows).values(outputs, dataset.standardized_targets(rows)).mean())
    weights = dataset.weights_of(rows)
    if dataset.task == "regression":
        predictions = dataset.target_scaler.invert(outputs)[:, 0]
        metrics = {
            "r2": r_squared(targets, predictions, weights),
            "rmse": root_mean_squared_error(targets, predictions, weights),
        }
    else:
        metrics = asdict(classification_scores(targets, outputs, weights))
    return {name: finite(value) for name, value in {"loss": mean_loss, **metrics}.items()}


def _linear_record(dataset: Dataset, configuration: Configuration, fitted: FinishedFit) -> dict[str, Any]:
    """λ_max, the duality gap, and coefficients: on the training scale, and per original unit of input and target.

    ``no_effect``, which is there only where penalty factors of 0 leave λ nothing to press on, says why it does nothing.
    """
    network = fitted.network
    weights = network.weights(fitted.parameters, 0).astype(np.float64)
    biases = network.biases(fitted.parameters, 0).astype(np.float64)
    original, biases_original = in_original_units(dataset, weights, biases)
    settings = configuration.training
    problem = problem_of(dataset, settings)
    reason = nothing_pressed(problem) if settings.effective_lam > 0.0 else None
    # Said where it is so, and else not mentioned: it can be of penalty factors alone.
    no_effect = {} if reason is None else {"no_effect": NOTHING_PRESSED[reason]}
    return no_effect | {
        "lambda_max": finite(lambda_max(problem)) if settings.penalty != "none" else None,
        "duality_gap": fitted.duality_gap,
        "intercept": of_outputs(biases),
        "coefficients": {
            name: {"standardized": of_outputs(standardized), "original": of_outputs(per_unit)}
            for name, standardized, per_unit in zip(dataset.input_names, weights, original, strict=True)
        },
        "intercept_original": of_outputs(biases_original),
    }


def of_outputs(values: Float64s) -> float | list[float | None] | None:
    """``values`` ``(n_outputs,)``: a number for one output, else a list in the order of the classes."""
    numbers = [finite(value) for value in values.tolist()]
    return numbers[0] if len(numbers) == 1 else numbers


def finite(value: float) -> float | None:
    """``value``, or None when it is not a finite number."""
    return float(value) if math.isfinite(value) else None
