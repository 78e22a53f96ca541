"""λ and the budget t = R(W): which λ spends a budget, and which budget a λ spends. Exact for linear models."""

from __future__ import annotations

import math

from regdesk.core.geometry.budgeted_solution import BudgetedSolution, BudgetedSolutions
from regdesk.core.linear.path import lambda_max
from regdesk.core.stopping import Stop
from regdesk.core.types import LAMBDA_MAXIMUM

MOST_ROUNDS = 200
ENOUGH = 4e-16
"""Change of λ, as a share of it, that rounding no longer lets one see."""
LEAST_SHARE = 1e-12
"""Of where the search begins: a λ below it is called 0."""


class Budget:
    """The two dials of one linear problem: ``solution_at`` a λ, ``lambda_for`` a budget.

    The budget falls as λ rises: strictly between 0 and λ_max, from that of least squares (or of the unpenalised
    model) to 0. So each is a function of the other there.
    """

    def __init__(self, solutions: BudgetedSolutions) -> None:
        self._solutions = solutions
        self.lambda_max = lambda_max(solutions.problem)
        """Infinite for L2."""

    def solution_at(self, lam: float, stop: Stop | None = None) -> BudgetedSolution:
        """With ``budget``, R of all weights. Raises Stopped as ``stop`` says."""
        return self._solutions.at(lam, stop)

    def lambda_for(self, budget: float, near: float | None = None) -> BudgetedSolution:
        """The solution that spends ``budget`` ≥ 0; its ``lam`` is the λ sought. ``near`` is a guess at it.

        A budget of 0 gives λ_max (for L2 the largest λ there is), one that not even λ = 0 spends gives λ = 0: the ball
        then holds the unpenalised minimum and presses on nothing. Newton's method on t, for L2 on 1/√t (which is
        nearly straight, as in a trust region: Moré & Sorensen 1983), kept within a bracket that shrinks.
        Raises ValueError for a budget below 0 or NaN.
        """
        if not budget >= 0.0:
            raise ValueError(f"a budget is 0 or more, not {budget}")
        is_ridge = self._solutions.problem.penalty.is_ridge
        high = self.lambda_max if math.isfinite(self.lambda_max) else LAMBDA_MAXIMUM
        if budget == 0.0 or high == 0.0:
            return self.solution_at(high)
        low, lam = 0.0, min(1.0, high) if is_ridge else 0.3 * high
        floor = LEAST_SHARE * lam
        if near is not None and low < near < high:
            lam = near
        found = self.solution_at(lam)
        for _ in range(MOST_ROUNDS):
            excess = found.budget - budget
            if excess > 0.0:
                low = lam
            elif excess < 0.0:
                high = lam
            if excess == 0.0 or high - low <= ENOUGH * high:
                break
            if low == 0.0 and high <= floor:
                free = self.solution_at(0.0)
                return free if free.budget <= budget else found
            following = _newton(found, budget, is_ridge)
            if not low < following < high:
                following = math.sqrt(low * high) if low > 0.0 else 0.1 * high
            # A step that rounding makes: from here on it would only wander.
            is_last = abs(following - lam) <= ENOUGH * lam
            lam = following
            found = self.solution_at(lam)
            if is_last:
                break
        return found


def _newton(found: BudgetedSolution, budget: float, is_ridge: bool) -> float:
    if found.budget_slope == 0.0:
        return math.nan
    if is_ridge and found.budget > 0.0:
        # d(t^−½)/dλ = −½ t^−³ᐟ² dt/dλ.
        ratio = math.sqrt(found.budget / budget)
        return found.lam - 2.0 * (ratio - 1.0) * found.budget / found.budget_slope
    return found.lam - (found.budget - budget) / found.budget_slope
