"""Cells of a column of numbers that may be something else: rounded, read as zero, or names such as 12e3."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.types import Float64s, Integers
from regdesk.data.columns.built_column import (
    first_rounded,
    like_name_warning,
    rounding_warning,
    vanished_warning,
)
from regdesk.data.columns.cells import SHORTEST_VANISHED, is_like_name, is_vanished
from regdesk.data.csv.table import TableWarning


class RareSpellings:
    """The first of each kind in a column, with its row.

    Of all that look ``cells`` have the ``values`` ``(n_cells,)`` and stand in ``rows`` behind ``n_before`` others, None
    for one after the other. ``are_keys``: the name of the column says that it may be one of keys.
    """

    def __init__(self, are_keys: bool = False) -> None:
        self.are_keys = are_keys
        self._rounded: tuple[int, str] | None = None
        self._vanished: tuple[int, str] | None = None
        self._like_name: tuple[int, str] | None = None

    @property
    def is_rounded(self) -> bool:
        """Whether a whole number could not be held."""
        return self._rounded is not None

    @property
    def has_vanished(self) -> bool:
        """Whether a number other than zero has been read as zero."""
        return self._vanished is not None

    @property
    def is_like_name(self) -> bool:
        """Whether a number may be a name."""
        return self._like_name is not None

    def look_at_all(self, values: Float64s, cells: Sequence[str], rows: Integers | None, n_before: int) -> None:
        """Look for each kind."""
        self.look_for_rounding(values, cells, rows, n_before)
        self.look_for_vanished(values, cells, rows, n_before)
        self.look_for_names(cells, rows, n_before)

    def look_for_rounding(self, values: Float64s, cells: Sequence[str], rows: Integers | None, n_before: int) -> None:
        """Keep the first of ``cells`` that is a whole number which its value cannot hold."""
        if self._rounded is None:
            found = first_rounded(values, cells)
            if found is not None:
                self._rounded = n_before + (found[0] if rows is None else int(rows[found[0]])), found[1]

    def look_for_vanished(self, values: Float64s, cells: Sequence[str], rows: Integers | None, n_before: int) -> None:
        """As ``look_for_rounding``, the first that is read as zero and is another number."""
        if self._vanished is not None or values.all():
            return
        joined = "".join(cells)
        if not ("e" in joined or "E" in joined or len(joined) > SHORTEST_VANISHED):
            return
        for place in np.flatnonzero(values == 0.0).tolist():
            if is_vanished(cells[place], 0.0):
                self._vanished = n_before + (place if rows is None else int(rows[place])), cells[place].strip()
                return

    def look_for_names(self, cells: Sequence[str], rows: Integers | None, n_before: int) -> None:
        """As ``look_for_rounding``, the first that may be a name, 12e3."""
        if self._like_name is None and "E" in "".join(cells).upper():
            place = next((place for place, cell in enumerate(cells) if is_like_name(cell, self.are_keys)), None)
            if place is not None:
                self._like_name = n_before + (place if rows is None else int(rows[place])), cells[place]

    def warnings(self, name: str, row_lines: Integers, are_names_told: bool) -> list[TableWarning | None]:
        """What to tell of rounding, of what has vanished and of names, None where there is nothing."""
        return [
            rounding_warning(name, self._rounded, row_lines),
            vanished_warning(name, self._vanished, row_lines),
            like_name_warning(name, self._like_name, row_lines) if are_names_told else None,
        ]
