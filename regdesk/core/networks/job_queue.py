"""Chains of jobs and who does them: whose turn it is, and an end at any moment."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from regdesk.core.networks.jobs import Chain, Job, solve_model
from regdesk.core.networks.solver import NetworkProblem, Solution
from regdesk.core.stopping import Stop
from regdesk.core.units import LOOK_EVERY_S, Crew


class _Running:
    """A chain, the line it belongs to, and the passes that it has used so far."""

    def __init__(self, line: int, chain: Chain) -> None:
        self.line, self.chain = line, chain
        self.n_passes = 0
        self.job: Job | None = next(chain, None)

    def take(self, solution: Solution) -> None:
        self.n_passes += solution.n_passes
        try:
            self.job = self.chain.send(solution)
        except StopIteration:
            self.job = None


def run_chains(
    lines: Sequence[Iterator[list[Chain]]], shared: Mapping[NetworkProblem, Any], crew: Crew, stop: Stop
) -> Generator[int, None, None]:
    """The number of a line after each of its jobs, until all chains have ended or ``stop`` says so.

    A line is a row of phases: lists of chains, each begun when all of the one before have ended. It is always the
    chain's turn that has used the fewest passes, so that all datasets grow in step. Whoever closes this generator waits
    for no more than one pass over the rows; no thread works on when it has ended.

    ``shared`` has of each problem what stands for it in ``crew``.
    """
    ready: list[_Running] = []
    under_way: dict[Future[Solution], _Running] = {}
    left = [0] * len(lines)

    def begin(line: int) -> None:
        while left[line] == 0:
            phase = next(lines[line], None)
            if phase is None:
                return
            begun = [one for one in (_Running(line, chain) for chain in phase) if one.job is not None]
            left[line] = len(begun)
            ready.extend(begun)

    def give(running: _Running, solution: Solution) -> None:
        running.take(solution)
        if running.job is None:
            left[running.line] -= 1
            begin(running.line)
        else:
            ready.append(running)

    for number in range(len(lines)):
        begin(number)
    # One more than there are workers, so that none idles while the answer of another is looked at.
    most = crew.n_workers + 1

    def submit(job: Job | None) -> Future[Solution]:
        if job is None:
            raise ValueError("a chain that has ended has nothing to be solved")
        values = job.start, job.settings, job.limits, job.has_small_steps
        return crew.submit(solve_model, shared[job.problem], *values, stop=stop)

    try:
        while (ready or under_way) and not stop.is_requested:
            while ready and len(under_way) < most:
                running = min(ready, key=lambda one: (one.n_passes, one.line))
                ready.remove(running)
                under_way[submit(running.job)] = running
            done, _ = wait(under_way, LOOK_EVERY_S, FIRST_COMPLETED)
            for future in done:
                running, solution = under_way.pop(future), future.result()
                if not solution.was_cancelled:
                    give(running, solution)
                    yield running.line
    finally:
        if under_way:
            crew.give_up(under_way, stop)
