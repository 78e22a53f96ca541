"""One plot of the plane of two weights: its points first, which the frame must hold, then its grid and contours."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from regdesk.core.geometry.budgeted_solution import BudgetedSolution
from regdesk.core.geometry.class_plane import ClassProfile
from regdesk.core.geometry.contours import contour_lines
from regdesk.core.geometry.linear_plane import SolvedProfile, slice_of
from regdesk.core.geometry.picture import PlanePicture
from regdesk.core.geometry.plane import PlaneFrame, PlaneGrid, Quadratic, Reading
from regdesk.core.geometry.principal_plane import PrincipalPlane
from regdesk.core.geometry.row_gradients import RowGradients
from regdesk.core.geometry.solution_cache import LinearSolutionCache
from regdesk.core.geometry.tangency import Tangency
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.geometry.view import Contour, PlaneLook
from regdesk.core.model.network import Network
from regdesk.core.model.penalties import Penalty, penalty_for
from regdesk.core.model.penalty_ball import PlanePenalty, SinglePlanePenalty
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, Floats, TrainSettings

Axes = tuple[Float64s, Float64s]
Tracing = Callable[[tuple[object, ...], PlaneGrid], tuple[Contour, ...]]
NOWHERE = np.full(2, math.nan)
SHAPE_SHARE = 0.3
"""Of the frame: how far the shape of a ball reaches that is a point."""
FAR_SHARE = 2.0
"""Of what else a frame must hold: how far away the least loss of classes may be to count."""
LEAST_COMPARED = 1e-4
"""Below it all three models of a comparison have both weights next to zero."""
CONTOUR_SHARE = 2.0
"""How much wider all else may become, so that the contour that the weights are on is whole."""


@dataclass(frozen=True, eq=False)
class Model:
    """Parameters ``(n_parameters,)`` under ``settings``: ``weights`` ``(n_weights,)``, and ∇ of the data loss."""

    settings: TrainSettings
    penalty: Penalty
    parameters: Floats
    weights: Float64s
    gradient: Float64s


def model_of(network: Network, rows: RowGradients, parameters: Floats, settings: TrainSettings) -> Model:
    weights = parameters[network.is_weight].astype(np.float64)
    return Model(settings, penalty_for(settings, network), parameters, weights, rows.gradient(parameters))


def model_at_rest(
    network: Network, rows: RowGradients, model: Model, paths: LinearSolutionCache | None, stop: Stop
) -> Model:
    """Where ``model`` goes at its λ; itself where that is not known. Raises Stopped."""
    lam = model.settings.effective_lam
    if paths is None or not paths.ends_at(lam, stop):
        return model
    solved = paths.at(lam, stop)
    return model_of(network, rows, np.concatenate([solved.weights.ravel(), solved.biases]), model.settings)


@dataclass(frozen=True, eq=False)
class Plane:
    """What is known of a look before its frame; ``loss`` is None where it has to be worked out from the rows."""

    model: Model
    pair: tuple[int, int]
    reading: Reading
    note: Unavailable | None
    penalty: PlanePenalty
    loss: Quadratic | SolvedProfile | ClassProfile | None
    here: Float64s
    unpenalised: Float64s
    optimum: Float64s
    ball: Float64s
    share: float
    path: Float64s
    trail: Float64s
    tangency: Tangency
    is_solved: bool

    @property
    def extent(self) -> Float64s:
        """``(n_points, 2)`` that the frame has to hold."""
        # Of a band the width alone: along the weight that is never penalised it has no end.
        ball = np.where(self.penalty.is_free, self.here, self.ball)
        parts = np.vstack([self.here, self.optimum, ball, self.path, self.trail])
        if isinstance(self.loss, ClassProfile):
            # Classes that can nearly be told apart have their least loss so far away that all else would be a dot.
            reach = FAR_SHARE * float(np.abs(parts[np.isfinite(parts).all(axis=1)]).max(initial=0.0))
            if not float(np.abs(self.unpenalised).max()) <= reach:
                return parts
        parts = np.vstack([parts, self.unpenalised])
        return np.vstack([parts, self._contour_box(parts)]) if isinstance(self.loss, Quadratic) else parts

    @property
    def bounded_ball(self) -> Float64s:
        """``(n_points, 2)`` of the ball; none of a band, which has no corner."""
        return self.ball if self.penalty.is_bounded else np.empty((0, 2))

    def _contour_box(self, others: Float64s) -> Float64s:
        """Corners ``(2, 2)`` around the contour through the weights; none where ``others`` would be small beside it."""
        assert isinstance(self.loss, Quadratic)
        finite = np.vstack([np.zeros((1, 2)), others[np.isfinite(others).all(axis=1)]])
        box = self.loss.level_box(self.here)
        both = np.vstack([finite, box])
        is_near = float(np.ptp(both, axis=0).max()) <= CONTOUR_SHARE * float(np.ptp(finite, axis=0).max())
        return box if is_near else np.empty((0, 2))

    def shape_in(self, frame: PlaneFrame) -> Float64s | None:
        """The ball's shape large enough for ``frame``, ``(n_points, 2)``, where the ball itself is a point."""
        if self.here.any() or not len(self.ball) or not self.penalty.is_bounded:
            return None
        return self.penalty.ball(self.penalty.value_at(np.array([SHAPE_SHARE * (frame.right - frame.left), 0.0])))

    def grid(self, rows: RowGradients, axes: Axes, should_stop: Callable[[], bool], stop: Stop) -> PlaneGrid | None:
        if isinstance(self.loss, ClassProfile):
            return self.loss.grid(*axes, stop)
        if self.loss is not None:
            return self.loss.grid(*axes)
        return rows.plane.slice(self.model.parameters, self.pair, *axes, should_stop)


def extent_of(planes: Sequence[Plane]) -> Float64s:
    """``(n_points, 2)`` that the frame has to hold: of one model, or of several that are compared."""
    parts = np.vstack([plane.extent for plane in planes])
    if len(planes) > 1 and float(np.nanmax(np.abs(parts), initial=0.0)) < LEAST_COMPARED:
        # So near to 0 contours are rounding.
        parts = np.vstack([parts, [[-0.5, -0.5], [0.5, 0.5]]])
    return parts


def no_profile(network: Network, penalty: Penalty, is_solved: bool) -> Unavailable | None:
    """Why there is no profile: a network's, one that cannot be solved beside the training, or one of groups.

    None where there is one; ``is_solved`` says that the optimum of the linear model can be found.
    """
    if not network.is_linear:
        return Unavailable.NETWORK
    if not is_solved:
        return Unavailable.TOO_LARGE
    return None if penalty.is_separable else Unavailable.GROUPS


def plane_points(
    network: Network,
    model: Model,
    pair: tuple[int, int],
    wanted: Reading,
    paths: LinearSolutionCache | None,
    solution: BudgetedSolution | None,
    path: Float64s,
    trail: Float64s,
) -> Plane:
    """``paths`` and ``solution`` of a linear model that can be solved; ``path`` and ``trail`` ``(n_points, 2)``."""
    settings = model.settings
    lam, is_free = settings.effective_lam, settings.penalty == "none"
    here = model.parameters[list(pair)].astype(np.float64)
    gradient, reading, note = model.gradient[list(pair)], wanted, None
    loss: Quadratic | SolvedProfile | ClassProfile | None = None
    if reading == "profile":
        why_not = no_profile(network, model.penalty, paths is not None)
        found = paths.profile(pair, model.penalty) if paths is not None else why_not
        if isinstance(found, Unavailable):
            reading, note = "slice", found
        else:
            loss = found
    statistics = paths.solutions.statistics if paths is not None else None
    if loss is None and statistics is not None:
        loss = slice_of(statistics, pair, model.parameters[:-1].astype(np.float64), float(model.parameters[-1]))
    if loss is not None:
        gradient = loss.gradient_at(here)
    ends = (int(network.is_weight[: pair[0]].sum()), int(network.is_weight[: pair[1]].sum()))
    penalty = model.penalty.on_plane(model.weights, ends)
    share = penalty.value_at(here)
    unpenalised = loss.minimum() if loss is not None else NOWHERE
    optimum = solution.weights.ravel()[list(pair)] if solution is not None else NOWHERE
    ball = np.empty((0, 2))
    if not is_free:
        about = np.abs(np.vstack([here, path, trail]))
        size = float(about.max(initial=0.0, where=np.isfinite(about)))
        ball = penalty.ball(share) if penalty.is_bounded else penalty.band(share, size)
    tangency = Tangency.at(here, gradient, penalty, lam)
    return Plane(
        model, pair, reading, note, penalty, loss, here, unpenalised, optimum, ball, share, path, trail, tangency,
        paths is not None,
    )  # fmt: skip


def look_at(plane: Plane, grid: PlaneGrid, is_sum: bool, contours_of: Tracing, key: tuple[object, ...]) -> PlaneLook:
    """``contours_of`` what ``key`` names, given the values that are shown."""
    model = plane.model
    shown = _with_penalty(grid, plane.penalty, model.settings.effective_lam) if is_sum else grid
    unpenalised = plane.unpenalised if plane.loss is not None else _inner_minimum(grid)
    picture = PlanePicture(
        plane.reading,
        grid,
        plane.here,
        unpenalised,
        plane.optimum,
        plane.ball,
        plane.share,
        model.penalty.value(model.weights),
        plane.tangency,
    )
    return PlaneLook(
        model.settings.penalty,
        picture,
        shown,
        contours_of(key, shown),
        plane.penalty,
        model.settings.effective_lam,
        plane.path,
        plane.trail,
        through=_contour_through(grid, plane.here) if not is_sum else None,
    )


def _with_penalty(grid: PlaneGrid, penalty: PlanePenalty, lam: float) -> PlaneGrid:
    """The sum that the penalty view shows: ``grid`` + λR."""
    sizes = penalty.values(grid.x_values[np.newaxis, :], grid.y_values[:, np.newaxis])
    return replace(grid, values=grid.values + lam * sizes)


def principal_look(
    rows: RowGradients,
    model: Model,
    plane: PrincipalPlane,
    axes: Axes,
    is_sum: bool,
    should_stop: Callable[[], bool],
    contours_of: Tracing,
    key: tuple[object, ...],
) -> PlaneLook | None:
    """The plane of a trajectory; there is no ball in it, as its axes are no weights."""
    points = plane.points(*axes)
    losses = rows.plane.losses_at(points, should_stop)
    if losses is None:
        return None
    shape = (len(axes[1]), len(axes[0]))
    grid = PlaneGrid(axes[0], axes[1], losses.reshape(shape))
    shown, lam = grid, model.settings.effective_lam
    if is_sum:
        sizes = np.array([model.penalty.value(one) for one in points[:, rows.plane.network.is_weight]])
        shown = replace(grid, values=grid.values + lam * sizes.reshape(shape))
    slope = plane.directions @ model.gradient
    # Nothing is penalised along a direction: the arrow of the loss is all there is.
    here = plane.trail[-1]
    tangency = Tangency.at(here, slope, SinglePlanePenalty(0.0, 0.0), lam)
    budget = model.penalty.value(model.weights)
    picture = PlanePicture(
        "slice", grid, here, _inner_minimum(grid), NOWHERE, np.empty((0, 2)), math.nan, budget, tangency
    )
    return PlaneLook(
        model.settings.penalty, picture, shown, contours_of(key, shown), None, lam, np.empty((0, 2)), plane.trail,
        tuple(float(share) for share in plane.shares),
    )  # fmt: skip


def contours_of_levels(shown: PlaneGrid, levels: Float64s) -> tuple[Contour, ...]:
    if not np.isfinite(shown.values).all():
        return ()
    return tuple(map(Contour, levels.tolist(), contour_lines(shown, levels)))


def _contour_through(grid: PlaneGrid, point: Float64s) -> Float64s | None:
    """Without it nothing is seen to touch the ball: the other contours lie at round levels."""
    level = grid.at(float(point[0]), float(point[1]))
    return contour_lines(grid, (level,))[0] if np.isfinite(level) and np.isfinite(grid.values).all() else None


def _inner_minimum(grid: PlaneGrid) -> Float64s:
    """The least of the grid, where it is not on its edge."""
    row, column = np.unravel_index(int(grid.values.argmin()), grid.values.shape)
    n_y, n_x = grid.values.shape
    if not (0 < row < n_y - 1 and 0 < column < n_x - 1):
        return NOWHERE
    near = grid.values[row - 1 : row + 2, column - 1 : column + 2]
    # The bowl through its eight neighbours: a point of the grid would jump as the model moves.
    slope = 0.5 * np.array([near[1, 2] - near[1, 0], near[2, 1] - near[0, 1]])
    across = 0.25 * (near[2, 2] - near[2, 0] - near[0, 2] + near[0, 0])
    bends = np.array([near[1, 2] + near[1, 0], near[2, 1] + near[0, 1]]) - 2.0 * near[1, 1]
    determinant = bends.prod() - across**2
    shift = np.zeros(2)
    if (bends > 0.0).all() and determinant > 1e-6 * bends.prod():
        shift = -np.array([bends[1] * slope[0] - across * slope[1], bends[0] * slope[1] - across * slope[0]])
        shift = np.clip(shift / determinant, -1.0, 1.0)
    spacing = np.array([grid.x_values[1] - grid.x_values[0], grid.y_values[1] - grid.y_values[0]])
    return np.asarray(np.array([grid.x_values[column], grid.y_values[row]]) + shift * spacing)
