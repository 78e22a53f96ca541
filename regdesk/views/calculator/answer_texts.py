"""Predictions and what is added to them, in words and numbers whose width holds still while the model moves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import count_text, number_text
from regdesk.core.words.safe_text import safe_line
from regdesk.core.words.tab_text import tab_separated
from regdesk.views.calculator.cell_texts import MISSING, cell_text, place_text
from regdesk.views.plots.data_columns import Column

if TYPE_CHECKING:
    from regdesk.core.fitted.calculation import Calculation
    from regdesk.core.fitted.calculator_model import CalculatorModel

N_NAMED = 3
LARGEST_FIXED = 1e7
"""From here on a number is written with a power of ten."""
MOST_DECIMALS = 6


def decimals_of(model: CalculatorModel) -> int:
    """Of a prediction, so that a hundredth of the target's deviation can be read; three of a probability."""
    if model.classes:
        return 3
    scale = model.encoding.target.scale
    if not math.isfinite(scale) or scale <= 0.0:
        return 3
    return min(max(2 - math.floor(math.log10(scale)), 0), MOST_DECIMALS)


def value_text(value: float, decimals: int, has_sign: bool = False) -> str:
    """``value`` with so many decimals, and with + where it has a sign."""
    if not math.isfinite(value):
        return "–"
    sign = "+" if has_sign and value > 0.0 else ""
    if abs(value) >= LARGEST_FIXED or (value and decimals == MOST_DECIMALS and abs(value) < 1e-4):
        return f"{sign}{number_text(value)}"
    text = f"{value:.{decimals}f}"
    # Neither is −0.00 a number, nor +0.00.
    if float(text) == 0.0:
        return text.lstrip("-")
    return f"{sign}{text}"


def target_words(model: CalculatorModel, answer: int) -> str:
    """What is predicted: the target, or the probability of one of its classes."""
    name = safe_line(model.encoding.target.name)
    return f"P({name} = {safe_line(model.classes[answer])})" if model.classes else name


def calculation_sentence(found: Calculation, answer: int) -> str:
    """The prediction, and what the most important columns add to it."""
    if found.fault:
        return f"There is no prediction at this point: {safe_line(found.fault)}"
    model, decimals = found.model, decimals_of(found.model)
    additions = found.additions[:, answer]
    # What is seen as 0 need not be named.
    least = 0.5 * 10.0**-decimals
    order = [n for n in np.argsort(-np.abs(additions), kind="stable").tolist() if abs(additions[n]) >= least]
    said = [
        f"{safe_line(model.encoding.columns[number].name)} {value_text(additions[number], decimals, has_sign=True)}"
        for number in order[:N_NAMED]
    ]
    head = f"{target_words(model, answer)} is {value_text(float(found.answer[answer]), decimals)} at this point"
    if not said:
        return f"{head}; every input is at its training mean, or adds nothing."
    rest = len(order) - len(said)
    return f"{head}; against their training means: {', '.join(said)}{f', and {rest} more' if rest else ''}."


def place_words(found: Calculation, answer: int, number: int, place: float) -> str:
    """What column ``number`` would be at a place of its plot, the prediction there, and of a label its training rows.

    Between two points of the curve the prediction is that of the straight line, as it is drawn.
    """
    model, column = found.model, found.model.encoding.columns[number]
    profile, spread = found.profiles.get(number), found.model.spread(number)
    said = safe_line(column.seen[int(place)]) if column.levels else place_text(column, place)
    lines = [f"{safe_line(column.name)} {said}"]
    if profile is not None and len(profile.places):
        value = float(np.interp(place, profile.places, profile.answers[:, answer]))
        lines.append(f"{target_words(model, answer)} {value_text(value, decimals_of(model))}")
    if column.levels and spread is not None:
        count = dict(zip(column.levels, spread.counts, strict=False)).get(column.seen[int(place)], 0)
        lines.append(f"{count_text(count)} training row{'' if count == 1 else 's'}")
    return "\n".join(lines)


def calculation_table(found: Calculation, answer: int) -> str:
    """The point, what each column adds, and the prediction, as lines of cells with tabs between them."""
    return tab_separated(_calculation_rows(found, answer))


def calculation_columns(found: Calculation, answer: int) -> list[Column]:
    """The same side by side, and then of each column with a curve its places and the predictions there."""
    model, (head, *rows) = found.model, _calculation_rows(found, answer)
    columns = [Column(str(name), cells) for name, cells in zip(head, zip(*rows, strict=True), strict=True)]
    for number, profile in sorted(found.profiles.items()):
        column = model.encoding.columns[number]
        places: list[str | float] = profile.places.tolist()
        if column.levels:
            places = [column.seen[int(place)] for place in profile.places]
        elif column.date_form is not None:
            places = [cell_text(column, place, is_whole_text=True) for place in profile.places.tolist()]
        columns.append(Column(f"{column.name} (curve)", places))
        columns += [
            Column(f"{name} (along {column.name})", profile.answers[:, place])
            for place, name in enumerate(_answer_names(model))
        ]
    return columns


def _answer_names(model: CalculatorModel) -> list[str]:
    return [f"P({model.encoding.target.name} = {one})" for one in model.classes] or [model.encoding.target.name]


def _calculation_rows(found: Calculation, answer: int) -> list[list[str | float]]:
    model = found.model
    rows: list[list[str | float]] = [["input", "value", f"adds to {target_words(model, answer)}"]]
    for number, column in enumerate(model.encoding.columns):
        cell = found.point[number]
        if column.date_form is None and isinstance(cell, float):
            value: str | float = cell
        else:
            value = cell_text(column, cell, is_whole_text=True) or MISSING
        rows.append([column.name, value, float(found.additions[number, answer])])
    for name, value in zip(_answer_names(model), found.answer, strict=True):
        rows.append([f"prediction: {name}", float(value), ""])
    return rows
