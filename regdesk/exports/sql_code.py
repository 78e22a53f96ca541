"""A model as one expression of SQL, for SQLite from 3.35 on, DuckDB and PostgreSQL from 12 on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.powers import largest_base
from regdesk.exports.plan import MOST_STANDARDIZED, Layer, NotExportable, Plan, place_term
from regdesk.exports.sql_parts import Stages, sql_name, sql_number, sql_string
from regdesk.exports.sql_reading import read_date, read_label, read_number
from regdesk.exports.texts import hash_comment, head_lines

MOST_CHARACTERS = 500_000
"""SQLite reads a million in one statement; a model of classes is written once for each of its columns."""
MOST_NAMES = 1_900
"""SQLite has at most 2,000 columns in a table of a query."""
ROWS = "regdesk_row"
"""What the table is called. Without it DuckDB takes a column named "user" or "current_date" for a function of its own,
and SQLite a name that the table does not have for a text.
"""
HOW = (
    f"Use it as SELECT (this) FROM your_table AS {ROWS}; the names of the columns are those of the file.",
    "A column may be text as in the file or of a type of the database; NULL is a missing cell.",
    "A date is a DATE, a TIMESTAMP, or a text of ISO 8601 in UTC. Numbers with thousands or units must be text.",
    "A row that cannot be read has the prediction NULL.",
)
HOW_CLASSES = (
    "It is a list of columns: prediction, and the probability of each class.",
    *HOW[1:],
)


def sql_code(plan: Plan) -> str:
    """The text of an expression; of classes of several ones with their names, between commas.

    Raises NotExportable for a model that is too large, for names or labels that no text of SQL can be, and for names
    that databases do not tell apart.
    """
    _check_names(plan)
    n_terms = sum(int(np.count_nonzero(layer.weights)) for layer in plan.layers)
    names = sum(len(layer.biases) for layer in plan.layers) + 15 * len(plan.columns)
    names += sum(2 * column.n_inputs for column in plan.columns if not column.is_label and column.n_inputs > 1)
    if n_terms * 20 > MOST_CHARACTERS or names > MOST_NAMES:
        raise NotExportable(f"the model is too large for one expression of SQL: it would have {n_terms:,} terms.")
    body = _stages_text(plan)
    if plan.classes:
        answers = [(_label(plan), "prediction")]
        answers += [(_probability(plan, place), f"probability of {label}") for place, label in enumerate(plan.classes)]
        found = ",\n".join(f"{_expression(body, answer)} AS {sql_name(name)}" for answer, name in answers)
    else:
        found = _expression(body, f"out0 * {sql_number(plan.target_scale)} + {sql_number(plan.target_mean)}")
    text = hash_comment(head_lines(plan, HOW_CLASSES if plan.classes else HOW), "--") + found + "\n"
    if len(text) > MOST_CHARACTERS:
        raise NotExportable(
            f"the model is too large for one expression of SQL: it would have {len(text):,} characters, and "
            f"{MOST_CHARACTERS:,} are written at most."
        )
    return text


def _check_names(plan: Plan) -> None:
    known: dict[str, str] = {}
    for name in plan.sources:
        other = known.setdefault(name.lower(), name)
        if other != name:
            raise NotExportable(
                f"the columns {other} and {name} are one column to SQLite and DuckDB, which do not tell large letters "
                "from small ones in names; rename one of them."
            )


def _expression(body: str, answer: str) -> str:
    return f"({body}\nSELECT CASE WHEN ok = 1 THEN {answer} END FROM answers)"


def _stages_text(plan: Plan) -> str:
    """All but the answer: named steps from the cells to the outputs z0, z1, … and to ok."""
    stages = Stages()
    cells: dict[str, str] = {}
    for number, name in enumerate(plan.sources):
        cell = f"{ROWS}.{sql_name(name)}"
        cells |= {f"c{number}": cell, f"t{number}": f"TRIM(CAST({cell} AS VARCHAR), ' ')"}
    for name, expression in cells.items():
        stages.add(0, name, expression)
    for number, column in enumerate(plan.columns):
        text, cell = f"t{column.source}", f"c{column.source}"
        if column.reading == "label":
            read_label(stages, column, number, text, plan.drops)
        elif column.reading == "number":
            read_number(stages, column, number, text, cell, plan.drops)
        else:
            read_date(stages, column, number, text, cell, plan.drops)
    steps = [*stages.found, *_powers(plan), _inputs(plan)]
    for number, layer in enumerate(plan.layers):
        steps += _units(plan, number, layer)
    steps += _shares(plan)
    found = [_stage(number, names) for number, names in enumerate(steps)]
    is_ok = " + ".join(f"b{number}" for number in range(len(plan.columns)))
    far = "".join(
        f" AND ABS({_input(number, place)}) <= {sql_number(MOST_STANDARDIZED)}"
        for number, column in enumerate(plan.columns)
        if not column.is_label
        for place in range(column.n_inputs)
    )
    found.append(
        f"answers AS MATERIALIZED (SELECT *, CASE WHEN {is_ok} = 0{far} THEN 1 ELSE 0 END AS ok FROM s{len(steps) - 1})"
    )
    return "WITH " + ",\n".join(found)


def _stage(number: int, names: dict[str, str]) -> str:
    """A step. Each is worked out once: SQLite would write each into the next one, and its work would double."""
    listed = ", ".join(f"{expression} AS {name}" for name, expression in names.items())
    before = f"SELECT {listed}" if number == 0 else f"SELECT *, {listed} FROM s{number - 1}"
    return f"s{number} AS MATERIALIZED ({before})"


def _input(number: int, place: int) -> str:
    """The name of an input of a column of numbers: its first power, or a higher one."""
    return f"in{number}" if place == 0 else f"in{number}_{place + 1}"


def _powers(plan: Plan) -> list[dict[str, str]]:
    """Numbers of which powers are inputs, filled; then those powers, each by one product more."""
    found: list[dict[str, str]] = []
    for number, column in enumerate(plan.columns):
        if column.is_label or column.n_inputs == 1:
            continue
        # Some databases stop at a product that no double holds. No table with such a number can be fitted.
        bound = largest_base(column.n_inputs)
        value = f"COALESCE(n{number}, {sql_number(column.fill)})"
        found = found or [{}, {}]
        found[0][f"raw{number}"] = f"CASE WHEN ABS({value}) <= {sql_number(bound)} THEN {value} END"
        for place in range(1, column.n_inputs):
            found[1][f"raw{number}_{place + 1}"] = " * ".join([f"raw{number}"] * (place + 1))
    return found


def _inputs(plan: Plan) -> dict[str, str]:
    """Numbers, standardised; labels stay places."""
    found = {}
    for number, (column, start) in enumerate(zip(plan.columns, plan.starts, strict=True)):
        for place in range(0 if column.is_label else column.n_inputs):
            value = f"raw{number}" if place == 0 else f"raw{number}_{place + 1}"
            if column.n_inputs == 1:
                value = f"COALESCE(n{number}, {sql_number(column.fill)})"
            mean, scale = sql_number(plan.means[start + place]), sql_number(plan.scales[start + place])
            found[_input(number, place)] = f"({value} - {mean}) / {scale}"
    return found or {"in_": "0"}


def _units(plan: Plan, number: int, layer: Layer) -> list[dict[str, str]]:
    """The units of a layer, in two steps where the first is used twice by the second."""
    totals = []
    for unit in range(len(layer.biases)):
        terms = _first_terms(plan, layer, unit) if number == 0 else _later_terms(layer, number, unit)
        totals.append(balanced([*terms, sql_number(layer.biases[unit])]))
    if number == len(plan.layers) - 1:
        return [{f"out{unit}": total for unit, total in enumerate(totals)}]
    if plan.activation == "tanh":
        return [{f"unit{number}_{unit}": f"TANH({total})" for unit, total in enumerate(totals)}]
    sums = {f"sum{number}_{unit}": total for unit, total in enumerate(totals)}
    return [sums, {name.replace("sum", "unit"): f"CASE WHEN {name} > 0 THEN {name} ELSE 0.0e0 END" for name in sums}]


def _shares(plan: Plan) -> list[dict[str, str]]:
    """Of three and more classes the largest output, the powers that are at most 1, and their sum."""
    places = range(len(plan.classes))
    if len(plan.classes) < 3:
        return []
    whens = [f"WHEN {_is_largest(plan, place)} THEN out{place}" for place in places[:-1]]
    return [
        {"largest": f"CASE {' '.join(whens)} ELSE out{places[-1]} END"},
        {f"power{place}": f"EXP(out{place} - largest)" for place in places},
        {"powers": balanced([f"power{place}" for place in places])},
    ]


def _is_largest(plan: Plan, place: int) -> str:
    """That no output after ``place`` is larger; those before have been asked already."""
    return " AND ".join(f"out{place} >= out{other}" for other in range(place + 1, len(plan.classes)))


def _first_terms(plan: Plan, layer: Layer, unit: int) -> list[str]:
    """What each column adds; of labels one constant for each place, in which scaling is worked out."""
    found = []
    for number, (column, start) in enumerate(zip(plan.columns, plan.starts, strict=True)):
        weights = layer.weights[start : start + column.n_inputs, unit]
        if not weights.any():
            continue
        if not column.is_label:
            found += [
                f"{_input(number, place)} * {sql_number(weights[place])}" for place in np.flatnonzero(weights).tolist()
            ]
            continue
        means, scales = plan.means[start : start + column.n_inputs], plan.scales[start : start + column.n_inputs]
        places = range(-1, 2 if column.n_inputs == 1 else column.n_inputs)
        adds = {place: place_term(column, place, weights, means, scales) for place in places}
        whens = " ".join(f"WHEN {place} THEN {sql_number(term)}" for place, term in adds.items() if term != adds[-1])
        found.append(f"CASE p{number} {whens} ELSE {sql_number(adds[-1])} END")
    return found


def _later_terms(layer: Layer, number: int, unit: int) -> list[str]:
    column = layer.weights[:, unit]
    return [f"unit{number - 1}_{at} * {sql_number(column[at])}" for at in np.flatnonzero(column).tolist()]


def balanced(terms: Sequence[str]) -> str:
    """The sum of ``terms`` in brackets of few levels: databases bound how deep an expression may be."""
    if len(terms) <= 2:
        return " + ".join(terms)
    middle = len(terms) // 2
    return f"({balanced(terms[:middle])}) + ({balanced(terms[middle:])})"


def _label(plan: Plan) -> str:
    if len(plan.classes) == 2:
        return f"CASE WHEN out0 > 0 THEN {sql_string(plan.classes[1])} ELSE {sql_string(plan.classes[0])} END"
    # The first one that none exceeds.
    labels = [
        f"WHEN {_is_largest(plan, place)} THEN {sql_string(label)}" for place, label in enumerate(plan.classes[:-1])
    ]
    return f"CASE {' '.join(labels)} ELSE {sql_string(plan.classes[-1])} END"


def _probability(plan: Plan, place: int) -> str:
    if len(plan.classes) > 2:
        return f"power{place} / powers"
    small = "EXP(-ABS(out0))"
    second = f"CASE WHEN out0 > 0 THEN 1.0e0 ELSE {small} END / (1.0e0 + {small})"
    return second if place == 1 else f"1.0e0 - {second}"
