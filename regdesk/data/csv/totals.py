"""Rows that are totals or means of those above: left out at the end of a table, and told between its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.csv.encodings import MOST_LISTED, listed
from regdesk.data.csv.table import Column, Mask, TableWarning, WordColumn
from regdesk.data.errors import shorten

TOTAL_WORDS = frozenset(
    ("total", "totals", "sum", "grand total", "summe", "gesamt", "gesamtsumme", "insgesamt", "total général", "totale",
     "totaal", "suma", "subtotal", "sub-total", "average", "mean", "mittelwert", "durchschnitt", "moyenne",
     "sous-total", "zwischensumme")
)  # fmt: skip
_CERTAIN_WORDS = frozenset(("subtotal", "sub-total", "grand total", "gesamtsumme", "total général", "sous-total",
                            "zwischensumme"))  # fmt: skip
"""What no group is called."""
_STATISTICS = frozenset(
    ("sd", "std", "stdev", "std dev", "standard deviation", "se", "sem", "min", "minimum", "max", "maximum", "median",
     "count", "n", "variance", "var", "cv", "stdabw", "standardabweichung")
)  # fmt: skip
"""What stands in rows beside those of totals and means, and alone may be the name of anything."""
_TOTAL = re.compile(rf"(?:{'|'.join(TOTAL_WORDS)})[:\s]*(?:[(\[0-9].*)?", re.DOTALL)
"""A total that may say of how many it is, or of which year."""
_CERTAIN_TOTAL = re.compile(rf"(?:{'|'.join(_CERTAIN_WORDS)})[:\s]*(?:[(\[0-9].*)?", re.DOTALL)
_SHARE_OF_TOTALS = 0.1
_AT_ONCE = 1000
MOST_TOTALS = 8
"""Rows at the end that are."""


def n_totals(rows: Sequence[Sequence[str]]) -> int:
    """How many of the last of ``rows`` are totals or means of those above, by the first cell that holds anything.

    Other statistics count beside these, and none where there is nothing else: then the table is one of statistics.
    """
    found = 0
    labels = [_label(cells) for cells in rows[-MOST_TOTALS:]]
    while found < len(labels) and labels[-1 - found] in TOTAL_WORDS | _STATISTICS:
        found += 1
    has_total = any(label in TOTAL_WORDS for label in labels[len(labels) - found :])
    return found if has_total and found < len(rows) else 0


def _label(cells: Sequence[str]) -> str:
    return next((cell for cell in map(str.strip, cells) if cell), "").rstrip(":").casefold()


def totals_warnings(columns: Sequence[Column], row_lines: Integers) -> list[TableWarning]:
    """What to tell of rows of totals between others, which are read as rows: their lines.

    Where a column of labels has them as often as its other labels, they are labels of groups.
    """
    is_first_filled = np.ones(len(row_lines), bool)
    for column in columns:
        rows = _rows_of_totals(column, is_first_filled) if isinstance(column, WordColumn) else row_lines[:0]
        if isinstance(column, WordColumn) and len(rows):
            lines = row_lines[rows[: MOST_LISTED + 1]].tolist()
            also = f" (so are {listed(lines[1:], len(rows) - 1)})" if len(rows) > 1 else ""
            also = also.replace("so are line ", "so is line ")
            label = shorten(column.levels[column.codes[rows[0]]])
            message = f"{label} looks like a row of totals, and is read as a row like the others{also}."
            return [TableWarning(lines[0], column.name, message)]
        is_first_filled &= column.missing
    return []


def _rows_of_totals(column: WordColumn, is_first_filled: Mask) -> Integers:
    """The rows of ``column`` that look like totals; none where its labels do not tell rows apart, but for few."""
    # Of a million keys a list of them once more would be all that is needed more than the table itself.
    labels = {number: label for number, label in _likely_labels(column) if _TOTAL.fullmatch(label)}
    n_others = len(column.levels) - len(labels)
    if not labels or sum(label in _STATISTICS for label in _labels(column)) >= n_others / 2:
        return np.zeros(0, np.intp)
    is_total_row = np.isin(column.codes, list(labels))
    rows = np.flatnonzero(is_total_row)
    n_rest = len(column.codes) - len(rows) - np.count_nonzero(column.missing)
    is_few = len(rows) <= _SHARE_OF_TOTALS * len(column.codes) and bool(is_first_filled[rows].all())
    if n_rest == n_others or is_few:
        return rows
    certain = [number for number, label in labels.items() if _CERTAIN_TOTAL.fullmatch(label)]
    return np.flatnonzero(np.isin(column.codes, certain))


def _likely_labels(column: WordColumn) -> Iterator[tuple[int, str]]:
    """The labels of those parts of the column's that have a word for a total in them, with their numbers."""
    for first in range(0, len(column.levels), _AT_ONCE):
        some = column.levels[first : first + _AT_ONCE]
        # Of a million keys each by itself takes five times as long.
        text = "\n".join(some).casefold()
        if any(word in text for word in TOTAL_WORDS):
            yield from enumerate((level.strip().rstrip(":").casefold() for level in some), first)


def _labels(column: WordColumn) -> Iterator[str]:
    return (level.strip().rstrip(":").casefold() for level in column.levels)
