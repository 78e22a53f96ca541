"""Columns that hold the same as another one."""

from __future__ import annotations

import hashlib

import numpy as np

from regdesk.data.csv.table import NumberColumn, Table

UNINTERESTING = ("constant",)


def copies_in(table: Table) -> dict[str, str]:
    """Of each column that has in every row what a column before it has, the name of the first such one.

    Two columns of words are the same where they are spelled the same. Constants are left out: they say nothing.
    """
    found: dict[str, str] = {}
    first: dict[tuple[str, bytes], str] = {}
    for column in table.columns:
        if column.kind in UNINTERESTING:
            continue
        if isinstance(column, NumberColumn):
            # Zero has two signs and is one number, and so has every missing cell.
            cells = np.where(column.missing, np.nan, column.numbers) + 0.0
            key = ("numbers", hashlib.sha256(np.ascontiguousarray(cells).tobytes()).digest())
        else:
            own = hashlib.sha256(np.ascontiguousarray(column.codes).tobytes())
            own.update("\0".join(column.levels).encode("utf-8", "surrogatepass"))
            key = ("words", own.digest())
        if key in first:
            found[column.name] = first[key]
        else:
            first[key] = column.name
    return found
