"""Dates by a format of strptime, in a fifth of its time: a file may have a million that differ."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

_FIELDS = {
    "%d": "(?P<day>[0-9]{1,2})",
    "%m": "(?P<month>[0-9]{1,2})",
    "%Y": "(?P<year>[0-9]{4})",
    "%y": "(?P<short>[0-9]{2})",
    "%H": "(?P<hour>[0-9]{1,2})",
    "%M": "(?P<minute>[0-9]{1,2})",
    "%S": "(?P<second>[0-9]{1,2})",
    "%f": "(?P<fraction>[0-9]{1,6})",
    " ": r"\s+",
}
_PART = re.compile("%[a-zA-Z]|.", re.DOTALL)
_SOME_TIMES = re.compile(r"(.+)\[((?:, | |:)%H:%M)(:%S)?(\.%f)?\]")
_LAST_OF_2000 = 68
"""A year of two digits up to it is of this century: 68 is 2068, and 69 is 1969, as POSIX has it."""


def parse_date(cell: str, form: str) -> datetime:
    """What ``datetime.strptime`` makes of ``cell`` by ``form``, and 24:00 as well.

    Raises ValueError when it is no date in it.
    """
    pattern = _pattern(form)
    if pattern is None:
        return datetime.strptime(cell, form)
    found = pattern.fullmatch(cell)
    if found is None:
        raise ValueError(cell)
    parts = found.groupdict()
    year = parts.get("year")
    if year is None:
        short = int(parts["short"])
        year = short + (2000 if short <= _LAST_OF_2000 else 1900)
    fraction = parts.get("fraction") or "0"
    hour, rest = int(parts.get("hour") or 0), (int(parts.get("minute") or 0), int(parts.get("second") or 0))
    # 24:00 is the end of a day.
    n_days, hour = (1, 0) if hour == 24 and rest == (0, 0) and not int(fraction) else (0, hour)
    moment = datetime(
        int(year), int(parts["month"]), int(parts.get("day") or 1), hour, *rest, int(fraction.ljust(6, "0"))
    )
    return moment + timedelta(days=1) if n_days else moment


@lru_cache(maxsize=512)
def _pattern(form: str) -> re.Pattern[str] | None:
    """What cells in ``form`` match; None where it has a part that is left to strptime.

    What stands in brackets is a time that a cell may lack, or its seconds, or their fraction.
    """
    parts = _PART.findall(form)
    if any(part.startswith("%") and part not in _FIELDS for part in parts):
        return None
    found = _SOME_TIMES.fullmatch(form)
    date, *times = found.groups(default="") if found is not None else (form,)
    text = ""
    for part in reversed(times):
        text = f"(?:{_text(part)}{text})?"
    return re.compile(_text(date) + text)


def _text(form: str) -> str:
    return "".join(_FIELDS.get(part) or re.escape(part) for part in _PART.findall(form))
