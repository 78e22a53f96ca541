"""Runs that were left and can be brought back, as many as a bound on memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING

from regdesk.session.undo.memory import bytes_of

if TYPE_CHECKING:
    from regdesk.session.run_state import RunState

MOST_BYTES = 256 * 2**20
"""Of all that is kept for undo; what several runs share, such as their table, counts once."""


class RunStore:
    """By the number of their weights; the oldest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._states: OrderedDict[int, RunState] = OrderedDict()
        # Weights of which the training thread has still to hand out the state.
        self._awaited: set[int] = set()

    @property
    def n_bytes(self) -> int:
        """What all of them take together."""
        return bytes_of(self._states.values())

    def expect(self, weights: int) -> None:
        """Their state is to come; one that was kept is of an earlier moment."""
        self._awaited.add(weights)
        self._states.pop(weights, None)

    def is_awaited(self, weights: int) -> bool:
        """Whether their state is still to come."""
        return weights in self._awaited

    def keep(self, weights: int, state: RunState | None) -> None:
        """What was expected has come; None: there is nothing to come back to."""
        self._awaited.discard(weights)
        if state is None:
            return
        self._states[weights] = state
        self._states.move_to_end(weights)
        while self._states and self.n_bytes > self.most_bytes:
            self._states.popitem(last=False)

    def state_of(self, weights: int) -> RunState | None:
        """None where it could not be kept."""
        return self._states.get(weights)

    def forget_others(self, wanted: Collection[int]) -> None:
        """Those to which no step leads are not kept."""
        for weights in [one for one in self._states if one not in wanted]:
            del self._states[weights]
