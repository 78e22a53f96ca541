"""Where labels stand along a line when each would stand at a place of its own and none may cover another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from regdesk.core.types import Float64s


def spread(wanted: Float64s, widths: Float64s) -> Float64s:
    """Centres in [0, 1] nearest to those ``wanted`` (ascending) at which labels of these widths do not overlap.

    Without the labels' widths what is left must ascend: isotonic regression, by pooling neighbours that do not.
    """
    offsets = np.cumsum(widths) - 0.5 * widths
    blocks: list[list[float]] = []
    for value in wanted - offsets:
        blocks.append([float(value)])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    pooled = np.concatenate([np.full(len(block), np.mean(block)) for block in blocks])
    return np.asarray(np.clip(pooled, 0.0, max(0.0, 1.0 - float(widths.sum()))) + offsets)
