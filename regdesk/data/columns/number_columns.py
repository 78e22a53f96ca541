"""A column whose spellings are numbers, but for some that are not: what those become, and what is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.columns.built_column import (
    LARGEST_EXACT,
    BuiltColumn,
    cell_count,
    like_name_warning,
    number_column,
    rounding_warning,
    vanished_warning,
)
from regdesk.data.columns.cells import is_inexact, is_like_name, is_vanished
from regdesk.data.columns.format_choice import ChosenFormat
from regdesk.data.columns.given_readings import GivenReading
from regdesk.data.columns.missing_codes import missing_code_warning
from regdesk.data.columns.missing_words import SPREADSHEET_ERRORS, STATA_CODES, TOO_NARROW
from regdesk.data.columns.name_codes import is_name_of_keys
from regdesk.data.columns.number_formats import NumberFormat, is_dash, is_same_unit, shape_of
from regdesk.data.columns.number_marks import apart_warning, value_of_marked
from regdesk.data.columns.word_cells import WordCells, missing_warning, words_with_taken
from regdesk.data.csv.table import ColumnKind, Mask, TableWarning
from regdesk.data.errors import shorten

_SPELLINGS_KEPT = 1000
_LEAST_PLAIN = 10
"""Cells without a mark: among fewer 3* may be anything."""
_FEW_COMMAS = 0.25
_DASHES = frozenset(("-", "--", "–", "—"))
_BLANK = r" \u00a0\u202f\u2009\u2007"
_NUMBER_LIKE = re.compile(rf"[+\-(]?[.,]?[0-9][0-9.,'_\u2019{_BLANK}]*(?:[eE][+-]?[0-9]+)?[)\-]?")
_REASONS = (
    (SPREADSHEET_ERRORS, "a spreadsheet writes this where a formula fails"),
    (TOO_NARROW, "a spreadsheet shows this where a column is too narrow for its number, which is lost"),
    (STATA_CODES, "Stata writes this for a value that is missing for some reason"),
)
_MARK_WORDS = {".": "point", ",": "comma", " ": "blank", "'": "apostrophe"}


def column_of_numbers(
    cells: WordCells, chosen: ChosenFormat, gone: Mask, given: GivenReading, delimiter: str
) -> BuiltColumn:
    """The column as numbers in the ``chosen`` format; ``gone`` ``(n_levels,)`` are spellings known to be missing.

    ``chosen.values`` has all levels, NaN for what is gone. Raises DataError for a number that is written otherwise
    than the others, and for any word where a person has said that these are numbers.
    """
    wrong = np.isnan(chosen.values) & ~gone
    is_marked = np.zeros(len(wrong), np.bool_)
    if given.kind is None or given.kind == "numeric":
        chosen, is_marked = _with_marked(cells, chosen, wrong)
        wrong &= ~is_marked
    _refuse_numbers(cells, wrong, chosen, given.kind == "numeric")
    values = np.where(np.isin(chosen.values, given.missing_numbers), np.nan, chosen.values)
    numbers = np.append(values, np.nan)[cells.codes]
    form = chosen.form
    warnings = [
        missing_warning(cells, wrong, "a number") if wrong.any() else None,
        _marks_warning(cells, chosen, is_marked),
        _other_reading(cells, chosen) or _few_commas_warning(cells, chosen, delimiter),
        _affix_warning(cells, chosen),
        _accounting_warning(cells, chosen),
        _dash_warning(cells, chosen, gone),
        apart_warning(cells, values),
        *_told_words(cells),
        rounding_warning(cells.name, _rounded(cells, values, form), cells.row_lines),
        vanished_warning(
            cells.name, _first_of(cells, map(is_vanished, cells.levels, values.tolist())), cells.row_lines
        ),
        like_name_warning(cells.name, _first_of(cells, _are_like_names(cells)), cells.row_lines)
        if given.kind is None
        else None,
        missing_code_warning(cells.name, numbers, cells.row_lines) if given.are_codes_sought else None,
    ]
    spelled = [
        level if form.is_plain and not is_marked.any() else _plain(value)
        for level, value in zip(cells.levels, values.tolist(), strict=True)
        if not np.isnan(value)
    ]
    levels = tuple(dict.fromkeys(spelled)) if len(spelled) <= _SPELLINGS_KEPT else ()
    # Where commas stand between cells, one inside a cell needs its form: a new file may mean thousands.
    is_usual = form.is_plain and not (chosen.used == "," and delimiter == ",")
    # Prices that count up are no identifier.
    kind: ColumnKind | None = "numeric" if form.affix or form.group else given.kind
    column = number_column(cells.name, numbers, levels, kind, None if is_usual else form.text())
    column = replace(column, missing_words=words_with_taken(cells, wrong, given.words))
    return BuiltColumn(column, chosen.used, tuple(one for one in warnings if one is not None))


def _with_marked(cells: WordCells, chosen: ChosenFormat, wrong: Mask) -> tuple[ChosenFormat, Mask]:
    """``chosen`` with the numbers of cells that have a mark of a footnote, and which have; none among few numbers."""
    is_marked, values = np.zeros(len(wrong), np.bool_), chosen.values.copy()
    if cells.counts[~np.isnan(values)].sum() < _LEAST_PLAIN:
        return chosen, is_marked
    for place in np.flatnonzero(wrong).tolist():
        value = value_of_marked(cells.levels[place], chosen.form)
        if value is not None:
            values[place], is_marked[place] = value, True
    return replace(chosen, values=values), is_marked


def _refuse_numbers(cells: WordCells, wrong: Mask, chosen: ChosenFormat, is_given: bool) -> None:
    form = chosen.form
    places = [
        place for place in np.flatnonzero(wrong).tolist() if is_given or is_damaged_number(cells.levels[place], form)
    ]
    if not places:
        return
    places.sort(key=lambda place: int(cells.first_rows[place]))
    how = f" with a decimal {_MARK_WORDS[chosen.used]}" if chosen.used else ""
    if form.group:
        how += f"{' and' if how else ' with'} a {_MARK_WORDS[form.group]} between thousands"
    what = f"is not a number{how}, as nearly all other cells of this column are"
    if _lacks_unit(cells.levels[places[0]], form):
        what = f"is a number without {form.affix}, which nearly all other cells of this column have"
    elif _is_too_large(cells.levels[places[0]], form):
        what = f"is larger than any number that can be kept ({np.finfo(np.float64).max:.3g})"
    others = f" ({cells.named(places[1:])} too)" if len(places) > 1 else ""
    raise cells.error(
        places[0],
        f"{shorten(cells.levels[places[0]])} {what}{others}; correct the cell, or leave it empty "
        "or write NA if the value is not known.",
    )


def _is_too_large(level: str, form: NumberFormat) -> bool:
    """Whether ``level`` is written as the others are, so that its size is all that is wrong."""
    shape = shape_of(level)
    return shape is not None and form.value_of(shape) is None and form.value_of(shape._replace(exponent="")) is not None


def _lacks_unit(level: str, form: NumberFormat) -> bool:
    """Whether ``level`` is a number but for the unit, without which it may be of another scale, as 0.2 beside 15%."""
    return bool(form.affix) and form.value(level) is None and replace(form, affix="").value(level) is not None


def is_damaged_number(level: str, form: NumberFormat) -> bool:
    """Whether ``level`` is a number of the same unit as the others, and so nothing that may be left out."""
    shape = shape_of(level)
    return _NUMBER_LIKE.fullmatch(level) is not None or (shape is not None and shape.affix == form.affix)


def _other_reading(cells: WordCells, chosen: ChosenFormat) -> TableWarning | None:
    if chosen.other is None:
        return None
    place = next(
        place
        for place, (level, value) in enumerate(zip(cells.levels, chosen.values.tolist(), strict=True))
        if not np.isnan(value) and chosen.other.value(level) not in (None, value)
    )
    level, values = cells.levels[place], chosen.values
    other = chosen.other.value(level)
    assert other is not None
    sole = next(
        (one for one in np.flatnonzero(~np.isnan(values)).tolist() if _speaks_against(cells.levels[one], chosen.other)),
        None,
    )
    against = None if sole is None else f"{shorten(cells.levels[sole])} (line {cells.line_of(sole)})"
    why = "no cell of this column decides" if against is None else f"some cells speak against that, such as {against}"
    meant = "thousands" if chosen.form.group else "decimals"
    return cells.warning(
        # A person looks at the cell that decides, as it may be a slip.
        place if sole is None or chosen.form.group else sole,
        f"{shorten(level)} is read as {_plain(float(chosen.values[place]))}, its mark as one of {meant}; it may also "
        f"mean {_plain(other)}, and {why}. Say which mark begins the decimals (--decimal) to settle it.",
    )


def _few_commas_warning(cells: WordCells, chosen: ChosenFormat, delimiter: str) -> TableWarning | None:
    """5,5 among whole numbers, where commas stand between cells: half a number, or two."""
    if (chosen.used, chosen.form.group, delimiter) != (",", "", ",") or chosen.is_decimal_known:
        return None
    are_numbers = ~np.isnan(chosen.values)
    has_comma = are_numbers & np.array(["," in level for level in cells.levels], np.bool_)
    if cells.counts[has_comma].sum() > _FEW_COMMAS * cells.counts[are_numbers].sum():
        return None
    places = np.flatnonzero(has_comma).tolist()
    return cells.warning(
        places[0],
        f"{cells.named(places)} is read with a decimal comma, which the other numbers of this column do not have; the "
        f"first is {_plain(float(chosen.values[places[0]]))}. Correct the cell if it is two numbers.",
    )


def _speaks_against(level: str, other: NumberFormat) -> bool:
    shape = shape_of(level)
    return shape is not None and other.value_of(shape) is None


def _affix_warning(cells: WordCells, chosen: ChosenFormat) -> TableWarning | None:
    affix = chosen.form.affix
    if not affix:
        return None
    place = next(place for place, level in enumerate(cells.levels) if _has_affix(level, affix, chosen.values[place]))
    value = _plain(float(chosen.values[place]))
    bare = np.zeros(len(cells.levels), np.bool_)
    for one in np.flatnonzero(~np.isnan(chosen.values) & (chosen.values != 0.0)).tolist():
        level = cells.levels[one]
        # Most have the unit at an edge, where no number has letters or signs of its own.
        if not (level.endswith(affix) or level.startswith(affix)):
            bare[one] = not _has_affix(level, affix, chosen.values[one]) and shape_of(level) is not None
    some = f"; {cell_count(cells.rows_of(bare))} without it count as {affix} too" if bare.any() else ""
    meaning = "per cent" if affix == "%" else "per mille" if affix == "‰" else affix
    return cells.warning(
        place, f"{shorten(cells.levels[place])} is read as {value}: the numbers of this column are in {meaning}{some}."
    )


def _has_affix(level: str, affix: str, value: float) -> bool:
    shape = None if np.isnan(value) else shape_of(level)
    return shape is not None and is_same_unit(shape.affix, affix)


def _accounting_warning(cells: WordCells, chosen: ChosenFormat) -> TableWarning | None:
    if not chosen.form.is_accounting:
        return None
    for place, level in enumerate(cells.levels):
        shape = None if np.isnan(chosen.values[place]) else shape_of(level)
        if shape is not None and shape.is_accounting:
            return cells.warning(
                place,
                f"{shorten(level)} is read as {_plain(float(chosen.values[place]))}: brackets around a number, or a "
                "minus behind it, say that it is below zero.",
            )
    return None


def _marks_warning(cells: WordCells, chosen: ChosenFormat, is_marked: Mask) -> TableWarning | None:
    if not is_marked.any():
        return None
    places = np.flatnonzero(is_marked).tolist()
    return cells.warning(
        places[0],
        f"{cell_count(cells.rows_of(is_marked))} with a mark behind or before the number, {cells.named(places)}: the "
        f"marks are left out, so that the first is read as {_plain(float(chosen.values[places[0]]))}.",
    )


def _dash_warning(cells: WordCells, chosen: ChosenFormat, gone: Mask) -> TableWarning | None:
    """A dash is how a spreadsheet writes zero in columns of money; without a currency it may as well mean missing."""
    zeros = np.array([value == 0.0 and is_dash(level) for level, value in zip(cells.levels, chosen.values.tolist(),
                                                                             strict=True)], np.bool_)  # fmt: skip
    if zeros.any():
        places = np.flatnonzero(zeros).tolist()
        return cells.warning(
            places[0], f"{cells.named(places)}: a dash with a currency is how spreadsheets write 0, and is read so."
        )
    bare = [place for place in np.flatnonzero(gone).tolist() if cells.levels[place] in _DASHES]
    if not (bare and chosen.form.is_accounting):
        return None
    return cells.warning(
        bare[0],
        f"{cells.named(bare)} counts as missing; a spreadsheet writes 0 so where brackets mean below zero. Write 0 if "
        "that is meant.",
    )


def _told_words(cells: WordCells) -> list[TableWarning]:
    """What to tell of words that are missing for a reason."""
    found = []
    for words, why in _REASONS:
        places = [place for place, level in enumerate(cells.levels) if level in words]
        if places:
            found.append(cells.warning(places[0], f"{cells.named(places)}: {why}; it counts as missing."))
    return found


def _rounded(cells: WordCells, values: Float64s, form: NumberFormat) -> tuple[int, str] | None:
    for place in np.flatnonzero(np.abs(values) >= LARGEST_EXACT).tolist():
        shape = shape_of(cells.levels[place])
        digits = "" if shape is None or shape.exponent else form.digits(shape.body)
        if is_inexact(digits, abs(float(values[place]))):
            return int(cells.first_rows[place]), digits if values[place] > 0 else f"-{digits}"
    return None


def _are_like_names(cells: WordCells) -> Iterable[bool]:
    are_keys = is_name_of_keys(cells.name)
    return (is_like_name(level, are_keys) for level in cells.levels)


def _first_of(cells: WordCells, chosen: Iterable[bool]) -> tuple[int, str] | None:
    """The row and the spelling of the first that is ``chosen`` ``(n_levels,)``."""
    place = next((place for place, is_one in enumerate(chosen) if is_one), None)
    return None if place is None else (int(cells.first_rows[place]), cells.levels[place])


def _plain(value: float) -> str:
    """``value`` in digits with a decimal point, no more of them than it takes."""
    return f"{value:.0f}" if value.is_integer() and abs(value) < LARGEST_EXACT else repr(value)
