"""When a ball is too small for its corners to be seen beside all else, and what is shown of the plane then."""

from __future__ import annotations

import numpy as np

from regdesk.core.types import Float64s

CLOSE_SHARE, WHOLE_SHARE = 0.12, 0.24
"""Of all that a frame would hold: below the first a ball is looked at closely, above the second no longer. Until
then it is seen to shrink and to grow as λ moves: axes that followed it would show one size at every λ.
"""
LEAST_SHARE = 1e-3
"""Below it a ball is a point, and contours across it would be rounding."""
REACH, LEAST_REACH = 2.5, 1.2
"""Times the ball's own, on every side: beyond it a contour is seen to touch. With the first it is framed, and while
there is the second the frame stays.
"""


def close_extent(ball: Float64s, parts: Float64s, was_close: bool) -> Float64s | None:
    """Two corners ``(2, 2)`` of what is shown around a small ``ball`` ``(n_points, 2)``; None: show all ``parts``.

    ``parts`` ``(n_points, 2)`` is what a frame would hold otherwise, and ``was_close`` says what was shown before: a
    ball at the limit would make the axes jump to and fro.
    """
    finite = parts[np.isfinite(parts).all(axis=1)]
    whole = float(np.ptp(np.vstack([np.zeros((1, 2)), finite]), axis=0).max())
    reach = float(np.abs(ball).max(initial=0.0))
    limit = WHOLE_SHARE if was_close else CLOSE_SHARE
    if not LEAST_SHARE * whole < 2.0 * reach < limit * whole:
        return None
    return np.array([[-REACH * reach] * 2, [REACH * reach] * 2])
