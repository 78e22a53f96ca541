"""Which columns of a table are likely to be the one that is predicted, from their names and their cells."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from regdesk.core.stopping import Stop
from regdesk.data.columns.name_codes import words_of_name
from regdesk.data.csv.table import Column, NumberColumn, Table
from regdesk.data.prepare.splitting import split_of
from regdesk.data.prepare.targets import MOST_CLASSES, choose_task

MOST_SUGGESTED_CLASSES = 10
_TARGET_NAMES = (
    "target", "label", "class", "y", "outcome", "response", "output", "species", "diagnosis", "survived", "churn",
)  # fmt: skip
_KINDS = ("numeric", "categorical", "boolean")
_YEARS = (1900, 2100)
_DAYS = (19000101, 21001231)
_SECONDS, _MILLISECONDS = (5e8, 4.2e9), (5e11, 4.2e12)
"""Since 1970, of moments from 1985 to 2103."""
_LEAST_COUNTED = 12
"""Rows from which on it says something that whole numbers rise evenly from each to the next."""
_KEYS = frozenset((
    "id", "ids", "ident", "identifier", "key", "keys", "idx", "uuid", "guid", "rowid", "rownames", "rowname",
    "zip", "zipcode", "postcode", "plz", "sku", "isbn", "iban",
))  # fmt: skip
_NAMES_OF_ROWS = _KEYS | frozenset((
    "name", "names", "index", "nr", "no", "num", "number", "row", "rows", "code", "codes", "serial", "phone",
    "telephone", "tel", "fax", "email", "url", "address", "file", "files", "filename", "filenames",
))  # fmt: skip
_REMARKS = frozenset((
    "comment", "comments", "note", "notes", "remark", "remarks", "description", "descriptions", "memo",
    "annotation", "annotations", "bemerkung", "bemerkungen", "kommentar", "kommentare", "notiz", "notizen",
    "commentaire", "commentaires", "observaciones",
))  # fmt: skip
_DATES = frozenset((
    "date", "dates", "timestamp", "datetime", "datum", "fecha",
))  # fmt: skip
_MOMENTS = _DATES | frozenset((
    "time", "day", "weekday", "week", "month", "quarter", "year", "hour", "minute", "jahr", "monat", "tag",
    "mes",
))  # fmt: skip
_PARTS = frozenset((
    "fold", "folds", "split", "partition", "subset",
))  # fmt: skip


def suggest_target(table: Table, taken: Collection[str | None] = ()) -> str | None:
    """The likeliest target; None if there is none, or no other column is left as a feature. As ``possible_targets``."""
    usable = [column for column in table.columns if column.kind in _KINDS and column.name not in taken]
    return None if len(usable) < 2 else next(iter(possible_targets(table, taken)), None)


def likely_targets(table: Table, taken: Collection[str | None] = (), stop: Stop | None = None) -> tuple[str, ...]:
    """Those of ``possible_targets`` that may be offered to a person who has not said anything.

    Columns that name or number the rows, remark on them, date them or part them are not, unless they are named as
    targets are. Raises Stopped as ``stop`` says.
    """
    possible, are_of_rows = _possible_targets(table, taken, stop or Stop())
    return tuple(
        name
        for name in possible
        if not is_named_split(table.column(name)) and (name.casefold() in _TARGET_NAMES or name not in are_of_rows)
    )


def is_named_split(column: Column) -> bool:
    """Whether its name or its cells say that ``column`` parts the rows into those for training and others."""
    split = split_of(column)
    return split is not None and split.is_named


def possible_targets(table: Table, taken: Collection[str | None] = ()) -> tuple[str, ...]:
    """Columns that can be predicted, the likeliest first: those named as targets are, then from the last column on.

    Those that are mostly missing, years, and those that ``likely_targets`` leaves out come last. None of ``taken``,
    which are something else, is among them. A column can be a target when it makes a regression or a task of two
    classes, or of at most 10 with two rows each on average (100 for a name of a target).
    """
    return _possible_targets(table, taken, Stop())[0]


def _possible_targets(
    table: Table, taken: Collection[str | None], stop: Stop
) -> tuple[tuple[str, ...], frozenset[str]]:
    """``possible_targets``, and which of them say of which row they are."""
    usable = [column for column in table.columns if column.kind in _KINDS and column.name not in taken]
    by_lower = {one.name.casefold(): one.name for one in reversed(usable) if _can_be_target(one, MOST_CLASSES)}
    named = [by_lower[name] for name in _TARGET_NAMES if name in by_lower]
    others = [column for column in reversed(usable) if _can_be_target(column, MOST_SUGGESTED_CLASSES)]
    # Asked once of each: it goes over all of its cells.
    order: dict[str, tuple[bool, bool]] = {}
    for name in dict.fromkeys(named + [column.name for column in others]):
        stop.check()
        order[name] = _says_which_row(table.column(name)), _is_unlikely(table.column(name))
    others.sort(key=lambda column: order[column.name])
    found = tuple(dict.fromkeys(named + [column.name for column in others]))
    return found, frozenset(name for name in found if order[name][0])


def _can_be_target(column: Column, most_classes: int) -> bool:
    if choose_task(column) == "regression" or column.distinct == 2:
        return True
    return column.distinct <= min(most_classes, (len(column.missing) - column.n_missing) // 2)


def _is_unlikely(column: Column) -> bool:
    """Whether most cells are missing, or all are years."""
    return 2 * column.n_missing > len(column.missing) or _are_within(column, *_YEARS)


def _says_which_row(column: Column) -> bool:
    """Whether ``column`` names, numbers, dates or parts the rows, or remarks on them, by its name or its cells."""
    words = words_of_name(column.name)
    return (
        bool(words & (_KEYS | _REMARKS | _DATES | _PARTS))
        # Of several words one may say what else it is: the number of rooms, the time to failure.
        or (bool(words) and words <= _NAMES_OF_ROWS | _MOMENTS)
        or any(_are_within(column, *bounds) for bounds in (_DAYS, _SECONDS, _MILLISECONDS))
        or is_named_split(column)
        or _counts_rows(column)
    )


def _counts_rows(column: Column) -> bool:
    """Whether its cells are whole numbers that rise by as much from each row to the next."""
    if not isinstance(column, NumberColumn) or column.n_missing or column.distinct < _LEAST_COUNTED:
        return False
    first = np.diff(column.numbers[:_LEAST_COUNTED])
    if not (first == first[0]).all():
        return False
    steps = np.diff(column.numbers)
    is_even = bool((steps == steps[0]).all()) and bool(steps[0] > 0.0)
    return is_even and bool((column.numbers == np.floor(column.numbers)).all())


def _are_within(column: Column, low: float, high: float) -> bool:
    """Whether all cells are whole numbers from ``low`` to ``high``."""
    if not isinstance(column, NumberColumn):
        return False
    if not column.missing[0] and not low <= column.numbers[0] <= high:
        # It settles nearly all columns, of which some have a million cells.
        return False
    present = column.numbers[~column.missing]
    return bool(((present >= low) & (present <= high) & (present == np.floor(present))).all())
