"""The constraint geometry of a linear model of squared error: paths, frames, levels, and one picture a moment."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regdesk.core.budget import Budget
from regdesk.core.exact_linear import ExactSolution, ExactSolutions
from regdesk.core.linear_path import solve_path
from regdesk.core.linear_plane import SolvedProfile, profile_of, slice_of
from regdesk.core.penalty_ball import PlanePenalty
from regdesk.core.plane import PlaneFrame, Quadratic, Reading, contour_levels, points_of
from regdesk.core.plane_picture import PlanePicture
from regdesk.core.tangency import Tangency
from regdesk.core.types import Float64s

ONLY_SLICE = "For class probabilities there is only the slice: every point of a profile would have to be trained for."
PATH_LAMBDAS = 200


class LinearGeometry:
    """The plane of two weights of one linear model of squared error; keeps what does not move with the weights.

    Positions in ``pair`` are inputs. Frames, levels and paths are asked for when the data, the pair or the kind of
    penalty change, ``picture`` at every frame.
    """

    def __init__(self, solutions: ExactSolutions, pair: tuple[int, int]) -> None:
        """Raises ValueError unless ``solutions`` are of squared error; for others there is ``NetworkPlane``."""
        if solutions.moments is None:
            raise ValueError(ONLY_SLICE)
        self._solutions, self._moments, self.pair = solutions, solutions.moments, pair
        self.budget = Budget(solutions)
        self.null_loss = 0.5 * self._moments.square

    def path(self) -> Float64s:
        """The two weights of the solution as λ falls, ``(n_points, 2)``, from 0 to next to the unpenalised solution.

        Vertices lie so close (200 λ, each exact) that what is straight in between cannot be told from the path.
        """
        problem = self._solutions.problem
        top = problem.lambda_max()
        lambdas = problem.lambda_grid(PATH_LAMBDAS)
        if not np.isfinite(top):
            lambdas = np.concatenate([lambdas[0] * np.geomspace(1e4, 1.1, PATH_LAMBDAS // 2), lambdas])
        points = [point.weights[list(self.pair), 0] for point in solve_path(problem, lambdas)]
        return np.array([np.zeros(2), *points])

    def loss(self, reading: Reading, weights: Float64s, bias: float, lam: float) -> Quadratic | SolvedProfile | str:
        """The data loss over the plane: ``value_at``, ``gradient_at``, ``minimum``, ``grid``; a sentence if none.

        ``weights`` ``(n_inputs,)`` and ``bias`` are those now.
        """
        if reading == "slice":
            return slice_of(self._moments, self.pair, weights, bias)
        return profile_of(self._moments, self.pair, replace(self._solutions.problem.penalty, lam=lam))

    def frame_for(self, pictures: list[PlanePicture], path: Float64s, last: PlaneFrame | None = None) -> PlaneFrame:
        """Holds the points, balls and path of ``pictures``; ``last`` as long as nothing leaves it."""
        parts = [part for one in pictures for part in (one.here, one.unpenalised, one.optimum, one.ball)]
        points = points_of([*parts, path])
        return PlaneFrame.around(points) if last is None else last.kept_or_new(points)

    def levels_for(self, picture: PlanePicture, n_levels: int = 10) -> Float64s:
        """Levels that hold still with their frame; choose them when the frame, the pair or the reading changes."""
        return contour_levels(float(picture.grid.values.min()), self.null_loss, n_levels)

    def picture(
        self,
        reading: Reading,
        weights: Float64s,
        bias: float,
        optimum: ExactSolution,
        axes: tuple[Float64s, Float64s],
    ) -> PlanePicture:
        """At ``weights`` ``(n_inputs,)`` and ``bias``, under the λ of ``optimum``, on the grid of ``axes`` (x, y)."""
        lam, chosen, note = optimum.lam, list(self.pair), ""
        loss = self.loss(reading, weights, bias, lam)
        if isinstance(loss, str):
            reading, note = "slice", loss
            loss = slice_of(self._moments, self.pair, weights, bias)
        penalty = self._solutions.problem.penalty
        plane_penalty = PlanePenalty.of(penalty, weights, self.pair)
        here = weights[chosen]
        share = plane_penalty.value_at(here)
        return PlanePicture(
            reading,
            note,
            loss.grid(*axes),
            here,
            loss.minimum(),
            optimum.weights[chosen, 0],
            plane_penalty.ball(share),
            share,
            penalty.value(weights),
            Tangency.at(here, loss.gradient_at(here), plane_penalty, lam),
        )
