"""What the first rows of a table show of all of them, so that lines that are none, and rows cut short, are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regdesk.data.csv.cell_looks import is_missing, is_value

_MOST_COMPARED = 100
_MOST_ALIGNED = 500
"""Columns up to which it is asked how a short row may be aligned."""
_MARKS_OF_ROWS = ("#", "%", "//", ";")
"""That make a row a comment: an asterisk may flag a number."""
_LEAST_WORDS = 5
_LEAST_SHORT = 3
_SHORT_SHARE = 0.25


@dataclass(frozen=True)
class RowShape:
    """What is known of the cells of a row.

    Attributes:
        value_places: numbers of the columns, from 0, whose cells are numbers or dates wherever there is one.
        word_places: numbers of those in which none is, of so many that none is likely.
        pads_rows: whether rows are written without the empty cells at their end, as lists of many lengths are.
    """

    value_places: frozenset[int] = frozenset()
    word_places: frozenset[int] = frozenset()
    pads_rows: bool = False

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]], pads_rows: bool = False) -> RowShape:
        """The shape of ``rows``, whose cells have no outer blanks; shorter ones are taken to lack their last cells."""
        values, words = set(), set()
        rows = rows[:_MOST_COMPARED]
        for place in range(max(map(len, rows), default=0)):
            present = [row[place] for row in rows if place < len(row) and not is_missing(row[place])]
            if len(present) >= 2 and all(map(is_value, present)):
                values.add(place)
            elif len(present) >= _LEAST_WORDS and not any(map(is_value, present)):
                words.add(place)
        return cls(frozenset(values), frozenset(words), pads_rows)

    def is_comment(self, cells: Sequence[str]) -> bool:
        """Whether a row as wide as the others is a comment: its first cell begins as one, and others are values."""
        first = cells[0].lstrip()
        return first.startswith(_MARKS_OF_ROWS) and 0 in self.value_places and not is_missing(first.rstrip())

    def may_be_names(self, cells: Sequence[str]) -> bool:
        """Whether all ``cells`` are words, some of them where rows have values."""
        stripped = [cell.strip() for cell in cells]
        return bool(self.value_places) and not any(is_value(cell) or is_missing(cell) for cell in stripped)

    def begins_with_word(self, cells: Sequence[str]) -> bool:
        """Whether the first of ``cells`` is a word, and those of rows are values."""
        first = cells[0].strip()
        return 0 in self.value_places and not is_value(first) and not is_missing(first)

    def has_word_for_value(self, cells: Sequence[str]) -> bool:
        """Whether any of ``cells`` is a word, and those of rows are values."""
        stripped = (cells[place].strip() for place in self.value_places)
        return any(not is_value(cell) and not is_missing(cell) for cell in stripped)

    def has_values(self, cells: Sequence[str]) -> bool:
        """Whether ``cells`` have a value where rows have them."""
        return any(is_value(cells[place].strip()) for place in self.value_places)

    def lacks_last_cells(self, cells: Sequence[str], width: int) -> bool:
        """Whether ``cells``, fewer than ``width``, can be those of a row without its last ones, and nothing else.

        A word cannot stand in a column of values, nor a value in one of words. Where the cells fit the columns in
        one way only, and that is from the first on, what is lacking are the last.
        """
        stripped = [cell.strip() for cell in cells]
        if self.pads_rows:
            return all(self._fits(cell, place) for place, cell in enumerate(stripped))
        if width > _MOST_ALIGNED or len(stripped) < 2 or not all(stripped):
            return False
        # ways[j]: in how many ways the cells so far fit into the first j columns, in their order.
        ways = [1] * (width + 1)
        for cell in stripped:
            longer = [0] * (width + 1)
            for place in range(width):
                longer[place + 1] = longer[place] + (ways[place] if self._fits(cell, place) else 0)
            ways = longer
        return ways[width] == ways[len(stripped)] == 1

    def _fits(self, cell: str, place: int) -> bool:
        if not cell or is_missing(cell):
            return True
        return place not in (self.word_places if is_value(cell) else self.value_places)


def is_written_without_last_cells(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether ``rows`` are of several lengths, up to that of ``names``, because empty cells at their end are left out.

    An accident cuts few rows, or all in the same way; and who leaves out empty last cells writes none.
    """
    short = [row for row in rows if len(row) < len(names)]
    return (
        len(short) >= max(_LEAST_SHORT, _SHORT_SHARE * len(rows))
        and len({len(row) for row in short}) > 1
        and all(0 < len(row) <= len(names) and row[-1] != "" for row in rows)
        and all(names)
    )
