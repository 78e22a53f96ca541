"""Words as a fitted column read them in training: as numbers, as dates in its form, or as its labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from regdesk.core.fitted.cells import LabelCells, NumberCells
from regdesk.core.fitted.column_encoding import ColumnEncoding
from regdesk.core.types import Float64s
from regdesk.data.columns.cells import CellClass, classify, number_of
from regdesk.data.columns.date_parts import part_of_cell
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS
from regdesk.data.columns.number_formats import MARKS, NumberFormat, format_of, is_either, shape_of
from regdesk.data.columns.number_marks import value_of_marked
from regdesk.data.columns.word_cells import says_more_than_missing
from regdesk.data.csv.table import Codes
from regdesk.data.dates.formats import day_of
from regdesk.data.errors import shorten
from regdesk.data.files.safe_cells import own_cell

MARK_WORDS = {".": "point", ",": "comma"}


def read_words(
    column: ColumnEncoding, levels: Sequence[str], codes: Codes, mark: str = ".", has_mark: bool = False
) -> NumberCells | LabelCells:
    """Cells whose words are ``levels`` by ``codes`` ``(n_rows,)``, −1 where missing, as ``column`` reads them.

    ``mark`` is the decimal mark that numbers may have; ``has_mark``: others of the column have it.
    """
    levels = own_words(column, levels)
    if column.part is not None:
        return _parts(column, levels, codes)
    if column.levels:
        return LabelCells(codes, tuple(column.label_of(level) for level in levels))
    if column.date_form is not None:
        return _days(column.date_form, levels, codes)
    if column.number_form is not None:
        return _formatted(column.number_form, levels, codes)
    return _numbers(levels, codes, mark, has_mark)


def own_words(column: ColumnEncoding, cells: Sequence[str]) -> Sequence[str]:
    """``cells`` without the apostrophe by which a file of ours has made them safe for spreadsheets: '=x is =x.

    Unless it is a label of the column.
    """
    if not any(cell.startswith("'") for cell in cells):
        return cells
    return [cell if column.label_of(cell) in column.seen else own_cell(cell) for cell in cells]


def without_missing(column: ColumnEncoding, cells: Sequence[str]) -> Sequence[str]:
    """``cells``, which are stripped, with an empty one for each that a person has said to be missing in ``column``."""
    if column.missing_words is None:
        return cells
    given = GivenReading(words=column.missing_words)
    among_numbers = not column.levels or column.part is not None
    gone = {cell for cell in set(cells) if given.is_missing(cell, among_numbers)}
    return ["" if cell in gone else cell for cell in cells]


def missing_words_of(column: ColumnEncoding) -> frozenset[str]:
    """What is missing among labels of ``column``."""
    return GivenReading(words=column.missing_words).missing_words


def mark_of(levels: Sequence[str], codes: Codes, comma_allowed: bool) -> str:
    """The decimal mark of words ``levels`` by ``codes`` ``(n_rows,)``: the one that more cells have, '' for none."""
    classes = np.array([classify(level) for level in levels] + [CellClass.NONE], np.int8)[codes]
    points, commas = (int(np.count_nonzero(classes == one)) for one in (CellClass.POINT, CellClass.COMMA))
    if comma_allowed and commas > points:
        return ","
    return "." if points else ""


def _parts(column: ColumnEncoding, levels: Sequence[str], codes: Codes) -> LabelCells:
    """Months or weekdays of the dates ``levels``; what is no date is a label that no training row has."""
    places = np.array([*(-1 if level in MISSING_AMONG_NUMBERS else place for place, level in enumerate(levels)), -1])
    form, part = column.date_form or "", column.part or ""
    labels = [part_of_cell(level, form, part) for level in levels]
    no_dates = frozenset(place for place, label in enumerate(labels) if label is None)
    words = tuple(label or level for label, level in zip(labels, levels, strict=True))
    return LabelCells(places[codes], words, no_dates)


def no_value_text(column: ColumnEncoding, word: str) -> str:
    """What is wrong with ``word`` where ``column`` has numbers or dates."""
    return f"{shorten(word)} is not a number" if column.date_form is None else _no_date_text(word, column.date_form)


def _no_date_text(word: str, date_form: str) -> str:
    return f"{shorten(word)} is not a date in the form that the model was fitted on, {date_form}"


def _numbers(levels: Sequence[str], codes: Codes, mark: str, has_mark: bool) -> NumberCells:
    values, faults = np.full(len(levels) + 1, np.nan), {}
    good = (CellClass.WHOLE, CellClass.COMMA if mark == "," else CellClass.POINT)
    plain = NumberFormat("", mark)
    for place, level in enumerate(levels):
        found = classify(level)
        if found in good:
            values[place] = number_of(level)
            continue
        if found == CellClass.NONE:
            continue
        # Exponents of Fortran, prices without cents, brackets and thousands are read in training as well.
        tried = (plain.value(level), value_of_marked(level, plain), _grouped(level, mark, has_mark))
        value = next((one for one in tried if one is not None), None)
        if value is not None:
            values[place] = value
        elif found in (CellClass.POINT, CellClass.COMMA) and has_mark:
            faults[place] = f"{shorten(level)} is not a number with a decimal {MARK_WORDS[mark]}, as others here are"
        else:
            faults[place] = f"{shorten(level)} is not a number"
    return _by_row(values, faults, codes, levels)


def _grouped(level: str, mark: str, has_mark: bool) -> float | None:
    """The number ``level`` is with marks between thousands, or brackets for below zero; None where it is none.

    1,234 is none unless another cell has shown that the point begins the decimals (``has_mark``).
    """
    shape = shape_of(level)
    if shape is None or shape.affix or (is_either(shape.body) and mark not in shape.body and not has_mark):
        return None
    forms = (NumberFormat(group, decimal, is_accounting=True) for group, decimal in MARKS if decimal == mark)
    return next((value for value in (form.value_of(shape) for form in forms) if value is not None), None)


def _formatted(number_form: str, levels: Sequence[str], codes: Codes) -> NumberCells:
    form = format_of(number_form)
    values, faults = np.full(len(levels) + 1, np.nan), {}
    for place, level in enumerate(levels):
        if level in MISSING_AMONG_NUMBERS:
            continue
        value = form.value(level)
        value = value_of_marked(level, form) if value is None else value
        if value is not None:
            values[place] = value
        else:
            faults[place] = f"{shorten(level)} is not a number in the form that the model was fitted on, {number_form}"
    return _by_row(values, faults, codes, levels)


def _days(date_form: str, levels: Sequence[str], codes: Codes) -> NumberCells:
    values, faults = np.full(len(levels) + 1, np.nan), {}
    for place, level in enumerate(levels):
        if level in MISSING_AMONG_NUMBERS:
            continue
        try:
            values[place] = day_of(level, date_form)
        except (ValueError, OverflowError):
            faults[place] = _no_date_text(level, date_form)
    return _by_row(values, faults, codes, levels)


def _by_row(
    values: Float64s,
    faults: Mapping[int, str],
    codes: Codes,
    levels: Sequence[str],
) -> NumberCells:
    """Of each row of ``codes`` its level's entry in ``values`` ``(n_levels + 1,)``, the last for missing, or fault.

    A fault of a word without a digit is none: the cell is as good as missing. What has one, such as $5 or <5, and inf
    say more than that, unless training took them for missing: then they are among the words that mean it. Exported
    code gives no prediction for others either.
    """
    if not faults:
        return NumberCells(values[codes])
    places = {int(row): int(codes[row]) for row in np.flatnonzero(np.isin(codes, list(faults)))}
    wrong, words = {}, {}
    for row, place in places.items():
        level = levels[place]
        if says_more_than_missing(level):
            wrong[row] = faults[place]
        else:
            words[row] = level
    return NumberCells(values[codes], wrong, words)
