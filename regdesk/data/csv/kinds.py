"""What kind of column it is, from its cells alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np

from regdesk.core.types import Float64s
from regdesk.data.csv.table import Column, ColumnKind, WordColumn

BOOLEAN_PAIRS = (frozenset(["true", "false"]), frozenset(["yes", "no"]))

# Up to this many labels are categories even where a small file repeats few of them.
FEW_LEVELS = 10
# Above this many, one input a level would drown everything else.
MOST_LEVELS = 1000
KEY_WORDS = 3.0
KEY_LENGTH = 64
SENTENCE_WORDS = 5.0

ISO_8601 = "ISO 8601"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])")
_OTHER_DATES = ("%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y")
_TIMES = ("", " %H:%M", " %H:%M:%S")
_SECONDS_A_DAY = 86_400.0


def kind_of_numbers(numbers: Float64s, distinct: int) -> ColumnKind:
    """Kind of a column of numbers ``(n_rows,)``, NaN where missing, with ``distinct`` values."""
    if distinct <= 1:
        return "constant"
    present = numbers[~np.isnan(numbers)]
    if distinct == 2 and bool(np.isin(present, (0.0, 1.0)).all()):
        return "boolean"
    counted = present.size == numbers.size and numbers[0] in (0.0, 1.0)
    if counted and np.array_equal(numbers, numbers[0] + np.arange(numbers.size)):
        return "identifier"
    return "numeric"


def kind_of_words(levels: tuple[str, ...], n_present: int) -> tuple[ColumnKind, int]:
    """Kind of a column of words and how many distinct values it has (Yes and yes are one).

    ``levels`` are its distinct spellings, ``n_present`` the number of cells that are not missing.
    """
    folded = {level.casefold() for level in levels} if len(levels) <= FEW_LEVELS else set()
    if folded and any(folded <= pair for pair in BOOLEAN_PAIRS):
        return ("boolean" if len(folded) == 2 else "constant"), len(folded)
    distinct = len(levels)
    if distinct <= 1:
        return "constant", distinct
    if date_format(levels) is not None:
        return "datetime", distinct
    words = sum(len(level.split()) for level in levels) / distinct
    if distinct == n_present:
        is_key = words <= KEY_WORDS and max(map(len, levels)) <= KEY_LENGTH
        return ("identifier" if is_key else "text"), distinct
    repeats = distinct <= n_present / 2
    if distinct > MOST_LEVELS or (not repeats and (distinct > FEW_LEVELS or words > SENTENCE_WORDS)):
        return "text", distinct
    return "categorical", distinct


def date_format(levels: tuple[str, ...]) -> str | None:
    """The first format, ``ISO_8601`` or one of strptime, in which every one of ``levels`` is a date; None without one.

    Day before month where both fit.
    """

    def reads_all(date_format: str) -> bool:
        try:
            for level in levels:
                _parse_date(level, date_format)
        except ValueError:
            return False
        return True

    if not levels or not levels[0][:1].isdigit():
        return None
    formats = [ISO_8601, *(date + time for date in _OTHER_DATES for time in _TIMES)]
    return next((one for one in formats if reads_all(one)), None)


def _parse_date(cell: str, date_format: str) -> datetime:
    if date_format != ISO_8601:
        return datetime.strptime(cell, date_format)
    if not _ISO.match(cell):
        raise ValueError(cell)
    return datetime.fromisoformat(cell)


def days_since_1970(column: Column) -> Float64s:
    """A datetime column as days, ``(n_rows,)``, NaN where missing; times without a zone count as UTC.

    Raises ValueError when the cells are not dates.
    """
    found = date_format(column.levels)
    if found is None or not isinstance(column, WordColumn):
        raise ValueError(f"column '{column.name}' does not hold dates")

    values = np.array([day_of(level, found) for level in column.levels] + [np.nan])
    return values[column.codes]


def day_of(cell: str, date_format: str) -> float:
    """Days from 1970-01-01 to ``cell``, a date in ``date_format``, by UTC. Raises ValueError when it is none."""
    moment = _parse_date(cell, date_format)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() / _SECONDS_A_DAY


def labels_of(column: Column) -> tuple[str, ...]:
    """The label that each spelling of ``column.levels`` stands for: the first spelling of the same word.

    Yes and yes are one label of a boolean, or of a column that holds nothing else. Other labels differ by case.
    """
    first: dict[str, str] = {}
    return tuple(first.setdefault(_folded(column, level), level) for level in column.levels)


def ignores_case(column: Column) -> bool:
    """Whether words that differ by case alone are one label of ``column``."""
    return isinstance(column, WordColumn) and column.kind in ("boolean", "constant")


def words_of(column: Column) -> dict[str, str] | None:
    """The label of every spelling in the file, and of each in small letters; None where labels are their spelling."""
    if not ignores_case(column):
        return None
    labels = labels_of(column)
    small = {level.casefold(): label for level, label in zip(column.levels, labels, strict=True)}
    return small | dict(zip(column.levels, labels, strict=True))


def sorted_labels(column: Column) -> tuple[str, ...]:
    """The distinct labels in sorted order; of a boolean no or false comes first."""
    return tuple(sorted(dict.fromkeys(labels_of(column)), key=lambda label: _folded(column, label)))


def _folded(column: Column, level: str) -> str:
    return level.casefold() if ignores_case(column) else level
