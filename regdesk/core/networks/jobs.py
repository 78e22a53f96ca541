"""One model to be solved, and the coroutine that asks for one after the other."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from regdesk.core.networks.small_steps import step_down
from regdesk.core.networks.solver import Limits, NetworkProblem, Solution
from regdesk.core.stopping import Stop
from regdesk.core.types import Float64s, TrainSettings


@dataclass(frozen=True, eq=False)
class Job:
    """One model to be solved."""

    problem: NetworkProblem
    start: Float64s
    settings: TrainSettings
    limits: Limits
    has_small_steps: bool = False
    """Down by ``small_steps.step_down``, which knows no limits."""


def solve_model(
    problem: NetworkProblem,
    start: Float64s,
    settings: TrainSettings,
    limits: Limits,
    has_small_steps: bool,
    stop: Stop,
) -> Solution:
    """The unit of work of a ``Job``, whose values these are."""
    if has_small_steps:
        return step_down(problem, start, settings, stop)
    return problem.solve(start, settings, limits, stop)


Chain = Generator[Job, Solution, None]
"""What is sent a solution for each job that it yields."""
