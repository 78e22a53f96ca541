"""What a window says of a model: the record of ``regdesk show`` as tables of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from regdesk.core.weights.names import INTERCEPT
from regdesk.core.words.figures import METRIC_NAMES, figure_text, intercept_shown
from regdesk.core.words.model_facts import FactTable, ModelFacts
from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES
from regdesk.data.errors import listing
from regdesk.data.files.model_file import SavedModel
from regdesk.tasks.fits.starts import starts_words
from regdesk.tasks.model_record import model_record

MOST_WEIGHTS = 1000
"""Rows of a table; those with the largest weights are listed where there are more."""
_MOST_COLUMNS = 20
PARTS = ("train", "validation", "test")


def model_facts(name: str, saved: SavedModel) -> ModelFacts:
    """All that there is to say of ``saved``, which is called ``name``."""
    record = model_record(saved)
    hidden, penalty = record["hidden"], record["penalty"]
    title = "Coefficients" if "coefficients" in record else "Weights that leave each input"
    return ModelFacts(
        name,
        f"{record['target']} by {_shape(hidden, record['activation'])}, {_pressure(penalty)}",
        tuple((one, str(said)) for one, said in _facts(record) if said),
        score_table(saved.model.scores),
        _coefficients(record) if "coefficients" in record else _weights(saved),
        title,
    )


def score_table(scores: Mapping[str, Mapping[str, float | None] | None]) -> FactTable:
    """A row for each of the parts that have rows, under the name that it has in ``scores``."""
    found = {name: values for name, values in scores.items() if values is not None}
    metrics = list(next(iter(found.values()))) if found else []
    rows = [(name, *(figure_text(values.get(metric)) for metric in metrics)) for name, values in found.items()]
    return FactTable(("", *(METRIC_NAMES[metric] for metric in metrics)), tuple(rows))


def _shape(hidden: Sequence[int], activation: str | None) -> str:
    return f"a network {'-'.join(map(str, hidden))} {activation}" if hidden else "a linear model"


def _pressure(penalty: Mapping[str, Any]) -> str:
    name = PENALTY_NAMES[penalty["kind"]]
    if penalty["kind"] == "none":
        return name
    share = f", L1 share {number_text(penalty['l1_ratio'])}" if penalty["kind"] == "elastic-net" else ""
    return f"{name} with λ = {number_text(penalty['lam'])}{share}"


def _facts(record: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    origin = record["provenance"]
    split = origin.get("split") or {}
    parts = [f"{split[part]:,} {part}" for part in PARTS if split.get(part)]
    digest = str(origin.get("digest") or "")
    columns = [f"{one['name']} ({one['kind']})" for one in record["columns"]]
    classes = record["classes"]
    return [
        ("Target", f"{record['target']} ({record['task']})"),
        ("Classes", listing([str(one) for one in classes], _MOST_COLUMNS) if classes else None),
        ("Columns", listing(columns, _MOST_COLUMNS)),
        ("Weights", f"{record['n_nonzero']:,} of {record['n_weights']:,} are not zero"),
        ("Solution", _certificate(record)),
        ("Data", origin.get("file")),
        ("Data, sha256", digest),
        ("Rows", ", ".join(parts)),
        ("Split", split.get("how")),
        ("Seed", "" if origin.get("seed") is None else str(origin["seed"])),
        ("Starts", starts_words(origin)),
        ("Command", origin.get("command")),
        ("Note", origin.get("note")),
        ("Weights, sha256", record["weights_digest"]),
        ("Saved by", f"regdesk {record['program']}, format {record['format']}"),
    ]


def _certificate(record: Mapping[str, Any]) -> str:
    words = "converged" if record["converged"] else "not converged"
    if record["reason"]:
        words += f": {str(record['reason']).rstrip('.')}"
    figures = [("KKT residual", record["kkt_residual"]), ("duality gap", record["duality_gap"])]
    words = "; ".join([words, *(f"{name} {number_text(value)}" for name, value in figures if value is not None)])
    return words if record["unique"] is not False else f"{words}; other weights do as well"


def _coefficients(record: Mapping[str, Any]) -> FactTable:
    """Standardised and per original unit; of more than two classes for each of them."""
    classes = record["classes"] or ()
    outputs = tuple(str(one) for one in classes) if len(classes) > 2 else ("",)
    header = ["", *(f"{one} {scale}".strip() for one in outputs for scale in ("standardised", "per unit"))]
    found = record["coefficients"]
    weights = [_listed(one["standardized"]) for one in found.values()]
    intercepts = [intercept_shown(one, weights) for one in _listed(record["intercept"])]
    rows = [_row(INTERCEPT, intercepts, record["intercept_original"])]
    rows += [_row(name, found[name]["standardized"], found[name]["original"]) for name in _largest(found)]
    return FactTable(tuple(header), tuple(rows))


def _row(name: str, standardized: Any, original: Any) -> tuple[str, ...]:
    pairs = zip(_listed(standardized), _listed(original), strict=True)
    return (name, *(figure_text(one) for pair in pairs for one in pair))


def _largest(coefficients: Mapping[str, Any]) -> list[str]:
    sizes = [np.abs(np.array(_listed(one["standardized"]), np.float64)).max() for one in coefficients.values()]
    return _of_largest(list(coefficients), np.array(sizes))


def _weights(saved: SavedModel) -> FactTable:
    model = saved.model
    weights = model.network.weights(model.parameters, 0).astype(np.float64)
    names, norms = model.encoding.input_names, np.sqrt(np.square(weights).sum(axis=1))
    n_alive = np.count_nonzero(weights, axis=1)
    of = dict(zip(names, zip(n_alive.tolist(), norms.tolist(), strict=True), strict=True))
    shown = _of_largest(list(names), norms)
    rows = [(name, f"{of[name][0]} of {weights.shape[1]}", figure_text(of[name][1])) for name in shown]
    return FactTable(("", "not zero", "‖w‖₂, standardised"), tuple(rows))


def _of_largest(names: list[str], sizes: Any) -> list[str]:
    """In their order: all, or the ``MOST_WEIGHTS`` largest."""
    if len(names) <= MOST_WEIGHTS:
        return names
    return [names[place] for place in np.sort(np.argsort(-sizes, kind="stable")[:MOST_WEIGHTS])]


def _listed(values: Any) -> list[float]:
    return values if isinstance(values, list) else [values]
