"""The one solve of linear models, from rows as tests have them, and solutions made by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from regdesk.core.linear.certificate import Certificate
from regdesk.core.linear.distance import Optimum, penalty_key_of
from regdesk.core.linear.problem import LinearProblem
from regdesk.core.linear.solution import LinearSolution
from regdesk.core.linear.solve import solve
from regdesk.core.model.losses import Loss
from regdesk.core.model.penalties import Penalty
from regdesk.core.types import LINEAR_TOLERANCE, TrainSettings


def solve_rows(
    inputs: np.ndarray,
    targets: np.ndarray,
    loss: Loss,
    penalty: Penalty,
    n_outputs: int = 1,
    tolerance: float = LINEAR_TOLERANCE,
    max_iterations: int = 20_000,
    names: tuple[str, ...] = (),
) -> LinearSolution:
    """The optimum on ``inputs`` ``(n_rows, n_inputs)`` and ``targets`` ``(n_rows,)`` under ``penalty`` with its λ."""
    problem = LinearProblem(inputs, targets, loss, penalty, n_outputs, names)
    return solve(problem, penalty, tolerance=tolerance, max_iterations=max_iterations)


def solution_of(parameters: np.ndarray, objective: float, lam: float = 0.1, is_solved: bool = True) -> LinearSolution:
    """One made by hand: of one output, the last of ``parameters`` ``(n_parameters,)`` being its bias."""
    certificate = Certificate(objective, 0.0, 0.0, is_solved)
    return LinearSolution(lam, parameters[:-1, np.newaxis], parameters[-1:], certificate)


def optimum_at(settings: TrainSettings, objective: float = 0.2, **others: Any) -> Optimum:
    """That of a model of four parameters, made by hand; ``others`` are attributes of ``Optimum``."""
    solution = solution_of(np.ones(4), objective, settings.effective_lam)
    return Optimum(penalty_key_of(settings), **({"solution": solution, "null_loss": 1.0} | others))
