"""What is known of a linear model under one kind of penalty whatever λ is: solutions, budgets, and all of its path."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from itertools import islice

import numpy as np

from regdesk.core.geometry.budget import Budget
from regdesk.core.geometry.budgeted_solution import BudgetedSolution, BudgetedSolutions
from regdesk.core.geometry.class_plane import LEAST_LOSS, ClassProfile, class_profile
from regdesk.core.geometry.linear_plane import SolvedProfile, profile_of
from regdesk.core.geometry.plane import Quadratic
from regdesk.core.geometry.unavailable import Unavailable
from regdesk.core.linear.path import lambda_grid, lambda_max, solve_path
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.model.penalties import Penalty
from regdesk.core.stopping import Stop, Stopped
from regdesk.core.types import Float64s
from regdesk.core.weights.choice import first_to_enter

Profile = Quadratic | SolvedProfile | ClassProfile
PATH_LAMBDAS = 200
CLASS_LAMBDAS = 40
"""Of log-loss and softmax, where each λ takes some passes over the rows."""
MOST_KEPT = 64
MOST_AT_ONCE, LAMBDAS_A_CALL = 60, 10
"""Weights up to which a path is followed at one go: of 300 inputs and as many rows all of it takes six seconds."""
MOST_PROFILES = 8
MOST_SOLVED_INPUTS = 1500
"""Of squared error: an eigendecomposition of more takes seconds, in which nothing can be given up."""
MOST_CELLS = 3_000_000
"""Rows times weights of classes beyond which a path takes many seconds."""


class LinearSolutionCache:
    """Keeps the newest solutions, and the path once it was asked for."""

    def __init__(self, problem: LinearProblem) -> None:
        self.problem = problem
        self.solutions = BudgetedSolutions(problem)
        self.budget = Budget(self.solutions)
        self._known: OrderedDict[float, BudgetedSolution] = OrderedDict()
        self._profiles: OrderedDict[tuple[tuple[int, int], float], ClassProfile] = OrderedDict()
        self._lambdas = self._path_lambdas()
        self._stop = Stop()
        self._course: Iterator[LinearSolution] | None = None
        self._points: list[Float64s] = [np.zeros(problem.inputs.shape[1] * problem.n_outputs)]
        self._path = np.array(self._points)
        self.has_path = False
        self._top: float | None = None

    @property
    def is_squared(self) -> bool:
        return bool(self.problem.loss.kind == "squared")

    @property
    def can_be_solved(self) -> bool:
        """Whether solutions come soon enough to be drawn beside a model that trains."""
        rows, inputs = self.problem.inputs.shape
        if self.is_squared:
            return bool(inputs <= MOST_SOLVED_INPUTS)
        return bool(rows * inputs * self.problem.n_outputs <= MOST_CELLS)

    def ends_at(self, lam: float, stop: Stop | None = None) -> bool:
        """Whether there is a solution at ``lam``: along what is not penalised classes that can be told apart have none.

        Raises Stopped.
        """
        if self.is_squared:
            return True
        found = self.at(lam, stop)
        if lam > 0.0:
            return found.solution.has_optimum
        return found.solution.converged and found.loss > LEAST_LOSS

    def _path_lambdas(self) -> Float64s:
        lambdas = lambda_grid(self.problem, PATH_LAMBDAS if self.is_squared else CLASS_LAMBDAS)
        if np.isfinite(lambda_max(self.problem)):
            return lambdas
        return np.concatenate([lambdas[0] * np.geomspace(1e4, 1.1, len(lambdas) // 2), lambdas])

    def at(self, lam: float, stop: Stop | None = None) -> BudgetedSolution:
        """Of the newest, or solved for. Raises Stopped."""
        known = self._known.get(lam)
        if known is None:
            known = self._known[lam] = self.budget.solution_at(lam, stop)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return known

    def profile(self, pair: tuple[int, int], penalty: Penalty) -> Profile | Unavailable:
        """Over the weights ``pair``; the reason where there is none. Those of log-loss and softmax are kept."""
        if self.solutions.statistics is not None:
            return profile_of(self.solutions.statistics, pair, penalty)
        known = self._profiles.get((pair, penalty.lam))
        if known is not None:
            return known
        found = class_profile(self.problem, pair, penalty)
        if not isinstance(found, Unavailable):
            self._profiles[pair, penalty.lam] = found
            if len(self._profiles) > MOST_PROFILES:
                self._profiles.popitem(last=False)
        return found

    def path(self, stop: Stop) -> Float64s:
        """All weights of the solution as λ falls, ``(n_points, n_weights)``, from 0 on.

        Of many weights as far as it has been followed: every call goes on for some λ, until ``has_path``. Raises
        Stopped.
        """
        if not self.has_path:
            if self._course is None:
                self._stop.flag[0] = 0
                self._course = solve_path(self.problem, self._lambdas[len(self._points) - 1 :], self._stop)
            stop.raise_too(self._stop.flag)
            is_small = self.problem.inputs.shape[1] * self.problem.n_outputs <= MOST_AT_ONCE
            try:
                for point in islice(self._course, None if is_small else LAMBDAS_A_CALL):
                    self._points.append(point.weights.ravel())
            except Stopped:
                self._course = None
                raise
            self.has_path = len(self._points) == len(self._lambdas) + 1
            self._path = np.array(self._points)
        return self._path

    def first_two(self, stop: Stop) -> tuple[int, int]:
        """The weights that leave 0 first as λ falls. Raises ValueError if there is only one, or Stopped."""
        points: list[Float64s] = []
        for point in solve_path(self.problem, self._lambdas, stop):
            points.append(point.weights.ravel())
            if np.count_nonzero(points[-1]) >= 2:
                break
        return first_to_enter(np.array(points))

    def top(self) -> float:
        """The largest budget that a dial needs to reach: of no penalty, for classes of next to none."""
        if self._top is None:
            self._top = self.at(0.0 if self.is_squared else float(self._lambdas[-1])).budget
        return self._top
