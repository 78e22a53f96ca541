"""A column whose spellings are dates: in which form, and what is told where another one fits as well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Integers
from regdesk.data.blocks.spelling_forms import in_figures_alike
from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.word_cells import WordCells, missing_warning, words_with_taken
from regdesk.data.csv.table import ColumnKind, Mask, TableWarning, WordColumn
from regdesk.data.dates.formats import (
    FORMS,
    YEAR_AND_MONTH,
    are_spans_of_years,
    date_in_words,
    day_of,
    forms_like,
    has_short_year,
    is_date,
    is_like_date,
    may_be_date,
    other_orders,
    some_with_times,
)
from regdesk.data.dates.time_forms import NUMBER_FORMS, TIMES
from regdesk.data.errors import shorten

DATE_SHARE = 0.75
_FIRST_LOOKED_AT = 5
_ORDER_WORDS = {"d": "day", "m": "month", "y": "year", "Y": "year"}
_LEAST_MONTHS = 3
_GAP_YEAR = re.compile("9999|2999|1899|190[01]|1753|0001|1970|1800|1582")
_MOST_GAPS = 3
_LEAST_OTHERS = 3
_GAPS = 2.0
"""What stands for no date is as many ranges of all other dates away from them."""
_LEAST_TIMES = 2
_FAR_APART = 10.0
"""Dates of years in two digits mostly lie together: an order that spreads them so many times as far is not meant."""


def best_date_form(
    cells: WordCells, gone: Mask, share: float = DATE_SHARE, with_numbers: bool = False
) -> tuple[str, Mask] | None:
    """The form in which most cells are dates, at least ``share`` of those that are not ``gone``, and which are.

    ``gone`` ``(n_levels,)`` are spellings that are missing. Of forms that fit as many cells the first of ``FORMS``;
    ``with_numbers``: numbers that count days or seconds are dates too.
    """
    is_likely = cells.where(may_be_date) & ~gone & ~cells.is_sure
    total = int(cells.counts[~gone].sum())
    if not is_likely.any() or cells.counts[is_likely].sum() < share * total:
        return None
    likely = np.flatnonzero(is_likely)
    frequent = likely[np.argsort(-cells.counts[likely], kind="stable")[:_FIRST_LOOKED_AT]].tolist()
    possible = [(cells.levels[place], forms_like(in_figures_alike(cells.levels[place]))) for place in frequent]
    best: tuple[int, str, Mask] | None = None
    for form in (*FORMS, *NUMBER_FORMS) if with_numbers else FORMS:
        if not any(form in forms and is_date(level, form) for level, forms in possible):
            continue
        fits = np.zeros(len(cells.levels), np.bool_)
        fitting = np.flatnonzero(is_likely & cells.where(partial(is_like_date, form=form))).tolist()
        fits[fitting] = [is_date(cells.levels[place], form) for place in cells.checked(fitting)]
        weight = int(cells.counts[fits].sum())
        found = [cells.levels[place] for place in np.flatnonzero(fits).tolist()]
        if form == YEAR_AND_MONTH and not with_numbers and are_spans_of_years(found):
            continue
        if best is None or weight > best[0]:
            best = weight, form, fits
        if weight == total:
            break
    if best is None:
        return None
    _, form, fits = best if best[0] == total else _with_some_times(cells, best, likely)
    if cells.counts[fits].sum() < share * total:
        return None
    return _likelier_order(cells, form, fits), fits


def _with_some_times(cells: WordCells, best: tuple[int, str, Mask], likely: Integers) -> tuple[int, str, Mask]:
    """``best``, or the form in which more of the ``likely`` levels are dates, as some have a time and others none."""
    rest = likely[~best[2][likely]]
    frequent = rest[np.argsort(-cells.counts[rest], kind="stable")[:_FIRST_LOOKED_AT]].tolist()
    for form in some_with_times(best[1]):
        if not any(is_date(cells.levels[place], form) for place in frequent):
            continue
        fits = np.zeros(len(cells.levels), np.bool_)
        fits[likely] = [is_date(cells.levels[place], form) for place in cells.checked(likely.tolist())]
        weight = int(cells.counts[fits].sum())
        if weight > best[0]:
            best = weight, form, fits
    return best


def column_of_dates(
    cells: WordCells, form: str, fits: Mask, gone: Mask, is_given: bool, words: tuple[str, ...] | None = None
) -> BuiltColumn:
    """The column as dates in ``form``, which ``fits`` ``(n_levels,)``; what is ``gone`` is missing.

    ``words`` are what a person has named as missing.
    Raises DataError for any other cell where a person has said that these are dates (``is_given``).
    """
    wrong = ~fits & ~gone
    if is_given and wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise cells.error(
            place, f"{shorten(cells.levels[place])} is not a date in the form of the others, {form}; correct the cell."
        )
    warnings = [missing_warning(cells, wrong, "a date")] if wrong.any() else []
    order_warning = _order_warning(cells, form, fits)
    warnings += _century_warning(cells, form, fits) if order_warning is None else [order_warning]
    warnings += _gap_warning(cells, form, fits)
    warnings += _end_of_day_warning(cells, form, fits)
    levels, codes = cells.without(~fits)
    kind: ColumnKind = "datetime" if len(levels) > 1 else "constant"
    column = WordColumn(
        cells.name, kind, codes < 0, levels, len(levels), codes, words_with_taken(cells, wrong, words), form
    )
    return BuiltColumn(column, "", tuple(warnings), order_warning)


def with_settled_orders(built: Sequence[BuiltColumn], row_lines: Integers) -> list[BuiltColumn]:
    """``built`` with the order of day and month of each column that leaves it open as the other columns prove it.

    Where they prove none, or both, nothing changes. ``row_lines`` ``(n_rows,)`` are lines of the file.
    """
    proofs: dict[str, str] = {}
    for one in built:
        form = _form_with_orders(one)
        if form is not None and one.order_warning is None and not _fit_other_order(one.column.levels, form):
            proofs.setdefault(form[:2], one.column.name)
    if len(proofs) != 1:
        return list(built)
    ((first, proof),) = proofs.items()
    return [_settled(one, first, proof, row_lines) for one in built]


def _form_with_orders(one: BuiltColumn) -> str | None:
    """The form of dates of the column, where day or month is first and might be the other way round."""
    form = one.column.date_form if isinstance(one.column, WordColumn) else None
    return form if form is not None and form[:2] in ("%d", "%m") and other_orders(form) else None


def _fit_other_order(levels: Sequence[str], form: str) -> bool:
    """Whether all ``levels`` are dates with day and month the other way round, too: 03/03/2020 is."""
    orders = [other for other in other_orders(form) if other[:2] in ("%d", "%m")]
    return any(all(is_date(level, other) for level in levels) for other in orders)


def _settled(one: BuiltColumn, first: str, proof: str, row_lines: Integers) -> BuiltColumn:
    form, column = _form_with_orders(one), one.column
    if form is None or one.order_warning is None or not isinstance(column, WordColumn):
        return one
    usual = form if form.startswith(first) else next(
        (other for other in other_orders(form) if other.startswith(first)), form
    )  # fmt: skip
    if not usual.startswith(first) or not all(is_date(level, usual) for level in column.levels):
        return one
    other = next(one for one in (form, *other_orders(form)) if one[:2] in ("%d", "%m") and one != usual)
    place = next(
        place for place, level in enumerate(column.levels)
        if is_date(level, other) and day_of(level, other) != day_of(level, usual)
    )  # fmt: skip
    cell = column.levels[place]
    warning = TableWarning(
        int(row_lines[int(np.argmax(column.codes == place))]),
        column.name,
        f"{shorten(cell)} is read as {date_in_words(cell, usual)}, the {_ORDER_WORDS[usual[1]]} first as in the column "
        f"{shorten(proof)}; it may also mean {date_in_words(cell, other)}, and no cell of this column decides.",
    )
    warnings = tuple(warning if one_warning is one.order_warning else one_warning for one_warning in one.warnings)
    return replace(one, column=replace(column, date_form=usual), warnings=warnings, order_warning=warning)


def _fitting_orders(cells: WordCells, form: str, fits: Mask) -> list[str]:
    """The other orders of day, month and year in which all that ``fits`` ``(n_levels,)`` ``form`` are dates too."""
    places = np.flatnonzero(fits).tolist()
    return [other for other in other_orders(form) if all(is_date(cells.levels[place], other) for place in places)]


def _likelier_order(cells: WordCells, form: str, fits: Mask) -> str:
    """``form``, or of years in two digits an order in which the dates lie far nearer together."""
    if _are_firsts_of_months(cells, form, fits):
        return next((other for other in _fitting_orders(cells, form, fits) if other.startswith("%m")), form)
    if not has_short_year(form):
        return form
    orders = enumerate([form, *_fitting_orders(cells, form, fits)])
    nearest = min((_spread_days(cells, one, fits), place, one) for place, one in orders)
    return nearest[2] if _FAR_APART * nearest[0] < _spread_days(cells, form, fits) else form


def _spread_days(cells: WordCells, form: str, fits: Mask) -> float:
    days = [day_of(cells.levels[place], form) for place in np.flatnonzero(fits).tolist()]
    return max(days) - min(days)


def _are_firsts_of_months(cells: WordCells, form: str, fits: Mask) -> bool:
    """Whether all dates are days of January if the day stands first: then they are the first days of months."""
    if not form.startswith("%d"):
        return False
    days = set()
    for place in np.flatnonzero(fits).tolist():
        day, month = re.split("[^0-9]+", cells.levels[place], maxsplit=2)[:2]
        if month.lstrip("0") != "1":
            return False
        days.add(day)
    return len(days) >= _LEAST_MONTHS


def _gap_warning(cells: WordCells, form: str, fits: Mask) -> list[TableWarning]:
    """What to tell of 9999-12-31 and the like, far from all other dates: what programs write for a day not known."""
    places = np.flatnonzero(fits).tolist()
    may_be = {place for place in places if _GAP_YEAR.search(cells.levels[place])}
    if not 0 < len(may_be) <= _MOST_GAPS:
        return []
    others = {day_of(cells.levels[place], form) for place in places if place not in may_be}
    if len(others) < _LEAST_OTHERS:
        return []
    first, last = min(others), max(others)
    reach = _GAPS * (last - first)
    found = [
        place for place in sorted(may_be)
        if max(day_of(cells.levels[place], form) - last, first - day_of(cells.levels[place], form)) > reach
    ]  # fmt: skip
    if not found:
        return []
    offer = ReadingOffer(tuple(cells.levels[place] for place in found))
    return [
        cells.warning(
            found[0],
            f"{cells.named(found)} may stand for a day that is not known, as it is far from all other dates. It is "
            f"read as a date; if it means missing, say so ({offer.option}).",
            offer,
        )
    ]


def _end_of_day_warning(cells: WordCells, form: str, fits: Mask) -> list[TableWarning]:
    """What to tell of 24:00, the last of all times of day: it is not read as 0:00."""
    places = np.flatnonzero(fits).tolist() if form == TIMES else []
    days = [day_of(cells.levels[place], form) for place in places]
    if len(days) < _LEAST_TIMES or max(days) != 1.0:
        return []
    place = places[days.index(1.0)]
    return [
        cells.warning(
            place,
            f"{shorten(cells.levels[place])} is read as the end of the day, 1 day after 0:00, and not as 0:00.",
        )
    ]


def _order_warning(cells: WordCells, form: str, fits: Mask) -> TableWarning | None:
    """What to tell where no cell decides in which order day, month and year are."""
    others = _fitting_orders(cells, form, fits)
    if others and has_short_year(form):
        # With points the year seldom stands first: days of one spring would be one day of thirty years.
        most = _FAR_APART * _spread_days(cells, form, fits)
        others = [
            other for other in others
            if not (other.startswith("%y.") and 0.0 < most < _spread_days(cells, other, fits))
        ]  # fmt: skip
    if not others:
        return None
    for place in np.flatnonzero(fits).tolist():
        cell = cells.levels[place]
        taken = date_in_words(cell, form)
        readings = [one for one in dict.fromkeys(date_in_words(cell, other) for other in others) if one != taken]
        if readings:
            order = _ORDER_WORDS[form[1]]
            return cells.warning(
                place,
                f"{shorten(cell)} is read as {taken}, the {order} first; it may also mean {' or '.join(readings)}, and "
                "no cell decides. Write dates as 2024-01-31 if that is meant.",
            )
    return None


def _century_warning(cells: WordCells, form: str, fits: Mask) -> list[TableWarning]:
    if not has_short_year(form):
        return []
    place = int(np.flatnonzero(fits)[0])
    cell = cells.levels[place]
    return [
        cells.warning(
            place,
            f"{shorten(cell)} is read as {date_in_words(cell, form)}: years of two digits are taken for 1969 to 2068.",
        )
    ]
