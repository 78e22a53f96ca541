"""Quarters, weeks, times of day, durations, and numbers that count days or seconds: dates without a format of strptime.

What each is in days: from 1970-01-01 for what has a year, from midnight or from nothing for times and durations.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

QUARTERS = "quarters, 2020-Q1"
WEEKS = "weeks, 2020-W01"
ANSWERED = "times of answers, 2020/01/31 1:05:00 PM GMT+2"
TIMES = "times or durations, 12:30:15"
ISO_DURATIONS = "durations, P1DT2H30M"
SPOKEN_DURATIONS = "durations, 1h 30m"
YEARS = "years, 2020"
COMPACT_DAYS = "days, 20200131"
COMPACT_MONTHS = "months, 202001"
SPREADSHEET_DAYS = "days of a spreadsheet since 1899-12-30"
UNIX_SECONDS = "seconds since 1970-01-01"
UNIX_MILLISECONDS = "milliseconds since 1970-01-01"

_SECONDS_A_DAY = 86_400.0
_FIRST_SPREADSHEET_DAY = 25_569.0
"""1970-01-01 as spreadsheets count."""
_NUMBER = r"([0-9]+(?:[.,][0-9]+)?)"
_QUARTER = re.compile(r"([0-9]{4})[ \-/._]?[Qq]([1-4])|[Qq]([1-4])[ \-/._]?([0-9]{4})|([1-4])[Qq][ \-/._]?([0-9]{4})")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?")
_ANSWERED = re.compile(
    r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2}) ([0-9]{1,2}):([0-5][0-9]):([0-5][0-9]) ([AP])M GMT"
    r"(?:([+-][0-9]{1,2})(?::([0-5][0-9]))?)?"
)
"""As Google Forms writes when somebody has answered."""
_TIME = re.compile(
    r"(-)?(?:([0-9]+) ?days?,? )?([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9](?:[.,][0-9]+)?))?(?: ?([ap])\.?m\.?)?",
    re.IGNORECASE,
)
_LAP = re.compile(r"(-)?([0-9]{1,4}):([0-5][0-9][.,][0-9]+)")
"""Minutes and seconds: only seconds have decimals."""
_ISO_DURATION = re.compile(
    rf"P(?=.)(?:{_NUMBER}W)?(?:{_NUMBER}D)?(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
_SPOKEN = re.compile(
    rf"(?=.)(?:{_NUMBER} ?d(?:ays?)?\s*)?(?:{_NUMBER} ?h(?:ours?|rs?)?\s*)?(?:{_NUMBER} ?m(?:in(?:ute)?s?)?\s*)?"
    rf"(?:{_NUMBER} ?s(?:ec(?:ond)?s?)?)?"
)
_WHOLE_OR_POINT = re.compile(r"[0-9]+(?:[.,][0-9]*)?")


def _quarter(cell: str) -> float:
    found = _QUARTER.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    year, quarter = found[1] or found[4] or found[6], found[2] or found[3] or found[5]
    return _day(datetime(int(year), 3 * int(quarter) - 2, 1, tzinfo=UTC))


def _week(cell: str) -> float:
    found = _WEEK.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    moment = datetime.fromisocalendar(int(found[1]), int(found[2]), int(found[3] or 1))
    return _day(moment.replace(tzinfo=UTC))


def _time(cell: str) -> float:
    lap = _LAP.fullmatch(cell)
    if lap is not None:
        return _signed(lap[1], _days(None, None, lap[2], lap[3]))
    found = _TIME.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    sign, days, hours, minutes, seconds, half = found.groups()
    hour = int(hours)
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(cell)
        hour = hour % 12 + (12 if half in "pP" else 0)
    return _signed(sign, _days(days, str(hour), minutes, seconds))


def _signed(sign: str | None, days: float) -> float:
    return -days if sign else days


def _iso_duration(cell: str) -> float:
    found = _ISO_DURATION.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    weeks, *rest = found.groups()
    return 7.0 * _figure(weeks) + _days(*rest)


def _spoken_duration(cell: str) -> float:
    found = _SPOKEN.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    return _days(*found.groups())


def _days(days: str | None, hours: str | None, minutes: str | None, seconds: str | None) -> float:
    total = 3600.0 * _figure(hours) + 60.0 * _figure(minutes) + _figure(seconds)
    return _figure(days) + total / _SECONDS_A_DAY


def _answered(cell: str) -> float:
    found = _ANSWERED.fullmatch(cell)
    if found is None or not 1 <= int(found[4]) <= 12:
        raise ValueError(cell)
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    hour = hour % 12 + (12 if found[7] == "P" else 0)
    offset, minutes = int(found[8] or 0), int(found[9] or 0)
    offset_days = (offset + (-minutes if (found[8] or "").startswith("-") else minutes) / 60.0) / 24.0
    return _day(datetime(year, month, day, hour, minute, second, tzinfo=UTC)) - offset_days


def _figure(text: str | None) -> float:
    return float(text.replace(",", ".")) if text else 0.0


def _year(cell: str) -> float:
    if len(cell) != 4 or not cell.isascii() or not cell.isdecimal():
        raise ValueError(cell)
    return _day(datetime(int(cell), 1, 1, tzinfo=UTC))


def _compact_day(cell: str) -> float:
    if len(cell) != 8 or not cell.isascii() or not cell.isdecimal():
        raise ValueError(cell)
    return _day(datetime(int(cell[:4]), int(cell[4:6]), int(cell[6:]), tzinfo=UTC))


def _compact_month(cell: str) -> float:
    if len(cell) != 6 or not cell.isascii() or not cell.isdecimal():
        raise ValueError(cell)
    return _day(datetime(int(cell[:4]), int(cell[4:]), 1, tzinfo=UTC))


def _counted(per_day: float, least: float, most: float, shift: float = 0.0) -> Callable[[str], float]:
    """Days from a number that counts them, or parts of them, and lies between bounds that a date would have."""

    def days(cell: str) -> float:
        if _WHOLE_OR_POINT.fullmatch(cell) is None:
            raise ValueError(cell)
        number = _figure(cell)
        if not least <= number <= most:
            raise ValueError(cell)
        return number / per_day - shift

    return days


def _day(moment: datetime) -> float:
    return moment.timestamp() / _SECONDS_A_DAY


SPOKEN_FORMS: dict[str, Callable[[str], float]] = {
    QUARTERS: _quarter,
    WEEKS: _week,
    ANSWERED: _answered,
    TIMES: _time,
    ISO_DURATIONS: _iso_duration,
    SPOKEN_DURATIONS: _spoken_duration,
}
"""What is in days a cell that no number is; each raises ValueError for a cell in another form."""

NUMBER_FORMS: dict[str, Callable[[str], float]] = {
    COMPACT_DAYS: _compact_day,
    COMPACT_MONTHS: _compact_month,
    YEARS: _year,
    # 1900 to 2099, as spreadsheets count; 1973 to 2099 in seconds and milliseconds.
    SPREADSHEET_DAYS: _counted(1.0, 1.0, 73_050.0, _FIRST_SPREADSHEET_DAY),
    UNIX_SECONDS: _counted(_SECONDS_A_DAY, 1e8, 4.1e9),
    UNIX_MILLISECONDS: _counted(1000.0 * _SECONDS_A_DAY, 1e11, 4.1e12),
}
"""The same of cells that are numbers as well, and dates only where a person or their digits say so."""

FORMS_OF_TIME = SPOKEN_FORMS | NUMBER_FORMS
WITHOUT_YEAR = frozenset((TIMES, ISO_DURATIONS, SPOKEN_DURATIONS))
