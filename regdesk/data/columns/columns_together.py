"""Numbers of many columns in one array: of 20,000 columns of 20 rows nearly all time goes by the calls for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from regdesk.core.types import Float64s

_MOST_CELLS = 65_536
"""Of one array: it stays in the cache of a core, and of long columns each is by itself."""


def together(columns: Iterable[tuple[int, Float64s]]) -> Iterator[tuple[list[int], Float64s]]:
    """``columns``, of each its place and its numbers ``(n_rows,)``, as arrays ``(n_rows, n_columns)`` with the places.

    Those without rows are left out. The rows of a column lie next to each other, so that what numpy sums along them is
    the same to the last bit as the sum of the column alone.
    """
    places: list[int] = []
    waiting: list[Float64s] = []
    for place, numbers in columns:
        if waiting and (len(numbers) != len(waiting[0]) or (len(waiting) + 1) * len(numbers) > _MOST_CELLS):
            yield places, np.array(waiting).T
            places, waiting = [], []
        if len(numbers):
            places.append(place)
            waiting.append(numbers)
    if waiting:
        yield places, np.array(waiting).T
