"""On from the best network of one λ by moves (``moves.py``), each followed as far as it promises something."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Protocol

from regdesk.core.networks.jobs import Job
from regdesk.core.networks.moves import MOVES, Move, moved
from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.types import Float64s

LOOK_PASSES, LOOK_SHARE, MOVE_PASSES, LAMBDA_PASSES = 100, 0.05, 400, 200
"""A move is given up where J is more than the share above the best after the first passes. One by way of another λ has
its own passes there before."""
GAIN_SHARE = 1e-4
"""Of J: a move that gains no more is idle."""
ROUGH_FALL = 1e-4
"""Of J in 100 passes: where a move ends."""


class Solving(Protocol):
    def __call__(
        self, start: Float64s, most: int, fall: float, factor: float = 1.0
    ) -> Generator[Job, Solution, Solution]:
        """Down from ``start`` at ``factor`` times λ, in ``most`` passes, until J falls by no more than ``fall``."""
        ...


@dataclass(frozen=True)
class MovingOn:
    """How one λ's models are solved, and when to stop.

    Attributes:
        is_over: whether the passes are used up.
        is_dead: whether a model has collapsed, from where nothing moves.
        most_idle: moves in a row that gain next to nothing.
    """

    problem: NetworkProblem
    solving: Solving
    is_over: Callable[[], bool]
    is_dead: Callable[[Solution], bool]
    most_idle: int

    def from_best(self, best: Solution, key: tuple[int, ...]) -> Generator[Job, Solution, Solution]:
        """The lowest that moves have led to; they are the same for the same ``key`` of whole numbers from 0."""
        n_idle = number = 0
        while n_idle < self.most_idle and not self.is_over() and not self.is_dead(best):
            solution = yield from self._tried(best, MOVES[number % len(MOVES)], (*key, number))
            has_gained = solution.objective < best.objective - GAIN_SHARE * abs(best.objective)
            n_idle, number = 0 if has_gained else n_idle + 1, number + 1
            if solution.objective < best.objective:
                best = solution
        return best

    def _tried(self, best: Solution, move: Move, key: tuple[int, ...]) -> Generator[Job, Solution, Solution]:
        """Where a move from ``best`` leads."""
        start = moved(self.problem, best.parameters, move, key)
        if move.kind == "lambda":
            start = (yield from self.solving(start, LAMBDA_PASSES, ROUGH_FALL, move.size)).parameters
        solution = yield from self.solving(start, LOOK_PASSES, ROUGH_FALL)
        if solution.converged or solution.objective > best.objective + LOOK_SHARE * abs(best.objective):
            return solution
        return (yield from self.solving(solution.parameters, MOVE_PASSES - LOOK_PASSES, ROUGH_FALL))
