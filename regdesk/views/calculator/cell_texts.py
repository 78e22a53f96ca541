"""Cells as a person reads and writes them: numbers, dates, labels, and what is missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, Qt, QTimeZone

from regdesk.core.words.number_text import exact_text, glance_text, number_text
from regdesk.core.words.safe_text import safe_line
from regdesk.views.kit.number_edit import parse_number

if TYPE_CHECKING:
    from regdesk.core.fitted.column_encoding import ColumnEncoding
    from regdesk.core.fitted.points import Cell

MISSING = "missing"
MISSING_WORDS = frozenset(["", "missing", "na", "nan", "n/a", "none", "null"])
MOST_DAYS = 3_000_000
"""To either side of 1970: what is farther away is written as a number."""
_DAY_MS = 86_400_000
LARGEST = 1e300


def cell_text(column: ColumnEncoding, cell: Cell, is_whole_text: bool = False) -> str:
    """``cell`` at a glance, of dates the day, or all of it with ``is_whole_text``; empty where it is missing."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_line(cell)
    if column.date_form is not None and abs(cell) < MOST_DAYS:
        return _date_text(cell if is_whole_text else float(math.floor(cell)))
    return exact_text(cell) if is_whole_text else glance_text(cell)


def place_text(column: ColumnEncoding, place: float) -> str:
    """An end of the range of numbers, short."""
    if column.date_form is not None and abs(place) < MOST_DAYS:
        return _date_text(float(math.floor(place)))
    return number_text(place)


def _date_text(days: float) -> str:
    moment = QDateTime.fromMSecsSinceEpoch(round(days * _DAY_MS), QTimeZone(QTimeZone.Initialization.UTC))
    return moment.toString("yyyy-MM-dd" if days == math.floor(days) else "yyyy-MM-dd HH:mm:ss")


def parse_cell(column: ColumnEncoding, can_be_missing: bool, text: str) -> float | None:
    """The number or date that ``text`` says; None where it says that the cell is missing.

    Raises ValueError with a sentence for the user.
    """
    name = safe_line(column.name)
    if text.strip().casefold() in MISSING_WORDS:
        if can_be_missing:
            return None
        raise ValueError(f"{name}: rows that lack a cell were not trained on, and cannot be predicted.")
    if column.date_form is not None:
        return _days_of(name, text.strip())
    number: float = parse_number(-LARGEST, LARGEST, name)(text)
    return number


def _days_of(name: str, text: str) -> float:
    moment = QDateTime.fromString(text.replace(" ", "T"), Qt.DateFormat.ISODate)
    if not moment.isValid():
        raise ValueError(f"{name}: “{text}” is not a date; write it as 2024-01-31, or as 2024-01-31 14:30:00.")
    if moment.timeSpec() == Qt.TimeSpec.LocalTime:
        # What is written without a zone is taken as UTC, as in a file.
        moment = QDateTime(moment.date(), moment.time(), QTimeZone(QTimeZone.Initialization.UTC))
    return float(moment.toMSecsSinceEpoch() / _DAY_MS)
