"""What ``regdesk sweep`` reports of a network, as JSON-able values and as the rows of its files."""

from __future__ import annotations

from typing import Any

import numpy as np

from regdesk.core.model.network import weights_digest
from regdesk.core.settings.configuration import Configuration
from regdesk.core.weights.names import BIAS
from regdesk.core.words.shortfalls import shortfall_sentence
from regdesk.tasks.fit_record import finite, penalty_record, row_weights_record
from regdesk.tasks.network_sweep import NetworkResult

PATH_COLUMNS = (
    "train_loss", "validation_loss", "validation_se", "n_nonzero", "accuracy", "auroc", "objective", "objective_up",
    "objective_down", "converged_up", "converged_down", "data_loss", "penalty_value", "kkt_residual", "converged",
    "reason", "is_collapsed",
)  # fmt: skip
"""Of ``path.csv``, after λ and where the record has them."""


def network_record(result: NetworkResult, configuration: Configuration) -> dict[str, Any]:
    """Everything about ``result`` but its weights, which are many.

    What is not a finite number is None, such as ``objective_up`` in a sweep of so many epochs, which goes neither up
    nor down. ``null_objective`` is J of the model without inputs. ``converged`` is a model that is
    stationary: ``kkt_residual`` is within ``tolerance``, or, where relu has stopped in kinks, that of a subgradient
    there is. Nothing says that no other start leads lower. ``converged_up`` and ``converged_down`` say that a direction
    ended of itself there, by its residual or as J fell no more, and not at its limit of passes. ``reason`` is a
    sentence on why a model is not converged, such as that without a penalty nobody knows of a minimum. Lists go with
    ``lambdas``, which descend. A model's own figures, from ``n_nonzero`` on, are of the all-rows model;
    ``weights_digest`` is that of the live model which these weights are loaded into.
    """
    whole, settings, points = result.folds.whole, configuration.training, result.points

    def numbers(name: str) -> list[float | None]:
        return [finite(getattr(point, name)) for point in points]

    record: dict[str, Any] = {
        "task": whole.task,
        "target": whole.target,
        "features": list(whole.input_names),
        "classes": list(whole.classes) or None,
        "hidden": list(configuration.architecture.hidden),
        "activation": configuration.architecture.activation,
        "penalty": penalty_record(whole, settings),
        "n_rows": len(whole.split.train),
        "n_test": len(whole.split.test),
        **row_weights_record(whole, configuration, {"n_rows": whole.split.train, "n_test": whole.split.test}),
        "folds": len(result.folds.folds),
        "n_starts": configuration.sweep.n_starts,
        "tolerance": result.tolerance,
        "epochs": configuration.ending.n_epochs,
        "n_weights": result.network.n_weights,
        "null_objective": result.null_objective,
        "lambda_collapse": result.lambda_collapse,
        "lambdas": [point.lam for point in points],
        "train_loss": numbers("train_loss"),
        "validation_loss": numbers("validation_loss"),
        "validation_se": numbers("validation_se"),
    }
    if whole.task == "classification":
        record |= {"accuracy": numbers("accuracy"), "auroc": numbers("auroc")}
    return record | {
        "n_nonzero": [point.n_nonzero for point in points],
        "objective": numbers("objective"),
        "objective_up": numbers("objective_up"),
        "objective_down": numbers("objective_down"),
        "converged_up": [point.converged_up for point in points],
        "converged_down": [point.converged_down for point in points],
        "data_loss": numbers("data_loss"),
        "penalty_value": numbers("penalty_value"),
        "kkt_residual": numbers("residual"),
        "converged": [point.converged for point in points],
        "reason": [shortfall_sentence(point.shortfall(configuration.ending.n_epochs)) or None for point in points],
        "is_collapsed": [point.is_collapsed for point in points],
        "weights_digest": [weights_digest(point.parameters.astype(np.float32)) for point in points],
        "lambda_best": points[result.best].lam,
        "lambda_1se": points[result.one_standard_error].lam,
        "seconds": result.seconds,
    }


def network_weight_rows(result: NetworkResult) -> list[list[Any]]:
    """A header, and for each λ and layer, from 1, a row for each weight: what it leads from and to.

    A bias leads from ``(bias)``; those of a layer come before its weights.
    """
    network, whole = result.network, result.folds.whole
    names = [list(whole.input_names)]
    names += [[f"unit {unit + 1}" for unit in range(units)] for units in network.sizes[1:-1]]
    # A single output is the target, of two classes the log-odds of the second.
    outputs = whole.classes[-network.sizes[-1] :] or (whole.target,)
    names.append(list(outputs))
    rows: list[list[Any]] = [["lambda", "layer", "from", "to", "weight"]]
    for point in result.points:
        for layer in range(network.n_layers):
            weights, biases = network.weights(point.parameters, layer), network.biases(point.parameters, layer)
            rows += [
                [point.lam, layer + 1, source, target, weight]
                for source, values in zip([BIAS, *names[layer]], [biases.tolist(), *weights.tolist()], strict=True)
                for target, weight in zip(names[layer + 1], values, strict=True)
            ]
    return rows
