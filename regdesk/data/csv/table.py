"""A table as read from a file: typed columns, before any choice of target or features."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from regdesk.core.reading_options import ReadingOffer
from regdesk.core.types import Float64s, Integers

ColumnKind = Literal["numeric", "categorical", "boolean", "datetime", "text", "constant", "identifier"]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]

MISSING_CODE = -1


@dataclass(frozen=True)
class Dialect:
    """How the file is written.

    Attributes:
        quote: what stands around cells; empty where quotes are ordinary characters.
        decimal: "," when any column is written so.
        n_skipped: lines of the file before the header, or before the rows where there is none.
    """

    delimiter: str
    quote: str = '"'
    encoding: str = "utf-8"
    decimal: str = "."
    header: bool = True
    n_skipped: int = 0


@dataclass(frozen=True)
class TableWarning:
    """Something the reader decided that the user may want to know. ``row`` is a line of the file, from 1.

    ``offer`` is the other reading that the message speaks of, if there is one.
    """

    row: int | None
    column: str | None
    message: str
    offer: ReadingOffer | None = None


def warning_text(warning: TableWarning) -> str:
    """``warning`` with its place before it."""
    place = [] if warning.row is None else [f"line {warning.row}"]
    place += [] if warning.column is None else [f"column '{warning.column}'"]
    return f"{', '.join(place)}: {warning.message}" if place else warning.message


@dataclass(frozen=True)
class _Cells:
    """What every column has.

    Attributes:
        missing: ``(n_rows,)``, true where the cell holds no value.
        levels: distinct spellings in order of first appearance. For numbers kept only up to 1,000, else empty.
        distinct: number of distinct values that are not missing.
    """

    name: str
    kind: ColumnKind
    missing: Mask
    levels: Sequence[str]
    distinct: int

    @cached_property
    def n_missing(self) -> int:
        return int(np.count_nonzero(self.missing))


@dataclass(frozen=True)
class NumberColumn(_Cells):
    """A column whose cells are ``numbers`` ``(n_rows,)`` in the file's units, NaN where missing. No string is kept.

    ``number_form`` says how they are written (``NumberFormat.text``), None where digits with a mark are all there is.
    ``missing_words`` are those that a person has named, here and of words, None where nobody has.
    """

    numbers: Float64s
    number_form: str | None = None
    missing_words: tuple[str, ...] | None = None


@dataclass(frozen=True)
class WordColumn(_Cells):
    """A column whose cells are words: ``codes`` ``(n_rows,)`` are indices into ``levels``, -1 where missing.

    Attributes:
        date_form: how dates are written; None where they are none or the first known form fits.
        is_kind_given: a person has named the kind.
        empty_label: the label that an empty cell says, where that is not missing.
        source, part: of labels that are the ``month`` or the ``weekday`` of dates, the column of these.
    """

    codes: Codes
    missing_words: tuple[str, ...] | None = None
    date_form: str | None = None
    is_kind_given: bool = False
    empty_label: str | None = None
    source: str | None = None
    part: str | None = None


Column = NumberColumn | WordColumn


@dataclass(frozen=True)
class DrawnRows:
    """That the rows of a table were drawn, without putting back, from ``n_rows`` with ``seed``."""

    n_rows: int
    seed: int


@dataclass(frozen=True)
class Table:
    """A whole file.

    Attributes:
        row_lines: ``(n_rows,)``, the line of the file on which each row starts, from 1.
        digest: sha256 of the bytes that were read, in hexadecimal digits.
        drawn: from what its rows were drawn; None where they are all that the file has.
        roles: of columns what a person has said that they are for, where that was said with the reading: feature,
            target and so on. Nothing here heeds them.
    """

    path: Path
    name: str
    columns: tuple[Column, ...]
    dialect: Dialect
    warnings: tuple[TableWarning, ...]
    row_lines: Integers
    digest: str
    drawn: DrawnRows | None = None
    roles: tuple[tuple[str, str], ...] = ()

    @property
    def n_rows(self) -> int:
        return len(self.row_lines)

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column called ``name``. Raises KeyError when there is none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        # Of 2,000 columns a search for each of them took half of the time in which a dataset is prepared.
        return {column.name: column for column in self.columns}
