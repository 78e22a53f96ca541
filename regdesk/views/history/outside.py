"""What the history's axis of losses does not reach: one place for each curve, the present one before any other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.words.number_text import fixed_text
from regdesk.views.plots.edge_marks import Outside

if TYPE_CHECKING:
    from regdesk.core.types import Float64s


def losses_outside(
    epochs: Float64s,
    curves: Iterable[tuple[Float64s, str]],
    x_range: tuple[float, float],
    ends: tuple[float, float],
) -> list[Outside]:
    """``curves`` are values ``(n_rows,)`` in the units of the losses, and colours; ``ends`` are those of the axis.

    The end of a curve where that is outside, else where it is furthest outside; those that are outside now come first.
    A value of 0 has no place below a logarithmic axis.
    """
    found = []
    is_seen = (epochs >= x_range[0]) & (epochs <= x_range[1])
    low, high = ends
    for values, colour in curves:
        known = is_seen & np.isfinite(values)
        above = np.flatnonzero(known & (values > high))
        below = np.flatnonzero(known & (values > 0) & (values < low))
        for rows, is_above in ((above, True), (below, False)):
            if not len(rows):
                continue
            is_present = rows[-1] == len(epochs) - 1
            furthest = rows[int((values[rows] if is_above else -values[rows]).argmax())]
            row = int(rows[-1] if is_present else furthest)
            mark = Outside(float(epochs[row]), fixed_text(float(values[row])), colour, is_above)
            found.append((not is_present, mark))
    return [mark for _, mark in sorted(found, key=lambda one: one[0])]
