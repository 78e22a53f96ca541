"""Cells numbered by compiled code: as a dictionary numbers them, whatever their bytes and however often it grows."""

from __future__ import annotations

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from regdesk.core.engine.cell_interner import CellInterner
from regdesk.core.engine.cell_splitter import BYTES_BEHIND
from regdesk.core.types import Integers

LETTERS = (b"ab", b"abcdefgh\xff ", bytes(range(1, 256)))


def text_of(cells: list[bytes]) -> tuple[NDArray[np.uint8], Integers, Integers]:
    lengths = np.array([len(cell) for cell in cells], np.int64)
    ends = np.cumsum(lengths + 1) - 1
    return np.frombuffer(b",".join(cells) + b"\n" * BYTES_BEHIND, np.uint8), ends - lengths, ends


@pytest.mark.parametrize("longest", [1, 3, 8, 9, 20, 100])
@pytest.mark.parametrize("letters", LETTERS, ids=["two", "some", "all"])
def test_cells_are_numbered_as_a_dictionary_numbers_them(letters: bytes, longest: int) -> None:
    generator = random.Random(longest)
    for n_cells in (0, 1, 7, 600, 3000):
        cells = [bytes(generator.choices(letters, k=generator.randint(0, longest))) for _ in range(n_cells)]
        text, starts, ends = text_of(cells)
        cut = generator.randint(0, n_cells)
        found = CellInterner()
        numbers = [*found.numbers(text, starts[:cut], ends[:cut]), *found.numbers(text, starts[cut:], ends[cut:])]
        known: dict[bytes, int] = {}
        assert numbers == [known.setdefault(cell, len(known)) for cell in cells]
        assert len(found) == len(known)
        assert found.kept() == b"".join(cell + b"\0" for cell in known)
        first = len(known) // 2
        assert found.kept(first, first + 3) == b"".join(cell + b"\0" for cell in list(known)[first : first + 3])


def test_a_long_cell_and_very_many_have_room() -> None:
    cells = [b"x" * 100_000, *(b"%d" % number for number in range(40_000)), b"x" * 100_000, b"x" * 99_999]
    found = CellInterner()
    numbers = found.numbers(*text_of(cells)).tolist()
    assert numbers == [*range(40_001), 0, 40_001]
    assert found.kept(40_001) == b"x" * 99_999 + b"\0"
