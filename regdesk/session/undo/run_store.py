"""Runs that were left and can be brought back, as many as a bound on memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.session.undo.memory import parts_of

if TYPE_CHECKING:
    from regdesk.session.run_state import RunState
    from regdesk.tasks.loading import Loaded

MOST_BYTES = 256 * 2**20
"""Of all that is kept for undo; what several runs share, such as their table, counts once."""
MOST_MOMENTS = 20_000
"""Earlier moments of all runs together: Python's collector goes through them now and then, 18 ms. Of small networks
85,000 would fit into the memory, 79 ms.
"""


class RunStore:
    """By the number of their weights; the oldest go first."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_moments: int = MOST_MOMENTS) -> None:
        self.most_bytes, self._most_moments = most_bytes, most_moments
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
        self._keep_moments_of_newest()

    def state_of(self, weights: int) -> RunState | None:
        """None where it could not be kept."""
        return self._states.get(weights)

    def forget_others(self, wanted: Collection[int]) -> None:
        """Those to which no step leads are not kept."""
        for weights in [one for one in self._states if one not in wanted]:
            del self._states[weights]

    def _keep_moments_of_newest(self) -> None:
        """A run that was left longer ago comes back as it stood, and its bar begins there."""
        n_moments = 0
        for weights, state in reversed(list(self._states.items())):
            held = state.moments
            n_moments += 0 if held is None else len(held.moments)
            if held is not None and held.moments and n_moments > self._most_moments:
                self._states[weights] = state = replace(state, moments=replace(held, moments=()))
                self._own_bytes[weights] = state.n_bytes
