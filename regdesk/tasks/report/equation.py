"""A linear model written out: what a person can type into anything that calculates."""

from __future__ import annotations

import numpy as np

from regdesk.core.fitted.fitted_model import FittedModel
from regdesk.core.model.original_units import unstandardized
from regdesk.core.types import Float64s
from regdesk.core.words.safe_text import safe_line

MOST_TERMS = 200
"""Of one equation; longer ones belong into code."""


def original_weights(model: FittedModel) -> tuple[Float64s, Float64s]:
    """Of a linear model: weights ``(n_inputs, n_outputs)`` per original unit, and intercepts ``(n_outputs,)``."""
    weights = model.network.weights(model.parameters, 0).astype(np.float64)
    biases = model.network.biases(model.parameters, 0).astype(np.float64)
    return unstandardized(model.encoding.input_scaler, model.encoding.target.scaler, weights, biases)


def equation_of(model: FittedModel) -> str | None:
    """The equation of a linear model in original units, every number to all of its digits; None where it is too long.

    Names stand in brackets, so that it is seen where one ends; a bracket in a name is doubled.
    """
    weights, intercepts = original_weights(model)
    if np.count_nonzero(weights) > MOST_TERMS or not (np.isfinite(weights).all() and np.isfinite(intercepts).all()):
        return None
    names, classes = model.encoding.input_names, model.classes
    if not classes:
        return _sum_text(quoted(model.encoding.target.name), intercepts[0], weights[:, 0], names)
    if len(classes) == 2:
        logit = _sum_text("z", intercepts[0], weights[:, 0], names)
        return f"{logit}\nprobability of {quoted(classes[1])} = 1 / (1 + exp(-z))"
    parts = [
        _sum_text(f"z{number + 1}", intercepts[number], weights[:, number], names) for number in range(len(classes))
    ]
    total = " + ".join(f"exp(z{number + 1})" for number in range(len(classes)))
    chances = [f"probability of {quoted(label)} = exp(z{number + 1}) / s" for number, label in enumerate(classes)]
    return "\n".join([*parts, f"s = {total}", *chances])


def quoted(name: str) -> str:
    """``name`` in brackets, on one line."""
    return f"[{safe_line(name).replace('[', '[[').replace(']', ']]')}]"


def _sum_text(result: str, intercept: float, weights: Float64s, names: tuple[str, ...]) -> str:
    lines = [f"{result} = {float(intercept)!r}"]
    lines += [
        f"    {'-' if weight < 0 else '+'} {abs(weight)!r} * {quoted(name)}"
        for name, weight in zip(names, weights.tolist(), strict=True)
        if weight
    ]
    return "\n".join(lines)


def inputs_sentences(model: FittedModel) -> list[str]:
    """What stands in the brackets, where it is not the cell itself."""
    found = []
    live = set(np.flatnonzero(model.network.weights(model.parameters, 0).any(axis=1)).tolist())
    numbered = enumerate(model.encoding.inputs)
    labels = [
        model.encoding.input_names[number] for number, one in numbered if one.level is not None and number in live
    ]
    if labels:
        found.append(f"An input such as {quoted(labels[0])} is 1 where the cell has this label, and else 0.")
    if any(one.date_form is not None and not one.levels for one in model.encoding.columns):
        found.append("A date is its number of days since 1970-01-01, in UTC.")
    found.append("What a missing cell counts as is said with the columns above.")
    return found
