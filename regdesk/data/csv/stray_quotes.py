"""Single quotes within cells, which are read as letters and may be those of a cell that was damaged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import numpy as np

from regdesk.core.types import Integers
from regdesk.data.csv.layout import Layout
from regdesk.data.csv.table import Column, TableWarning, WordColumn
from regdesk.data.errors import shorten

_AFTER_FIGURE = re.compile(r'\d\s?"')


def stray_quote_warnings(
    path: Path, layout: Layout, columns: Iterable[Column], row_lines: Integers
) -> list[TableWarning]:
    """For each of ``columns`` the first cell with a quote that has no partner and is not that of inches.

    One that is doubled or escaped in ``path`` is a letter because its writer said so.
    """
    found: list[TableWarning] = []
    for column in columns:
        if layout.quote != '"' or not isinstance(column, WordColumn):
            continue
        odd = [number for number, level in enumerate(column.levels) if '"' in level and _is_odd(level)]
        rows = np.flatnonzero(np.isin(column.codes, odd))
        if len(rows) and not _is_written_as_letter(path, layout, int(row_lines[rows[0]])):
            also = "" if len(rows) == 1 else f" ({len(rows)} cells of this column have one)"
            message = f"{shorten(column.levels[column.codes[rows[0]]])} has a quote that is read as a letter{also}."
            found.append(TableWarning(int(row_lines[rows[0]]), column.name, message))
    return found


def _is_odd(level: str) -> bool:
    return level.count('"') % 2 == 1 and _AFTER_FIGURE.sub("", level).count('"') % 2 == 1


def _is_written_as_letter(path: Path, layout: Layout, line: int) -> bool:
    with path.open(encoding=layout.encoding, errors="replace", newline="") as stream:
        text = next(islice(stream, line - 1, None), "")
    return '""' in text or '\\"' in text
