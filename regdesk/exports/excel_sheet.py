"""A model as a workbook of Excel: a sheet that predicts, row by row, and one with the model's numbers."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from regdesk.exports.column_plan import ColumnPlan
from regdesk.exports.excel_parts import (
    excel_number,
    is_missing_label,
    label_text,
    letters,
    number_reading,
    part_place,
    spellings_of,
)
from regdesk.exports.plan import MOST_STANDARDIZED, NotExportable, Plan, place_term
from regdesk.exports.texts import inert

HOW = (
    "Put rows into the sheet 'predict' from A2 on, and fill the formulas of row 2 down.",
    "An empty cell is missing. A date is a date of Excel, or a text of ISO 8601 in UTC.",
    "A row that cannot be read is #N/A.",
)
MOST_COLUMNS = 16_384
"""Of a sheet."""
_MODEL = "model"


@dataclass
class Numbers:
    """The sheet of the model's numbers, filled from above."""

    sheet: Worksheet
    n_rows: int = field(default=0)

    def block(self, title: str, rows: list[list[float | str]]) -> int:
        """The row of the sheet, from 1, in which ``rows`` begin, under ``title``."""
        put_text(self.sheet, self.n_rows + 1, 1, title)
        start = self.n_rows + 2
        for at, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    put_text(self.sheet, start + at, place + 1, value)
                else:
                    self.sheet.cell(start + at, place + 1, float(value))
        self.n_rows = start + len(rows)
        return start


@dataclass
class Formulas:
    """The second row of the sheet that predicts: formulas beside each other, each under its name."""

    sheet: Worksheet
    n_columns: int

    def add(self, title: str, formula: str) -> str:
        """The place of ``formula``, such as F2."""
        self.n_columns += 1
        if self.n_columns > MOST_COLUMNS:
            raise NotExportable(f"the model needs more than the {MOST_COLUMNS:,} columns that a sheet of Excel has.")
        put_text(self.sheet, 1, self.n_columns, title)
        self.sheet.cell(2, self.n_columns, f"={formula}")
        return f"${letters(self.n_columns - 1)}2"


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """``text`` in a cell, as a text and never as a formula; what no cell can hold as ``\\u0000``."""
    cell = sheet.cell(row, column)
    cell.value = "".join(one if _can_be_held(one) else f"\\u{ord(one):04x}" for one in text)
    cell.data_type = "s"


def _can_be_held(one: str) -> bool:
    """Whether XML, and so a cell, can have the character."""
    code = ord(one)
    return one in "\t\n" or (code >= 32 and not 0xD800 <= code < 0xE000 and code not in (0xFFFE, 0xFFFF))


def workbook_bytes(plan: Plan) -> bytes:
    """The content of a file .xlsx. Raises NotExportable for what no workbook can hold."""
    book = openpyxl.Workbook()
    predict = book.active
    assert isinstance(predict, Worksheet)
    predict.title = "predict"
    numbers = Numbers(book.create_sheet(_MODEL))
    about = book.create_sheet("about")
    for row, (name, text) in enumerate((*plan.facts, *(("how", one) for one in HOW)), start=1):
        put_text(about, row, 1, name)
        put_text(about, row, 2, inert(text))
    for place, name in enumerate(plan.sources, start=1):
        put_text(predict, 1, place, name)
    # The answers stand first; what they are worked out from stands to their right.
    n_answers = 1 + len(plan.classes) if plan.classes else 1
    formulas = Formulas(predict, len(plan.sources) + n_answers)
    outputs = _outputs(plan, numbers, formulas)
    answers = _class_answers(plan, numbers, outputs) if plan.classes else [_number_answer(plan, outputs)]
    for place, (title, formula) in enumerate(answers, start=len(plan.sources) + 1):
        put_text(predict, 1, place, title)
        predict.cell(2, place, f"=IFERROR({formula},NA())")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _outputs(plan: Plan, numbers: Numbers, formulas: Formulas) -> list[str]:
    """The places of the model's outputs."""
    terms: list[list[str]] = [[] for _ in plan.layers[0].biases]
    for number, (column, start) in enumerate(zip(plan.columns, plan.starts, strict=True)):
        _add_column(plan, number, column, start, numbers, formulas, terms)
    values: list[str] = []
    for number, layer in enumerate(plan.layers):
        start = numbers.block(f"layer {number + 1}: the bias of each unit", [[bias] for bias in layer.biases.tolist()])
        if number:
            rows = numbers.block(f"layer {number + 1}: the weights of each unit", layer.weights.T.tolist())
            last = letters(len(layer.weights) - 1)
            reach = f"{values[0]}:{values[-1]}"
            terms = [
                [f"SUMPRODUCT({reach},{_MODEL}!$A${rows + unit}:${last}${rows + unit})"]
                for unit in range(len(layer.biases))
            ]
        values = []
        for unit, adds in enumerate(terms):
            total = "+".join([f"{_MODEL}!$A${start + unit}", *adds])
            if number < len(plan.layers) - 1:
                total = f"TANH({total})" if plan.activation == "tanh" else f"MAX({total},0)"
            values.append(formulas.add(f"layer {number + 1}, unit {unit + 1}", total))
    return values


def _add_column(
    plan: Plan,
    number: int,
    column: ColumnPlan,
    start: int,
    numbers: Numbers,
    formulas: Formulas,
    terms: list[list[str]],
) -> None:
    """Read a column, and add to ``terms`` of each unit of the first layer what it adds to it."""
    cell, title = f"${letters(column.source)}2", f"column {number + 1}, {inert(column.name)}"
    places = slice(start, start + column.n_inputs)
    weights = plan.layers[0].weights[places]
    if not column.is_label:
        read = power = formulas.add(title, number_reading(column, cell, plan.drops))
        for place, own in enumerate(weights.tolist()):
            name = title if place == 0 else f"{title} ^ {place + 1}"
            power = power if place == 0 else formulas.add(name, f"{power}*{read}")
            figures = [plan.means[start + place], plan.scales[start + place]]
            at = numbers.block(f"{name}: mean, scale, weights", [figures, own])
            scaled = f"({power}-{_MODEL}!$A${at})/{_MODEL}!$B${at}"
            bound = excel_number(MOST_STANDARDIZED)
            standardized = formulas.add(f"{name}, standardised", f"IF(ABS({scaled})>{bound},NA(),{scaled})")
            for unit, adds in enumerate(terms):
                adds.append(f"{standardized}*{_MODEL}!${letters(unit)}${at + 1}")
        return
    # A row for each label, and one for none of them; a column for each unit.
    rows = [*range(max(column.n_inputs, 2)), -1]
    adds_of = [
        [
            place_term(column, place, weights[:, unit], plan.means[places], plan.scales[places])
            for unit in range(len(terms))
        ]
        for place in rows
    ]
    at = numbers.block(f"{title}: what each label adds to each unit", [list(row) for row in adds_of])
    found = formulas.add(title, _row_of(column, cell, rows, numbers, title, plan.drops))
    for unit, adds in enumerate(terms):
        letter = letters(unit)
        adds.append(f"INDEX({_MODEL}!${letter}${at}:${letter}${at + len(rows) - 1},{found})")


def _row_of(column: ColumnPlan, cell: str, rows: list[int], numbers: Numbers, title: str, drops: bool) -> str:
    """Which of ``rows`` belongs to the label in ``cell``, from 1."""
    row_of = {place: at + 1 for at, place in enumerate(rows)}
    filled = str(row_of[column.fill_place])
    if column.reading != "label":
        return part_place(column, cell, [str(row_of[place]) for place in column.places.values()], filled, drops)
    spellings = spellings_of(column)
    if not all(_can_be_held(one) for spelling in spellings for one in spelling):
        raise NotExportable("a label has a character in it that no cell of Excel can hold.")
    known: list[list[float | str]] = [[spelling, float(row_of[place])] for spelling, place in spellings.items()]
    if not known:
        return filled
    at = numbers.block(f"{title}: spellings, and the row of each", known)
    end = at + len(known) - 1
    which = f"SUMPRODUCT(EXACT({label_text(column, cell)},{_MODEL}!$A${at}:$A${end})*{_MODEL}!$B${at}:$B${end})"
    found = f"IF({which}=0,{filled},{which})"
    return f"IF({is_missing_label(column, cell)},NA(),{found})" if drops else found


def _number_answer(plan: Plan, outputs: list[str]) -> tuple[str, str]:
    return "prediction", f"{outputs[0]}*{excel_number(plan.target_scale)}+{excel_number(plan.target_mean)}"


def _class_answers(plan: Plan, numbers: Numbers, outputs: list[str]) -> list[tuple[str, str]]:
    at = numbers.block("the classes", [[label] for label in plan.classes])
    titles = [f"probability of {label}" for label in plan.classes]
    if len(plan.classes) == 2:
        half = f"0.5*TANH({outputs[0]}/2)"
        label = f"IF({outputs[0]}>0,{_MODEL}!$A${at + 1},{_MODEL}!$A${at})"
        return [("prediction", label), (titles[0], f"0.5-{half}"), (titles[1], f"0.5+{half}")]
    reach = f"{outputs[0]}:{outputs[-1]}"
    label = f"INDEX({_MODEL}!$A${at}:$A${at + len(plan.classes) - 1},MATCH(MAX({reach}),{reach},0))"
    # Of powers that are at most 1 each.
    powers = "+".join(f"EXP({output}-MAX({reach}))" for output in outputs)
    shares = [(title, f"EXP({own}-MAX({reach}))/({powers})") for title, own in zip(titles, outputs, strict=True)]
    return [("prediction", label), *shares]
