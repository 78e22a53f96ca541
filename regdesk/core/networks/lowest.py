"""One network's fit: from several cold starts down, and on from the best of them by moves, to a low J.

Where a network ends depends on where it starts. Many starts are followed for a little, few of them further, and one to
its end; from there moves of several kinds (``moves.py``) look for something lower until a row of them finds nothing.
Nothing says that what is found is the lowest of all.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from regdesk.core.networks.best_models import is_dead
from regdesk.core.networks.jobs import Chain, Job
from regdesk.core.networks.moving_on import ROUGH_FALL, MovingOn
from regdesk.core.networks.solver import Limits, NetworkProblem, Solution
from regdesk.core.types import NETWORK_TOLERANCE, Float64s, TrainSettings

FACTORS = {"relu": (1.0, 1.0, 1.0, 0.25, 1.0, 1.0, 1.0, 0.25), "tanh": (1.0, 16.0, 4.0, 16.0, 1.0, 16.0, 4.0, 16.0)}
FACTOR_PASSES = 100
"""A cold start for each of these, which begins at so many times λ."""
N_COLD, COLD_PASSES = 8, 150
N_FOLLOWED, FOLLOWED_PASSES, MOST_PASSES = 2, 500, 3000
"""Cold starts, those that are followed, and the best of these: passes of each. Of 70 problems one seed comes within 2 %
of the lowest J known at 55.7 from eight starts and at 51.7 from one, with as many moves in the same time."""
MOST_IDLE = 16
"""Moves in a row that gain next to nothing: two of each kind."""
USUAL_FALL, LAST_FALL = 1e-5, 1e-7
"""Of J in 100 passes: where the best start ends, and where the search does."""
MORE_STARTS, MORE_LAST = 4, 20
"""Times the passes of all starts, and of the best one's end: the larger is what the search takes at most, moves among
it, since easy problems need few."""
MOVES_SHARE = 0.7
"""Of all passes there may be: what is left is for the end."""
SPARE_PASSES = 60
"""What a line search may take beyond its limit."""
LEAST_TOLERANCE_SHARE = 0.5
"""Of the tolerance: who rounds the parameters to float32 is to stay within it."""


@dataclass(frozen=True)
class SearchLimits:
    """When the search ends.

    Attributes:
        tolerance: ∞-norm of J's smallest subgradient, in the targets' own units.
        max_passes: of all starts and moves together; 5,000 at least, which is what it takes to begin.
        wants_residual: to go on for the tolerance where J falls no more.
    """

    tolerance: float = NETWORK_TOLERANCE
    max_passes: int = 20_000
    wants_residual: bool = False


class LowestSearch:
    """Of one seed, as phases of chains: what ``run_chains`` drives, with the same numbers whoever solves the models.

    Attributes:
        best: the lowest so far; at the end of the search gone down to its own end.
        n_passes: of all starts and moves so far.
        has_settled: the end was reached with passes to spare: J falls no more from there.
    """

    def __init__(self, problem: NetworkProblem, settings: TrainSettings, seed: int, limits: SearchLimits) -> None:
        self.problem, self.n_passes, self.has_settled = problem, 0, False
        self._null = replace(problem.null_model(), converged=True, is_stationary=True)
        self.best = self._null
        self._settings, self._seed, self._limits = settings, seed, limits
        self._cold: dict[int, Solution] = {}

    def phases(self) -> Iterator[list[Chain]]:
        yield [self._start(number) for number in range(N_COLD)]
        yield [self._search()]

    @property
    def most_passes(self) -> int:
        return self._limits.max_passes

    def _job(self, start: Float64s, most: int, fall: float, factor: float = 1.0) -> Job:
        """At ``factor`` times λ."""
        tolerance = LEAST_TOLERANCE_SHARE * self._limits.tolerance
        settings = replace(self._settings, lam=factor * self._settings.lam)
        return Job(self.problem, start, settings, Limits(tolerance, fall, max_passes=most, is_relative=False))

    def _solved(
        self, start: Float64s, most: int, fall: float, factor: float = 1.0
    ) -> Generator[Job, Solution, Solution]:
        solution = yield self._job(start, most, fall, factor)
        self.n_passes += solution.n_passes
        return solution

    def _start(self, number: int) -> Chain:
        beside, factor = self.problem.cold_start_beside, FACTORS[self.problem.network.activation][number]
        start = self.problem.cold_start(self._seed) if number == 0 else beside(self._seed, number)
        if factor != 1.0:
            solution = yield from self._solved(start, FACTOR_PASSES, ROUGH_FALL, factor)
            # From a collapse no λ leads back.
            start = start if self._is_dead(solution) else solution.parameters
        self._cold[number] = yield from self._solved(start, COLD_PASSES, ROUGH_FALL)

    def _search(self) -> Chain:
        # In the order of the starts, whichever has ended first.
        starts = sorted((self._cold[number] for number in range(N_COLD)), key=lambda one: one.objective)
        followed = []
        for one in starts[:N_FOLLOWED]:
            followed.append((yield from self._solved(one.parameters, FOLLOWED_PASSES, USUAL_FALL)))
        best = min(followed, key=lambda one: one.objective)
        n_before = self.n_passes
        most = min(MOST_PASSES, int(MOVES_SHARE * self.most_passes) - n_before)
        best = yield from self._solved(best.parameters, most, USUAL_FALL)
        wanted = max(MORE_STARTS * n_before, MORE_LAST * best.n_passes)
        budget = min(wanted, MOVES_SHARE * self.most_passes)
        moving = MovingOn(self.problem, self._solved, lambda: self.n_passes >= budget, self._is_dead, MOST_IDLE)
        best = yield from moving.from_best(best, (self._seed,))
        left = self.most_passes - self.n_passes - SPARE_PASSES
        last = yield from self._solved(best.parameters, left, 0.0 if self._limits.wants_residual else LAST_FALL)
        self.best, self.has_settled = self._or_null(last), last.n_passes < left

    def _is_dead(self, solution: Solution) -> bool:
        weights = (solution.parameters / self.problem.units.parameters)[self.problem.network.is_weight]
        return is_dead(solution, self._null, weights)

    def _or_null(self, solution: Solution) -> Solution:
        """The model without weights, which is known at every λ, where nothing better was found."""
        if self._is_dead(solution) or not solution.objective < self._null.objective:
            return self._null
        return solution
