"""A model as R that needs no package."""

from __future__ import annotations

from collections.abc import Iterable

from regdesk.core.types import Float64s
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.number_pattern import BLANKS_AROUND, ISO_DATE, PLAIN, groups_of, number_pattern
from regdesk.exports.plan import MOST_STANDARDIZED, NotExportable, Plan
from regdesk.exports.r_parts import ANSWER_CLASSES, ANSWER_NUMBERS, ENCODE, LAYERS
from regdesk.exports.texts import hash_comment, head_lines, hexadecimal, wrapped

HOW = (
    "regdesk_predict(data) takes a data frame, or a list of columns, with their names as in the file",
    "(read it with check.names = FALSE). A cell is a number, a text or factor as it stands in a file, TRUE or FALSE,",
    "a Date or POSIXct, or NA where it is missing.",
    "A date is a Date or POSIXct, a text of ISO 8601 (without a zone it is UTC), or a number of days since 1970-01-01.",
    "A row that cannot be read has the prediction NA.",
)


def r_code(plan: Plan) -> str:
    """The text of a script that makes ``regdesk_predict`` and, for classes, ``regdesk_probabilities``.

    Raises NotExportable for a name or a label that no text of R can be.
    """
    layers = [
        f"    list(weights = {_matrix(layer.weights)},\n      biases = {_numbers(layer.biases.tolist())}),\n"
        for layer in plan.layers
    ]
    constants = [
        "  COLUMNS <- list(\n" + ",\n".join(f"    {_column(plan, column)}" for column in plan.columns) + ")\n",
        f"  DROPS <- {_truth(plan.drops)}\n  MOST <- {hexadecimal(MOST_STANDARDIZED)}\n",
        f"  PLAIN <- {r_string(PLAIN)}\n  ISO_DATE <- {r_string(ISO_DATE)}\n",
        f"  BLANKS_AROUND <- {r_string(f'^[{BLANKS_AROUND}]+|[{BLANKS_AROUND}]+$')}\n",
        f"  MEANS <- {_numbers(plan.means.tolist())}\n  SCALES <- {_numbers(plan.scales.tolist())}\n",
        f"  LAYERS <- list(\n{''.join(layers).removesuffix(f',{chr(10)}')})\n",
        f"  ACTIVATION <- {r_string(plan.activation)}\n",
        f"  TARGET_MEAN <- {hexadecimal(plan.target_mean)}\n  TARGET_SCALE <- {hexadecimal(plan.target_scale)}\n",
        f"  CLASSES <- {_strings(plan.classes)}\n",
    ]
    answers = ANSWER_CLASSES if plan.classes else ANSWER_NUMBERS
    begin = hash_comment(head_lines(plan, HOW)) + "\nregdesk_model <- local({\n"
    return begin + "".join(constants) + ENCODE + LAYERS + answers


def r_string(text: str) -> str:
    """``text`` as a literal in ASCII. Raises NotExportable for NUL and for half a character."""
    found = ""
    for one in text:
        code = ord(one)
        if code == 0 or 0xD800 <= code < 0xE000:
            raise NotExportable(f"a name or a label has the character U+{code:04X} in it, which no text of R can have.")
        if one in '"\\':
            found += f"\\{one}"
        elif 32 <= code < 127:
            found += one
        else:
            # What follows may be a digit.
            found += f"\\u{{{code:04x}}}" if code < 0x10000 else f"\\U{{{code:08x}}}"
    return f'"{found}"'


def _column(plan: Plan, column: ColumnPlan) -> str:
    found = {"name": r_string(plan.sources[column.source]), "reads": r_string(column.reading)}
    found |= {"n_inputs": str(column.n_inputs), "missing": _strings(column.missing)}
    if column.is_label:
        found |= {"labels": _strings(column.places), "places": _whole(column.places.values())}
        found |= {"numbers": _numbers(column.number_places), "number_places": _whole(column.number_places.values())}
        found |= {"fill": str(column.fill_place), "folds": _truth(column.folds_case)}
        found |= {"truths": _whole(column.truth_places)}
    else:
        found |= {"fill": hexadecimal(column.fill)}
    if column.reading != "label":
        found |= {"missing_numbers": _numbers(column.missing_numbers), "comma": _truth(column.has_comma)}
        found |= {"number_text": _truth(column.takes_number_text), "digits": str(column.n_digits)}
        found |= {"per_day": hexadecimal(column.per_day), "shift": hexadecimal(column.shift)}
        found |= {"least": hexadecimal(column.least), "most": hexadecimal(column.most)}
    if column.form is not None:
        found |= {"pattern": r_string(number_pattern(column.form)), "groups": r_string(f"[{groups_of(column.form)}]")}
        found |= {"decimal": r_string(column.form.decimal), "is_share": _truth(column.form.affix in ("%", "‰"))}
        if not column.form.group:
            found["groups"] = '""'
    return "list(\n" + wrapped([f"{name} = {text}" for name, text in found.items()], "      ") + ")"


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _numbers(numbers: Iterable[float]) -> str:
    listed = [hexadecimal(number) for number in numbers]
    return f"c(\n{wrapped(listed, '      ')})" if listed else "numeric(0)"


def _whole(numbers: Iterable[int]) -> str:
    listed = [f"{number}L" for number in numbers]
    return f"c(\n{wrapped(listed, '      ')})" if listed else "integer(0)"


def _strings(texts: Iterable[str]) -> str:
    listed = [r_string(text) for text in texts]
    # Rscript reads 4,095 bytes of a line at once, and finds fault with an escape that goes on behind them.
    return f"c(\n{wrapped(listed, '      ')})" if listed else "character(0)"


def _matrix(weights: Float64s) -> str:
    return f"matrix({_numbers(weights.ravel().tolist())}, ncol = {weights.shape[1]}, byrow = TRUE)"
