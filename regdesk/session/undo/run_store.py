"""Runs that were left and can be brought back, as many as a bound on memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING

from regdesk.session.undo.memory import parts_of

if TYPE_CHECKING:
    from regdesk.session.run_state import RunState
    from regdesk.tasks.loading import Loaded

MOST_BYTES = 256 * 2**20
"""Of all that is kept for undo; what several runs share, such as their table, counts once."""


class RunStore:
    """By the number of their weights; the oldest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._states: OrderedDict[int, RunState] = OrderedDict()
        # Weights of which the training thread has still to hand out the state.
        self._awaited: set[int] = set()
        # Data of the runs that are kept, with the bytes of their parts: to look for these takes some milliseconds.
        self._data: dict[int, tuple[Loaded, dict[int, int]]] = {}
        self._own_bytes: dict[int, int] = {}

    @property
    def n_bytes(self) -> int:
        """What all of them take together, with their data."""
        wanted = {id(state.run.loaded): state.run.loaded for state in self._states.values()}
        self._data = {
            key: self._data[key] if key in self._data else (loaded, parts_of(loaded)) for key, loaded in wanted.items()
        }
        shared: dict[int, int] = {}
        for _, parts in self._data.values():
            shared |= parts
        return sum(shared.values()) + sum(self._own_bytes[weights] for weights in self._states)

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
        self._states[weights], self._own_bytes[weights] = state, state.n_bytes
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
