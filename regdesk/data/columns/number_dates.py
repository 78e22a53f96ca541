"""Numbers that may be dates, 20240131 or what counts days or seconds: that is offered and never assumed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import BuiltColumn
from regdesk.data.columns.name_codes import words_of_name
from regdesk.data.csv.table import MISSING_CODE, Mask, NumberColumn, TableWarning, WordColumn
from regdesk.data.dates.formats import date_in_words
from regdesk.data.dates.time_forms import (
    COMPACT_DAYS,
    COMPACT_MONTHS,
    SPREADSHEET_DAYS,
    UNIX_MILLISECONDS,
    UNIX_SECONDS,
)

_LEAST_DISTINCT = 3
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_LENGTHS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_DATE_WORDS = frozenset(
    (
        *("date", "dates", "dt", "day", "datum", "tag", "fecha", "jour", "dag", "dato", "timestamp", "time", "zeit"),
        *("datetime", "ymd", "yyyymmdd"),
    )
)
_MONTH_WORDS = frozenset(("month", "months", "monat", "mois", "mes", "period", "periode", "ym", "yyyymm", "yearmonth"))
_COUNTS = (
    # 1954 to 2064 in days, 2001 to 2065 in seconds: years that files have.
    (SPREADSHEET_DAYS, 20_000.0, 60_000.0, "the days that a spreadsheet counts"),
    (UNIX_SECONDS, 1e9, 3e9, "seconds since 1970"),
    (UNIX_MILLISECONDS, 1e12, 3e12, "milliseconds since 1970"),
)


def with_offer_of_dates(built: BuiltColumn, row_lines: Integers) -> BuiltColumn:
    """``built`` with an offer where its numbers may be dates; they stay numbers until somebody says so."""
    column = built.column
    if not isinstance(column, NumberColumn) or column.number_form is not None or column.distinct == 0:
        return built
    offer = digits_warning(column, row_lines) or counted_days_warning(column, row_lines)
    return built if offer is None else replace(built, warnings=(*built.warnings, offer))


def digits_warning(column: NumberColumn, row_lines: Integers) -> TableWarning | None:
    """What to tell where all numbers of ``column`` would be dates in digits; None for others.

    Of a month, 202401, it is told only where the name of the column says so: prices are such numbers too.
    """
    first = int(column.missing.argmin())
    if column.distinct < _LEAST_DISTINCT or not column.numbers[first] >= 100 * _FIRST_YEAR:
        return None
    present = column.numbers[~column.missing]
    if present[0] >= _FIRST_YEAR * 1e8:
        return _moments_warning(column, present, row_lines)
    if present[0] >= 1e8:
        return None
    if _are_days(present):
        form = COMPACT_DAYS
    elif words_of_name(column.name) & (_DATE_WORDS | _MONTH_WORDS) and _are_months(present):
        form = COMPACT_MONTHS
    else:
        return None
    return _offer(column, row_lines, form, "as all numbers of this column would be dates in digits")


def _moments_warning(column: NumberColumn, numbers: Float64s, row_lines: Integers) -> TableWarning | None:
    """What to tell where all ``numbers`` would be a day with its minute, 202401310930, or second in digits."""
    for places in (1e6, 1e4):
        days, clock = np.floor_divide(numbers, places), np.mod(numbers, places)
        clock = clock if places == 1e6 else 100.0 * clock
        is_time = (clock // 1e4 < 24) & (clock // 100 % 100 < 60) & (clock % 100 < 60) & (clock == np.floor(clock))
        if is_time.all() and _are_days(days):
            row = int(column.missing.argmin())
            cell, said = f"{column.numbers[row]:.0f}", f"{int(clock[0]):06d}"
            day = date_in_words(f"{days[0]:.0f}", COMPACT_DAYS)
            return TableWarning(
                int(row_lines[row]),
                column.name,
                f"{cell} would be {day}, {said[:2]}:{said[2:4]}, as all numbers of this column would be days and times "
                "in digits. It is read as a number; write 2024-01-31 09:30:00 to have dates.",
            )
    return None


def as_words(column: NumberColumn, form: str) -> WordColumn:
    """``column`` as dates in ``form``."""
    missing = column.missing
    values, first, inverse = np.unique(column.numbers[~missing], return_index=True, return_inverse=True)
    order = np.argsort(first)
    codes = np.full(len(missing), MISSING_CODE, np.int32)
    codes[~missing] = np.argsort(order)[inverse]
    levels = tuple(f"{value:.15g}" for value in values[order].tolist())
    return WordColumn(column.name, "datetime", missing, levels, len(levels), codes, column.missing_words, form)


def counted_days_warning(column: NumberColumn, row_lines: Integers) -> TableWarning | None:
    """What to tell where a column is called a date and its numbers may count days or seconds; None for others."""
    first = column.numbers[int(column.missing.argmin())]
    if (
        first < _COUNTS[0][1]
        or column.kind not in ("numeric", "identifier")
        or not words_of_name(column.name) & _DATE_WORDS
    ):
        return None
    present = column.numbers[~column.missing]
    least, most = float(present.min()), float(present.max())
    for form, low, high, meaning in _COUNTS:
        if low <= least and most <= high:
            return _offer(column, row_lines, form, f"if these are {meaning}")
    return None


def _offer(column: NumberColumn, row_lines: Integers, form: str, why: str) -> TableWarning:
    row = int(column.missing.argmin())
    cell = f"{column.numbers[row]:.15g}"
    offer = ReadingOffer(column=column.name, kind="datetime")
    return TableWarning(
        int(row_lines[row]),
        column.name,
        f"{cell} would be {date_in_words(cell, form)} {why}. It is read as a number; if it is a date, say so "
        f"({offer.option}).",
        offer,
    )


def _are_days(numbers: Float64s) -> bool:
    whole = _whole(numbers, _FIRST_YEAR * 10_000, (_LAST_YEAR + 1) * 10_000)
    if whole is None:
        return False
    years, months, days = whole // 10_000, whole // 100 % 100, whole % 100
    if not ((months >= 1) & (months <= 12)).all():
        return False
    is_leap = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    lengths = _LENGTHS[months] - ((months == 2) & ~is_leap)
    found: Mask = (days >= 1) & (days <= lengths)
    return bool(found.all())


def _are_months(numbers: Float64s) -> bool:
    whole = _whole(numbers, _FIRST_YEAR * 100, (_LAST_YEAR + 1) * 100)
    return whole is not None and bool(((whole % 100 >= 1) & (whole % 100 <= 12)).all())


def _whole(numbers: Float64s, least: int, below: int) -> Integers | None:
    """``numbers`` as integers; None unless all are whole and between the bounds."""
    if not (least <= numbers.min() and numbers.max() < below):
        return None
    whole = numbers.astype(np.int64)
    return whole if np.array_equal(whole, numbers) else None
