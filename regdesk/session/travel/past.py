"""The past of the model that trains: what is wanted of it, and what its thread has found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.workers.requests import MomentSeen, MomentWanted
    from regdesk.workers.training import TrainingThread


class Past:
    """A door to the training thread, for looks alone."""

    def __init__(self, thread: TrainingThread) -> None:
        self._thread = thread

    def want(self, wanted: MomentWanted | None) -> None:
        """Have an earlier moment looked at, in place of what was wanted before; None for no more."""
        self._thread.earlier.wanted = wanted
        self._thread.wake()

    def take(self) -> MomentSeen | None:
        """The moment that was found last, if nobody has seen it; the thread may look at another."""
        seen = self._thread.earlier.mailbox.take()
        if seen is not None:
            self._thread.wake()
        return seen
