"""What the training thread is asked for: a model, another look at it, other weights of it, one epoch of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.core.types import Architecture, TrainSettings

if TYPE_CHECKING:
    from regdesk.core.fit.view import FitView
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.moments.kept_moment import Course, KeptMoment
    from regdesk.core.moments.store import MomentMemory
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.run.trainer_state import TrainerState
    from regdesk.core.types import Float64s, Floats


@dataclass(frozen=True, eq=False)
class RunStart:
    """In place of the seed's weights a run begins with ``parameters`` ``(n_parameters,)``; ``words`` say whose."""

    parameters: Floats
    words: str


@dataclass(frozen=True)
class NewRun:
    """A request for a new trainer; ``fit_view`` belongs to ``dataset``.

    With ``state`` it goes on from there, after ``moments``; with ``start`` from other weights than the seed's.
    """

    run: int
    dataset: Dataset
    fit_view: FitView
    architecture: Architecture
    seed: int
    start: RunStart | None = None
    state: TrainerState | None = None
    moments: MomentMemory[KeptMoment] | None = None


class NoRun:
    """A request to give up the present trainer; there is no other."""


@dataclass(frozen=True)
class NewFitView:
    """A request to look at the model of ``run`` in another way; nothing else of it changes."""

    run: int
    fit_view: FitView


@dataclass(frozen=True, eq=False)
class NewWeights:
    """A request to go on from ``parameters`` ``(n_parameters,)`` in the model of ``run``, under ``settings``.

    ``words`` say where they are from.
    """

    run: int
    parameters: Floats
    settings: TrainSettings
    words: str

    def of(self, _present: Floats) -> Floats:
        """``(n_parameters,)``, in place of the ``_present`` ones."""
        return self.parameters


@dataclass(frozen=True)
class NewWeight:
    """As ``NewWeights``, with ``value`` as the parameter at ``position``, and all others as they are by then."""

    run: int
    position: int
    value: float
    settings: TrainSettings
    words: str

    def of(self, present: Floats) -> Floats:
        """``(n_parameters,)``, of the ``present`` ones."""
        found: Floats = present.copy()
        found[self.position] = self.value
        return found


@dataclass(frozen=True, eq=False)
class NewLook:
    """A request to see the paused model of ``run`` as ``parameters`` ``(n_parameters,)``, the exact ones under
    ``settings``, would make it; it stays as it is.
    """

    run: int
    parameters: Float64s
    settings: TrainSettings


@dataclass(frozen=True)
class StateWanted:
    """A request for the state of the present model, as it is by then; ``number``, from 1, comes back with it."""

    number: int


@dataclass(frozen=True, eq=False)
class HandedOver:
    """What the thread hands out of ``run`` when it was asked for it, or when the run is over.

    Attributes:
        number: of the request; 0 for a run that is over.
        state: None where there is no trainer.
        moments: earlier ones, as many as are worth to be kept of a run that is left.
        unseen: a snapshot that was offered and that nobody has taken: its rows come before those of ``state``.
        is_lost: the run was begun, and an error has taken its state.
    """

    run: int
    number: int
    state: TrainerState | None
    unseen: TrainSnapshot | None
    moments: MomentMemory[KeptMoment] | None = None
    is_lost: bool = False


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


class StepEpoch:
    """A request to train to the next whole epoch."""


Request = NewRun | NoRun | NewFitView | NewWeights | NewWeight | NewLook | StateWanted
"""From outside the thread."""
