"""Which inputs the calculator lists, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from regdesk.core.types import Float64s


def listed_inputs(names: Sequence[str], search: str, additions: Float64s | None) -> list[int]:
    """Numbers of the inputs whose names hold every word of ``search``, whatever its case.

    In the order of the file, or by what they add to the prediction, the most first, where ``additions``
    ``(n_columns,)`` are given; what adds the same stays in the order of the file.
    """
    words = search.casefold().split()
    found = [number for number, name in enumerate(names) if all(word in name.casefold() for word in words)]
    if additions is None:
        return found
    sizes = np.nan_to_num(np.abs(additions))
    return sorted(found, key=lambda number: -float(sizes[number]))
