"""The month and the day of the week of dates, as labels: what a number of days does not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from regdesk.core.types import EVERY_DATE
from regdesk.data.csv.table import MISSING_CODE, Column, Table, WordColumn
from regdesk.data.dates.formats import day_of, form_of
from regdesk.data.dates.time_forms import WITHOUT_YEAR
from regdesk.data.dates.words import MONTHS
from regdesk.data.errors import DataError

PARTS = ("month", "weekday")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def part_name(name: str, part: str) -> str:
    """What the column of a ``part`` of the dates in the column ``name`` is called."""
    return f"{name} {part}"


def part_of_day(days: float, part: str) -> str:
    """The ``part`` of the day that is ``days`` after 1970-01-01, by UTC: March, or Sunday."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days)
    return MONTHS[moment.month - 1] if part == "month" else _WEEKDAYS[moment.weekday()]


def part_of_cell(cell: str, form: str, part: str) -> str | None:
    """The ``part`` of ``cell``, a date in ``form``; None when it is none."""
    try:
        return part_of_day(day_of(cell, form), part)
    except (ValueError, OverflowError):
        return None


def has_date_parts(column: Column) -> bool:
    """Whether ``column`` holds days of the calendar, which have a month and a weekday."""
    return isinstance(column, WordColumn) and column.kind == "datetime" and form_of(column) not in (None, *WITHOUT_YEAR)


def with_date_parts(table: Table, wanted: tuple[str, ...]) -> Table:
    """``table`` with a column of months and one of days of the week for each column of dates that is ``wanted``.

    Raises DataError where one of these is not there or holds no days of the calendar, and where a name is taken.
    """
    every = wanted == (EVERY_DATE,) and EVERY_DATE not in table.column_names
    names = [one.name for one in table.columns if one.kind == "datetime"] if every else wanted
    found: list[WordColumn] = []
    for name in names:
        column = next((one for one in table.columns if one.name == name), None)
        if column is None:
            raise DataError(f"there is no column '{name}' of which there could be month and weekday.", file=table.path)
        form = form_of(column) if isinstance(column, WordColumn) and column.kind == "datetime" else None
        if form is None or not isinstance(column, WordColumn) or form in WITHOUT_YEAR:
            if every:
                continue
            raise DataError(
                "it holds no days of the calendar, so it has neither month nor weekday.", file=table.path, column=name
            )
        found += [_part_column(column, form, part) for part in PARTS]
    taken = next((one.name for one in found if one.name in table.column_names), None)
    if taken is not None:
        raise DataError("a part of a date would have this name as well; rename one.", file=table.path, column=taken)
    return replace(table, columns=(*table.columns, *found))


def _part_column(column: WordColumn, form: str, part: str) -> WordColumn:
    labels = [part_of_day(day_of(level, form), part) for level in column.levels]
    levels = tuple(dict.fromkeys(labels))
    places = np.array([*(levels.index(label) for label in labels), MISSING_CODE], np.int32)
    return WordColumn(
        part_name(column.name, part),
        "categorical" if len(levels) > 1 else "constant",
        column.missing,
        levels,
        len(levels),
        places[column.codes],
        column.missing_words,
        form,
        source=column.name,
        part=part,
    )
