"""The live model of a window in numbers: tables to take away, with names in their first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from regdesk.core.fitted.outputs import network_outputs
from regdesk.core.model.dataset import Dataset
from regdesk.core.model.losses import class_probabilities
from regdesk.core.model.metrics import predicted_classes
from regdesk.core.model.original_units import unstandardized
from regdesk.core.model.scale import ModelScale
from regdesk.core.types import Floats
from regdesk.core.weights.names import BIAS, INTERCEPT
from regdesk.core.words.shortfalls import shortfalls_text
from regdesk.tasks.fit_record import finite
from regdesk.tasks.live_moment import LiveMoment

if TYPE_CHECKING:
    from regdesk.core.model.network import Network
    from regdesk.core.sweep.curve import SweepCurve

Rows = list[list[Any]]
HISTORY_COLUMNS = (
    "step", "epoch", "train_loss", "validation_loss", "penalty_value", "lam", "l1_norm", "l2_norm", "n_nonzero",
)  # fmt: skip


@dataclass(frozen=True)
class LiveTable:
    """One kind of table: the name of its file, what it is in words, and its rows of a moment, the names first.

    ``rows`` answers None where there is no such table at that moment, as without a sweep where it ``is_of_sweep``.
    """

    name: str
    title: str
    rows: Callable[[LiveMoment], Rows | None]
    is_of_sweep: bool = False


def coefficient_rows(moment: LiveMoment) -> Rows:
    """The weights of the model at its λ: of a linear one per standardised and per original unit."""
    snapshot, dataset = moment.snapshot, moment.dataset
    return _weight_rows(
        [snapshot.settings.effective_lam], [snapshot.parameters], snapshot.network, ModelScale.of(dataset), dataset
    )


def path_coefficient_rows(moment: LiveMoment) -> Rows | None:
    """The same along the path of a sweep, of the model of all rows at each λ."""
    curve, scale = moment.curve, moment.swept_scale
    if curve is None or scale is None:
        return None
    lambdas = curve.lambdas.tolist()
    if curve.network is not None:
        network, parameters = curve.network.network, list(curve.network.parameters)
    else:
        network = moment.snapshot.network
        pairs = zip(curve.weights, curve.biases, strict=True)
        parameters = [np.concatenate([weights.ravel(), biases]) for weights, biases in pairs]
    return _weight_rows(lambdas, parameters, network, scale, moment.dataset)


def _weight_rows(
    lambdas: list[float], models: list[Floats], network: Network, scale: ModelScale, dataset: Dataset
) -> Rows:
    if network.is_linear:
        return _linear_rows(lambdas, models, network, scale, dataset)
    names = [list(scale.input_names)]
    names += [[f"unit {unit + 1}" for unit in range(units)] for units in network.sizes[1:-1]]
    # A single output is the target, of two classes the log-odds of the second.
    names.append(list(dataset.classes[-network.sizes[-1] :] or (dataset.target,)))
    rows: Rows = [["lambda", "layer", "from", "to", "weight"]]
    for lam, parameters in zip(lambdas, models, strict=True):
        for layer in range(network.n_layers):
            weights, biases = network.weights(parameters, layer), network.biases(parameters, layer)
            rows += [
                [lam, layer + 1, source, target, float(weight)]
                for source, values in zip([BIAS, *names[layer]], [biases, *weights], strict=True)
                for target, weight in zip(names[layer + 1], values, strict=True)
            ]
    return rows


def _linear_rows(
    lambdas: list[float], models: list[Floats], network: Network, scale: ModelScale, dataset: Dataset
) -> Rows:
    labels = dataset.classes if dataset.n_outputs > 1 else (None,)
    head = ["lambda", "feature", *(["class"] if dataset.n_outputs > 1 else []), "standardized", "original"]
    rows: Rows = [head]
    for lam, parameters in zip(lambdas, models, strict=True):
        weights = network.weights(parameters, 0).astype(np.float64)
        biases = network.biases(parameters, 0).astype(np.float64)
        per_unit, intercepts = unstandardized(scale.input_scaler, scale.target_scaler, weights, biases)
        standardized, original = np.vstack([biases, weights]), np.vstack([intercepts, per_unit])
        for row, name in enumerate((INTERCEPT, *scale.input_names)):
            for output, label in enumerate(labels):
                cells = [lam, name, *([] if label is None else [label])]
                rows.append([*cells, float(standardized[row, output]), finite(original[row, output])])
    return rows


def prediction_rows(moment: LiveMoment) -> Rows:
    """Each row of the data that is used: its line of the file, its part, what it is and what the model says."""
    snapshot, dataset = moment.snapshot, moment.dataset
    parts = np.full(len(dataset.targets), "", dtype=object)
    for part in ("train", "validation", "test"):
        parts[getattr(dataset.split, part)] = part
    lines = dataset.row_lines if len(dataset.row_lines) else np.arange(1, len(dataset.targets) + 1)
    outputs = network_outputs(snapshot.network, snapshot.parameters, dataset.input_scaler.apply(dataset.inputs))
    columns: list[Iterable[Any]]
    if dataset.classes:
        probabilities = class_probabilities(outputs)
        labels = np.array(dataset.classes, dtype=object)
        columns = [labels[dataset.targets.astype(np.int64)], labels[predicted_classes(outputs)], *probabilities.T]
        names = ["actual", "prediction", *(f"probability {label}" for label in dataset.classes)]
    else:
        predictions = dataset.target_scaler.invert(outputs)[:, 0]
        columns = [dataset.targets, predictions, dataset.targets - predictions]
        names = [f"actual {dataset.target}", "prediction", "residual"]
    cells = zip(lines.tolist(), parts, *(_plain(column) for column in columns), strict=True)
    return [["line", "split", *names], *(list(row) for row in cells)]


def history_rows(moment: LiveMoment) -> Rows | None:
    """The course of the run: losses on the training scale, R(W) without λ, norms of the weights."""
    columns = [getattr(moment.history, name) for name in HISTORY_COLUMNS]
    return [["lambda" if name == "lam" else name for name in HISTORY_COLUMNS], *_across(columns)]


def path_rows(moment: LiveMoment) -> Rows | None:
    """A sweep: losses, standard errors and counts at each λ."""
    curve = moment.curve
    if curve is None:
        return None
    columns: dict[str, Iterable[Any]] = {
        "lambda": curve.lambdas,
        "train_loss": curve.train_loss,
        "validation_loss": curve.validation_loss,
        "validation_se": curve.validation_se,
        "n_nonzero": curve.n_nonzero,
        "degrees_of_freedom": curve.degrees_of_freedom,
        "aic": curve.aic,
        "bic": curve.bic,
    }
    if moment.dataset.classes:
        columns |= {"accuracy": curve.accuracy, "auroc": curve.auroc}
    reasons = [shortfalls_text(one) or None for one in curve.shortfalls]
    columns |= {"converged": curve.converged, "chosen": _chosen(curve), "reason": reasons}
    return [list(columns), *_across(columns.values())]


def _chosen(curve: SweepCurve) -> list[str | None]:
    names = dict(curve.chosen)
    return [names.get(number) for number in range(len(curve.lambdas))]


def _across(columns: Iterable[Iterable[Any]]) -> Rows:
    return [list(row) for row in zip(*(_plain(column) for column in columns), strict=True)]


def _plain(column: Iterable[Any]) -> list[Any]:
    """Cells as they are written; what is no finite number is left empty."""
    cells = column.tolist() if isinstance(column, np.ndarray) else list(column)
    return [finite(cell) if isinstance(cell, float) else cell for cell in cells]


TABLES = (
    LiveTable("coefficients", "Coefficients at this λ", coefficient_rows),
    LiveTable("weights", "Coefficients along the path of the sweep", path_coefficient_rows, is_of_sweep=True),
    LiveTable("predictions", "Predictions, row by row", prediction_rows),
    LiveTable("history", "History of the run", history_rows),
    LiveTable("path", "Sweep over λ", path_rows, is_of_sweep=True),
)
"""In the order of a list to choose from."""
