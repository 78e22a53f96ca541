"""Words as a fitted column read them in training: as numbers, as dates in its form, or as its labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from regdesk.core.model.cells import LabelCells, NumberCells
from regdesk.core.model.column_encoding import ColumnEncoding
from regdesk.core.types import Float64s
from regdesk.data.csv.cells import CellClass, classify
from regdesk.data.csv.kinds import day_of
from regdesk.data.csv.table import Codes
from regdesk.data.errors import shorten

MARK_WORDS = {".": "point", ",": "comma"}


def read_words(
    column: ColumnEncoding, levels: Sequence[str], codes: Codes, mark: str = ".", has_mark: bool = False
) -> NumberCells | LabelCells:
    """Cells whose words are ``levels`` by ``codes`` ``(n_rows,)``, −1 where missing, as ``column`` reads them.

    ``mark`` is the decimal mark that numbers may have; ``has_mark``: others of the column have it.
    """
    if column.levels:
        return LabelCells(codes, tuple(column.label_of(level) for level in levels))
    if column.date_form is not None:
        return _days(column.date_form, levels, codes)
    return _numbers(levels, codes, mark, has_mark)


def mark_of(levels: Sequence[str], codes: Codes, comma_allowed: bool) -> str:
    """The decimal mark of words ``levels`` by ``codes`` ``(n_rows,)``: the one that more cells have, '' for none."""
    classes = np.array([classify(level) for level in levels] + [CellClass.NONE], np.int8)[codes]
    points, commas = (int(np.count_nonzero(classes == one)) for one in (CellClass.POINT, CellClass.COMMA))
    if comma_allowed and commas > points:
        return ","
    return "." if points else ""


def _numbers(levels: Sequence[str], codes: Codes, mark: str, has_mark: bool) -> NumberCells:
    values, faults = np.full(len(levels) + 1, np.nan), {}
    good = (CellClass.WHOLE, CellClass.COMMA if mark == "," else CellClass.POINT)
    for place, level in enumerate(levels):
        found = classify(level)
        if found in good:
            values[place] = float(level.replace(",", "."))
        elif found in (CellClass.POINT, CellClass.COMMA) and has_mark:
            faults[place] = f"{shorten(level)} is not a number with a decimal {MARK_WORDS[mark]}, as others here are"
        elif found != CellClass.NONE:
            faults[place] = f"{shorten(level)} is not a number"
    return _by_row(values, faults, codes)


def _days(date_form: str, levels: Sequence[str], codes: Codes) -> NumberCells:
    values, faults = np.full(len(levels) + 1, np.nan), {}
    for place, level in enumerate(levels):
        try:
            values[place] = day_of(level, date_form)
        except (ValueError, OverflowError):
            faults[place] = f"{shorten(level)} is not a date in the form that the model was fitted on, {date_form}"
    return _by_row(values, faults, codes)


def _by_row(values: Float64s, faults: Mapping[int, str], codes: Codes) -> NumberCells:
    """Of each row of ``codes`` its level's entry in ``values`` ``(n_levels + 1,)``, the last for missing, or fault."""
    if not faults:
        return NumberCells(values[codes])
    wrong = np.flatnonzero(np.isin(codes, list(faults)))
    return NumberCells(values[codes], {int(row): faults[int(codes[row])] for row in wrong})
