"""The parameters that a run has come through, at a resolution that halves before it grows too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Floats

MOST_MOMENTS = 400
MOST_NUMBERS = 4_000_000


class WeightTrail:
    """Of one run; ``moments`` are the snapshots' own arrays, the newest last."""

    def __init__(self) -> None:
        self._moments: list[Floats] = []
        self._newest: Floats | None = None
        self._run = self._next = 0
        self._stride = 1
        self._step = -1

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
