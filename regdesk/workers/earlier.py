"""What the window wants to see of a run's past, and what the training thread has found of it: one slot each way."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from regdesk.core.moments.kept_moment import Course
from regdesk.workers.mailbox import Mailbox

if TYPE_CHECKING:
    from regdesk.core.moments.kept_moment import KeptMoment
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.trainer import Trainer


@dataclass(frozen=True)
class MomentWanted:
    """A moment of ``run``: that of the history's row ``number`` or, where that is None, the last one up to ``epoch``;
    where both are None it is now. ``offset`` goes from there so many moments on, or back.
    """

    run: int
    number: int | None = None
    epoch: float | None = None
    offset: int = 0


@dataclass(frozen=True, eq=False)
class MomentSeen:
    """The answer: ``place`` among the moments of ``course``; one behind the last is now, which has no ``snapshot``."""

    run: int
    place: int
    course: Course
    snapshot: TrainSnapshot | None


class EarlierMoments:
    """Belongs to a training thread. The window writes ``wanted`` and takes from the ``mailbox``; the newest wish wins.

    Moments are measured in the training thread, so that a look at very many rows holds up no window.
    """

    def __init__(self) -> None:
        self.mailbox: Mailbox[MomentSeen] = Mailbox()
        self.wanted: MomentWanted | None = None
        self._course: tuple[object, Course] | None = None

    def answer(self, trainer: Trainer | None) -> None:
        """In the training thread: look at what is wanted, if anything is and the window has taken the last answer."""
        wanted = self.wanted
        if wanted is None or not self.mailbox.is_empty:
            return
        self.wanted = None
        if trainer is None or trainer.run != wanted.run:
            return
        course = self._course_of(trainer)
        place = place_of(wanted, course)
        snapshot = None
        if place < len(course.numbers):
            kept = trainer.moments.at(course.numbers[place])
            assert kept is not None
            snapshot = trainer.earlier(kept)
        self.mailbox.offer(MomentSeen(wanted.run, place, course, snapshot))

    def _course_of(self, trainer: Trainer) -> Course:
        """Made anew when there are other moments; of thousands that takes a millisecond."""
        store = trainer.moments
        key = (trainer.run, len(store), store.n_rows, trainer.step)
        if self._course is None or self._course[0] != key:
            self._course = key, course_of(store.moments, trainer.step, trainer.epoch)
        return self._course[1]


def course_of(moments: tuple[KeptMoment, ...], now_step: int, now_epoch: float) -> Course:
    """Of ``moments``, oldest first; the last of them is left out where it is now, under the settings of now."""
    if moments and moments[-1].step == now_step:
        moments = moments[:-1]
    return Course(
        numbers=tuple(one.number for one in moments),
        steps=np.array([one.step for one in moments], dtype=np.float64),
        epochs=np.array([one.epoch for one in moments], dtype=np.float64),
        now_step=now_step,
        now_epoch=now_epoch,
    )


def place_of(wanted: MomentWanted, course: Course) -> int:
    """Of what is wanted among the moments of ``course``; their number for now."""
    n_moments = len(course.numbers)
    if wanted.number is not None:
        place = max(0, bisect_right(course.numbers, wanted.number) - 1)
    elif wanted.epoch is not None and wanted.epoch < course.now_epoch:
        place = max(0, int(np.searchsorted(course.epochs, wanted.epoch, side="right")) - 1)
    else:
        place = n_moments
    return min(max(place + wanted.offset, 0), n_moments)
