"""The steps that a person has done: which can be undone and redone, and which weights they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.session.undo.memory import HeldMemory
from regdesk.session.undo.step import Reach, Step

if TYPE_CHECKING:
    from regdesk.session.undo.moment import Moment
    from regdesk.session.undo.step import Restore

MOST_STEPS = 500
"""Moments are small; what is large in them is shared by those between which it has not changed."""
MOST_BYTES = 64 * 2**20
"""Of the sweeps, frozen pictures and branches of all steps together, beside the data that are open; runs that were left
have a bound of their own. The oldest steps go first; the newest stays.
"""


class StepHistory:
    """A list, and how many of it are done.

    Qt's stack of commands would do as much. Its commands are objects of C++ that live in cycles with those of Python,
    of which collections of garbage are suspected to crash (PySide6 6.10); ten lines do without.
    """

    def __init__(self, restore: Restore, most_bytes: int = MOST_BYTES) -> None:
        self._restore, self._most_bytes = restore, most_bytes
        self._memory = HeldMemory()
        self._steps: list[Step] = []
        self._n_done = 0

    @property
    def last(self) -> Step | None:
        """What would be undone."""
        return self._steps[self._n_done - 1] if self._n_done else None

    @property
    def next(self) -> Step | None:
        """What would be redone."""
        return self._steps[self._n_done] if self._n_done < len(self._steps) else None

    def add(self, before: Moment, words: str, reach: Reach, paths: tuple[str, ...] = ()) -> None:
        """Something has been done, or is being done; what had been undone cannot be redone any more."""
        step = Step(before, words, reach, paths)
        self._steps = [*self._steps[: self._n_done], step][-MOST_STEPS:]
        self._n_done = len(self._steps)

    def keep_within(self, data: object) -> None:
        """Forget the oldest steps while all of them hold too much beside ``data``, which are open in any case."""
        while self._n_done > 1 and self._memory.n_bytes(self._held, data) > self._most_bytes:
            del self._steps[0]
            self._n_done -= 1

    @property
    def _held(self) -> list[object]:
        return [one for step in self._steps for moment in (step.before, step.after) for one in moment.held]

    def drop_last(self) -> None:
        """What was done last has come to nothing."""
        if self._n_done:
            self._n_done -= 1
            del self._steps[self._n_done]

    def undo(self) -> None:
        """Bring back what was before the last step."""
        step = self.last
        if step is not None:
            step.after = self._restore(step, step.before)
            self._n_done -= 1

    def redo(self) -> None:
        """Bring back what was after the next step."""
        step = self.next
        if step is not None:
            step.before = self._restore(step, step.after)
            self._n_done += 1

    @property
    def weights(self) -> set[int]:
        """Numbers of all weights to which one can come back."""
        steps = enumerate(self._steps)
        return {
            (step.before if number < self._n_done else step.after).weights
            for number, step in steps
            if step.reach is Reach.EVERYTHING
        }
