"""One dataset's networks along the λ of a sweep: chains of warm starts, and the best that any of them found.

A chain is a coroutine: it asks for one model at a time to be solved, and decides from the answer what comes next. So it
needs neither threads nor a clock, its numbers depend on nothing but its own dataset, and between two models it can be
left for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, product, repeat

import numpy as np

from regdesk.core.networks.best_models import Direction
from regdesk.core.networks.jobs import Chain
from regdesk.core.networks.settling import Settling
from regdesk.core.networks.solver import Limits, NetworkProblem, Solution
from regdesk.core.types import Float64s, TrainSettings

DISAGREEMENT = 1e-2
"""Of J: where the two directions end further apart than this, a third start is tried."""
MOST_COLD = 8
LEAD, LEADS = 4.0, {"tanh": (16.0, 4.0, 4.0), "relu": (4.0,)}
"""Where chains begin whose λ were chosen by someone: upwards at the smallest λ by the first, downwards at the largest
times one of the others, in the turn of seeds. From there the same λ ends up to 15 % lower than from a cold start
(diabetes, 16-16 relu, λ = 0.001), or up to 3 % higher, and tanh under L2 of 1e-4 (diabetes, 8) a third lower."""
CHAIN_PASSES = 500
"""Of a model on the way up or down: the next one goes on from it, and the best of all is solved to the end."""


class DatasetPath(Settling):
    """What is known of one dataset at each of the descending ``lambdas``.

    Attributes:
        up, down: where the sweeps towards larger and towards smaller λ ended.
        phase: which of its phases is under way, from 1; 0 before, and of models that are trained rather than solved.
    """

    def __init__(
        self,
        problem: NetworkProblem,
        settings: TrainSettings,
        lambdas: Float64s,
        seeds: Sequence[int],
        limits: Limits,
        has_lead: bool = False,
    ) -> None:
        """``has_lead``: begin each direction ``LEAD`` beyond the last λ, where these are not all there is to see."""
        self._has_lead = has_lead
        super().__init__(problem, settings, lambdas, seeds, limits)
        self.up, self.down = Direction(len(lambdas)), Direction(len(lambdas))
        self.n_units = 2 * len(lambdas) * (len(seeds) + 1)
        """Both ways for each seed, and both ways once more to mend, to begin with."""
        self.phase, self._is_trained = 0, False

    def phases(self) -> Iterator[list[Chain]]:
        """Chains that may run side by side; the next ones only when these have ended."""
        self.phase = 1
        yield [one for seed in self._seeds for one in (self._downwards(seed), self._upwards(seed))]
        self.phase = 2
        yield [self._mended()]
        self.phase = 3
        yield [self._settled()]

    @property
    def work(self) -> tuple[float, float]:
        """Done, and left as far as that is known: passes over the rows, or models where all take as many."""
        if self._is_trained:
            return self.n_done, self.n_units - self.n_done
        return self.passes.n_done, self.passes.n_left

    def put(self, number: int, solution: Solution) -> None:
        """What training has come to here, be it better or worse than anything else."""
        self.best[number] = solution
        self.changed.add(number)
        self.n_done += 1
        self._is_trained = True

    def _note(self, direction: Direction, number: int, solution: Solution) -> None:
        direction.note(number, solution)
        self.offer(number, solution)
        self.n_done += 1
        self.passes.note_way(int(direction is self.up), number, solution.n_passes, solution.converged)

    def _upwards(self, seed: int) -> Chain:
        """From the smallest λ, where weights are dense, until they collapse; beyond that they stay so."""
        cold = self.problem.cold_start(seed)
        start, has_lived = cold, False
        if self._has_lead:
            solution = yield self._job(-1, cold, CHAIN_PASSES, 1.0 / LEAD)
            start = cold if self.is_dead(solution) else solution.parameters
        for number in range(len(self.lambdas) - 1, -1, -1):
            solution = yield self._job(number, start, CHAIN_PASSES)
            self._note(self.up, number, solution)
            if not self.is_dead(solution):
                start, has_lived = solution.parameters, True
            elif has_lived:
                for larger in range(number - 1, -1, -1):
                    self._note(self.up, larger, self.null)
                return

    def _downwards(self, seed: int) -> Chain:
        """From the largest λ: cold starts until one survives, since from a collapse no λ leads back; then warm ones."""
        start, leads = self.problem.cold_start(seed), LEADS[self.problem.network.activation]
        if self._has_lead:
            solution = yield self._job(0, start, CHAIN_PASSES, leads[(seed - self._seeds[0]) % len(leads)])
            start = start if self.is_dead(solution) else solution.parameters
        for number in range(len(self.lambdas)):
            solution = yield self._job(number, start, CHAIN_PASSES)
            self._note(self.down, number, solution)
            if not self.is_dead(solution):
                start = solution.parameters

    def _mended(self) -> Chain:
        """Cold starts where the directions disagree; then every λ from its best start, downwards and upwards again."""
        numbers = self._disagreements()
        n_cold = len(numbers) * len(self._seeds)
        self.n_units += n_cold
        for place, (number, seed) in enumerate(product(numbers, self._seeds)):
            self.passes.note_cold(n_cold - place)
            yield from self._solved(number, self.problem.cold_start(seed), CHAIN_PASSES)
        count = len(self.lambdas)
        for number in range(count if self._has_few else 0):
            yield from self._colder(number)
        downwards, upwards = range(count), range(count - 1, -1, -1)
        for number, is_last in chain(zip(downwards, repeat(False)), zip(upwards, repeat(True))):
            half_way = sum(one is not None and not one.converged for one in self.best[number:])
            self.passes.note_pending(half_way, is_last, (number + 1) / count)
            start = self.better_start(number, is_last)
            if start is None:
                self.n_done += 1
            else:
                yield from self._solved(number, start.parameters)
        # What was found last, at large λ, may be the best at the small ones that came before it.
        yield from self._closed()

    def with_top(self, lam: float) -> Iterator[list[Chain]]:
        """Put ``lam`` in the place of the largest λ, and find the best there is."""
        known = [one for one in self.best if one is not None]
        self.lambdas = np.append(lam, self.lambdas[1:])
        self.best[0] = None
        self.changed.add(0)
        self.up.forget(0)
        self.down.forget(0)
        yield [self._topped(min(known, key=lambda one: one.objective_at(lam)))]

    def _topped(self, lowest: Solution) -> Chain:
        self.n_units += 2
        for direction, start in ((self.down, self.problem.cold_start(self._seeds[0])), (self.up, lowest.parameters)):
            self._note(direction, 0, (yield self._job(0, start)))

    def _disagreements(self) -> list[int]:
        """Numbers of λ where up and down ended apart; of many some, evenly spread: neighbours profit from them.

        Of a few λ all: there is no neighbour to learn from.
        """
        if len(self.lambdas) <= MOST_COLD:
            return list(range(len(self.lambdas)))
        up, down = self.up.objective, self.down.objective
        apart = np.flatnonzero(np.abs(up - down) > DISAGREEMENT * np.abs(np.fmin(up, down)))
        chosen = np.linspace(0, len(apart) - 1, min(len(apart), MOST_COLD)).round().astype(np.int64)
        return [int(number) for number in apart[chosen]]
