"""The steps that a person has done: which can be undone and redone, and which weights they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from regdesk.session.undo.memory import parts_of
from regdesk.session.undo.step import Reach, Step

if TYPE_CHECKING:
    from regdesk.session.undo.moment import Moment
    from regdesk.session.undo.step import Restore

MOST_STEPS = 500
MOST_BYTES = 64 * 2**20
"""Of all sweeps, ghosts and branches in moments; what several share counts once. A large sweep has 50 models."""


class StepHistory:
    """A list, and how many of it are done.

    Qt's stack of commands would do as much. Its commands are objects of C++ that live in cycles with those of Python,
    of which collections of garbage are suspected to crash (PySide6 6.10); ten lines do without.
    """

    def __init__(self, restore: Restore, most_bytes: int = MOST_BYTES) -> None:
        self._restore, self._most_bytes = restore, most_bytes
        # What is large in moments, with the bytes of its parts: to look for these takes a millisecond.
        self._known: dict[int, tuple[object, dict[int, int]]] = {}
        self._steps: list[Step] = []
        self._n_done = 0
        # What the newest step has ended, as long as that one may still come to nothing.
        self._ended: list[Step] = []

    @property
    def last(self) -> Step | None:
        """What would be undone."""
        return self._steps[self._n_done - 1] if self._n_done else None

    @property
    def next(self) -> Step | None:
        """What would be redone."""
        return self._steps[self._n_done] if self._n_done < len(self._steps) else None

    def has_done(self, step: object) -> bool:
        """Whether ``step`` is one that can be undone: not undone, and not so long ago that it was forgotten."""
        return any(one is step for one in self._steps[: self._n_done])

    def add(self, before: Moment, words: str, reach: Reach, paths: tuple[str, ...] = ()) -> None:
        """Something has been done, or is being done; unless it comes to nothing, what had been undone is gone."""
        step = Step(before, words, reach, paths)
        self._ended = self._steps[self._n_done :]
        self._steps = [*self._steps[: self._n_done], step][-MOST_STEPS:]
        self._n_done = len(self._steps)
        self._keep_within()

    def drop_last(self) -> None:
        """What was done last has come to nothing: what had been undone before it can be redone."""
        if self._n_done:
            self._n_done -= 1
            self._steps[self._n_done : self._n_done + 1] = self._ended
            self._ended = []

    def undo(self) -> None:
        """Bring back what was before the last step."""
        step = self.last
        if step is not None:
            step.after = self._restore(step, step.before)
            self._n_done -= 1
            self._ended = []
            self._keep_within()

    def redo(self) -> None:
        """Bring back what was after the next step."""
        step = self.next
        if step is not None:
            step.before = self._restore(step, step.after)
            self._n_done += 1
            self._ended = []
            self._keep_within()

    @property
    def weights(self) -> set[int]:
        """Numbers of all weights to which one can come back."""
        before = [(step, step.before) for step in self._steps[: self._n_done]]
        after = [(step, step.after) for step in (*self._steps[self._n_done :], *self._ended)]
        return {moment.weights for step, moment in (*before, *after) if step.reach is Reach.EVERYTHING}

    def _keep_within(self) -> None:
        """Of what had been found and frozen the newest steps keep as much as there is room for."""
        known, shared, n_bytes, has_room = {}, set[int](), 0, True
        for step in reversed((*self._ended, *self._steps)):
            step.before, step.after = _needed(step, step.before), _needed(step, step.after)
            for large in (*_large_in(step.after), *_large_in(step.before)):
                if not has_room or id(large) in known:
                    continue
                known[id(large)] = self._known.get(id(large)) or (large, _parts_of(large))
                parts = known[id(large)][1]
                n_bytes += sum(parts[part] for part in parts.keys() - shared)
                shared |= parts.keys()
                has_room = n_bytes <= self._most_bytes
            if not has_room:
                step.before, step.after = _small(step, step.before), _small(step, step.after)
        self._known = known if has_room else {}


def _needed(step: Step, moment: Moment) -> Moment:
    """``moment`` without a sweep and without branches where those do not come back with it."""
    has_none = moment.sweep is None and not moment.branches
    return moment if has_none or step.reach is Reach.EVERYTHING else replace(moment, sweep=None, branches=())


def _small(step: Step, moment: Moment) -> Moment:
    """``moment`` without what is large in it; what was frozen then stays away, or stays as it is."""
    is_of_ghosts = step.reach is Reach.GHOSTS
    return replace(moment, sweep=None, branches=(), ghosts=(None,) * len(moment.ghosts) if is_of_ghosts else ())


def _large_in(moment: Moment) -> Iterator[object]:
    if moment.sweep is not None:
        # Whoever asks what is kept is given a new value about the same curve.
        yield moment.sweep.curve
    yield from (ghost for ghost in moment.ghosts if ghost is not None)
    yield from (branch.state for branch in moment.branches)


def _parts_of(large: object) -> dict[int, int]:
    # To go through all moments of a course takes as long as to keep it: it knows its size.
    n_bytes = getattr(large, "n_bytes", None)
    return parts_of(large) if n_bytes is None else {id(large): n_bytes}
