"""The plane in which a trajectory of parameters moves most (Lorch 2016; Li et al. 2018, section 7.2)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from regdesk.core.geometry.plane import PlaneFrame
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.types import Float64s, Floats

LOST_SHARE = 0.1
"""Of the trajectory's variance: a plane that holds so much less of it than when it was chosen is chosen anew."""


@dataclass(frozen=True, eq=False)
class PrincipalPlane:
    """Through ``origin`` ``(n_parameters,)`` along two orthonormal ``directions`` ``(2, n_parameters)``.

    ``trail`` ``(n_snapshots, 2)`` is the trajectory seen in it, its last point the newest moment, which lies in it;
    ``shares`` ``(2,)`` are the parts of the trajectory's variance that each direction explains.
    """

    origin: Float64s
    directions: Float64s
    trail: Float64s
    shares: Float64s

    @classmethod
    def of(cls, snapshots: Floats) -> PrincipalPlane | Unavailable:
        """Of recorded parameters ``(n_snapshots, n_parameters)``, the oldest first; the reason where there is no plane.

        The plane goes through the newest of them, so that the model as it is now lies in it.
        """
        recorded = snapshots.astype(np.float64)
        if len(recorded) < 3:
            return Unavailable.FEW_MOMENTS
        centred = recorded - recorded.mean(axis=0)
        # The smaller of the two products has the same singular values: moments are few and parameters many, or not.
        products = centred @ centred.T
        values, vectors = np.linalg.eigh(products)
        values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
        total = float(np.trace(products))
        if not np.isfinite(total):
            return Unavailable.NOT_FINITE
        if total == 0.0 or values[1] <= 1e-12 * values[0]:
            return Unavailable.NO_MOTION
        directions = (vectors[:, :2] / np.sqrt(values[:2])).T @ centred
        # A second pass takes the rounding out of the smaller one.
        directions[0] /= np.linalg.norm(directions[0])
        directions[1] -= directions[0] * (directions[0] @ directions[1])
        directions[1] /= np.linalg.norm(directions[1])
        # The sign is anybody's choice: the trajectory comes from the left, and from below.
        steps = (recorded[-1] - recorded[0]) @ directions.T
        directions[steps < 0.0] *= -1.0
        trail = (recorded - recorded[-1]) @ directions.T
        return cls(recorded[-1], directions, trail, values[:2] / total)

    def points(self, x_values: Float64s, y_values: Float64s) -> Float64s:
        """Parameters ``(n_y * n_x, n_parameters)`` at the points of a grid, a row of it after the other."""
        x, y = np.meshgrid(x_values, y_values)
        return np.asarray(self.origin + np.column_stack([x.ravel(), y.ravel()]) @ self.directions)

    def project(self, parameters: Floats) -> Float64s:
        """Where ``parameters`` ``(n, n_parameters)``, or one row of them, stand in the plane: ``(n, 2)``."""
        return np.asarray((parameters.astype(np.float64) - self.origin) @ self.directions.T)

    @property
    def held(self) -> float:
        """The part of the trajectory's variance that lies in the plane."""
        return float(self.shares.sum())

    def followed(self, snapshots: Floats) -> PrincipalPlane:
        """The same directions and axes, through the newest of ``snapshots`` ``(n_snapshots, n_parameters)``."""
        recorded = snapshots.astype(np.float64)
        trail = self.project(recorded)
        total = float(np.square(recorded - recorded.mean(axis=0)).sum())
        within = np.square(trail - trail.mean(axis=0)).sum(axis=0)
        return PrincipalPlane(
            recorded[-1] - trail[-1] @ self.directions, self.directions, trail, within / max(total, 1e-300)
        )

    def frame(self) -> PlaneFrame:
        """Around the trail."""
        return PlaneFrame.around(self.trail)


class HeldPlane:
    """The principal plane of a run: its directions stay, and the plane follows the model, until the trail leaves it."""

    def __init__(self) -> None:
        self._run: int | None = None
        self._chosen: PrincipalPlane | None = None
        self.number = 0
        """Of the plane that is held: another one has other axes."""

    def release(self) -> None:
        """Choose anew when a plane is asked for next."""
        self._chosen = None

    def of(self, run: int, snapshots: Floats) -> PrincipalPlane | Unavailable:
        """As ``PrincipalPlane.of``, for recorded parameters of ``run``."""
        if self._chosen is not None and self._run == run:
            plane = self._chosen.followed(snapshots)
            if plane.held >= self._chosen.held - LOST_SHARE:
                return plane
        found = PrincipalPlane.of(snapshots)
        if not isinstance(found, Unavailable):
            self._run, self._chosen = run, found
            self.number += 1
        return found
