"""What is drawn of the plane of two weights, for one moment, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from regdesk.core.geometry.plane import PlaneGrid, Reading
from regdesk.core.geometry.tangency import Tangency
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class PlanePicture:
    """One moment over the plane; all points are ``(2,)``.

    Attributes:
        reading: the one that is shown.
        grid: the data loss in that reading; ``null_loss`` is that of no model at all.
        here: the two weights now; ``unpenalised`` the least of the data loss in this reading; ``optimum`` the two
            weights of the penalised optimum.
        ball: ``(n_points, 2)``, closed, R = ``share``: the two weights' part of ``budget``, R of all weights now.
        tangency: at ``here``.
    """

    reading: Reading
    grid: PlaneGrid
    here: Float64s
    unpenalised: Float64s
    optimum: Float64s
    ball: Float64s
    share: float
    budget: float
    tangency: Tangency
