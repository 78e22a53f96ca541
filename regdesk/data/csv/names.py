"""The names of the columns: those of the header, made whole and different."""

from __future__ import annotations

from collections.abc import Sequence

from regdesk.data.csv.header import joined_names
from regdesk.data.csv.table import TableWarning


def column_names(rows: Sequence[Sequence[str]], line: int, warnings: list[TableWarning]) -> list[str]:
    """Names of the header ``rows``, which begin on ``line``; empty ones are column_N, and repeated ones get a number.

    Of both ``warnings`` tell.
    """
    names = joined_names(rows)
    taken = {name for name in names if name}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for number, name in enumerate(names):
        if not name:
            replacement = _free(f"column_{number + 1}", taken, "_")
            warnings.append(TableWarning(line, replacement, "the header has no name for this column."))
        elif name in seen:
            replacement = _numbered(name, taken, counts)
            warnings.append(
                TableWarning(line, replacement, f"another column is called {name} already, so this one has a number.")
            )
        else:
            replacement = name
        taken.add(replacement)
        seen.add(replacement)
        names[number] = replacement
    return names


def made_up_names(n_columns: int) -> list[str]:
    """The names of columns without a header."""
    return [f"column_{number}" for number in range(1, n_columns + 1)]


def _free(name: str, taken: set[str], mark: str) -> str:
    while name in taken:
        name += mark
    return name


def _numbered(name: str, taken: set[str], counts: dict[str, int]) -> str:
    """``name`` with the next number that is free; ``counts`` has the last of each name."""
    number = counts.get(name, 1) + 1
    while f"{name}_{number}" in taken:
        number += 1
    counts[name] = number
    return f"{name}_{number}"
