"""What is known of a linear model under one kind of penalty whatever λ is: solutions, budgets, and all of its path."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from regdesk.core.budget import Budget
from regdesk.core.class_plane import ClassProfile, class_profile
from regdesk.core.exact_linear import ExactSolution, ExactSolutions
from regdesk.core.linear_path import LinearProblem, solve_path
from regdesk.core.linear_plane import SolvedProfile, profile_of
from regdesk.core.penalties import Penalty
from regdesk.core.plane import Quadratic
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s

PATH_LAMBDAS = 200
CLASS_LAMBDAS = 40
"""Of log-loss and softmax, where each λ takes some passes over the rows."""
MOST_KEPT = 64
MOST_PROFILES = 8
MOST_CELLS = 3_000_000
"""Rows times weights of classes beyond which a path takes many seconds."""


class LinearPaths:
    """Keeps the newest solutions, and the path once it was asked for."""

    def __init__(self, problem: LinearProblem) -> None:
        self.problem = problem
        self.solutions = ExactSolutions(problem)
        self.budget = Budget(self.solutions)
        self._known: OrderedDict[float, ExactSolution] = OrderedDict()
        self._profiles: OrderedDict[tuple[tuple[int, int], float], ClassProfile] = OrderedDict()
        self._path: Float64s | None = None
        self._top: float | None = None

    @property
    def is_squared(self) -> bool:
        return self.solutions.moments is not None

    @property
    def can_be_solved(self) -> bool:
        """Whether solutions come soon enough to be drawn beside a model that trains."""
        rows, inputs = self.problem.inputs.shape
        return self.is_squared or rows * inputs * self.problem.n_outputs <= MOST_CELLS

    def at(self, lam: float) -> ExactSolution:
        known = self._known.get(lam)
        if known is None:
            known = self._known[lam] = self.budget.solution_at(lam)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return known

    def profile(self, pair: tuple[int, int], penalty: Penalty) -> Quadratic | SolvedProfile | ClassProfile | str:
        """Over the weights ``pair``; a sentence where there is none. Those of log-loss and softmax are kept."""
        if self.solutions.moments is not None:
            return profile_of(self.solutions.moments, pair, penalty)
        known = self._profiles.get((pair, penalty.lam))
        if known is not None:
            return known
        found = class_profile(self.problem, pair, penalty)
        if not isinstance(found, str):
            self._profiles[pair, penalty.lam] = found
            if len(self._profiles) > MOST_PROFILES:
                self._profiles.popitem(last=False)
        return found

    def path(self, stop: Stop | None = None) -> Float64s:
        """All weights of the solution as λ falls, ``(n_points, n_weights)``, from 0 on. Raises Stopped."""
        if self._path is None:
            lambdas = self.problem.lambda_grid(PATH_LAMBDAS if self.is_squared else CLASS_LAMBDAS)
            if not np.isfinite(self.problem.lambda_max()):
                lambdas = np.concatenate([lambdas[0] * np.geomspace(1e4, 1.1, len(lambdas) // 2), lambdas])
            points = [point.weights.ravel() for point in solve_path(self.problem, lambdas, stop)]
            self._path = np.array([np.zeros_like(points[0]), *points])
        return self._path

    def top(self) -> float:
        """The largest budget that a dial needs to reach: of no penalty, for classes of next to none."""
        if self._top is None:
            if self.is_squared:
                self._top = self.at(0.0).budget
            else:
                self._top = self.problem.penalty.value(self.path()[-1])
        return self._top
