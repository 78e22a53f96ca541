"""Courses of the present model that were left, and can be returned to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.words.run_sentences import branch_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regdesk.session.run import Run
    from regdesk.session.run_state import RunState

MOST_BRANCHES = 6
"""The oldest goes first. Each holds its optimiser, its history and at most 8 MB of its moments."""


@dataclass(frozen=True, eq=False)
class Branch:
    """A course as it was at its end; ``left_at`` is the epoch at which another began."""

    state: RunState
    left_at: float

    @property
    def sentence(self) -> str:
        """For a list of them."""
        assert self.state.snapshot is not None
        return branch_sentence(self.state.snapshot, self.left_at)


class Branches:
    """The newest first."""

    def __init__(self) -> None:
        self._branches: list[Branch] = []

    @property
    def sentences(self) -> tuple[str, ...]:
        """One for each."""
        return tuple(one.sentence for one in self._branches)

    @property
    def all(self) -> tuple[Branch, ...]:
        """Each as a value."""
        return tuple(self._branches)

    def bring_back(self, branches: Iterable[Branch]) -> None:
        """Have ``branches`` in place of the present ones, the newest first."""
        self._branches = list(branches)[:MOST_BRANCHES]

    def keep(self, state: RunState, left_at: float) -> None:
        """A course is left; one of which nothing has been seen is no loss."""
        if state.snapshot is not None:
            self._branches = [Branch(state, left_at), *self._branches][:MOST_BRANCHES]

    def at(self, place: int) -> Branch | None:
        """That at ``place``; None where there is none any more."""
        return self._branches[place] if 0 <= place < len(self._branches) else None

    def leave_out(self, branch: Branch) -> None:
        """It is the present course again."""
        self._branches = [one for one in self._branches if one is not branch]

    def begin_run(self, run: Run) -> None:
        """Those of other rows or layers are no branches of this model."""
        self._branches = [one for one in self._branches if one.state.run.has_weights_of(run)]
