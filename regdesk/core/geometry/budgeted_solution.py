"""Solutions of a linear model with the budget R(W) that they spend, and how λ moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from regdesk.core.linear.polish import data_gradient, size_slope
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.squared_path import GramStatistics
from regdesk.core.linear.warm_start import WarmStart
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s


@dataclass(frozen=True, eq=False)
class BudgetedSolution:
    """The model at one λ.

    Attributes:
        gradient: of the data loss by the weights, ``(n_inputs, n_outputs)``.
        budget: R of all weights, ``budget_slope`` its derivative by λ (0 or below).
    """

    solution: LinearSolution
    gradient: Float64s
    budget: float
    budget_slope: float

    @property
    def lam(self) -> float:
        return self.solution.lam

    @property
    def weights(self) -> Float64s:
        """``(n_inputs, n_outputs)``."""
        return self.solution.weights

    @property
    def biases(self) -> Float64s:
        """``(n_outputs,)``."""
        return self.solution.biases

    @property
    def loss(self) -> float:
        """The data loss."""
        return self.solution.objective - self.lam * self.budget


class BudgetedSolutions:
    """Of one problem under one kind of penalty, at any λ."""

    def __init__(self, problem: LinearProblem) -> None:
        """``problem.penalty`` says which kind; its λ is left open."""
        self.problem = problem
        self._warm_start = WarmStart(problem)

    @property
    def statistics(self) -> GramStatistics | None:
        """Of squared error; None for classes. Of many inputs they fill the memory: made when they are asked for."""
        return self._warm_start.statistics()

    def at(self, lam: float, stop: Stop | None = None) -> BudgetedSolution:
        """The solution at ``lam`` ≥ 0. Where classes have none it is where a solver ended.

        Raises Stopped soon after ``stop`` says so.
        """
        problem, penalty = self.problem, replace(self.problem.penalty, lam=lam)
        solution = self._warm_start.solve(penalty, stop)
        weights, biases, statistics = solution.weights, solution.biases, self.statistics
        gradient = data_gradient(problem, statistics, weights, biases)
        slope = size_slope(problem, statistics, penalty, weights, biases)
        return BudgetedSolution(solution, gradient, penalty.value(weights.ravel()), slope)
