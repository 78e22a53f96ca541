"""The names of the columns: those of the header, made whole and different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import Record
from regdesk.data.errors import listing

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_NOWHERE_SEEN = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
"""Within a word the other two join letters, or keep them apart; marks of direction belong to a name and are shown."""
_MOST_LISTED = 20
_LINE_ENDS = re.compile("[\n\r\u2028\u2029]")
_ODD_BLANKS = re.compile(r"\s{2}|[\t\v\f]")
"""Two together, and others that look unlike the usual one."""


@dataclass(frozen=True)
class UnnamedColumn(TableWarning):
    """That a column has no name in the header."""


@dataclass(frozen=True)
class RenamedColumn(TableWarning):
    """That a column has a number, since another has its name."""


@dataclass(frozen=True)
class JoinedName(TableWarning):
    """That a column's name had a line end, where it has a blank now."""


@dataclass(frozen=True)
class SpacedName(TableWarning):
    """That a column's name had several blanks together, or a tab, where it has one now."""


@dataclass(frozen=True)
class RowNamesWarning(TableWarning):
    """That the first column has no name, since the header has one fewer than rows have cells."""


_OF_NAMES = (UnnamedColumn, RenamedColumn, JoinedName, SpacedName)


def column_names(rows: Sequence[Sequence[str]], line: int, warnings: list[TableWarning]) -> list[str]:
    """Names of the header ``rows``, which begin on ``line``; empty ones are column_N, and repeated ones get a number.

    A line end within a name becomes a blank, and so do several blanks together. Of all this ``warnings`` tell, for each
    column; ``grouped`` makes of them what is told.
    """
    names = joined_names(rows)
    taken = {name for name in names if name}
    seen: set[str] = set()
    counts: dict[str, int] = {}
    for number, name in enumerate(names):
        if not name:
            replacement = _free(f"column_{number + 1}", taken, "_")
            warnings.append(UnnamedColumn(line, replacement, "the header has no name for this column."))
        elif name in seen:
            replacement = _numbered(name, taken, counts)
            message = f"another column is called {name} already, so this one has a number."
            warnings.append(RenamedColumn(line, replacement, message))
        else:
            replacement = name
        if any(_LINE_ENDS.search(row[number].strip()) for row in rows):
            message = "a line end in the name of this column is read as a blank; say the name so wherever it is asked."
            warnings.append(JoinedName(line, replacement, message))
        elif any(_ODD_BLANKS.search(row[number].strip()) for row in rows):
            message = (
                "blanks in the name of this column (two together, or a tab) are read as one; say the name "
                "so wherever it is asked."
            )
            warnings.append(SpacedName(line, replacement, message))
        taken.add(replacement)
        seen.add(replacement)
        names[number] = replacement
    return names


def grouped(warnings: Sequence[TableWarning], empty: Container[str] = ()) -> list[TableWarning]:
    """``warnings`` with one for all columns of a line without names, and one for all that share them.

    Nobody misses the names of the last columns where they are ``empty``: a delimiter stands at the end of every line.
    That the first has none is not told twice.
    """
    found: list[TableWarning] = []
    is_told = any(isinstance(warning, RowNamesWarning) for warning in warnings)
    first = next((one for one in warnings if is_told and isinstance(one, UnnamedColumn)), None)
    warnings = [warning for warning in warnings if warning is not first]
    for kind, what in (
        (UnnamedColumn, "the header has no name for {} columns, which are called {}."),
        (RenamedColumn, "{} columns are called as another is already, so they have a number: {}."),
        (
            SpacedName,
            "blanks in the names of {} columns (two together, or tabs) are read as one; say the names so: {}.",
        ),
        (JoinedName, "line ends in the names of {} columns are read as blanks; say the names so: {}."),
    ):
        of_line: dict[int | None, list[TableWarning]] = {}
        for warning in warnings:
            if isinstance(warning, kind) and not (kind is UnnamedColumn and warning.column in empty):
                of_line.setdefault(warning.row, []).append(warning)
        for line, those in of_line.items():
            names = [str(warning.column) for warning in those]
            message = what.format(len(names), listing(names, _MOST_LISTED)) if len(names) > 1 else those[0].message
            found.append(TableWarning(line, names[0] if len(names) == 1 else None, message))
    others = [one for one in warnings if not isinstance(one, _OF_NAMES)]
    place = next((place for place, one in enumerate(warnings) if isinstance(one, _OF_NAMES)), 0)
    return [*others[:place], *found, *others[place:]]


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


def group_above(skipped: Sequence[Record], names: Record) -> Record | None:
    """The last of the ``skipped`` records, where it tells ``names`` apart that come again: years above x, y, x, y."""
    if not skipped or skipped[-1].width != names.width or skipped[-1].last_line != names.line - 1:
        return None
    groups = skipped[-1].cells
    if not all(groups[1:]) or len(set(names.cells)) == names.width:
        return None
    n_runs = 1 + sum(one != other for one, other in pairwise(groups))
    is_each_apart = len(set(zip(groups, names.cells, strict=True))) == names.width
    return skipped[-1] if is_each_apart and 1 < len(set(groups)) == n_runs < names.width else None


def joined_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """One name a column from several rows of them: a group's name goes on over the empty cells after it."""
    filled: list[list[str]] = []
    for number, row in enumerate(rows):
        cells = [_as_seen(cell) for cell in row]
        below = [cell.strip() for cell in rows[number + 1]] if number < len(rows) - 1 else cells
        is_group = number < len(rows) - 1 and "" in cells[1:]
        is_group = is_group and (_come_again_below_gaps(cells, below) or not _is_unit_row(cells, below))
        group = cells[0]
        for place in range(1, len(cells)) if is_group else ():
            group = cells[place] or group
            cells[place] = group if below[place] else cells[place]
        filled.append(cells)
    return [" ".join(dict.fromkeys(cell for cell in column if cell)) for column in zip(*filled, strict=True)]


def _as_seen(name: str) -> str:
    """``name`` in one form, with one blank where there are several, and without what nobody sees."""
    if name.isascii():
        return " ".join(name.split())
    return " ".join(unicodedata.normalize("NFC", name).translate(_NOWHERE_SEEN).split()).strip(_UNSEEN).strip()


def _come_again_below_gaps(names: Sequence[str], row: Sequence[str]) -> bool:
    """Whether ``row`` has the same names over and over below the gaps of ``names``, and only lacks its first."""
    return not row[0] and all(row[1:]) and len(set(row[1:])) < len(row) - 1 and all(map(bool, names[:2]))


def _is_unit_row(names: Sequence[str], row: Sequence[str]) -> bool:
    """Whether ``row`` has gaps of its own below ``names``: then it holds units, and the names above are no groups."""
    return any(name and not cell for name, cell in zip(names, row, strict=True))
