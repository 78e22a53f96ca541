"""A linear model as the formula of one cell of Excel."""

from __future__ import annotations

import math

import numpy as np

from regdesk.core.types import Float64s
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.excel_parts import (
    MOST_CHARACTERS,
    excel_number,
    excel_text,
    is_missing_label,
    label_text,
    letters,
    number_reading,
    part_place,
    spellings_of,
)
from regdesk.exports.plan import NotExportable, Plan, place_term
from regdesk.exports.texts import inert

HOW = (
    "The formula is for row 2; its columns stand in A2, B2, … in the order that its note N(…) names.",
    "An empty cell is missing. A date is a date of Excel, or a text of ISO 8601 in UTC.",
    "Of two classes it is the probability of the second. A row that cannot be read is #N/A.",
    "Any model is written as a workbook where the name of the file ends in .xlsx.",
)
_SHEET = "the workbook has a sheet for it: give --out a name that ends in .xlsx."
_LONGEST_TEXT = 250
"""Excel has at most 255 characters."""


def excel_formula(plan: Plan) -> str:
    """The formula, on one line. Raises NotExportable for what does not fit one cell, naming the workbook."""
    if not plan.is_linear:
        raise NotExportable(f"a network does not fit one cell of Excel; {_SHEET}")
    if len(plan.classes) > 2:
        raise NotExportable(f"probabilities of {len(plan.classes)} classes do not fit one cell of Excel; {_SHEET}")
    # A regression is turned to the unit of its target, term by term.
    scale = 1.0 if plan.classes else plan.target_scale
    layer = plan.layers[0]
    terms = [excel_number(math.fsum([layer.biases[0] * scale, plan.target_mean]))]
    for column, start in zip(plan.columns, plan.starts, strict=True):
        places = slice(start, start + column.n_inputs)
        weights = layer.weights[places, 0] * scale
        cell = f"{letters(column.source)}2"
        terms += _terms(column, cell, weights, plan.means[places], plan.scales[places], plan.drops)
    total = "+".join(terms)
    if plan.classes:
        # The logistic function without a power that could be too large.
        total = f"0.5+0.5*TANH(({total})/2)"
    columns, origin = _columns(plan), _texts(_origin(plan))
    found = f"=IFERROR({_texts(columns)}+{total}+{origin},NA())\n"
    if len(found) - 1 > MOST_CHARACTERS:
        # The numbers come first, and with what they were made; row 1 of the data names the columns, too.
        found = f"=IFERROR({_texts(_shortened(columns))}+{total}+{origin},NA())\n"
    if len(found) - 1 > MOST_CHARACTERS:
        raise NotExportable(
            f"the formula would have {len(found) - 1:,} characters, and a cell of Excel has at most "
            f"{MOST_CHARACTERS:,}; {_SHEET}"
        )
    return found


def _shortened(text: str) -> str:
    """``text``, or its beginning, as one text of a formula holds it."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"


def _texts(said: str) -> str:
    """What counts 0 and says ``said``, in texts as long as Excel has them in a formula."""
    # Excel counts a character outside the first plane as two.
    most = _LONGEST_TEXT if max(said) <= "\uffff" else _LONGEST_TEXT // 2
    return "+".join(f"N({excel_text(said[start : start + most])})" for start in range(0, len(said), most))


def _columns(plan: Plan) -> str:
    columns = ", ".join(f"{letters(number)}2 {inert(name)}" for number, name in enumerate(plan.sources))
    return f"regdesk, target {inert(plan.target)}: {columns}"


def _origin(plan: Plan) -> str:
    """With what the model was made: nothing of it may be left out."""
    facts = dict(plan.facts)
    return (
        f"regdesk {facts['regdesk']}, sha256 {facts['sha256 of the file']}, seed {facts['seed']}, "
        f"split {inert(facts['split'])}; command {inert(facts['command'])}"
    )


def _terms(
    column: ColumnPlan, cell: str, weights: Float64s, means: Float64s, scales: Float64s, drops: bool
) -> list[str]:
    """What the column adds; where a cell must be read to know that the row has no prediction also terms of 0."""
    if not column.is_label:
        value = number_reading(column, cell, drops)
        if not weights.any():
            return [f"0*({value})"]
        terms = []
        for place in np.flatnonzero(weights).tolist():
            mean, factor = excel_number(-means[place]), excel_number(weights[place] / scales[place])
            power = value if place == 0 else f"({value})^{place + 1}"
            terms.append(f"({power}{mean if mean.startswith('-') else f'+{mean}'})*{factor}")
        return terms
    adds = {place: place_term(column, place, weights, means, scales) for place in {*column.places.values(), -1}}
    adds |= {place: place_term(column, place, weights, means, scales) for place in (column.fill_place,)}
    filled = adds[column.fill_place]
    if column.reading != "label":
        values = [excel_number(adds[place]) for place in column.places.values()]
        return [part_place(column, cell, values, excel_number(filled), drops)]
    text = label_text(column, cell)
    found = [excel_number(filled)] if filled else []
    for spelling, place in spellings_of(column).items():
        more = adds[place] - filled if place in adds else 0.0
        if more:
            found.append(f"EXACT({text},{excel_text(spelling)})*{excel_number(more)}")
    return [*found, f"IF({is_missing_label(column, cell)},NA(),0)"] if drops else found
