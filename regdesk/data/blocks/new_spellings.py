"""Which spellings a block adds to those that were there before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from regdesk.data.blocks.cell_block import ColumnCells

if TYPE_CHECKING:
    from regdesk.core.engine.cell_interner import CellInterner


class KeptSpellings:
    """The stripped spellings of a column, up to ``most`` of them, without those that are ``known`` to be missing."""

    def __init__(self, most: int, known: frozenset[str]) -> None:
        self._most, self._known = most, known
        self._kept: dict[str, None] | None = {}
        self._news: NewSpellings | None = None

    @property
    def kept(self) -> Iterable[str]:
        """In order of first appearance; none where there are more."""
        return self._kept or ()

    def add(self, cells: Iterable[str]) -> None:
        """Keep those of ``cells``."""
        if self._kept is not None:
            # In C from end to end: of 20,000 columns a loop over their cells takes as long as all else.
            found = dict.fromkeys(map(str.strip, cells))
            for word in self._known.intersection(found):
                del found[word]
            self._kept.update(found)
            if len(self._kept) > self._most:
                self._kept = self._news = None

    def add_block(self, cells: ColumnCells) -> None:
        """Keep those of a block."""
        if self._kept is not None:
            self._news = self._news or NewSpellings()
            self.add(self._news.of(cells))


class NewSpellings:
    """Remembers the cells of the blocks of a column by their bytes."""

    def __init__(self) -> None:
        self._cells: CellInterner | None = None

    def of(self, cells: ColumnCells) -> Sequence[str]:
        """The distinct ones of ``cells`` that were in no block before; where quotes are doubled, all distinct ones."""
        from regdesk.core.engine.cell_interner import CellInterner

        if cells.marks.is_doubled.any():
            return cells.distinct().texts
        if self._cells is None:
            self._cells = CellInterner()
        n_before, marks = len(self._cells), cells.marks
        self._cells.numbers(cells.block.text, marks.starts, marks.ends)
        return self._cells.kept(n_before).decode(cells.block.encoding).split("\0")[:-1]
