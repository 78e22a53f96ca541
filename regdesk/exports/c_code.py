"""A model as C99 that needs nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from regdesk.core.types import Float64s
from regdesk.exports.c_numbers import FORMATTED, READ, STRUCTURES
from regdesk.exports.c_parts import ANSWER_CLASSES, ANSWER_NUMBERS, DATES, ENCODE, LAYERS
from regdesk.exports.c_words import WORDS
from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.number_pattern import BLANKS_AROUND, groups_of
from regdesk.exports.plan import MOST_STANDARDIZED, NotExportable, Plan
from regdesk.exports.texts import head_lines, hexadecimal, star_comment, wrapped

HOW = (
    "regdesk_predict(cells, result) takes the cells of a row as texts in UTF-8, in the order of regdesk_columns;",
    "NULL is a missing cell. A date is a text of ISO 8601; without a zone it is UTC.",
)
HOW_NUMBERS = ("It returns 0, and result[0] is the prediction; -1 where a row has none. Link with -lm.",)
HOW_CLASSES = (
    "It returns the place of the likeliest class in regdesk_classes, and result has the probability of each;",
    "-1 where a row has no prediction. Link with -lm.",
)

_LONGER_BLANKS = tuple(one for one in BLANKS_AROUND if not one.isascii())


def c_code(plan: Plan) -> str:
    """The text of a source file. Raises NotExportable for a label that no text of C can be."""
    if any("\0" in label for column in plan.columns for label in column.places):
        raise NotExportable("a label has the character NUL in it, at which every text of C ends.")
    how = (*HOW, *(HOW_CLASSES if plan.classes else HOW_NUMBERS))
    tables = [_tables(number, column) for number, column in enumerate(plan.columns)]
    columns = [_column(number, column) for number, column in enumerate(plan.columns)]
    return "".join(
        [
            star_comment(head_lines(plan, how)),
            STRUCTURES,
            _sizes(plan),
            f"const char *const regdesk_columns[] = {{\n{_strings(plan.sources)}\n}};\n",
            f"const char *const regdesk_classes[] = {{\n{_strings(plan.classes or (plan.target,))}\n}};\n\n",
            *tables,
            f"static const struct column columns[] = {{\n{''.join(columns)}}};\n\n",
            _array("means", plan.means),
            _array("scales", plan.scales),
            _layers(plan),
            f"\nstatic const char *const longer_blanks[] = {{\n{_strings(_LONGER_BLANKS)}\n}};\n",
            WORDS,
            READ,
            FORMATTED,
            DATES,
            ENCODE,
            LAYERS,
            ANSWER_CLASSES if plan.classes else ANSWER_NUMBERS,
        ]
    )


def c_string(text: str) -> str:
    """``text`` as a literal in ASCII; a question mark may begin a trigraph, and octal digits end after three."""
    found = ""
    for byte in text.encode("utf-8", "surrogatepass"):
        one = chr(byte)
        found += one if 32 <= byte < 127 and one not in '"\\?' else f"\\{byte:03o}"
    return f'"{found}"'


def _sizes(plan: Plan) -> str:
    widths = [len(plan.means), *(len(layer.biases) for layer in plan.layers)]
    return (
        "enum {\n"
        f"    N_COLUMNS = {len(plan.columns)}, N_INPUTS = {len(plan.means)}, N_LAYERS = {len(plan.layers)},\n"
        f"    N_OUTPUTS = {len(plan.layers[-1].biases)}, MOST_UNITS = {max(widths)},\n"
        f"    DROPS = {int(plan.drops)}, IS_TANH = {int(plan.activation == 'tanh')}\n"
        "};\n"
        f"static const double MOST = {hexadecimal(MOST_STANDARDIZED)};\n"
        + (
            ""
            if plan.classes
            else f"static const double TARGET_MEAN = {hexadecimal(plan.target_mean)};\n"
            f"static const double TARGET_SCALE = {hexadecimal(plan.target_scale)};\n"
        )
        + "\n"
    )


def _tables(number: int, column: ColumnPlan) -> str:
    """What the column needs to be looked up; an empty array is nothing in C, and is left out."""
    found = ""
    if column.missing:
        ordered = sorted(column.missing, key=_bytes)
        found += f"static const char *const missing_{number}[] = {{\n{_strings(ordered)}\n}};\n"
    if column.missing_numbers:
        found += _array_of(f"missing_numbers_{number}", column.missing_numbers)
    if column.reading == "label" and column.places:
        found += f"static const struct label labels_{number}[] = {{\n{_labels(column.places)}\n}};\n"
    if column.reading in ("month", "weekday"):
        places = ", ".join(str(place) for place in column.places.values())
        found += f"static const int parts_{number}[] = {{{places}}};\n"
    return found


def _column(number: int, column: ColumnPlan) -> str:
    has_labels = column.reading == "label" and column.places
    form = column.form
    fields = [
        str(column.source),
        f"READS_{column.reading.upper()}",
        str(column.n_inputs),
        hexadecimal(column.fill),
        str(column.fill_place),
        f"labels_{number}" if has_labels else "NULL",
        str(len(column.places) if has_labels else 0),
        f"parts_{number}" if column.reading in ("month", "weekday") else "NULL",
        str(int(column.folds_case)),
        f"missing_{number}" if column.missing else "NULL",
        str(len(column.missing)),
        f"missing_numbers_{number}" if column.missing_numbers else "NULL",
        str(len(column.missing_numbers)),
        str(int(column.has_comma)),
        str(int(column.takes_number_text)),
        str(column.n_digits),
        hexadecimal(column.per_day),
        hexadecimal(column.shift),
        hexadecimal(column.least),
        hexadecimal(column.most),
        *(
            ["0", '""', "'.'", '""', "0", "0", "0"]
            if form is None
            else [
                "1",
                " ".join([*(c_string(mark) + ' "\\000"' for mark in groups_of(form)), '""']),
                f"'{form.decimal}'",
                c_string(form.affix),
                str(int(form.is_before)),
                str(int(form.is_accounting)),
                str(int(form.affix in ("%", "‰"))),
            ]
        ),
    ]
    return "    {\n" + wrapped(fields, "        ") + "\n    },\n"


def _layers(plan: Plan) -> str:
    found, sizes = "", []
    for number, layer in enumerate(plan.layers):
        # The weights of a unit stand together.
        found += _array_of(f"weights_{number}", layer.weights.T.ravel().tolist())
        found += _array_of(f"biases_{number}", layer.biases.tolist())
        sizes.append(f"    {{{len(layer.weights)}, {len(layer.biases)}, weights_{number}, biases_{number}}},\n")
    return found + f"static const struct layer layers[] = {{\n{''.join(sizes)}}};\n"


def _array(name: str, numbers: Float64s) -> str:
    return _array_of(name, numbers.tolist())


def _array_of(name: str, numbers: Iterable[float]) -> str:
    return f"static const double {name}[] = {{\n{wrapped(map(hexadecimal, numbers))}\n}};\n"


def _strings(texts: Iterable[str]) -> str:
    return wrapped(c_string(text) for text in texts)


def _labels(places: Mapping[str, int]) -> str:
    return wrapped(f"{{{c_string(label)}, {places[label]}}}" for label in sorted(places, key=_bytes))


def _bytes(text: str) -> bytes:
    """What a binary search compares."""
    return text.encode("utf-8", "surrogatepass")
