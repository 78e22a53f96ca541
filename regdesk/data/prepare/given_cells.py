"""Columns and cells as a script or a notebook gives them, as plain values of Python, or a sentence on what they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from regdesk.data.errors import DataError, shorten

PLACE = "columns given"
Cell = int | float | bool | str | datetime | None
"""A number may be infinite, also where it was too large; None is missing. A date is its midnight by UTC."""

_FIRST_YEAR, _LAST_YEAR = 1, 9999
_BEYOND_FLOATS = 10**300


def names_of(columns: Any) -> dict[str, Any]:
    """The key of each column of ``columns`` by its name; raises DataError where these are no columns."""
    if callable(getattr(columns, "keys", None)) and not isinstance(columns, type):
        keys = list(columns.keys())
    elif hasattr(columns, "columns") and hasattr(columns, "__getitem__"):
        keys = list(columns.columns)
    else:
        raise DataError(
            f"rows are a table that read() has made, a dict of columns or a data frame, not {described(columns)}.",
            file=PLACE,
        )
    return {str(key): key for key in keys}


def cells_of(column: Any, name: str) -> list[Cell]:
    """The cells of ``column``, which is called ``name``. Raises DataError, naming the row, counted from 1."""
    shape = getattr(column, "shape", (0,))
    are_none = isinstance(column, str | bytes | bytearray | Mapping | Set) or not isinstance(column, Iterable)
    if are_none or shape == ():
        raise DataError(
            f"a column is a list or an array with a cell for each row, not {described(column)}.",
            file=PLACE,
            column=name,
        )
    if len(shape) != 1:
        raise DataError(
            f"a column has one dimension, and this has {len(shape)}, {' × '.join(map(str, shape))}.",
            file=PLACE,
            column=name,
        )
    if type(column) is np.ndarray and column.dtype.kind in "biuf" and column.dtype.itemsize <= 8:
        # A tenth of the time of looking at each.
        return [None if cell != cell else cell for cell in column.tolist()]
    return [_plain(cell, name, row) for row, cell in enumerate(column, 1)]


def described(value: Any) -> str:
    """What ``value`` is, in a few words: None, 5, 'text', an array of 2 × 3, a list."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | float):
        return repr(value)
    if isinstance(value, str):
        return f"the text {shorten(value)}"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**20 else "a very large whole number"
    if isinstance(value, np.ndarray):
        return f"an array of {' × '.join(map(str, value.shape))}" if value.ndim else f"an array without rows, {value}"
    if isinstance(value, bytes | bytearray):
        return "bytes"
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _plain(cell: Any, name: str, row: int) -> Cell:
    # A fifth of the time of all that follows, which is for whatever else there is.
    if type(cell) is float:
        return None if cell != cell else cell
    if type(cell) is str:
        return cell
    if cell is None or cell is np.ma.masked or (isinstance(cell, np.datetime64 | np.timedelta64) and np.isnat(cell)):
        return None
    if isinstance(cell, np.datetime64):
        return _moment(cell, name, row)
    # numpy's longdouble stays what it is, and so does its float64, which is a float of Python's.
    value = cell.item() if isinstance(cell, np.generic) and not isinstance(cell, np.timedelta64) else cell
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < _BEYOND_FLOATS else _float(value)
    if isinstance(value, float | np.floating | Decimal | Fraction):
        is_missing = value.is_nan() if isinstance(value, Decimal) else value != value
        return None if is_missing else _float(value)
    if isinstance(value, date) or type(value).__name__ == "NAType":
        # What data frames have for missing: one mark is unlike itself, the other says neither yes nor no of that.
        different: Any = value != value
        if different is value or different is True:
            return None
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    remedy = "; decode them to text" if isinstance(value, bytes | bytearray) else ""
    raise DataError(
        f"row {row} is {described(cell)}, and a cell is a number, a text, true or false, a date or None{remedy}.",
        file=PLACE,
        column=name,
    )


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _moment(cell: np.datetime64, name: str, row: int) -> datetime:
    """``cell`` to the microsecond, by UTC. Raises DataError for a year that Python's dates do not have."""
    year = int(cell.astype("datetime64[Y]").astype(np.int64)) + 1970
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DataError(
            f"row {row} is of the year {year}; dates go from {_FIRST_YEAR} to {_LAST_YEAR}.", file=PLACE, column=name
        )
    found: datetime = cell.astype("datetime64[us]").item()
    return found.replace(tzinfo=UTC)
