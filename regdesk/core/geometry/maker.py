"""Makes what the panel of the constraint geometry shows, from one request after another about the same data."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TypeGuard

import numpy as np

from regdesk.core.geometry.budgeted_solution import BudgetedSolution
from regdesk.core.geometry.class_plane import ClassProfile
from regdesk.core.geometry.compared_pair import ComparedPair
from regdesk.core.geometry.corner_pair import DefaultPairs
from regdesk.core.geometry.looks import (
    Axes,
    Model,
    extent_of,
    look_at,
    model_at_rest,
    model_of,
    no_profile,
    plane_points,
    principal_look,
)
from regdesk.core.geometry.plane import PlaneFrame
from regdesk.core.geometry.plane_memory import NO_BALL, PlaneMemory
from regdesk.core.geometry.principal_plane import HeldPlane
from regdesk.core.geometry.row_gradients import RowGradients
from regdesk.core.geometry.solution_cache import LinearSolutionCache
from regdesk.core.geometry.tangency import zero_reason
from regdesk.core.geometry.trio import Trio
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.geometry.unfelt import with_cause
from regdesk.core.geometry.view import Dial, GeometryRequest, GeometryView, PlaneLook
from regdesk.core.linear.problem import penalty_of, row_problem_of
from regdesk.core.model.network import Network
from regdesk.core.model.side_by_side import KINDS
from regdesk.core.stopping import Stop
from regdesk.core.types import Floats, TrainSettings
from regdesk.core.weights.choice import largest_weights
from regdesk.core.weights.names import weight_name

FINE, COARSE, FINEST = 41, 15, 81
"""Points along an axis; the finest where a grid is a formula."""
SLOW_SHARE = 5e-4
"""Of the frame: less than a third of a pixel between two pictures."""
STEP_WORK = 50_000
"""What a step of the smallest model costs, in the same unit."""
TRIO_WORK = 3e8
"""Rows times parameters times steps that the three go on between two pictures: some 10 ms."""


class GeometryMaker:
    """Of one dataset and one architecture; keeps what does not move with the weights. One thread at a time."""

    def __init__(self, request: GeometryRequest) -> None:
        self._request = request
        dataset = request.dataset
        self.network = Network.of(
            request.architecture, dataset.n_inputs, dataset.n_outputs, dataset.input_groups, dataset.input_factors
        )
        names = dataset.classes if len(dataset.classes) > 2 else (dataset.target,)
        self._ends = dataset.input_names, names
        self._rows = RowGradients(self.network, row_problem_of(dataset, request.settings), request.architecture)
        self._linear: dict[object, LinearSolutionCache] = {}
        self._trio: tuple[object, Trio] | None = None
        self._pairs = DefaultPairs(self.network)
        self._compared = ComparedPair(self.network)
        self._memory = PlaneMemory(self._rows.null_loss)
        self._held = HeldPlane()
        self._drawn: Floats | None = None
        self._is_slow = False

    def serves(self, request: GeometryRequest) -> bool:
        """Whether it is one of the same data and layers."""
        return request.dataset is self._request.dataset and request.architecture == self._request.architecture

    def lambda_for(self, budget: float, settings: TrainSettings) -> float:
        """The λ at which the solution spends ``budget``; of linear models."""
        paths = self._paths(settings)
        if not paths.is_squared:
            budget = min(budget, paths.top())
        return paths.budget.lambda_for(budget, settings.effective_lam or None).lam

    def make(
        self, request: GeometryRequest, should_stop: Callable[[], bool], stop: Stop
    ) -> GeometryView | Unavailable | None:
        """Why, where there is no plane; None, or Stopped, when nobody waits for it any more."""
        if self.network.n_weights < 2:
            return Unavailable.ONE_WEIGHT
        choice, settings = request.choice, request.settings
        paths = self._paths(settings) if self.network.is_linear else None
        if paths is not None and not paths.can_be_solved:
            paths = None
        models, is_behind = self._models(request, should_stop)
        pair = self._compared_pair(request, models) if choice.compares else self._pair(request, models[0], paths, stop)
        if choice.is_principal and not self.network.is_linear and not choice.compares:
            looks, frame, note = self._principal(request, models[0], should_stop)
            names, is_first = ("direction 1", "direction 2"), False
        else:
            # Asked for again later, the directions are those of the trail as it is then.
            self._held.release()
            looks, frame, note, is_first = self._weights_looks(request, models, pair, should_stop, stop)
            names = (self._name(pair[0]), self._name(pair[1]))
        if not looks:
            return note
        watched = choice.watched if self._has_weight(choice.watched) else self._default_watched(models[0], pair)
        model = models[0]
        chosen = self.network.is_weight
        reason = zero_reason(model.penalty, model.weights, model.gradient[chosen], self._in_weights(watched))
        return GeometryView(
            run=request.run,
            choice=choice,
            looks=looks,
            frame=frame,
            names=names,
            pair=None if looks[0].penalty is None else pair,
            watched=watched,
            watched_name=self._name(watched),
            zero=with_cause(reason, self.network, model.parameters, watched),
            dial=self._dial(request, paths, model),
            note=note,
            is_linear=self.network.is_linear,
            no_profile=no_profile(self.network, model.penalty, paths is not None),
            is_coarse=len(looks[0].picture.grid.x_values) == COARSE,
            is_behind=is_behind,
            is_first=is_first,
            has_alive=bool(model.weights.any()),
            default=None if choice.compares else self._pairs.kept,
            is_exact=request.is_exact,
        )

    def _paths(self, settings: TrainSettings) -> LinearSolutionCache:
        kind = (settings.penalty, settings.effective_l1_ratio)
        if kind not in self._linear:
            problem = replace(self._rows.problem.as_plain, penalty=penalty_of(self._request.dataset, settings))
            self._linear[kind] = LinearSolutionCache(problem)
        return self._linear[kind]

    def _pair(
        self, request: GeometryRequest, model: Model, paths: LinearSolutionCache | None, stop: Stop
    ) -> tuple[int, int]:
        def first_two() -> tuple[int, int]:
            if paths is None:
                return largest_weights(self.network, request.parameters)
            # L1's, whatever the penalty: under L2 all weights enter at once.
            return self._paths(replace(request.settings, penalty="l1")).first_two(stop)

        def at_rest() -> Model:
            return model_at_rest(self.network, self._rows, model, paths, stop)

        is_still = not request.is_moving or (paths is None and self._is_slow)
        default = self._pairs.of(request, is_still, at_rest, first_two)
        first, second = default.first, default.second
        x, y = self._chosen(request)
        if x is None:
            x = first if first != y else second
        if y is None:
            y = second if second != x else first
        return x, y

    def _chosen(self, request: GeometryRequest) -> tuple[int | None, int | None]:
        """The weights that a hand has put on the axes; two others than one weight twice."""
        x, y = (one if self._has_weight(one) else None for one in (request.choice.x, request.choice.y))
        return x, y if y != x else None

    def _compared_pair(self, request: GeometryRequest, models: list[Model]) -> tuple[int, int]:
        of = dict(zip(KINDS, models, strict=True))
        return self._compared.of(request.run, self._chosen(request), of["l1"], of["l2"], of["elastic-net"])

    def _default_watched(self, model: Model, pair: tuple[int, int]) -> int:
        """The one of the two that is zero, or next to it."""
        return min(reversed(pair), key=lambda position: abs(float(model.parameters[position])))

    def _models(self, request: GeometryRequest, should_stop: Callable[[], bool]) -> tuple[list[Model], bool]:
        if not request.choice.compares:
            self._trio = None
            return [model_of(self.network, self._rows, request.parameters, request.settings)], False
        if self._trio is None or self._trio[0] != request.run:
            problem = self._rows.problem
            trio = Trio(self.network, problem.loss, problem.inputs, problem.targets, request.seed)
            self._trio = request.run, trio
        trio = self._trio[1]
        a_step = len(self._rows.problem.targets) * self.network.n_parameters * len(KINDS) + STEP_WORK
        left = min(request.step - trio.step, max(1, int(TRIO_WORK / a_step)))
        while left > 0 and not should_stop():
            n_steps = min(left, max(1, int(TRIO_WORK / 20 / a_step)))
            trio.advance(request.settings, n_steps)
            left -= n_steps
        own = trio.settings_of(request.settings)
        parameters = trio.parameters.copy()
        models = [model_of(self.network, self._rows, *one) for one in zip(parameters, own, strict=True)]
        return models, trio.step < request.step

    def _weights_looks(
        self,
        request: GeometryRequest,
        models: list[Model],
        pair: tuple[int, int],
        should_stop: Callable[[], bool],
        stop: Stop,
    ) -> tuple[tuple[PlaneLook, ...], PlaneFrame, Unavailable | None, bool]:
        choice = request.choice
        snapshots = [] if choice.compares else request.snapshots
        trail = np.array([moment[list(pair)] for moment in snapshots], dtype=np.float64).reshape(-1, 2)
        planes, is_first = [], False
        for model in models:
            paths = self._paths(model.settings) if self.network.is_linear else None
            paths = paths if paths is not None and paths.can_be_solved else None
            path = paths.path(stop)[:, list(pair)] if paths is not None else np.empty((0, 2))
            is_first = is_first or (paths is not None and not paths.has_path)
            lam = model.settings.effective_lam
            is_solved = paths is not None and paths.ends_at(lam, stop)
            solution: BudgetedSolution | None = paths.at(lam, stop) if paths is not None and is_solved else None
            planes.append(plane_points(self.network, model, pair, choice.reading, paths, solution, path, trail))
        parts = extent_of(planes)
        kind_of_plane = request.run, pair, choice.compares, choice.reading
        # Several balls are compared in one frame.
        ball = NO_BALL if choice.compares else planes[0].bounded_ball
        frame = self._memory.frame_around(parts, kind_of_plane, planes[0].is_solved, ball)
        self._note_drift(request, frame)
        looks = []
        for plane in planes:
            axes = frame.axes(self._n_points(request), request.choice.aspect)
            if isinstance(plane.loss, ClassProfile):
                axes, is_early = _axes_of(plane.loss, frame, request)
                is_first = is_first or is_early
            grid = plane.grid(self._rows, axes, should_stop, stop)
            if grid is None:
                return (), frame, None, False
            kind = (plane.model.settings.penalty, plane.model.settings.effective_l1_ratio)
            key = (frame, pair, plane.reading, choice.is_sum, kind, choice.compares, len(axes[0]))
            look = look_at(plane, grid, choice.is_sum, self._memory.contours_of, key)
            looks.append(replace(look, shape=plane.shape_in(frame) if choice.compares else None))
        note = Unavailable.TRIO_AT_START if choice.compares and request.step == 0 else planes[0].note
        return tuple(looks), frame, note, is_first

    def _principal(
        self, request: GeometryRequest, model: Model, should_stop: Callable[[], bool]
    ) -> tuple[tuple[PlaneLook, ...], PlaneFrame, Unavailable | None]:
        found = self._held.of(request.run, np.array(request.snapshots))
        if isinstance(found, Unavailable):
            return (), PlaneFrame(-1.0, 1.0, -1.0, 1.0), found
        frame = self._memory.frame_around(found.trail, (request.run, self._held.number), True)
        self._note_drift(request, frame)
        axes = frame.axes(self._n_points(request), request.choice.aspect)
        key = (frame, "principal", request.choice.is_sum, len(axes[0]))
        look = principal_look(
            self._rows, model, found, axes, request.choice.is_sum, should_stop, self._memory.contours_of, key
        )  # fmt: skip
        return (look,) if look is not None else (), frame, None

    def _dial(self, request: GeometryRequest, paths: LinearSolutionCache | None, model: Model) -> Dial | None:
        if request.settings.penalty == "none":
            return None
        lam, has_factors = request.settings.effective_lam, self.network.weight_factors is not None
        if paths is None or request.choice.compares:
            budget = model.penalty.value(model.weights)
            return Dial(lam, budget, max(budget, 1e-300), False, has_factors)
        if not paths.ends_at(lam):
            return Dial(lam, math.inf, paths.top(), True, has_factors)
        budget = paths.at(lam).budget
        return Dial(lam, budget, max(paths.top(), budget), True, has_factors)

    def _n_points(self, request: GeometryRequest) -> int:
        is_cheap = self.network.is_linear and self._rows.loss.kind == "squared"
        if is_cheap and request.choice.reading == "slice":
            return FINEST
        return FINE if is_cheap or not request.is_moving or self._is_slow else COARSE

    def _note_drift(self, request: GeometryRequest, frame: PlaneFrame) -> None:
        """Whether the model has hardly moved since the last picture: then a fine one is not late when it comes."""
        before, self._drawn = self._drawn, request.parameters
        moved = np.inf if before is None else float(np.abs(request.parameters - before).max())
        self._is_slow = moved < SLOW_SHARE * (frame.right - frame.left)

    def _in_weights(self, position: int) -> int:
        return int(self.network.is_weight[:position].sum())

    def _name(self, position: int) -> str:
        return weight_name(self.network, position, *self._ends)

    def _has_weight(self, position: int | None) -> TypeGuard[int]:
        return position is not None and position < self.network.n_parameters and bool(self.network.is_weight[position])


def _axes_of(profile: ClassProfile, frame: PlaneFrame, request: GeometryRequest) -> tuple[Axes, bool]:
    """Of a profile that is solved for point by point: coarse first, and whether the fine one is to follow at once.

    It moves with λ alone. While a model trains at one λ the second picture is the fine one, unless that takes so long
    that the point would stand still meanwhile.
    """
    aspect, is_moving = request.choice.aspect, request.is_moving
    fine, coarse = frame.axes(FINE, aspect), frame.axes(COARSE, aspect)
    if profile.has_grid(*fine) or (profile.has_grid(*coarse) and not (is_moving and profile.is_slow)):
        return fine, False
    return coarse, not is_moving
