"""A column whose spellings are dates: in which form, and what is told where another one fits as well."""

from __future__ import annotations

import numpy as np

from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.date_formats import (
    FORMS,
    date_in_words,
    day_of,
    has_short_year,
    is_date,
    may_be_date,
    swapped_form,
)
from regdesk.data.columns.word_cells import WordCells, missing_warning
from regdesk.data.csv.table import Mask, TableWarning, WordColumn
from regdesk.data.errors import shorten

DATE_SHARE = 0.75
_FIRST_LOOKED_AT = 5


def best_date_form(cells: WordCells, gone: Mask, share: float = DATE_SHARE) -> tuple[str, Mask] | None:
    """The form in which most cells are dates, at least ``share`` of those that are not ``gone``, and which are.

    ``gone`` ``(n_levels,)`` are spellings that are missing. Of forms that fit as many cells the first of ``FORMS``.
    """
    places = np.flatnonzero(~gone).tolist()
    likely = [place for place in places if may_be_date(cells.levels[place])]
    total = int(cells.counts[places].sum())
    if not likely or cells.counts[likely].sum() < share * total:
        return None
    frequent = sorted(likely, key=lambda place: -int(cells.counts[place]))[:_FIRST_LOOKED_AT]
    best: tuple[int, str, Mask] | None = None
    for form in FORMS:
        if not any(is_date(cells.levels[place], form) for place in frequent):
            continue
        fits = np.zeros(len(cells.levels), np.bool_)
        fits[likely] = [is_date(cells.levels[place], form) for place in likely]
        weight = int(cells.counts[fits].sum())
        if best is None or weight > best[0]:
            best = weight, form, fits
        if weight == total:
            break
    if best is None or best[0] < share * total:
        return None
    return best[1], best[2]


def column_of_dates(cells: WordCells, form: str, fits: Mask, gone: Mask, is_given: bool) -> BuiltColumn:
    """The column as dates in ``form``, which ``fits`` ``(n_levels,)``; what is ``gone`` is missing.

    Raises DataError for any other cell where a person has said that these are dates (``is_given``).
    """
    wrong = ~fits & ~gone
    if is_given and wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise cells.error(
            place, f"{shorten(cells.levels[place])} is not a date in the form of the others, {form}; correct the cell."
        )
    warnings = [missing_warning(cells, wrong, "a date")] if wrong.any() else []
    warnings += _order_warning(cells, form, fits) + _century_warning(cells, form, fits)
    levels, codes = cells.without(~fits)
    column = WordColumn(
        cells.name, "datetime" if len(levels) > 1 else "constant", codes < 0, levels, len(levels), codes
    )
    return BuiltColumn(column, "", tuple(warnings))


def _order_warning(cells: WordCells, form: str, fits: Mask) -> list[TableWarning]:
    other = swapped_form(form)
    places = np.flatnonzero(fits).tolist()
    if other is None or not all(is_date(cells.levels[place], other) for place in places):
        return []
    differing = [place for place in places if day_of(cells.levels[place], form) != day_of(cells.levels[place], other)]
    if not differing:
        return []
    cell = cells.levels[differing[0]]
    return [
        cells.warning(
            differing[0],
            f"{shorten(cell)} is read as {date_in_words(cell, form)}, the day first; with the month first it would be "
            f"{date_in_words(cell, other)}, and no cell decides. Write dates as 2024-01-31 if the month is first.",
        )
    ]


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
