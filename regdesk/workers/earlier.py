"""What the window wants to see of a run's past, and what the training thread has found of it: one slot each way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.moments.kept_moment import Course
from regdesk.workers.mailbox import Mailbox

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.trainer import Trainer


@dataclass(frozen=True)
class MomentWanted:
    """A moment of ``run``: that of the history's row ``number`` or, where that is None, the last one up to ``epoch``;
    where both are None it is now. ``offset`` goes from there so many moments on, or back. ``look`` counts the looks at
    the past: an answer to one that is over comes too late.
    """

    run: int
    look: int
    number: int | None = None
    epoch: float | None = None
    offset: int = 0

    def place_in(self, course: Course) -> int:
        """Its place among the moments of ``course``."""
        if self.number is not None:
            place = course.place_of_number(self.number)
        elif self.epoch is not None:
            place = course.place_of_epoch(self.epoch)
        else:
            place = course.now
        return min(max(place + self.offset, 0), course.now)


@dataclass(frozen=True, eq=False)
class MomentSeen:
    """The answer: ``place`` among the moments of ``course``; at the place of now there is no ``snapshot``."""

    wanted: MomentWanted
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

    def answer(self, trainer: Trainer | None) -> None:
        """In the training thread: look at what is wanted, if anything is and the window has taken the last answer."""
        wanted = self.wanted
        if wanted is None or not self.mailbox.is_empty:
            return
        self.wanted = None
        if trainer is None or trainer.run != wanted.run:
            return
        course = Course.of(trainer.moments.moments, trainer.step, trainer.epoch)
        place = wanted.place_in(course)
        snapshot = trainer.earlier(course.moments[place]) if place < course.now else None
        self.mailbox.offer(MomentSeen(wanted, place, course, snapshot))
