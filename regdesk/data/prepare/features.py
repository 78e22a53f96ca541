"""Which columns are features, and which rows of the table can be used with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from regdesk.core.settings.column_roles import single_roles
from regdesk.core.types import ColumnRole, DataSettings, Integers
from regdesk.data.columns.date_parts import with_date_parts
from regdesk.data.csv.table import Column, Table
from regdesk.data.errors import DataError, listing
from regdesk.data.prepare.wording import count_of

LEFT_OUT = ("identifier", "datetime", "text", "constant")
RESERVED = {"target": "target", "split": "split column", "fold": "fold column", "weight": "weight column"}
"""What a column is called that cannot be a feature as well, by its role."""
MOST_GAPS_NAMED = 3


@dataclass(frozen=True)
class UsableRows:
    """Rows of the table that can be used, and what was said about the others."""

    kept: Integers
    notes: tuple[str, ...]


def find_column(table: Table, name: str, role: str) -> Column:
    """The column called ``name``. Raises DataError with the nearest names when there is none."""
    try:
        return table.column(name)
    except KeyError:
        remedy = nearest_names(name, table.column_names)
        raise DataError(f"there is no column '{name}' to use as {role}; {remedy}", file=table.path) from None


def nearest_names(name: str, known: Sequence[str]) -> str:
    """What may have been meant by ``name``, which is none of ``known``: "did you mean age?", or all that there is."""
    folded = {one.casefold(): one for one in known}
    close = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3, cutoff=0.5)]
    return f"did you mean {' or '.join(close)}?" if close else f"the columns are {listing(tuple(known))}."


def with_parts_as_features(table: Table, settings: DataSettings) -> tuple[Table, DataSettings]:
    """``table`` with the parts of dates that ``settings`` ask for, and ``settings`` in which these are features.

    Raises DataError as ``with_date_parts``.
    """
    if not settings.date_parts:
        return table, settings
    found = with_date_parts(table, settings.date_parts)
    if settings.features is None:
        return found, settings
    parts = found.column_names[len(table.columns) :]
    return found, replace(settings, features=tuple(dict.fromkeys((*settings.features, *parts))))


def choose_features(table: Table, settings: DataSettings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the features, and notes on what is left out. Raises DataError when none is usable."""
    reserved = {name: RESERVED[role] for name, role in single_roles(settings).items()}
    roles = _checked_roles(table, settings, reserved)
    added = tuple(name for name, role in roles.items() if role == "feature")
    if settings.features is not None:
        features = tuple(dict.fromkeys((*settings.features, *added)))
        for name in features:
            _check_feature(table, name, reserved)
            if roles.get(name, "feature") != "feature":
                raise DataError(f"it is named as a feature and as {roles[name]}.", file=table.path, column=name)
        if not features:
            raise DataError("no feature is chosen; choose at least one column.", file=table.path)
        return features, ()
    for name in added:
        _check_feature(table, name, reserved)
    others = [column for column in table.columns if column.name not in reserved]
    reasons: dict[str, str] = {
        column.name: column.kind for column in others if column.kind in LEFT_OUT and column.name not in added
    }
    reasons |= {name: role for name, role in roles.items() if role != "feature"}
    left_out = [f"{column.name} ({reasons[column.name]})" for column in others if column.name in reasons]
    features = tuple(column.name for column in others if column.name not in reasons)
    if not features:
        reason = f"left out are {listing(left_out)}; choose those to be used" if left_out else "add one to the file"
        raise DataError(f"no column is left as a feature: {reason}.", file=table.path)
    return features, (f"Left out: {', '.join(left_out)}.",) if left_out else ()


def _checked_roles(table: Table, settings: DataSettings, reserved: Mapping[str, str]) -> dict[str, ColumnRole]:
    """The roles that ``settings`` list. Raises DataError for a column that is not there, or has another role."""
    roles = dict(settings.roles)
    for name, role in roles.items():
        find_column(table, name, f"a column with the role {role}")
        if name in reserved:
            words = "a feature" if role == "feature" else role
            raise DataError(f"the {reserved[name]} cannot be {words}.", file=table.path, column=name)
    return roles


def _check_feature(table: Table, name: str, reserved: Mapping[str, str]) -> None:
    column = find_column(table, name, "feature")
    if name in reserved:
        raise DataError(f"the {reserved[name]} cannot be a feature.", file=table.path, column=name)
    if column.n_missing == table.n_rows:
        raise DataError("every cell is missing; leave it out of the features.", file=table.path, column=name)


def usable_rows(table: Table, target: Column, features: tuple[str, ...], settings: DataSettings) -> UsableRows:
    """Rows that have the target and, under the policy ``drop``, every feature. Raises DataError when none is left."""
    usable = ~target.missing
    notes = []
    if target.n_missing == table.n_rows:
        raise DataError("every cell is missing; choose another target.", file=table.path, column=target.name)
    if target.n_missing:
        notes.append(f"{count_of(target.n_missing, 'row')} left out: {target.name}, the target, is missing.")
    if settings.missing == "drop":
        complete = ~np.any([table.column(name).missing for name in features], axis=0)
        dropped = int(np.count_nonzero(usable & ~complete))
        usable = usable & complete
        if dropped:
            notes.append(f"{count_of(dropped, 'row')} left out: a feature is missing.")
    if not usable.any():
        raise DataError(_no_row_is_left(table, target, features), file=table.path)
    return UsableRows(np.flatnonzero(usable), tuple(notes))


def _no_row_is_left(table: Table, target: Column, features: tuple[str, ...]) -> str:
    """Which columns take most of the rows, and what can be done; for rows that are dropped where a cell is missing."""
    gaps = sorted((table.column(name) for name in features), key=lambda column: -column.n_missing)
    emptiest = [f"{one.name} ({one.n_missing:,} of {table.n_rows:,} cells)" for one in gaps if one.n_missing]
    also = f", and the target {target.name} in {count_of(target.n_missing, 'row')}" if target.n_missing else ""
    return (
        "no row is left: each lacks the target or a feature. Missing most often: "
        f"{listing(emptiest, MOST_GAPS_NAMED)}{also}. Impute missing cells, or leave such columns out of the features."
    )
