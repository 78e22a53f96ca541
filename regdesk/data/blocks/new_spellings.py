"""Which spellings a block adds to those that were there before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from regdesk.data.blocks.cell_block import ColumnCells

if TYPE_CHECKING:
    from regdesk.core.engine.cell_interner import CellInterner


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
