"""A model as a module of Python that needs numpy and nothing else."""

from __future__ import annotations

from typing import Any

from regdesk.core.types import Float64s
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.number_pattern import ISO_DATE, PLAIN, groups_of, number_pattern
from regdesk.exports.plan import MOST_STANDARDIZED, Plan
from regdesk.exports.python_parts import ENCODE, LAYERS, PREDICT_CLASSES, PREDICT_NUMBERS
from regdesk.exports.texts import hash_comment, head_lines, rows_of, shortest, wrapped

HOW = (
    "predict(columns) takes a dict of columns (lists, arrays, or a data frame) by their names as in the file.",
    "A cell is a number, a text as it stands in a file, a truth value, a date, or None or NaN where it is missing.",
    "A date is a datetime, a text of ISO 8601 (without a zone it is UTC), or a number of days since 1970-01-01.",
    "A row that cannot be read has the prediction NaN, or None where classes are predicted.",
)


def python_code(plan: Plan) -> str:
    """The text of a module with ``predict`` and, for classes, ``predict_proba``."""
    answers = PREDICT_CLASSES if plan.classes else PREDICT_NUMBERS
    imports = "import math\nimport re\nfrom datetime import date, datetime, timezone\n\nimport numpy as np\n"
    return "\n".join(
        [
            hash_comment(head_lines(plan, HOW)),
            imports,
            encoding_text(plan),
            _layers_text(plan),
            ENCODE + LAYERS + answers,
        ]
    )


def encoding_text(plan: Plan) -> str:
    """The constants by which cells become inputs, and the target's own."""
    columns = [f"    {_column(plan, column)},\n" for column in plan.columns]
    return "".join(
        [
            f"COLUMNS = (\n{''.join(columns)})\n",
            f"DROPS = {plan.drops}\n",
            f"MOST = {shortest(MOST_STANDARDIZED)}\n",
            f"PLAIN = re.compile(r'{PLAIN}')\n",
            r"NO_WORD = re.compile(r'\d|^[+-]?inf(inity)?$', re.IGNORECASE)" + "\n",
            f"ISO_DATE = re.compile(r'{ISO_DATE}')\n",
            f"MEANS = {array_text(plan.means)}\n",
            f"SCALES = {array_text(plan.scales)}\n",
            f"TARGET_MEAN, TARGET_SCALE = {shortest(plan.target_mean)}, {shortest(plan.target_scale)}\n",
            f"CLASSES = ({''.join(f'{label!a}, ' for label in plan.classes)})\n",
        ]
    )


def array_text(array: Float64s) -> str:
    """``array`` as numpy reads it."""
    rows = [f"[\n{wrapped(map(shortest, row))}\n]" for row in rows_of(array)]
    content = rows[0] if array.ndim == 1 else "[" + ", ".join(rows) + "]"
    return f"np.array({content})" if array.size else f"np.zeros({array.shape})"


def _layers_text(plan: Plan) -> str:
    pairs = [f"    ({array_text(layer.weights)}, {array_text(layer.biases)}),\n" for layer in plan.layers]
    return f"LAYERS = (\n{''.join(pairs)})\nACTIVATION = {plan.activation!r}\n"


def _column(plan: Plan, column: ColumnPlan) -> str:
    """How the cells of ``column`` are read, as a dict; what is as usual is left out."""
    found: dict[str, Any] = {"name": plan.sources[column.source], "reads": column.reading}
    if column.is_label:
        found |= {"inputs": column.n_inputs, "fill": column.fill_place, "places": dict(column.places)}
        found |= {"numbers": dict(column.number_places), "truths": column.truth_places, "folds": column.folds_case}
    else:
        found |= {"fill": column.fill, "missing_numbers": column.missing_numbers}
        if column.n_inputs > 1:
            found |= {"inputs": column.n_inputs}
    if column.reading != "label" or plan.drops:
        found |= {"missing": column.missing}
    if column.form is not None:
        found |= {"pattern": number_pattern(column.form), "groups": groups_of(column.form)}
        found |= {"decimal": column.form.decimal, "is_share": column.form.affix in ("%", "‰")}
    if column.reading == "number":
        found |= {"comma": column.has_comma}
    if column.reading not in ("number", "label"):
        found |= {"number_text": column.takes_number_text, "digits": column.n_digits}
        found |= {"per_day": column.per_day, "shift": column.shift, "bounds": (column.least, column.most)}
    return ascii(found)
