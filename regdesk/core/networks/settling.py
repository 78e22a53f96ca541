"""The last phase of a dataset's sweep: the best model of each λ goes on to its end, and of relu is hopped from."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from regdesk.core.networks.basin_hopping import HOP_PASSES, SIZES, VERIFIED_SHARE, hop_from
from regdesk.core.networks.improving import MOST_ROUNDS, Improving
from regdesk.core.networks.jobs import Chain, Job
from regdesk.core.networks.solver import Solution
from regdesk.core.types import Float64s

SETTLING_SHARE = 0.8
"""Of the passes before: what the last phase may take, so that no sweep becomes twice as long for it."""
LAST_FALL = 1e-7
"""Of J in 100 passes. tanh's valleys seem to end where J falls by 1e-5, and go on: of 65 models of eight sweeps that
had stopped so (4-3 and 16-16, 120 rows) each came to a residual of 1e-5 within this, most of them in 400 passes and all
in 2,300, and J fell by up to 7e-3 of itself."""


class Settling(Improving):
    """The best models of one dataset at their ends."""

    def _settled(self) -> Chain:
        """Moves of a few λ, then what takes no more passes than ``SETTLING_SHARE`` of those before.

        What is found last, at large λ, is tried at all the others.
        """
        if self._limits.max_passes >= HOP_PASSES:
            n_before = self._n_passes
            if self._has_few:
                yield from self._searched()
            most = self._n_last_passes + SETTLING_SHARE * n_before
            has_kinks = self.problem.network.activation == "relu"
            yield from self._hopped_all(most) if has_kinks else self._ended_all(most)
        self.passes.note_hopped(1.0)
        self.certify(self._settings, self._limits.tolerance_for(self.problem))

    def _ended_all(self, most: float) -> Chain:
        """Of tanh: every λ's model goes on until its residual is small, or J falls by next to nothing."""
        numbers = list(range(len(self.lambdas)))
        for _ in range(MOST_ROUNDS):
            for place, number in enumerate(numbers):
                self.passes.note_hopped(place / len(numbers))
                best = self.best[number]
                if best is not None and not best.is_stationary and self._n_last_passes < most:
                    self.n_units += 1
                    job = self._job(number, best.parameters)
                    fall = min(self._limits.fall, LAST_FALL)
                    solution = yield replace(job, limits=replace(job.limits, fall=fall))
                    self._note_last(solution)
                    self.offer(number, solution)
            numbers = sorted((yield from self._closed()))
            if not numbers:
                break

    def _hopped_all(self, most: float) -> Chain:
        """Of relu: hops from the best model of each λ, downwards and upwards, until a round of them gains next to
        nothing; what is left over at one λ is the next's. What they find at large λ is hopped from where it is better.
        """
        count = len(self.lambdas)
        steps = [(0, number) for number in range(count)] + [(1, number) for number in range(count - 1, -1, -1)]
        for place, (turn, number) in enumerate(steps):
            share = (place + 1) / len(steps)
            self.passes.note_hopped(place / len(steps))
            start = self.better_start(number, is_last=True)
            if start is not None:
                self.n_units += 1
                yield from self._hop(number, start.parameters)
            if self._n_last_passes < most * share and self._is_to_hop(number, turn):
                yield from self._round(number, turn)
        self.passes.note_hopped(1.0)
        for _ in range(MOST_ROUNDS):
            found = yield from self._closed()
            for number in sorted(found):
                if self._n_last_passes < most and self._is_to_hop(number, 0):
                    yield from self._round(number, 0)
            if not found:
                break

    def _is_to_hop(self, number: int, turn: int) -> bool:
        best = self.best[number]
        if best is None or best.is_verified or self.is_null_best(number):
            return False
        return turn == 0 or not best.is_settled

    def _hop(self, number: int, start: Float64s, has_small_steps: bool = False) -> Generator[Job, Solution, Solution]:
        job = self._job(number, start, HOP_PASSES)
        solution = yield replace(job, has_small_steps=has_small_steps)
        self._note_last(solution)
        self.offer(number, solution)
        return solution

    def _hopped(self, parameters: Float64s, size: float, key: tuple[int, ...]) -> Float64s:
        # An output's bias of 1e6 would be hopped from to where nothing fits.
        shifts = self.problem.units.shifts
        return hop_from(parameters - shifts, size, key) + shifts if shifts.any() else hop_from(parameters, size, key)

    def _round(self, number: int, turn: int) -> Chain:
        """One hop of each size, each from the best so far; where they gain nothing, small steps from there."""
        before = self.best[number]
        assert before is not None
        self.n_units += len(SIZES[turn])
        lowest = before
        for place, size in enumerate(SIZES[turn]):
            key = (self._seeds[0], number, turn, place)
            solution = yield from self._hop(number, self._hopped(lowest.parameters, size, key))
            if solution.objective < lowest.objective:
                lowest = solution
        least_gain = VERIFIED_SHARE * abs(before.objective)
        if before.objective - lowest.objective <= least_gain:
            self.n_units += 1
            solution = yield from self._hop(number, lowest.parameters, has_small_steps=True)
            lowest = min(lowest, solution, key=lambda one: one.objective)
        has_gained = before.objective - lowest.objective > least_gain
        best = self.best[number]
        # Who asks for a residual is not content with less.
        if not has_gained and best is not None and self._limits.fall > 0.0:
            self.best[number] = replace(best, is_verified=True)
            self.changed.add(number)
