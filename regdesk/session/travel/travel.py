"""Which moment of the run is looked at: now, or an earlier one, while the model rests and stays as it is."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.moments.store import MOST_BYTES
from regdesk.core.moments.view import TravelView
from regdesk.workers.requests import MomentWanted

if TYPE_CHECKING:
    from regdesk.core.moments.kept_moment import Course, KeptMoment
    from regdesk.session.live_model import LiveModel
    from regdesk.session.session import Session
    from regdesk.workers.requests import MomentSeen

_log = logging.getLogger("regdesk.session")
PARTS_OF_A_STATE = 4
"""Beside the parameters there are the optimiser's two means and which are zero: a model of a quarter has no room."""
NO_RUN = "There is no run yet whose moments could be shown."
NOT_TRAINED = "Nothing has been trained yet: press Run first."
TOO_LARGE = "A moment of this model takes more memory than there is for earlier ones (64 MB): none can be shown."
NONE_KEPT = "No moment before this one is known; from here on they are kept."


class Travel(QObject):
    """Signals: ``begun()`` before the first earlier moment is asked for; ``reached(TrainSnapshot)`` with the moment to
    show; ``left()`` when it is to be now again; ``changed()`` when ``view`` is another; ``refused(str)`` with why no
    earlier moment can be shown.

    The model pauses when a look at its past begins, and trains on afterwards if it did before. Whatever acts on it, or
    runs it, ends the look first.
    """

    begun = Signal()
    reached = Signal(object)
    left = Signal()
    changed = Signal()
    refused = Signal(str)

    def __init__(self, model: LiveModel, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._session = model, session
        self._is_on = self._was_running = False
        self._course: Course | None = None
        # In the course: what is shown, and what has been asked for since.
        self._place: int | None = None
        self._wanted: int | None = None
        self._n_looks = 0
        # Moments to go, asked for before the course is known.
        self._n_ahead = 0
        # When the play began, and at which step; None while nothing plays.
        self._play: tuple[float, float] | None = None
        self._plays_from_beginning = False
        self.branches: tuple[str, ...] = ()
        """A sentence for each course that can be returned to."""

    @property
    def is_on(self) -> bool:
        """Whether another moment than now is looked at, or has been asked for."""
        return self._is_on

    @property
    def is_playing(self) -> bool:
        return self._play is not None

    @property
    def moment(self) -> KeptMoment | None:
        """The earlier moment that is shown; None for now."""
        return None if self._course is None or self._place is None else self._course.moments[self._place]

    @property
    def course(self) -> Course | None:
        """All moments that can be shown, while one is."""
        return self._course

    @property
    def rests_from_running(self) -> bool:
        """Whether the model trains, or would if nobody looked at its past."""
        return self._was_running if self._is_on else self._model.is_running

    @property
    def view(self) -> TravelView:
        """For the window."""
        snapshot, moment, course = self._model.snapshot, self.moment, self._course
        reason = NO_RUN if snapshot is None else "" if snapshot.step else NOT_TRAINED
        return TravelView(
            epoch=None if moment is None else moment.epoch,
            now=0.0 if snapshot is None else snapshot.epoch,
            has_earlier=not reason and (self._place is None or self._place > 0),
            has_later=course is not None and moment is not None,
            is_playing=self.is_playing,
            branches=self.branches,
            unavailable_reason=reason,
        )

    def look_at(self, epoch: float) -> None:
        """Show the last moment up to ``epoch``, or the first."""
        if self._begin():
            self._play = None
            if self._course is None:
                self._ask(epoch=epoch)
            else:
                self._go_to(self._course.place_of_epoch(epoch))

    def show_place(self, place: int) -> None:
        """Show the moment at that place of the course, while one is shown."""
        if self._is_on and self._course is not None:
            self._play = None
            self._go_to(place)

    def go(self, n_steps: int) -> None:
        """So many moments on, or back; behind the last one is now."""
        if not self._is_on and n_steps > 0:
            return
        if self._begin():
            self._play = None
            if self._course is None or self._wanted is None:
                # Keys come faster than answers.
                self._n_ahead += n_steps
                self._ask(offset=self._n_ahead)
            else:
                self._go_to(self._wanted + n_steps)

    def set_playing(self, is_playing: bool, now_s: float) -> None:
        """Let one moment follow the other, from the one that is shown or from the first; or stay where it is."""
        if not is_playing:
            self._play = None
            self.changed.emit()
            return
        if self._begin():
            moment = self.moment
            if moment is None:
                self._plays_from_beginning = True
                self._ask(epoch=0.0)
            self._play = now_s, 0.0 if moment is None else float(moment.step)
            self.changed.emit()

    def back(self) -> None:
        """Show now; the model trains on if it did before."""
        if self._is_on:
            was_running = self._was_running
            self.leave()
            if was_running:
                self._model.set_running(True)

    def leave(self) -> None:
        """Show now, and let the model rest: something else is about to happen to it."""
        if not self._is_on:
            return
        self._is_on = self._was_running = self._plays_from_beginning = False
        self._course = self._place = self._wanted = self._play = None
        self._n_ahead = 0
        self._model.past.want(None)
        _log.info("The window shows the model as it is now.")
        self.left.emit()
        self.changed.emit()

    def look_again(self) -> None:
        """The moment that is shown is looked at in another picture."""
        if self._is_on and self._wanted is not None:
            self._go_to(self._wanted)

    def tick(self, now_s: float) -> None:
        """Take what has been found, and go on playing."""
        seen = self._model.past.take() if self._is_on else None
        run = self._model.run
        if seen is not None and run is not None and (seen.wanted.run, seen.wanted.look) == (run.number, self._n_looks):
            self._note(seen, now_s)
        if self._play is not None and self._course is not None and self._wanted is not None:
            self._play_on(now_s, *self._play)

    def _begin(self) -> bool:
        """Whether there is something to look at; a model that trains pauses."""
        reason = self.view.unavailable_reason
        if reason:
            self.refused.emit(reason)
            return False
        if not self._is_on:
            self._was_running, self._is_on = self._model.is_running, True
            self._n_looks += 1
            _log.info("An earlier moment of run %d is looked at.", self._model.run.number if self._model.run else 0)
            if self._was_running:
                self._model.set_running(False)
            self.begun.emit()
        return True

    def _ask(self, *, number: int | None = None, epoch: float | None = None, offset: int = 0) -> None:
        run = self._model.run
        assert run is not None
        self._model.past.want(MomentWanted(run.number, self._n_looks, number, epoch, offset))

    def _go_to(self, place: int) -> None:
        course = self._course
        assert course is not None
        place = max(place, 0)
        if place >= course.now:
            self.back()
            return
        self._wanted = place
        self._ask(number=course.moments[place].number)

    def _note(self, seen: MomentSeen, now_s: float) -> None:
        if not seen.course.moments:
            self.back()
            snapshot = self._model.snapshot
            is_large = snapshot is not None and snapshot.parameters.nbytes > MOST_BYTES // PARTS_OF_A_STATE
            self.refused.emit(TOO_LARGE if is_large else NONE_KEPT)
            return
        if seen.snapshot is None:
            self.back()
            return
        is_first = self._course is None
        self._course, self._place = seen.course, seen.place
        if is_first:
            self._wanted = seen.place
        if self._plays_from_beginning and self._play is not None:
            self._plays_from_beginning = False
            self._play = now_s, float(seen.snapshot.step)
        self.reached.emit(seen.snapshot)
        self.changed.emit()

    def _play_on(self, now_s: float, began_s: float, first_step: float) -> None:
        """At the speed of the window, as it would have trained; flat out it is one moment after the other."""
        assert self._course is not None
        assert self._wanted is not None
        if self._place != self._wanted:
            # What was asked for has not been seen yet: nothing is left out.
            return
        rate = self._session.configuration.view.steps_per_second
        if rate is None:
            place = self._wanted + 1
        else:
            place = max(self._wanted, self._course.place_of_step(first_step + (now_s - began_s) * rate))
        if place != self._wanted:
            self._go_to(place)
