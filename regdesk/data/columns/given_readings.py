"""What a person has said of the cells of each column, from the options of reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import get_args

import numpy as np

from regdesk.core.reading_options import USUAL_WORDS, ReadingOptions
from regdesk.core.types import Float64s
from regdesk.data.columns.cells import plain_numbers
from regdesk.data.columns.missing_words import MISSING_AMONG_NUMBERS, MISSING_WORDS, TOLD_AMONG_NUMBERS
from regdesk.data.csv.table import ColumnKind
from regdesk.data.errors import DataError, listing


@dataclass(frozen=True)
class GivenReading:
    """What a person has said of the cells of a column, None where nothing.

    Attributes:
        kind: numeric, categorical, boolean, datetime or text.
        decimal: '.' or ','.
        words: what means missing, besides empty cells; ``USUAL_WORDS`` among them stands for all that usually does.
    """

    kind: ColumnKind | None = None
    decimal: str | None = None
    words: tuple[str, ...] | None = None

    @cached_property
    def missing_words(self) -> frozenset[str]:
        """Cells that are missing in any column."""
        return MISSING_WORDS | self._named if self._are_usual_there else self._named

    @cached_property
    def missing_among_numbers(self) -> frozenset[str]:
        """Cells that are missing in a column of numbers or dates."""
        return MISSING_AMONG_NUMBERS | self._named if self._are_usual_there else self._named

    @cached_property
    def missing_in_passing(self) -> frozenset[str]:
        """Those of which nothing is told where they stand among numbers."""
        return self.missing_among_numbers - TOLD_AMONG_NUMBERS

    @cached_property
    def missing_numbers(self) -> Float64s:
        """Those of the words that are numbers: −999 is missing where -999.0 is written as well."""
        found = [plain_numbers([word]) for word in self._named if word]
        return np.concatenate([one[0] for one in found if one is not None] or [np.empty(0)])

    def is_missing(self, cell: str, among_numbers: bool) -> bool:
        """Whether ``cell``, which is stripped, is one of the words, or ``among_numbers`` the same number as one."""
        if cell in self.missing_words:
            return True
        found = plain_numbers([cell]) if among_numbers and self.missing_numbers.size else None
        return found is not None and bool(np.isin(found[0], self.missing_numbers).all())

    @property
    def are_codes_sought(self) -> bool:
        """Whether a number such as −999 may be told of: nobody has said what alone is missing."""
        return self._are_usual_there

    @property
    def _are_usual_there(self) -> bool:
        return self.words is None or USUAL_WORDS in self.words

    @cached_property
    def _named(self) -> frozenset[str]:
        """What a person has named, and empty cells."""
        return frozenset(["", *(word.strip() for word in self.words or () if word != USUAL_WORDS)])


def given_readings(path: Path, names: Sequence[str], options: ReadingOptions) -> list[GivenReading]:
    """Of each column in ``names`` what ``options`` say. Raises DataError for a kind of a column that is not there."""
    kinds, there = dict(options.kinds), frozenset(names)
    for name in kinds:
        if name not in there:
            raise DataError(
                f"there is no column '{name}' to read as {kinds[name]}; the columns are {listing(list(names))}.",
                file=path,
            )
    known: dict[str, ColumnKind] = {kind: kind for kind in get_args(ColumnKind)}
    # One for all of which nothing is said: there may be very many.
    usual = GivenReading(None, options.decimal, options.missing_words)
    return [replace(usual, kind=known[kinds[name]]) if name in kinds else usual for name in names]
