"""Hops: from the best relu model of one λ a little off, and down again, to see whether it was the lowest around.

Where J stops falling before its gradient is small, nothing has been proved: relu ends in kinks, at which the curvature
that a quasi-Newton method remembers is wrong and no gradient vanishes. There a few hundred passes from somewhere near
gain more than thousands from the same point (16-16, 400 rows, eight hops against 12,000 passes of Adam). tanh is
smooth: it goes on to its end instead.
"""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

VERIFIED_SHARE = 1e-4
"""Of J: when a whole round gains no more, small steps included, the model counts as the lowest around."""
SIZES = ((0.01, 0.05, 0.2, 0.4), (0.0, 0.01, 0.1, 0.3))
"""Of the hops of a first and of a second round: each parameter is multiplied by 1 + size·N(0, 1). At 0 only the memory
of the curvature is lost."""
HOP_PASSES = 300
"""Of each."""


def hop_from(parameters: Float64s, size: float, key: tuple[int, ...]) -> Float64s:
    """``parameters`` ``(n_parameters,)``, a hop away; the same for the same ``key`` of whole numbers from 0."""
    if size == 0.0:
        return parameters
    noise = np.random.default_rng(key).normal(size=parameters.shape)
    return np.asarray(parameters * (1.0 + size * noise))
