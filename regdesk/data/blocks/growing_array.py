"""An array that grows at its end, in place: parts of it, and then the whole, would take twice the memory."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)
_GROWTH = 1.25


class GrowingArray(Generic[Kind]):
    """Values of one type, in the order in which they came."""

    def __init__(self, kind: type[Kind]) -> None:
        self._size = 0
        self._expected = 0
        self._values: NDArray[Kind] = np.empty(0, kind)

    def __len__(self) -> int:
        return self._size

    def expect(self, size: int) -> None:
        """About so many values will come: room for them costs nothing before it is used, and growing in steps does."""
        self._expected = size

    def append(self, values: NDArray[Any]) -> None:
        """Add ``values`` ``(n_values,)`` at the end."""
        size = self._size + len(values)
        if size > len(self._values):
            self._resize(max(size, self._expected, int(_GROWTH * len(self._values))))
        self._values[self._size : size] = values
        self._size = size

    def whole(self) -> NDArray[Kind]:
        """All values ``(len(self),)``; nothing can be added any more."""
        self._resize(self._size)
        return self._values

    def _resize(self, size: int) -> None:
        if size != len(self._values):
            # Nobody else has it: the system moves large ones without copying them.
            self._values.resize(size, refcheck=False)
