"""The distinct cells among many, told apart by their bytes, so that Python sees each once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regdesk.core.types import Integers

_LONGEST = 64
"""Bytes of a cell: as many are looked at of any as the longest has, eight at once."""
_ODD = np.uint64(0x9E3779B97F4A7C15)
_ALL = np.uint64(2**64 - 1)


def distinct_cells(text: NDArray[np.uint8], starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """Of cells without zero bytes which kind each is ``(n_cells,)``, and the first of each kind, in their order.

    ``starts`` and ``ends`` ``(n_cells,)`` are places in ``text``, which is aligned to 8 bytes, a multiple of 8 long and
    goes on for 80 behind the last cell.
    """
    lengths = ends - starts
    if lengths.max(initial=0) <= _LONGEST:
        words = _words(text, starts, lengths)
        keys = words[0]
        for word in words[1:]:
            keys = keys * _ODD + word
        _, first, kinds = np.unique(keys, return_index=True, return_inverse=True)
        # Different cells may have the same key.
        if len(words) == 1 or all(np.array_equal(word, word[first][kinds]) for word in words):
            return _by_appearance(first, kinds)
    kind_of: dict[bytes, int] = {}
    whole = text.tobytes()
    cells = (whole[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True))
    kinds = np.fromiter((kind_of.setdefault(cell, len(kind_of)) for cell in cells), np.int64, len(starts))
    first = np.zeros(len(kind_of), np.int64)
    first[kinds[::-1]] = np.arange(len(starts) - 1, -1, -1)
    return kinds, first


def _words(text: NDArray[np.uint8], starts: Integers, lengths: Integers) -> list[NDArray[np.uint64]]:
    """The bytes of the cells, eight in each array ``(n_cells,)``, with zeros behind the end of a cell."""
    eights = text.view("<u8")
    place, shift = starts >> 3, ((starts & 7) << 3).astype(np.uint64)
    back = np.uint64(64) - shift
    here, found = eights[place], []
    for number in range(0, max(int(lengths.max(initial=0)), 1), 8):
        behind = eights[place + (number // 8 + 1)]
        # A shift by 64 gives 0 in numpy.
        word = (here >> shift) | (behind << back)
        n_bytes = np.minimum(np.maximum(lengths - number, 0), 8)
        word &= ~(_ALL << (n_bytes << 3).astype(np.uint64))
        found.append(word)
        here = behind
    return found


def _by_appearance(first: Integers, kinds: Integers) -> tuple[Integers, Integers]:
    order = np.argsort(first)
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places[kinds], first[order]
