"""Which form the dates of a column have, and what a date is in days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.columns.cells import in_plain_digits
from regdesk.data.csv.table import Column, WordColumn
from regdesk.data.dates.patterns import parse_date
from regdesk.data.dates.time_forms import FORMS_OF_TIME, NUMBER_FORMS, SPOKEN_FORMS, TIMES
from regdesk.data.dates.words import (
    MONTH_MARK,
    MONTHS,
    is_month_or_day,
    with_number_of_month,
    with_plain_zone,
    without_day_name,
)

ISO_8601 = "ISO 8601"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])|[0-9]{8}T[0-9]{4}")
_DATES = (
    *("%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y-%m-%d"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%y/%m/%d", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d", "%y.%m.%d"),
    *("%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%d. %b %Y", "%d%b%Y", "%b %d, %Y", "%b %d %Y", "%Y-%b-%d", "%Y %b %d"),
    *("%b-%d-%Y", "%b/%d/%Y", "%Y年%m月%d日", "%Y. %m. %d.", "%Y년 %m월 %d일"),
    *("%d-%b-%y", "%d %b %y", "%d%b%y"),
)
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %H:%M:%S", ":%H:%M:%S")
_WITH_DAY_NAME = (
    *("%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %Y", "%a, %d %b %Y", "%a %d %b %Y", "%a %b %d %Y"),
    *("%a, %b %d, %Y", "%a %d.%m.%Y", "%a %d/%m/%Y", "%a %m/%d/%Y"),
)
_WITH_TIME = {date + time: date for date in _DATES for time in _TIMES if time}
"""The form of the date alone for each form with a time behind it."""
YEAR_AND_MONTH = "%Y-%m"
_SPAN = re.compile("[0-9]{2}([0-9]{2})-([0-9]{2})")
_MONTHS = ("%Y-%m", "%b %Y", "%b-%Y", "%Y-%b", "%Y %b", "%m/%Y", "%m.%Y", "%m-%Y", "%Y/%m", "%b-%y", "%b %y")
FORMS = (
    ISO_8601,
    *(date + time for date in _DATES for time in _TIMES),
    "%d/%b/%Y:%H:%M:%S %z",
    *_WITH_DAY_NAME,
    *_MONTHS,
    *SPOKEN_FORMS,
)
"""In the order in which they are tried: day before month where both fit."""

_ORDERS = (
    *(("%d/%m", "%m/%d"), ("%d-%m", "%m-%d"), ("%d/%m/%y", "%y/%m/%d"), ("%d-%m-%y", "%y-%m-%d")),
    *(("%m/%d/%y", "%y/%m/%d"), ("%m-%d-%y", "%y-%m-%d"), ("%d.%m.%y", "%y.%m.%d")),
)
_SECONDS_A_DAY = 86_400.0
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_WITHOUT_ZONE = datetime(1970, 1, 1)
_END_OF_DAY = re.compile("(?<=[T ])24:00(?::00(?:[.,]0+)?)?(?![0-9:])")
_HALF_OF_DAY = re.compile(r"(?i)\s?([ap])\.?m\.?$")
_MAY_BE_DATE = re.compile(r"-?[0-9]|[QqP][0-9T]|([^\W\d_]{3,12})\.?[\s.,/-]+(?:[^\W\d_]{3,12}\.?\s+)?[0-9](?![0-9]{4})")


def may_be_date(cell: str) -> bool:
    """Whether ``cell`` begins as dates do; few words that are none do."""
    cell = cell if cell.isascii() else in_plain_digits(cell)
    found = _MAY_BE_DATE.match(cell)
    # Keys such as customer-0000123 begin as May-2024 does: of a million of them each would be tried in every form.
    return found is not None and (found[1] is None or is_month_or_day(found[1]))


def are_spans_of_years(levels: Sequence[str]) -> bool:
    """Whether ``levels``, two or more, are all a year and the next one, such as 2011-12: seasons, and no months."""
    found = map(_SPAN.fullmatch, levels)
    return len(levels) > 1 and all(one is not None and int(one[2]) == (int(one[1]) + 1) % 100 for one in found)


def date_format(levels: Sequence[str]) -> str | None:
    """The first of ``FORMS`` in which every one of ``levels`` is a date; None without one."""
    if not levels or not may_be_date(levels[0]) or are_spans_of_years(levels):
        return None
    # Of a million levels few are looked at, as each form begins with the first of them.
    forms = [form for form in FORMS if is_date(levels[0], form)]
    return next((form for form in forms if all(is_date(level, form) for level in levels)), None)


def is_date(cell: str, form: str) -> bool:
    """Whether ``cell`` is a date in ``form``."""
    try:
        day_of(cell, form)
    except (ValueError, OverflowError):
        return False
    return True


@lru_cache(maxsize=1024)
def forms_like(model: str) -> frozenset[str]:
    """The forms in which a cell may be a date that is like ``model``, which has the figure 1 for each of its own."""
    return frozenset(form for form in (*FORMS, *NUMBER_FORMS) if is_like_date(model, form))


def is_like_date(model: str, form: str) -> bool:
    """Whether a cell like ``model``, with any figures instead of its own, may be a date in ``form``.

    ``model`` has the figure 1 for each: 11 is a day, a month, an hour and a minute, and 1111 is a year.
    """
    # Of clocks 012:00 is half a day, and 111:00 is not.
    return form == TIMES or form in NUMBER_FORMS or in_plain_digits(model) != model or is_date(model, form)


def some_with_times(form: str) -> list[str]:
    """The forms of cells of which some have a time behind their date, and others none: those are of midnight.

    The date is that of ``form``, in each order of its parts, and the time stands in brackets: %d.%m.%Y[ %H:%M].
    """
    date = _WITH_TIME.get(form, form)
    orders = (date, *other_orders(date)) if date in _DATES else ()
    return [f"{order}[{time}]" for order in orders for time in _TIMES if time]


def other_orders(form: str) -> tuple[str, ...]:
    """``form`` with day, month and year in the other orders in which somebody writes them, the usual one first."""
    found = []
    for first, second in _ORDERS:
        for one, other in ((first, second), (second, first)):
            if form.startswith(one):
                found.append(other + form[len(one) :])
    return tuple(one for one in dict.fromkeys(found) if one.replace("[", "").replace("]", "") in FORMS and one != form)


def has_short_year(form: str) -> bool:
    """Whether dates in ``form`` have a year of two digits."""
    return "%y" in form


def date_in_words(cell: str, form: str) -> str:
    """``cell``, a date in ``form``, as 31 January 2024: a reading that nobody takes for another."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day_of(cell, form))
    if form not in FORMS_OF_TIME:
        # Not the day by UTC, but the one that is written.
        moment = _parse_date(cell, form)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def _parse_date(cell: str, form: str) -> datetime:
    if not cell.isascii():
        cell = in_plain_digits(cell)
    if form == ISO_8601:
        if not _ISO.match(cell):
            raise ValueError(cell)
        # Most have no zone and do not end a day, and are read in a third of the time.
        if len(cell) <= len("2024-01-31 12:00:00") and "24:" not in cell and cell[-1].isdecimal():
            return datetime.fromisoformat(cell)
        end = _END_OF_DAY.search(cell)
        if end is not None:
            # ISO 8601 (2004, 4.2.3) has it for the end of a day; Python does not.
            cell = f"{cell[: end.start()]}00:00{cell[end.end() :]}"
        moment = datetime.fromisoformat(with_plain_zone(cell))
        return moment if end is None else moment + timedelta(days=1)
    if form.startswith("%a"):
        cell, form = without_day_name(cell), form.replace("%a, ", "").replace("%a ", "")
    if "%b" in form:
        cell, form = with_number_of_month(cell), form.replace("%b", f"{MONTH_MARK}%m")
    if "%p" not in form:
        return parse_date(cell, form)
    half = _HALF_OF_DAY.search(cell)
    if half is None and "[" in form:
        return parse_date(cell, form.partition("[")[0])
    if half is None:
        raise ValueError(cell)
    form = form.replace("[", "").replace("]", "")
    moment = parse_date(cell[: half.start()], form.replace("%I", "%H").replace(" %p", ""))
    if not 1 <= moment.hour <= 12:
        raise ValueError(cell)
    return moment.replace(hour=moment.hour % 12 + (12 if half[1] in "pP" else 0))


def days_since_1970(column: Column) -> Float64s:
    """A datetime column as days, ``(n_rows,)``, NaN where missing; times without a zone count as UTC.

    Raises ValueError when the cells are not dates.
    """
    form = form_of(column)
    if form is None or not isinstance(column, WordColumn):
        raise ValueError(f"column '{column.name}' does not hold dates")
    values = np.array([day_of(level, form) for level in column.levels] + [np.nan])
    return values[column.codes]


def form_of(column: Column) -> str | None:
    """The form in which the cells of ``column`` were taken for dates, or all are; None where they are none."""
    known = column.date_form if isinstance(column, WordColumn) else None
    return known or date_format(column.levels)


def day_of(cell: str, form: str) -> float:
    """Days from 1970-01-01 to ``cell``, a date in ``form``, by UTC; of times from midnight.

    Raises ValueError or OverflowError when it is none.
    """
    special = FORMS_OF_TIME.get(form)
    if special is not None:
        return special(cell)
    moment = _parse_date(cell, form)
    since = moment - (_EPOCH if moment.tzinfo else _EPOCH_WITHOUT_ZONE)
    return since.total_seconds() / _SECONDS_A_DAY
