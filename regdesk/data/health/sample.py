"""Rows that stand for all where something is looked for that is then asked of all."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

MOST_SAMPLED = 1000
Cell = TypeVar("Cell", bound=np.generic)


def sampled(cells: NDArray[Cell], most: int = MOST_SAMPLED) -> NDArray[Cell]:
    """At most ``most`` of ``cells`` ``(n_rows,)``, evenly spread; all of them where they are no more."""
    if len(cells) <= most:
        return cells
    return cells[np.linspace(0, len(cells) - 1, most).astype(np.int64)]
