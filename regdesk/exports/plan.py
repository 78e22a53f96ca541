"""What every language writes down of a model: how cells are read, the layers, and the way back to the target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from regdesk.core.errors import RegdeskError
from regdesk.core.fitted.encoding import LARGEST_STANDARDIZED
from regdesk.core.types import Float64s
from regdesk.data.files.model_file import SavedModel
from regdesk.exports.column_plan import ColumnPlan, column_plan

MOST_STANDARDIZED = LARGEST_STANDARDIZED


class NotExportable(RegdeskError):
    """Why a model cannot be written in a language. ``str()`` is one sentence."""


@dataclass(frozen=True, eq=False)
class Layer:
    """``weights`` ``(n_inputs, n_units)`` and ``biases`` ``(n_units,)``, on the standardised scale, in float64."""

    weights: Float64s
    biases: Float64s


@dataclass(frozen=True, eq=False)
class Plan:
    """A model, ready to be written down.

    Attributes:
        columns: how the cells of each column become inputs; one of the file's may be here several times.
        sources: the names of the file's columns that are needed, each once, in their order.
        drops: a row with a missing cell has no prediction.
        means, scales: what standardises the inputs, ``(n_inputs,)``.
        activation: tanh or relu, after every layer but the last.
        target: its name; ``target_mean`` and ``target_scale`` lead back to its unit.
        classes: labels as written in the file; empty for regression.
        facts: what the head of every export says, as name and text; the texts come from data and from users.
    """

    columns: tuple[ColumnPlan, ...]
    sources: tuple[str, ...]
    drops: bool
    means: Float64s
    scales: Float64s
    layers: tuple[Layer, ...]
    activation: str
    target: str
    target_mean: float
    target_scale: float
    classes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def is_linear(self) -> bool:
        """Whether there is no hidden layer."""
        return len(self.layers) == 1

    @property
    def starts(self) -> tuple[int, ...]:
        """The number of the first input of each column."""
        ends = np.cumsum([column.n_inputs for column in self.columns]).tolist()
        return (0, *ends[:-1])


def plan_of(saved: SavedModel) -> Plan:
    """What there is to write of ``saved``. Raises NotExportable where a number of it is not finite."""
    model = saved.model
    encoding, network = model.encoding, model.network
    sources = tuple(dict.fromkeys(column.source_name for column in encoding.columns))
    cells = saved.provenance.get("cells")
    has_comma = isinstance(cells, dict) and cells.get("decimal") == ","
    layers = tuple(
        Layer(
            network.weights(model.parameters, number).astype(np.float64),
            network.biases(model.parameters, number).astype(np.float64),
        )
        for number in range(network.n_layers)
    )
    scaler, target = encoding.input_scaler, encoding.target
    numbers = [scaler.mean, scaler.scale, *(part for layer in layers for part in (layer.weights, layer.biases))]
    if not all(np.isfinite(part).all() for part in numbers):
        raise NotExportable("the model has a weight or a figure that is not finite, and no language can write it.")
    return Plan(
        columns=tuple(column_plan(column, sources.index(column.source_name), has_comma) for column in encoding.columns),
        sources=sources,
        drops=encoding.missing == "drop",
        means=scaler.mean,
        scales=scaler.scale,
        layers=layers,
        activation=network.activation,
        target=target.name,
        target_mean=target.mean,
        target_scale=target.scale,
        classes=target.classes,
        facts=_facts(saved),
    )


def place_term(column: ColumnPlan, place: int, weights: Float64s, means: Float64s, scales: Float64s) -> float:
    """What a label at ``place`` adds to a unit: standardised inputs times ``weights`` ``(n_inputs,)``, rounded once."""
    return math.fsum(((np.array(column.input_of(place)) - means) / scales * weights).tolist())


def _split_words(split: Any) -> str:
    """Such as "drawn with seed 0: 90 train, 30 validation, 0 test"; a sweep's model has its folds in the words."""
    if not isinstance(split, Mapping):
        return "not known"
    counts = ", ".join(f"{split[part]} {part}" for part in ("train", "validation", "test") if part in split)
    return ": ".join(str(part) for part in (split.get("how"), counts) if part) or "not known"


def _facts(saved: SavedModel) -> tuple[tuple[str, str], ...]:
    """Where the model comes from, and what it predicts."""
    origin, target = saved.provenance, saved.model.encoding.target

    def said(name: str) -> str:
        found: Any = origin.get(name)
        return "not known" if found is None else str(found)

    return (
        ("regdesk", saved.program),
        ("command", said("command")),
        ("file", said("file")),
        ("sha256 of the file", said("digest")),
        ("seed", said("seed")),
        ("split", _split_words(origin.get("split"))),
        ("target", target.name),
        *([("classes", ", ".join(target.classes))] if target.classes else []),
    )
