"""The cells of a sheet as rows of text, with the number of each row, and what had to be decided about them.

It runs in the child process that opens workbooks, and so imports nothing but the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

LARGEST_WHOLE = 1e15
"""Below it a whole number is written with all its digits, as sheets show it."""

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class SheetRows:
    """Rows that hold something, each with its number from 1, and pairs of a row and a sentence about it."""

    rows: list[tuple[int, list[str]]]
    notes: list[tuple[int | None, str]] = field(default_factory=list)


def cell_text(value: Any) -> str:
    """A cell as it would stand in a CSV file: numbers with every digit, dates by ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < LARGEST_WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return "" if value is None else str(value)


def sheet_rows(cells: Sequence[Sequence[Any]], start: tuple[int, int], merged: Sequence[Merged]) -> SheetRows:
    """The table in ``cells``, whose first stands at ``start``, both from 0, as ``merged`` are the ranges of a sheet.

    Rows and columns in which nothing stands are left out, and so are titles above the header. A cell that is merged
    over several rows of the table has its value in each of them.
    """
    texts = [[cell_text(value) for value in row] for row in cells]
    n_titles = count_titles(texts)
    found = SheetRows([])
    if n_titles:
        found.notes.append(_title_note(texts[:n_titles], start[0]))
    _fill_down(found, texts, start, n_titles, merged)
    width = max(map(len, texts), default=0)
    used = [place for place in range(width) if any(row[place].strip() for row in texts[n_titles:])]
    for place, row in enumerate(texts[n_titles:], n_titles):
        if any(cell.strip() for cell in row):
            found.rows.append((start[0] + place + 1, [row[one] for one in used]))
    return found


def count_titles(texts: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the header: with one cell or none, before a row of several names."""
    for number, row in enumerate(texts):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1:
            return number if all(map(_is_name, filled)) else 0
    return 0


def _is_name(cell: str) -> bool:
    return any(character.isalpha() for character in cell)


def _title_note(titles: Sequence[Sequence[str]], before: int) -> tuple[int, str]:
    lines = [number for number, row in enumerate(titles, before + 1) if any(cell.strip() for cell in row)]
    words = next((cell for row in titles for cell in row if cell.strip()), "")
    shown = " ".join(words.split())
    shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
    if len(lines) == 1:
        return lines[0], f"row {lines[0]} above the header is a title ('{shown}') and is left out."
    return lines[0], f"{len(lines)} rows above the header are titles (first '{shown}') and are left out."


def _fill_down(
    found: SheetRows, texts: list[list[str]], start: tuple[int, int], n_titles: int, merged: Sequence[Merged]
) -> None:
    n_filled, first = 0, None
    for (top, left), (bottom, _) in sorted(merged):
        row, column = top - start[0], left - start[1]
        # The header is the first row below the titles, and what stands above it is none of the table.
        if bottom == top or row <= n_titles or not 0 <= column < (len(texts[0]) if texts else 0):
            continue
        value = texts[row][column] if row < len(texts) else ""
        last = min(bottom - start[0], len(texts) - 1)
        if not value.strip() or last <= row:
            continue
        for below in range(row + 1, last + 1):
            texts[below][column] = value
            n_filled += 1
        first = first or (top + 1, value)
    if first is not None:
        cells = "1 cell has its value from a merged cell" if n_filled == 1 else (
            f"{n_filled} cells have their values from merged cells"
        )  # fmt: skip
        found.notes.append((first[0], f"{cells} above."))
