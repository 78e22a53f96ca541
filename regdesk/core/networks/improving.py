"""The best models of a dataset's few λ, improved on by more cold starts, and by moves from what they led to.

Along many λ the neighbours' models are the other starts. Of a few λ there are none, and cold starts end far apart: of
seventy problems (tests/benchmarks/minima_problems.py) with three seeds, two in three lead to within 0.2 % of the lowest
from several starts, and are left alone; moves from the lowest of the others alone gain less than from several.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import replace

from regdesk.core.networks.best_models import BestModels
from regdesk.core.networks.jobs import Chain, Job
from regdesk.core.networks.moving_on import MovingOn
from regdesk.core.networks.passes_left import PassesLeft
from regdesk.core.networks.solver import Limits, NetworkProblem, Solution
from regdesk.core.types import Float64s, TrainSettings

FEW = 8
"""λ, up to which each is searched by itself."""
MOST_ROUNDS = 8
"""Of looking for λ that another one's model does better at; a round without any costs nothing."""
NEAR_SHARE, N_AGREEING = 2e-3, 2
"""Of J: where so many models, and one more for each of the first two seeds, are within this of the lowest, there is
little to be looked for."""
APART_SHARE = 1e-2
"""Of J: moves begin at models as far apart as this, one more than there are seeds."""
IDLE_MOVES, EASY_IDLE_MOVES = 8, 2
"""In a row, after which a model is left; the second where starts agree."""
SEARCH_SHARE, SINGLE_SHARE = 1.0, 2.4
"""Of the passes before: what all moves may take; the second of a single λ from several seeds."""
N_COLD, FACTOR_PASSES, COLD_PASSES = 2, 100, 200
FACTORS = {"tanh": (16.0, 4.0), "relu": (1.0, 0.25)}
"""Cold starts for each seed, shared among the λ, which begin in turn at so many times λ: tanh under L2 of 1e-4
(diabetes, 8) comes to 1.4 times the lowest known by way of 16 λ, and to 2.0 times from the same 16 seeds at λ."""


class Improving(BestModels):
    """The best models of one dataset, and how any of them is improved on.

    Attributes:
        n_units, n_done: models there will be, as far as that is known, and those that there have been.
        passes: over the rows, done and left.
    """

    def __init__(
        self, problem: NetworkProblem, settings: TrainSettings, lambdas: Float64s, seeds: Sequence[int], limits: Limits
    ) -> None:
        super().__init__(problem, lambdas)
        self._settings, self._seeds, self._limits = settings, seeds, limits
        self.n_units = self.n_done = 0
        self._n_passes, self._n_last_passes = 0, 0
        self.passes = PassesLeft(len(lambdas), problem.network.activation, len(seeds))
        self._has_few = len(lambdas) <= FEW
        self._ends: list[list[Solution]] = [[] for _ in lambdas]

    def _job(self, number: int, start: Float64s, most: int | None = None, factor: float = 1.0) -> Job:
        """At ``factor`` times the λ; ``most`` passes if that is fewer than the limits allow."""
        settings = replace(self._settings, lam=factor * float(self.lambdas[number]))
        limits = self._limits
        if most is not None:
            limits = replace(limits, max_passes=min(most, limits.max_passes))
        return Job(self.problem, start, settings, limits)

    def offer(self, number: int, solution: Solution) -> None:
        super().offer(number, solution)
        self._n_passes += solution.n_passes
        if self._has_few:
            self._ends[number].append(solution)

    def _solved(self, number: int, start: Float64s, most: int | None = None) -> Chain:
        """Another model at this λ."""
        solution = yield self._job(number, start, most)
        self.offer(number, solution)
        self.n_done += 1
        self.passes.note_mended(solution.n_passes)

    def _closed(self) -> Generator[Job, Solution, set[int]]:
        """Go on from any λ's model wherever it does visibly better than the λ's own, until none does; these numbers."""
        found: set[int] = set()
        for _ in range(MOST_ROUNDS):
            upwards = range(len(self.lambdas) - 1, -1, -1)
            improvable = [number for number in upwards if self.better_start(number, is_last=True) is not None]
            self.n_units += len(improvable)
            for place, number in enumerate(improvable):
                self.passes.note_round(len(improvable) - place)
                start = self.better_start(number, is_last=True)
                if start is None:
                    self.n_done += 1
                else:
                    yield from self._solved(number, start.parameters)
                    found.add(number)
            self.passes.note_round(0)
            if not improvable:
                break
        return found

    def _colder(self, number: int) -> Chain:
        """More cold starts at a λ where those before do not agree."""
        if self._has_agreed(number) or self.is_null_best(number):
            return
        factors = FACTORS[self.problem.network.activation]
        for place in range(math.ceil(N_COLD * len(self._seeds) / len(self.lambdas))):
            start = self.problem.cold_start_beside(self._seeds[0], place)
            factor = factors[place % len(factors)]
            self.n_units += 1
            if factor != 1.0:
                self.n_units += 1
                solution = yield self._job(number, start, FACTOR_PASSES, factor)
                self.n_done += 1
                self.passes.note_mended(solution.n_passes)
                start = start if self.is_dead(solution) else solution.parameters
            yield from self._solved(number, start, COLD_PASSES)

    def _has_agreed(self, number: int) -> bool:
        best = self.best[number]
        if best is None:
            return False
        most = best.objective + NEAR_SHARE * abs(best.objective)
        return sum(one.objective <= most for one in self._ends[number]) >= N_AGREEING + min(
            len(self._seeds), N_AGREEING
        )

    def _searched(self) -> Chain:
        """On by moves from what has been found at each λ."""
        is_single = len(self.lambdas) == 1 < len(self._seeds)
        most = (SINGLE_SHARE if is_single else SEARCH_SHARE) * self._n_passes
        for number in range(len(self.lambdas)):
            has_agreed = self._has_agreed(number)
            starts = (
                [] if self.is_null_best(number) else self._apart(number)[: 1 if has_agreed else 1 + len(self._seeds)]
            )
            n_idle, share = EASY_IDLE_MOVES if has_agreed else IDLE_MOVES, most / len(self.lambdas)
            for place, start in enumerate(starts):
                yield from self._moved_on(number, start, share / len(starts), n_idle, place)

    def _apart(self, number: int) -> list[Solution]:
        """The models of a λ that have not collapsed and are not near a lower one, from the lowest on."""
        found: list[Solution] = []
        for one in sorted(self._ends[number], key=lambda one: one.objective):
            least = APART_SHARE * abs(one.objective)
            if not self.is_dead(one) and all(one.objective - other.objective > least for other in found):
                found.append(one)
        return found

    def _moved_on(self, number: int, start: Solution, most: float, n_idle: int, place: int) -> Chain:
        before = self._n_last_passes

        def solving(start: Float64s, most: int, fall: float, factor: float = 1.0) -> Generator[Job, Solution, Solution]:
            job = self._job(number, start, most, factor)
            self.n_units += 1
            solution = yield replace(job, limits=replace(job.limits, fall=max(fall, job.limits.fall)))
            self._note_last(solution)
            return solution

        moving = MovingOn(self.problem, solving, lambda: self._n_last_passes - before >= most, self.is_dead, n_idle)
        self.offer(number, (yield from moving.from_best(start, (self._seeds[0], number, place))))

    def _note_last(self, solution: Solution) -> None:
        self._n_last_passes += solution.n_passes
        self.n_done += 1
        self.passes.note_hop(solution.n_passes)
