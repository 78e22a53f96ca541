"""The cells of a sheet that are asked for, as Excel writes them: Data!B4:F20; and tables that stand side by side.

It runs in the child process that opens workbooks, and so imports nothing but the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_RANGE = re.compile(
    r"(?:(?P<sheet>.+)!)?\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7}):\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7})",
    re.IGNORECASE | re.DOTALL,
)
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True)
class SheetRange:
    """Rows ``top`` to ``bottom`` and columns ``left`` to ``right`` of a sheet, from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def text(self) -> str:
        """As Excel writes it, such as B4:F20."""
        return f"{letters_of(self.left)}{self.top + 1}:{letters_of(self.right)}{self.bottom + 1}"

    def crop(self, cells: Sequence[Sequence[Any]], start: tuple[int, int]) -> tuple[list[list[Any]], tuple[int, int]]:
        """Those of ``cells``, whose first stands at ``start``, that lie in it, and where their first stands."""
        top, left = max(self.top, start[0]), max(self.left, start[1])
        rows = cells[top - start[0] : max(self.bottom + 1 - start[0], 0)]
        found = [list(row[left - start[1] : max(self.right + 1 - start[1], 0)]) for row in rows]
        return found, (top, left)

    def holds(self, reference: str) -> bool:
        """Whether the cell called ``reference``, such as D36, lies in it."""
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            return False
        column, row = place_of(found[1]), int(found[2]) - 1
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def parted(text: str) -> tuple[str | None, SheetRange] | None:
    """The sheet, None where none is named, and the range that ``text`` asks for; None where it is no range."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        return None
    sheet = found["sheet"]
    if sheet is not None and len(sheet) > 2 and sheet[0] == sheet[-1] == "'":
        sheet = sheet[1:-1].replace("''", "'")
    rows = sorted(int(found[name]) - 1 for name in ("top", "bottom"))
    columns = sorted(place_of(found[name]) for name in ("left", "right"))
    return sheet, SheetRange(max(rows[0], 0), columns[0], max(rows[1], 0), columns[1])


def letters_of(column: int) -> str:
    """A, B, …, Z, AA, … for 0, 1, …"""
    return (letters_of(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def place_of(letters: str) -> int:
    """The number of a column, from 0, from its ``letters``."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def first_of_two_tables(texts: Sequence[Sequence[str]], start: tuple[int, int]) -> SheetRange | None:
    """Where the first of the tables in ``texts`` stands that an empty column parts from another one.

    They are two where they end in different rows, and each has two columns and rows at least: an empty column within
    one table has as many rows on both sides. None where there is one table.
    """
    width = max(map(len, texts), default=0)
    used = [place for place in range(width) if any(place < len(row) and row[place].strip() for row in texts)]
    gap = next((left for left, right in pairwise(used) if right > left + 1), None)
    if gap is None:
        return None
    sides = [[place for place in used if (place <= gap) is is_left] for is_left in (True, False)]
    rows = [[at for at, row in enumerate(texts) if any(row[place].strip() for place in side)] for side in sides]
    if min(map(len, (*sides, *rows))) < 2 or rows[0][-1] == rows[1][-1]:
        return None
    return SheetRange(start[0] + rows[0][0], start[1] + sides[0][0], start[0] + rows[0][-1], start[1] + gap)
