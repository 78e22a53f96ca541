"""The parameters that a run has come through, at a resolution that halves before it grows too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Floats

MOST_MOMENTS = 400
MOST_NUMBERS = 4_000_000


@dataclass(frozen=True, eq=False)
class WeightTrailMemory:
    """All that a trail holds: moments, each ``(n_parameters,)``, the newest last, the step at which the next is kept,
    steps between two, and the newest step seen.
    """

    moments: tuple[Floats, ...]
    next_step: int
    stride: int
    step: int


class WeightTrail:
    """Of one run; ``moments`` are the snapshots' own arrays, the newest last."""

    def __init__(self) -> None:
        self._moments: list[Floats] = []
        self._newest: Floats | None = None
        self._run = self._next = 0
        self._stride = 1
        self._step = -1

    def memory(self) -> WeightTrailMemory:
        """All of it."""
        return WeightTrailMemory(tuple(self._moments), self._next, self._stride, self._step)

    def bring_back(self, memory: WeightTrailMemory, run: int) -> None:
        """Hold what ``memory`` does, as the trail of ``run``."""
        self._moments, self._newest, self._run = list(memory.moments), None, run
        self._next, self._stride, self._step = memory.next_step, memory.stride, memory.step

    def note_snapshot(self, snapshot: TrainSnapshot) -> None:
        if snapshot.run != self._run or snapshot.step < self._step:
            self._moments, self._run, self._next, self._stride = [], snapshot.run, 0, 1
        if snapshot.step == self._step and self._moments:
            self._newest = snapshot.parameters
            return
        self._step, self._newest = snapshot.step, snapshot.parameters
        if snapshot.step < self._next:
            return
        self._moments.append(snapshot.parameters)
        limit = max(8, min(MOST_MOMENTS, MOST_NUMBERS // max(len(snapshot.parameters), 1)))
        if len(self._moments) > limit:
            self._moments = self._moments[::2]
            self._stride = max(1, 2 * snapshot.step // limit)
        self._next = snapshot.step + self._stride

    def snapshots(self) -> tuple[Floats, ...]:
        newest = self._newest
        is_in = newest is None or (bool(self._moments) and self._moments[-1] is newest)
        return tuple(self._moments) if is_in or newest is None else (*self._moments, newest)
