"""What reports are put together from: lines, tables, figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regdesk.core.words.distinct_names import cut_names
from regdesk.core.words.figures import figure_text
from regdesk.core.words.safe_text import safe_line

MOST_LETTERS = 60
"""Of a name in a table; JSON and files have it in whole."""


def as_lines(lines: Sequence[str]) -> str:
    """``lines`` below each other; what names from files bring along breaks none and drives no terminal."""
    return "\n".join(map(safe_line, lines))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], n_words: int = 1) -> list[str]:
    """Lines of a table; the first ``n_words`` columns lean left, the numbers after them right.

    A name of hundreds of letters would take every number beyond the edge of the terminal: it loses its middle.
    """
    header, columns = (
        _cut([safe_line(cell) for cell in header]),
        [list(map(safe_line, one)) for one in zip(*rows, strict=True)],
    )
    columns[:n_words] = map(_cut, columns[:n_words])
    rows = list(zip(*columns, strict=True))
    widths = [max(len(cell) for cell in column) for column in zip(header, *rows, strict=True)]
    lines = []
    for row in (header, *rows):
        cells = [
            cell.ljust(width) if place < n_words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  " + "  ".join(cells).rstrip())
    return lines


def _cut(names: Sequence[str]) -> list[str]:
    return cut_names(names, [MOST_LETTERS] * len(names), len)


def translation_lines(record: dict[str, Any]) -> list[str]:
    """Lines on λ for other programs, one for each that has a number; none where nothing is pressed on. The JSON and the
    window have the lines of code.
    """
    if record["penalty"]["kind"] == "none" or record["penalty"]["lam"] == 0.0:
        return []
    numbers: dict[str, list[str]] = {}
    for one in record["translations"]:
        if one["value"] is not None:
            numbers.setdefault(one["program"], []).append(f"{one['name']} = {figure_text(one['value'])}")
    rows = [f"    {program:<14}{', '.join(parts)}" for program, parts in numbers.items()]
    return ["", "  This λ for other programs (--json has the lines of code):", *rows] if rows else []
