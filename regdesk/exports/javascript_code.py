"""A model as JavaScript that needs nothing: for Node, a page, or a worker."""

from __future__ import annotations

from regdesk.core.types import Float64s
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.javascript_parts import ENCODE, PREDICT_CLASSES, PREDICT_NUMBERS
from regdesk.exports.number_pattern import BLANKS_AROUND, ISO_DATE, PLAIN, groups_of, number_pattern
from regdesk.exports.plan import MOST_STANDARDIZED, Plan
from regdesk.exports.texts import head_lines, json_string, rows_of, shortest, star_comment, wrapped

_BLANKS = json_string(BLANKS_AROUND).strip('"')
HOW = (
    "regdeskModel.predict(row) takes an object with the cells of a row by their names as in the file.",
    "A cell is a number, a text as it stands in a file, a truth value, a Date, or null or NaN where it is missing.",
    "A date is a Date, a text of ISO 8601 (without a zone it is UTC), or a number of days since 1970-01-01.",
    "A row that cannot be read has the prediction null.",
)


def javascript_code(plan: Plan) -> str:
    """The text of a script that makes ``regdeskModel``, an object with ``predict`` and ``probabilities``."""
    layers = [
        f"    {{ weights: {_rows(layer.weights)},\n      biases: {_array(layer.biases)} }},\n" for layer in plan.layers
    ]
    constants = [
        f"  const COLUMNS = [\n{''.join(f'    {_column(plan, column)},{chr(10)}' for column in plan.columns)}  ];\n",
        f"  const DROPS = {_truth(plan.drops)};\n  const MOST = {shortest(MOST_STANDARDIZED)};\n",
        f"  const PLAIN = /{PLAIN}/;\n  const ISO_DATE = /{ISO_DATE}/;\n",
        f"  const BLANKS_AROUND = /^[{_BLANKS}]+|[{_BLANKS}]+$/g;\n",
        r"  const NO_WORD = /\p{Nd}|^[+-]?inf(inity)?$/iu;" + "\n",
        f"  const MEANS = {_array(plan.means)};\n  const SCALES = {_array(plan.scales)};\n",
        f"  const LAYERS = [\n{''.join(layers)}  ];\n  const ACTIVATION = {json_string(plan.activation)};\n",
        f"  const TARGET_MEAN = {shortest(plan.target_mean)};\n  const TARGET_SCALE = {shortest(plan.target_scale)};\n",
        f"  const CLASSES = [{', '.join(json_string(label) for label in plan.classes)}];\n",
    ]
    answers = PREDICT_CLASSES if plan.classes else PREDICT_NUMBERS
    begin = star_comment(head_lines(plan, HOW)) + '"use strict";\n\nconst regdeskModel = (() => {\n'
    return begin + "".join(constants) + ENCODE + answers


def _column(plan: Plan, column: ColumnPlan) -> str:
    found = {"name": json_string(plan.sources[column.source]), "reads": json_string(column.reading)}
    found["inputs"] = str(column.n_inputs)
    found["missing"] = f"new Set([{', '.join(map(json_string, column.missing))}])"
    if column.is_label:
        places = [f"[{json_string(name)}, {place}]" for name, place in column.places.items()]
        numbers = [f"[{shortest(number)}, {place}]" for number, place in column.number_places.items()]
        found |= {"fill": str(column.fill_place), "places": f"new Map([{', '.join(places)}])"}
        found |= {"numbers": f"new Map([{', '.join(numbers)}])", "folds": _truth(column.folds_case)}
        found |= {"truths": str(list(column.truth_places))}
    else:
        found |= {"fill": shortest(column.fill)}
    if column.reading != "label":
        found |= {"missingNumbers": f"[{', '.join(map(shortest, column.missing_numbers))}]"}
        found |= {"numberText": _truth(column.takes_number_text), "digits": str(column.n_digits)}
        found |= {"perDay": shortest(column.per_day), "shift": shortest(column.shift)}
        found |= {"least": shortest(column.least), "most": shortest(column.most)}
        found |= {"comma": _truth(column.has_comma)}
    if column.form is not None:
        found |= {"pattern": f"new RegExp({json_string(number_pattern(column.form))})"}
        found |= {"groups": json_string(groups_of(column.form)), "decimal": json_string(column.form.decimal)}
        found |= {"isShare": _truth(column.form.affix in ("%", "‰"))}
    return "{ " + ", ".join(f"{name}: {text}" for name, text in found.items()) + " }"


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _array(numbers: Float64s) -> str:
    return f"[\n{wrapped(map(shortest, numbers.tolist()), '      ')}\n    ]"


def _rows(weights: Float64s) -> str:
    return "[" + ", ".join(f"[\n{wrapped(map(shortest, row), '      ')}\n    ]" for row in rows_of(weights)) + "]"
