"""When a live model is looked at, noted in its history and offered to the window: none of it may take more than its
share of training.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from regdesk.core.moments.kept_moment import Course
from regdesk.workers.mailbox import Mailbox
from regdesk.workers.requests import MomentSeen, MomentWanted

if TYPE_CHECKING:
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.trainer import Trainer
    from regdesk.core.types import TrainSettings
    from regdesk.workers.requests import NewLook

MEASURE_SHARE = 0.15
RECORD_SHARE = 0.05
"""The most of the time that snapshots, and rows of the history between them, may take from training."""
GLIMPSE_SHARE = 0.15
"""The same of snapshots without a look at all rows. Only a million rows have such: all else is measured as often as it
is shown."""
RECORD_EVERY_S = 0.008


class LookPace:
    """Counts against a clock that the caller reads (seconds, monotonic)."""

    def __init__(self) -> None:
        self.begin_run()

    def begin_run(self) -> None:
        """Of another model nothing is known: all of it is due."""
        self._record_s = self._next_record_s = self._next_look_s = self._next_glimpse_s = 0.0

    @property
    def has_cheap_records(self) -> bool:
        """Whether a row of the history may be noted at any time; of very many rows it takes longer than a chunk."""
        return self._record_s < RECORD_EVERY_S * RECORD_SHARE

    def is_record_due(self, now_s: float) -> bool:
        return now_s >= self._next_record_s

    def note_record(self, spent_s: float) -> None:
        """A row of the history took ``spent_s``."""
        self._record_s = spent_s

    def wait_for_record(self, from_s: float) -> None:
        """The next row is due as long after ``from_s`` as the last one has it."""
        self._next_record_s = from_s + max(RECORD_EVERY_S, self._record_s / RECORD_SHARE)

    def is_look_due(self, now_s: float) -> bool:
        return now_s >= self._next_look_s

    def look_now(self) -> None:
        """A look is due, whenever the last one was."""
        self._next_look_s = 0.0

    def note_look(self, finished_s: float, spent_s: float) -> None:
        """A look at all rows took ``spent_s``; it has noted a row of the history, too."""
        self._next_look_s = finished_s + spent_s * (1.0 / MEASURE_SHARE - 1.0)
        self.wait_for_record(finished_s)

    def is_glimpse_due(self, now_s: float) -> bool:
        return now_s >= self._next_glimpse_s

    def note_glimpse(self, finished_s: float, spent_s: float) -> None:
        """A snapshot without such a look took ``spent_s``."""
        self._next_glimpse_s = finished_s + spent_s * (1.0 / GLIMPSE_SHARE - 1.0)


class Offering:
    """Fills the mailbox of the training thread, whose own it is."""

    def __init__(self) -> None:
        self.mailbox: Mailbox[TrainSnapshot] = Mailbox()
        self.paces = LookPace()
        self.look: NewLook | None = None
        """Other parameters by which a model that rests is to be seen."""
        self.is_measured = False
        """Whether the last snapshot was of all rows."""
        self._shown: tuple[int, int, TrainSettings] | None = None

    def begin_run(self) -> None:
        """Nothing has been offered of the present run."""
        self._shown = self.look = None
        self.paces.begin_run()

    def look_again(self) -> None:
        """Also a model at rest is looked at once more."""
        self._shown = None
        self.paces.look_now()

    def offer(self, trainer: Trainer, settings: TrainSettings, is_at_work: bool) -> None:
        """The present moment, if the mailbox is empty and it is time; ``is_at_work`` unless it is to rest."""
        if not self.mailbox.is_empty:
            return
        look = self.look
        if look is not None:
            self.look = None
            if not is_at_work and look.run == trainer.run and look.settings == settings:
                self.mailbox.offer(trainer.exact_snapshot(settings, look.parameters))
                self._shown = (trainer.run, trainer.step, settings)
                return
        now_s = time.monotonic()
        shown = (trainer.run, trainer.step, settings)
        # What moves is looked at again soon enough; what stands still would never be.
        is_moving = is_at_work and not trainer.has_diverged
        if shown == self._shown and (self.is_measured or (is_moving and not self.paces.is_look_due(now_s))):
            return
        snapshot = self._snapshot(trainer, settings, is_moving, now_s)
        if snapshot is not None:
            self.mailbox.offer(snapshot)
            self._shown = shown

    def _snapshot(
        self, trainer: Trainer, settings: TrainSettings, is_moving: bool, now_s: float
    ) -> TrainSnapshot | None:
        """Of all rows, or of parameters alone where that is dear; None where it is not time."""
        if is_moving and not self.paces.is_look_due(now_s):
            if not self.paces.is_glimpse_due(now_s):
                return None
            # By processor time: waiting for the window, which is drawing, is no work.
            began_s = time.thread_time()
            glimpse = trainer.glimpse(settings)
            if glimpse is not None:
                self.is_measured = False
                spent_s = time.thread_time() - began_s
                self.paces.note_glimpse(time.monotonic(), spent_s)
            return glimpse
        began_s = time.thread_time()
        snapshot = trainer.snapshot(settings)
        self.is_measured = True
        finished_s = time.monotonic()
        # Where other threads do the work this one's own time says nothing.
        spent_s = finished_s - now_s if trainer.shares_rows else time.thread_time() - began_s
        self.paces.note_look(finished_s, spent_s)
        return snapshot


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
