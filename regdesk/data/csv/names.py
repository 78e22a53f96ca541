"""The names of the columns: those of the header, made whole and different."""

from __future__ import annotations

from collections.abc import Sequence

from regdesk.data.csv.header import joined_names
from regdesk.data.csv.table import TableWarning
from regdesk.data.errors import listing

_MOST_LISTED = 20


def column_names(rows: Sequence[Sequence[str]], line: int, warnings: list[TableWarning]) -> list[str]:
    """Names of the header ``rows``, which begin on ``line``; empty ones are column_N, and repeated ones get a number.

    Of both ``warnings`` tell, in one sentence each, but for an unnamed first column, which may hold names of rows.
    """
    names = joined_names(rows)
    taken = {name for name in names if name}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    unnamed: list[str] = []
    repeated: list[tuple[str, str]] = []
    for number, name in enumerate(names):
        if not name:
            replacement = _free(f"column_{number + 1}", taken, "_")
            unnamed.append(replacement)
        elif name in seen:
            replacement = _numbered(name, taken, counts)
            repeated.append((name, replacement))
        else:
            replacement = name
        taken.add(replacement)
        seen.add(replacement)
        names[number] = replacement
    if unnamed[:1] == names[:1]:
        warnings.append(_without_name(unnamed[:1], line))
        unnamed = unnamed[1:]
    if unnamed:
        warnings.append(_without_name(unnamed, line))
    if repeated:
        warnings.append(_with_number(repeated, line))
    return names


def _without_name(names: list[str], line: int) -> TableWarning:
    if len(names) == 1:
        return TableWarning(line, names[0], "the header has no name for this column.")
    message = f"the header has no name for {len(names)} columns, which are called {listing(names, _MOST_LISTED)}."
    return TableWarning(line, None, message)


def _with_number(repeated: Sequence[tuple[str, str]], line: int) -> TableWarning:
    """What to tell of ``repeated`` names, each with the one that its column has."""
    if len(repeated) == 1:
        name, replacement = repeated[0]
        message = f"another column is called {name} already, so this one has a number."
        return TableWarning(line, replacement, message)
    names = listing([replacement for _, replacement in repeated], _MOST_LISTED)
    message = f"{len(repeated)} columns are called as another is already, so they have a number: {names}."
    return TableWarning(line, None, message)


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
