"""The distinct cells among very many, numbered in the order in which they first came."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from regdesk.core.engine.cell_code import cell_code
from regdesk.core.engine.intern_kernel import BYTES_AFTER
from regdesk.core.types import Integers

Bytes = NDArray[np.uint8]
_FIRST_SLOTS = 1024
_FIRST_BYTES = 8192
_HALF_BITS = np.uint64(32)


class CellInterner:
    """Keeps each distinct cell once, as bytes; none may hold a zero byte."""

    def __init__(self) -> None:
        self._slots = np.zeros(_FIRST_SLOTS, np.uint64)
        self._places = np.zeros(_FIRST_SLOTS // 2 + 1, np.int64)
        self._kept = np.empty(_FIRST_BYTES, np.uint8)
        self._n_kept = np.zeros(1, np.int64)

    def __len__(self) -> int:
        return int(self._n_kept[0])

    def numbers(self, text: Bytes, starts: Integers, ends: Integers) -> NDArray[np.int32]:
        """The number of each cell ``(n_cells,)``, from 0. Eight bytes of ``text`` follow the last cell."""
        starts, ends = np.ascontiguousarray(starts), np.ascontiguousarray(ends)
        found = np.empty(len(starts), np.int32)
        first = 0
        while True:
            first = cell_code().intern_cells(
                *(text.ctypes.data, starts.ctypes.data, ends.ctypes.data, first, len(starts), found.ctypes.data),
                *(self._slots.ctypes.data, len(self._slots) - 1, self._kept.ctypes.data, self._places.ctypes.data),
                *(self._n_kept.ctypes.data, len(self._places) - 1, len(self._kept) - BYTES_AFTER),
            )
            if first == len(starts):
                return found
            self._make_room(int(ends[first] - starts[first]))

    def kept(self, first: int = 0, end: int | None = None) -> bytes:
        """The distinct cells from the one numbered ``first`` on, up to ``end``, with a zero byte behind each."""
        behind = len(self) if end is None else min(end, len(self))
        return self._kept[self._places[first] : self._places[behind]].tobytes()

    def n_bytes(self, first: int) -> int:
        """How many bytes ``kept(first)`` has."""
        return int(self._places[len(self)] - self._places[first])

    def packed(self, first: int) -> tuple[bytes, NDArray[np.uint32]]:
        """As ``kept``, and where each of these cells begins in it, and at last where it ends."""
        places = self._places[first : len(self) + 1]
        return self.kept(first), (places - places[0]).astype(np.uint32)

    def end(self) -> None:
        """Give back what it takes to number more cells: there are none."""
        self._slots = np.zeros(0, np.uint64)

    def _make_room(self, size: int) -> None:
        """For one more cell of so many bytes, and many others."""
        n_kept = len(self)
        if n_kept == len(self._places) - 1:
            self._slots = _spread(self._slots[self._slots != 0], 2 * len(self._slots))
            self._places.resize(len(self._slots) // 2 + 1, refcheck=False)
        n_bytes = int(self._places[n_kept]) + size + 1 + BYTES_AFTER
        if n_bytes > len(self._kept):
            # Nobody else has it: the system moves large ones without copying them.
            self._kept.resize(max(n_bytes, 2 * len(self._kept)), refcheck=False)


def _spread(held: NDArray[np.uint64], n_slots: int) -> NDArray[np.uint64]:
    """What slots ``held``, in ``n_slots`` of them: each in the first from its own on that is free when it comes."""
    slots, mask = np.zeros(n_slots, np.uint64), np.uint64(n_slots - 1)
    places = (held >> _HALF_BITS) & mask
    while held.size:
        is_free = slots[places] == 0
        # Of several that want the same the last one gets it.
        slots[places[is_free]] = held[is_free]
        is_left = slots[places] != held
        held, places = held[is_left], (places[is_left] + np.uint64(1)) & mask
    return slots
