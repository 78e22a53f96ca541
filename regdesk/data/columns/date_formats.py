"""Which form the dates of a column have, and what a date is in days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.csv.table import Column, WordColumn

ISO_8601 = "ISO 8601"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])")
_DATES = (
    *("%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y-%m-%d"),
    *("%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y"),
    *("%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%d. %b %Y", "%d%b%Y", "%b %d, %Y", "%b %d %Y", "%Y-%b-%d", "%Y %b %d"),
    *("%d-%b-%y", "%d %b %y", "%d%b%y"),
)
_TIMES = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %H:%M:%S", ":%H:%M:%S")
_ALONE = ("%d/%b/%Y:%H:%M:%S %z", "%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %Y", "%Y-%m", "%b %Y", "%b-%Y")
FORMS = (ISO_8601, *(date + time for date in _DATES for time in _TIMES), *_ALONE)
"""In the order in which they are tried: day before month where both fit."""

_SECONDS_A_DAY = 86_400.0
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_FULL_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NUMBER_OF_MONTH = {name: f"{number:02d}" for names in (_MONTHS, _FULL_MONTHS) for number, name in enumerate(names, 1)}
_NUMBER_OF_MONTH["sept"] = "09"
_WORD = re.compile(r"[A-Za-z]+\.?")
_DAY_NAME = re.compile(r"(?i)(mon|tue|wed|thu|fri|sat|sun),? ")
_HALF_OF_DAY = re.compile(r"(?i)\s?([ap])\.?m\.?$")
_MAY_BE_DATE = re.compile(r"[0-9]|[A-Za-z]{3,9}[ .,-]+[0-9]")


def may_be_date(cell: str) -> bool:
    """Whether ``cell`` begins as dates do; few words that are none do."""
    return _MAY_BE_DATE.match(cell) is not None


def date_format(levels: Sequence[str]) -> str | None:
    """The first of ``FORMS`` in which every one of ``levels`` is a date; None without one."""
    if not levels or not may_be_date(levels[0]):
        return None
    return next((form for form in FORMS if all(is_date(level, form) for level in levels)), None)


def is_date(cell: str, form: str) -> bool:
    """Whether ``cell`` is a date in ``form``."""
    try:
        _parse_date(cell, form)
    except ValueError:
        return False
    return True


def swapped_form(form: str) -> str | None:
    """``form`` with month and day in the other order; None where no one writes the other."""
    for first, second in (("%d/%m", "%m/%d"), ("%d-%m", "%m-%d")):
        if form.startswith(first):
            return second + form[len(first) :]
    return None


def has_short_year(form: str) -> bool:
    """Whether dates in ``form`` have a year of two digits."""
    return "%y" in form


def date_in_words(cell: str, form: str) -> str:
    """``cell``, a date in ``form``, as 31 January 2024: a reading that nobody takes for another."""
    moment = _parse_date(cell, form)
    return f"{moment.day} {_FULL_MONTHS[moment.month - 1].capitalize()} {moment.year}"


def _parse_date(cell: str, form: str) -> datetime:
    if form == ISO_8601:
        if not _ISO.match(cell):
            raise ValueError(cell)
        return datetime.fromisoformat(cell)
    if form.startswith("%a"):
        cell, form = _without_day_name(cell), form.replace("%a, ", "").replace("%a ", "")
    if "%b" in form:
        # strptime takes the names of the language that the process speaks; files mostly have English ones.
        cell, form = _with_number_of_month(cell), form.replace("%b", "%m")
    if "%p" not in form:
        return datetime.strptime(cell, form)
    half = _HALF_OF_DAY.search(cell)
    if half is None:
        raise ValueError(cell)
    moment = datetime.strptime(cell[: half.start()], form.replace("%I", "%H").replace(" %p", ""))
    if not 1 <= moment.hour <= 12:
        raise ValueError(cell)
    return moment.replace(hour=moment.hour % 12 + (12 if half[1] in "pP" else 0))


def _without_day_name(cell: str) -> str:
    rest, n_found = _DAY_NAME.subn("", cell, 1)
    if n_found != 1:
        raise ValueError(cell)
    return rest


def _with_number_of_month(cell: str) -> str:
    found = _WORD.search(cell)
    number = None if found is None else _NUMBER_OF_MONTH.get(found[0].rstrip(".").lower())
    if found is None or number is None:
        raise ValueError(cell)
    return cell[: found.start()] + number + cell[found.end() :]


def days_since_1970(column: Column) -> Float64s:
    """A datetime column as days, ``(n_rows,)``, NaN where missing; times without a zone count as UTC.

    Raises ValueError when the cells are not dates.
    """
    form = date_format(column.levels)
    if form is None or not isinstance(column, WordColumn):
        raise ValueError(f"column '{column.name}' does not hold dates")
    values = np.array([day_of(level, form) for level in column.levels] + [np.nan])
    return values[column.codes]


def day_of(cell: str, form: str) -> float:
    """Days from 1970-01-01 to ``cell``, a date in ``form``, by UTC. Raises ValueError when it is none."""
    moment = _parse_date(cell, form)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / _SECONDS_A_DAY
