"""A model in Excel's language says what the model says, by an evaluator of formulas."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import openpyxl
import pytest
from export_hostile import HOSTILE_CLASSES, HOSTILE_LABELS, HOSTILE_NAMES, hostile
from export_models import assert_same, expected_of, home_model, new_homes, write_homes
from hypothesis import example, given
from hypothesis import strategies as st

from regdesk.exports.excel_formula import excel_formula
from regdesk.exports.excel_parts import excel_number, letters
from regdesk.exports.excel_sheet import workbook_bytes
from regdesk.exports.plan import NotExportable, Plan, plan_of

with warnings.catch_warnings():
    # The evaluator's own imports warn of what they import.
    warnings.simplefilter("ignore")
    import formulas

Evaluate = Callable[..., Any]
FEW = (*range(8), 11, 12, 17, 22, 23, 27, 32, 37)
"""Rows with every label, every form of a number and a day, and a missing cell of each column: the evaluator takes 30 ms
for one.
"""
MORE = (*FEW, 31, 41, 42, 43, 47, 52, 53, 57)
"""With every cell that is damaged, too."""


def compiled(formula: str) -> tuple[Evaluate, list[str]]:
    """A function of cells and ranges, and the names of these in capital letters, without sheet and dollars."""
    found = formulas.Parser().ast(formula)[1].compile()
    return found, [name.replace("$", "") for name in found.inputs]


def value_of(found: Any) -> Any:
    """A number, a text, or None for an error of Excel."""
    one = np.asarray(found, object).ravel()[0]
    return None if isinstance(one, formulas.errors.FormulaError) or str(one).startswith("#") else one


def rows_of(cells) -> list[list[Any]]:
    return [["" if cell is None else cell for cell in row] for row in zip(*cells.values(), strict=True)]


def evaluated_formula(plan: Plan, cells) -> list[float | None]:
    """What one cell has for each row."""
    evaluate, names = compiled(excel_formula(plan).strip())
    order = list(cells)
    places = [order.index(plan.sources[ord(name[0]) - ord("A")]) for name in names]
    return [value_of(evaluate(*(row[place] for place in places))) for row in rows_of(cells)]


def evaluated_sheet(plan: Plan, cells) -> tuple[list[list[Any]], list[str]]:
    """What the sheet's answers have for each row, and their titles: each formula is worked out when it is asked for."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(plan)))
    predict, model = book["predict"], book["model"]
    functions = {
        cell.coordinate: compiled(cell.value) for cell in predict[2] if cell.data_type == "f" and cell.value is not None
    }
    titles = [str(cell.value) for cell in predict[1] if cell.value is not None]
    n_answers = 1 + len(plan.classes) if plan.classes else 1
    answers = [f"{letters(len(plan.sources) + place)}2" for place in range(n_answers)]
    constants: dict[str, Any] = {}
    seen: dict[Any, Any] = {}

    def of_model(name: str) -> Any:
        if name not in constants:
            found = model[name]
            values = [[cell.value for cell in row] for row in found] if ":" in name else found.value
            constants[name] = np.array(values, object) if ":" in name else values
        return constants[name]

    def value(name: str, known: dict[str, Any]) -> Any:
        if name.startswith("MODEL!"):
            return of_model(name.removeprefix("MODEL!"))
        if ":" in name:
            row = [cell.coordinate for cell in predict[name][0]]
            return np.array([[np.ravel(value(one, known))[0] for one in row]], object)
        if name not in known:
            evaluate, inputs = functions[name]
            given_values = [value(one, known) for one in inputs]
            # Cells with labels are a few, over and over.
            key = (name, *given_values) if all(isinstance(one, str) for one in given_values) else None
            if key is None or key not in seen:
                seen[key] = evaluate(*given_values)
            known[name] = seen[key]
        return known[name]

    found, order = [], list(cells)
    for row in rows_of(cells):
        known = {f"{letters(at)}2": row[order.index(name)] for at, name in enumerate(plan.sources)}
        found.append([value_of(value(answer, known)) for answer in answers])
    return found, titles[len(plan.sources) : len(plan.sources) + n_answers]


def excel_homes(rows: Sequence[int]) -> dict[str, list[Any]]:
    """As a spreadsheet holds them: what is a number is one, and texts are damaged only so that Excel says so too."""
    cells = new_homes()
    cells["size"][17], cells["price"][23], cells["day"][31] = "1.2.3", "$ 12", "2020-12-01"
    cells["size"][53] = "53"
    for row, cell in enumerate(cells["size"]):
        if row % 2 and row != 17 and cell and cell.strip()[-1:].isdigit():
            cells["size"][row] = float(cell)
    return {name: [column[row] for row in rows] for name, column in cells.items()}


@pytest.mark.parametrize(
    ("shape", "policy", "rows"), [("linear", "impute", MORE), ("logistic", "drop", FEW), ("cubic", "impute", FEW)]
)
def test_one_cell_predicts_as_the_model_does(tmp_path, shape, policy, rows):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = excel_homes(rows)
    expected, found = expected_of(saved, cells), evaluated_formula(plan_of(saved), cells)
    if shape == "logistic":
        pairs = [(None, None) if one is None else (1.0 - one, one) for one in found]
        assert_same(saved, pairs, expected)
    else:
        assert_same(saved, [[one] for one in found], expected)


@pytest.mark.parametrize(
    ("shape", "policy", "rows"),
    [("linear", "drop", FEW), ("logistic", "level", FEW), ("softmax", "impute", FEW), ("tanh", "impute", MORE),
     ("relu", "impute", FEW), ("cubic", "drop", FEW)],
)  # fmt: skip
def test_a_sheet_predicts_as_the_model_does(tmp_path, shape, policy, rows):
    saved = home_model(write_homes(tmp_path / "homes.csv"), shape, policy)
    cells = excel_homes(rows)
    expected = expected_of(saved, cells)
    found, titles = evaluated_sheet(plan_of(saved), cells)
    if saved.model.classes:
        assert titles == ["prediction", *(f"probability of {label}" for label in saved.model.classes)]
        assert_same(saved, [row[1:] for row in found], expected, [row[0] for row in found])
    else:
        assert_same(saved, found, expected)


def test_what_does_not_fit_a_cell_names_the_sheet(tmp_path):
    path = write_homes(tmp_path / "homes.csv")
    for shape in ("tanh", "softmax"):
        with pytest.raises(NotExportable, match=r"do(es)? not fit one cell of Excel; .*\.xlsx\."):
            excel_formula(plan_of(home_model(path, shape)))


@given(st.floats(min_value=1e-290, max_value=9.99e307))
@example(0.1 + 0.2)
@example(1e22)
@example(9.99e307)
@example(1 / 3)
def test_numbers_of_fifteen_digits_add_up_to_the_number(number):
    for one in (number, -number):
        text = excel_number(one)
        parts = text.strip("()").replace("E-", "E~").replace("E+", "E!").replace("+", " ").replace("-", " -").split()
        found = [float(part.replace("~", "-").replace("!", "+")) for part in parts]
        assert sum(found) == one
        digits = [part.lstrip("-").split("E")[0].replace(".", "").strip("0") for part in parts]
        assert all(len(part) <= 15 for part in digits)


def test_hostile_names_and_labels_do_no_harm_and_compute(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "logistic")
    changed = hostile(saved, classes=HOSTILE_CLASSES[:2])
    cells = {HOSTILE_NAMES[name]: column for name, column in excel_homes(FEW).items()}
    cells[HOSTILE_NAMES["colour"]] = [HOSTILE_LABELS.get(one, one) for one in cells[HOSTILE_NAMES["colour"]]]
    expected = expected_of(changed, cells)
    seconds = evaluated_formula(plan_of(changed), cells)
    assert_same(changed, [(None, None) if one is None else (1.0 - one, one) for one in seconds], expected)
    found, _ = evaluated_sheet(plan_of(changed), cells)
    assert_same(changed, [row[1:] for row in found], expected, [row[0] for row in found])
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(plan_of(changed))))
    names = [cell for sheet in book for row in sheet for cell in row if cell.data_type == "s"]
    assert {"=cmd|' /C calc'!A1", "=1+1"} <= {cell.value for cell in names}
    computed = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert not [formula for formula in computed if "cmd" in formula]


def test_what_no_cell_holds_is_refused(tmp_path):
    saved = home_model(write_homes(tmp_path / "homes.csv"), "linear")
    for write in (excel_formula, workbook_bytes):
        column = next(one for one in saved.model.encoding.columns if one.name == "level")
        levels = ("a\0b", *column.levels[1:])
        changed = replace(column, levels=levels, seen=levels, fill=levels[1])
        columns = tuple(changed if one.name == "level" else one for one in saved.model.encoding.columns)
        encoding = replace(saved.model.encoding, columns=columns)
        plan = plan_of(replace(saved, model=replace(saved.model, encoding=encoding)))
        with pytest.raises(NotExportable, match=r"^a label has .* no cell of Excel can hold\.$"):
            write(plan)
