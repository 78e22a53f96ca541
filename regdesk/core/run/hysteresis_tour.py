"""The up-and-down demonstration: λ of the live model goes up by stations and down again, and what it shows at each."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Float64s

Direction = Literal["up", "down"]

N_TOUR_POINTS = 40
LINEAR_ENDS = (1e-3, 1.2)
"""Times the λ at which a linear model has no weights left."""
NETWORK_ENDS = (1e-4, 10.0)
"""For losses of standardised targets and of classes; a network that dies turns back there."""
WINDOW_STEPS = 100
LINEAR_SHARE = 1e-7
NETWORK_SHARE = 1e-4
"""A model has settled when J changes by no more than this share of itself in so many steps.

Two moons, 16-16, L1: 400 to 4,000 steps at a λ; a linear model takes 150 to 600.
"""
MOST_STEPS = 2_000
"""At one λ, settled or not: two seconds at the default pace."""
LEAST_SNAPSHOTS = 12
"""At one λ: flat out a model settles faster than anybody can see."""


@dataclass(frozen=True, eq=False)
class Branch:
    """What the model showed on the way up or down, in the order of its stations; arrays are ``(n_stations,)``.

    ``is_settled`` is False where the model was still on its way when λ moved on.
    """

    lambdas: Float64s
    train_loss: Float64s
    validation_loss: Float64s
    objective: Float64s
    n_nonzero: Float64s
    is_settled: Float64s

    def __len__(self) -> int:
        return len(self.lambdas)


@dataclass(frozen=True, eq=False)
class HysteresisCurves:
    """What a tour has found so far.

    Attributes:
        up, down: ``down`` begins with the last station of ``up``.
        ends: the lowest and the highest λ that the tour may reach.
        direction: where λ goes now, or went at last.
        is_done: λ has come down again to where it began.
        has_died: the way up ended because the network had no weights left.
    """

    up: Branch
    down: Branch
    ends: tuple[float, float]
    direction: Direction
    is_done: bool
    has_died: bool
    is_linear: bool
    n_weights: int


def linear_tour_lambdas(largest_lambda: float) -> Float64s:
    """``(N_TOUR_POINTS,)`` ascending λ for a linear model that has no weights left at ``largest_lambda``."""
    return _lambdas_between(LINEAR_ENDS, largest_lambda)


def network_tour_lambdas(dataset: Dataset) -> Float64s:
    """``(N_TOUR_POINTS,)`` ascending λ for a network, which are the same for all standardised targets and classes."""
    unit = 1.0
    if dataset.task == "regression":
        rows = dataset.split.train
        # Of targets in units of their own; 1 of standardised ones.
        unit = 2.0 * dataset.loss_on(rows).null_loss(dataset.standardized_targets(rows)) or 1.0
    return _lambdas_between(NETWORK_ENDS, unit)


def _lambdas_between(ends: tuple[float, float], unit: float) -> Float64s:
    """Geometric, with three digits, over the range in which something happens."""
    return np.array([float(f"{lam:.3g}") for lam in np.geomspace(ends[0] * unit, ends[1] * unit, N_TOUR_POINTS)])


class HysteresisTour:
    """Says, snapshot by snapshot, when λ goes on and where to. It knows no clock: only steps and snapshots."""

    def __init__(self, lambdas: Float64s, is_linear: bool) -> None:
        """``lambdas`` ``(n_stations,)`` ascending; a network without weights turns back before the last."""
        self._lambdas = [float(lam) for lam in lambdas]
        self._is_linear = is_linear
        self._direction: Direction = "up"
        self._number = 0
        self._is_turning = self._has_died = self.is_done = False
        self._n_weights = 0
        self._points: dict[Direction, list[tuple[float, ...]]] = {"up": [], "down": []}
        self._recent: deque[tuple[int, float]] = deque()
        self._n_snapshots = self._first_step = 0
        self.value = self._found()

    @property
    def lam(self) -> float:
        """The λ that ought to be in force."""
        return self._lambdas[self._number]

    @property
    def direction(self) -> Direction:
        return self._direction

    def turn(self) -> None:
        """Go no further up than the present station."""
        self._is_turning = True

    def advance(self, snapshot: TrainSnapshot) -> bool:
        """The newest moment of the model; whether it ended a station, so that ``lam`` or ``is_done`` has changed."""
        is_new = not self._recent or snapshot.step > self._recent[-1][0]
        if self.is_done or snapshot.settings.effective_lam != self.lam or not is_new:
            return False
        if not self._recent:
            self._first_step = snapshot.step
        self._n_snapshots += 1
        self._recent.append((snapshot.step, snapshot.objective))
        while len(self._recent) > 1 and snapshot.step - self._recent[1][0] >= WINDOW_STEPS:
            self._recent.popleft()
        is_settled = self._is_settled(snapshot)
        is_late = snapshot.step - self._first_step >= MOST_STEPS
        if self._n_snapshots < LEAST_SNAPSHOTS or not (is_settled or is_late):
            return False
        self._note(snapshot, is_settled)
        return True

    def _is_settled(self, snapshot: TrainSnapshot) -> bool:
        step, objective = self._recent[0]
        if snapshot.step - step < WINDOW_STEPS:
            return False
        share = LINEAR_SHARE if self._is_linear else NETWORK_SHARE
        return snapshot.is_converged or abs(snapshot.objective - objective) <= share * abs(snapshot.objective)

    def _note(self, snapshot: TrainSnapshot, is_settled: bool) -> None:
        self._n_weights = snapshot.n_weights
        losses = (snapshot.train_loss, snapshot.validation_loss, snapshot.objective)
        point = (self.lam, *losses, float(snapshot.n_nonzero), float(is_settled))
        self._points[self._direction].append(point)
        if self._direction == "up":
            self._has_died = not self._is_linear and (snapshot.is_collapsed or snapshot.n_nonzero == 0)
            if self._has_died or self._is_turning or self._number == len(self._lambdas) - 1:
                self._direction = "down"
                self._points["down"].append(point)
        self._number += 1 if self._direction == "up" else -1
        if self._number < 0:
            self._number, self.is_done = 0, True
        self._recent.clear()
        self._n_snapshots = 0
        self.value = self._found()

    def _found(self) -> HysteresisCurves:
        return HysteresisCurves(
            up=_branch(self._points["up"]),
            down=_branch(self._points["down"]),
            ends=(self._lambdas[0], self._lambdas[-1]),
            direction=self._direction,
            is_done=self.is_done,
            has_died=self._has_died,
            is_linear=self._is_linear,
            n_weights=self._n_weights,
        )


def _branch(points: list[tuple[float, ...]]) -> Branch:
    return Branch(*np.array(points, dtype=np.float64).reshape(-1, 6).T)
