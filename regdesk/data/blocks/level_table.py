"""The distinct spellings of a column of words, numbered: by strings, and by bytes from the first block on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Integers
from regdesk.data.blocks.cell_block import ColumnCells
from regdesk.data.blocks.packed_words import PackedWords

_LAST_BLANK, _FIRST_BEYOND = 32, 128
_AT_ONCE = 10_000
"""Spellings that are made strings together."""
MOST_STRINGS = 50_000
_MOST_BYTES = 1 << 32
_ROOM = bytes(16)
"""What compiled code may look at behind the last cell."""


Words = tuple[str, ...] | PackedWords


class LevelTable:
    """Numbers stripped spellings in the order in which they come, −1 for those that are ``missing``."""

    def __init__(self, missing: Set[str], missing_code: int) -> None:
        self._missing, self._missing_code = missing, missing_code
        self._numbers: dict[str, int] = {}
        self._by_bytes: _ByteLevels | None = None
        self._levels: Words | None = None

    def add(self, cells: Sequence[str]) -> NDArray[np.int32]:
        """The number of each of ``cells``."""
        stripped = [cell.strip() for cell in cells]
        if self._by_bytes is not None:
            return self._by_bytes.add(stripped)
        numbers, missing, code = self._numbers, self._missing, self._missing_code
        # Most cells are of few spellings: each is looked up once, and the cells in C from end to end.
        found = {
            cell: code if cell in missing else numbers.setdefault(cell, len(numbers))
            for cell in dict.fromkeys(stripped)
        }
        return np.fromiter(map(found.__getitem__, stripped), np.int32, len(stripped))

    def add_block(self, cells: ColumnCells, sought: str) -> tuple[NDArray[np.int32], int | None]:
        """The number of each of ``cells``, and which of them is the first that is ``sought``, a word of ASCII.

        Only those that are written in an odd way become strings.
        """
        if self._by_bytes is None:
            encoding = cells.block.encoding
            self._by_bytes = _ByteLevels(self._missing, self._missing_code, self._numbers, encoding)
            self._numbers = {}
        return self._by_bytes.add_block(cells, sought.encode())

    def levels(self) -> Words:
        """The spellings; no more can be added."""
        if self._levels is None:
            self._levels = tuple(self._numbers) if self._by_bytes is None else self._by_bytes.levels()
            self._numbers, self._by_bytes = {}, None
        return self._levels


class _ByteLevels:
    """The same by bytes of an ``encoding``, in which no two characters are the same ones."""

    def __init__(self, missing: Iterable[str], missing_code: int, levels: Iterable[str], encoding: str) -> None:
        # What reads a few strings need not have what compiles code.
        from regdesk.core.engine.cell_interner import CellInterner

        self._encoding, self._code = encoding, missing_code
        self._cells = CellInterner()
        # They come first, so that a comparison tells them.
        self._intern([word for word in sorted(missing) if self._can_be_written(word)])
        self._n_missing = len(self._cells)
        self._intern(list(levels))

    def add(self, cells: Sequence[str]) -> NDArray[np.int32]:
        return self._coded(self._intern(cells))

    def add_block(self, cells: ColumnCells, sought: bytes) -> tuple[NDArray[np.int32], int | None]:
        text, starts, ends = _stripped(cells)
        is_sought = ends - starts == len(sought)
        for place, byte in enumerate(sought):
            is_sought &= text[starts + place] == byte
        first = int(np.argmax(is_sought)) if is_sought.any() else None
        return self._coded(self._cells.numbers(text, starts, ends)), first

    def levels(self) -> Words:
        self._cells.end()
        if len(self._cells) - self._n_missing > MOST_STRINGS and self._cells.n_bytes(self._n_missing) < _MOST_BYTES:
            return PackedWords(*self._cells.packed(self._n_missing), self._encoding)
        starts = range(self._n_missing, len(self._cells), _AT_ONCE)
        texts = (self._cells.kept(first, first + _AT_ONCE).decode(self._encoding) for first in starts)
        return tuple(chain.from_iterable(text.split("\0")[:-1] for text in texts))

    def _coded(self, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
        numbers -= self._n_missing
        numbers[numbers < 0] = self._code
        return numbers

    def _intern(self, cells: Sequence[str]) -> NDArray[np.int32]:
        return self._cells.numbers(*_joined([cell.encode(self._encoding) for cell in cells], np.empty(0, np.uint8)))

    def _can_be_written(self, word: str) -> bool:
        try:
            return "\0" not in word.encode(self._encoding).decode(self._encoding)
        except UnicodeEncodeError:
            return False


def _joined(cells: Sequence[bytes], behind: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Integers, Integers]:
    """A text with ``cells`` ``behind`` another, and where each begins and ends in it."""
    lengths = np.fromiter(map(len, cells), np.int64, len(cells))
    ends = np.cumsum(lengths) + len(behind)
    text = np.concatenate([behind, np.frombuffer(b"".join((*cells, _ROOM)), np.uint8)])
    return text, ends - lengths, ends


def _stripped(cells: ColumnCells) -> tuple[NDArray[np.uint8], Integers, Integers]:
    """A text, and where in it each of ``cells`` begins and ends as it is without outer blanks and doubled quotes."""
    text, marks = cells.block.text, cells.marks
    starts, ends = marks.starts, marks.ends
    first, last = text[starts], text[ends - 1]
    is_odd = (first <= _LAST_BLANK) | (last <= _LAST_BLANK) | (first >= _FIRST_BEYOND) | (last >= _FIRST_BEYOND)
    is_odd |= marks.is_doubled
    is_odd &= starts < ends
    rows = np.flatnonzero(is_odd)
    if not rows.size:
        return text, starts, ends
    found = cells.distinct_of(rows)
    stripped = [cell.strip() for cell in found.texts]
    if stripped == found.texts and not marks.is_doubled[rows].any():
        return text, starts, ends
    longer, own_starts, own_ends = _joined([cell.encode(cells.block.encoding) for cell in stripped], text)
    starts, ends = starts.copy(), ends.copy()
    starts[rows], ends[rows] = own_starts[found.kinds], own_ends[found.kinds]
    return longer, starts, ends
