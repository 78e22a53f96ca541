"""The names of the columns: those of the header, made whole and different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regdesk.data.csv.cell_looks import is_missing, is_value
from regdesk.data.csv.row_shape import RowShape
from regdesk.data.csv.table import TableWarning
from regdesk.data.csv.trial import Record
from regdesk.data.errors import listing

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_NOWHERE_SEEN = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
"""Within a word the other two join letters, or keep them apart; marks of direction belong to a name and are shown."""
_MOST_LISTED = 20
_LEAST_ROWS = 3
_MOST_BEFORE = 30
_LEAST_BELOW = 2
_MARK_OF_CENSUS = "!!"
"""Between the parts of what the census of the United States has below its names."""
_LINE_ENDS = re.compile("[\n\r\u2028\u2029]")
_IN_BACKTICKS = re.compile("`[^`]+`")
"""As a database writes names, which are no part of them."""
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
    if all(map(_IN_BACKTICKS.fullmatch, names)):
        names = [name[1:-1] for name in names]
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


def are_names_below(above: Sequence[str], cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether ``cells`` below the names ``above`` are names as well, by what no record of ``columns`` has.

    That is a name of the rows which ``above`` leave open, as pandas writes it; words in all gaps of ``above`` beside an
    empty key, as surveys have them; a gap where ``above`` have it, and no row; words over values that tell equal names
    apart.
    """
    if not columns or len(columns[0]) < _LEAST_ROWS or any(map(is_value, cells)):
        return False
    gaps = {place for place, name in enumerate(above) if not name}
    empty = {place for place, cell in enumerate(cells) if not cell}
    keys = {place for place, column in enumerate(columns) if all(column)}
    values = [place for place in keys if all(map(is_value, columns[place]))]
    is_word = {place: not is_missing(cells[place]) for place in values}
    if gaps and gaps == set(range(len(cells))) - empty:
        return gaps == set(range(len(gaps))) and any(is_word[place] for place in gaps.intersection(values))
    if empty:
        fills_gaps = bool(gaps) and not gaps & empty and bool(empty.intersection(values))
        return fills_gaps or (empty <= gaps & keys and any(is_word.values()))
    if any(_MARK_OF_CENSUS in cell for cell in cells):
        return not any(_MARK_OF_CENSUS in cell for column in columns for cell in column)
    is_each_apart = len(set(above)) < len(above) == len(set(zip(above, cells, strict=True)))
    is_new = not any(cell in column for cell, column in zip(cells, columns, strict=True))
    return is_each_apart and is_new and sum(is_word.values()) >= 2 and all(is_word.values())


def first_below_settings(records: Sequence[Record], width: int) -> int:
    """The number of the first record of names below rows that are unlike those after it; 0 where there is none.

    Settings of an instrument, a name and a value each, may be as wide as the table; names of several rows have no
    values, and units may stand below them. Names are all different, and two columns or more, the first among them, show
    that rows are otherwise: settings begin with a word.
    """
    for place in range(min(len(records) - 3, _MOST_BEFORE), 1, -1):
        here, above, rows = records[place], records[:place], [row for row in records[place + 1 :] if row.width == width]
        if here.width != width or here.n_filled < width or any(map(is_value, here.cells)) or len(rows) < _LEAST_BELOW:
            continue
        shape = RowShape.of([row.cells for row in rows])
        n_needed = max(2, width // 2)
        if 0 not in shape.value_places or len(shape.value_places) < n_needed or len(set(here.cells)) < width:
            continue
        # The first may be the names of rows after all.
        cells = [record.cells[at] for record in above[1:] if record.width == width for at in shape.value_places]
        n_values = sum(map(is_value, cells))
        has_value = any(is_value(cell) for record in above for cell in record.cells)
        begin_with_words = len(rows) > _LEAST_BELOW and not any(
            is_value(record.cells[0]) or is_missing(record.cells[0]) for record in above
        )
        if has_value and (n_values * 3 <= len(cells) or begin_with_words):
            return _first_of_words(records, place, width)
    return 0


def _first_of_words(records: Sequence[Record], place: int, width: int) -> int:
    """The number of the first of the records above ``place``, and it itself, that are whole rows of different words.

    Settings have two cells; the first record of all says what wrote the file.
    """
    while width > 2 and place > 1 and records[place - 1].width == width == len(set(records[place - 1].cells)):
        if not all(records[place - 1].cells) or any(map(is_value, records[place - 1].cells)):
            break
        place -= 1
    return place
