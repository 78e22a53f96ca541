"""The up-and-down demonstration of the live model: whether there can be one, its tour, and where λ was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regdesk.core.linear.path import lambda_grid

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.hysteresis_tour import HysteresisCurves, HysteresisTour
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.types import TrainSettings

NO_PENALTY = "Up and down moves λ: choose a penalty first."
NO_DATA = "There is no model to sweep up and down yet: open a file or a sample, or choose another target."


class HysteresisService:
    """``value`` is what the newest tour has found, None before there was one in this run."""

    def __init__(self) -> None:
        self._tour: HysteresisTour | None = None
        self._home = 0.0
        # Of a tour that has just ended: the model may still be seen under it.
        self._last_lam: float | None = None
        self._ending = ""
        self.value: HysteresisCurves | None = None

    @property
    def is_on(self) -> bool:
        return self._tour is not None

    @property
    def is_going_up(self) -> bool:
        return self._tour is not None and self._tour.direction == "up"

    def unavailable_reason(self, settings: TrainSettings, has_data: bool) -> str:
        """Why there can be no tour now, one sentence; empty when there can be one."""
        if not has_data:
            return NO_DATA
        return NO_PENALTY if settings.penalty == "none" else ""

    def begin(self, dataset: Dataset, configuration: Configuration) -> float:
        """Begin a tour; the λ to set first."""
        # Here and not above: the first paint need not wait for it, nor for the words below.
        from regdesk.core.linear.problem import problem_of
        from regdesk.core.run.hysteresis_tour import HysteresisTour, linear_tour_lambdas, network_tour_lambdas

        is_linear, training = configuration.architecture.is_linear, configuration.training
        self._home = training.lam
        if is_linear:
            lambdas = linear_tour_lambdas(float(lambda_grid(problem_of(dataset, training), 2)[0]))
        else:
            lambdas = network_tour_lambdas(dataset)
        self._tour = HysteresisTour(lambdas, is_linear)
        self._ending, self.value = "", self._tour.value
        return self._tour.lam

    def note_snapshot(self, snapshot: TrainSnapshot) -> float | None:
        """The newest moment of the run; the λ to set now, None when it stays. In the end that is where it was."""
        tour = self._tour
        if tour is None or not tour.advance(snapshot):
            return None
        self.value = tour.value
        if not tour.is_done:
            return tour.lam
        from regdesk.core.words.hysteresis_words import verdict

        self._leave()
        self._ending = verdict(tour.value)
        return self._home

    def turn(self) -> None:
        """Go no further up."""
        if self._tour is not None:
            self._tour.turn()

    def end(self) -> float | None:
        """End the tour by hand, keeping what it has found; the λ there was before, None without a tour."""
        tour = self._tour
        if tour is None:
            return None
        from regdesk.core.words.hysteresis_words import stopped_sentence

        self._leave()
        self._ending = stopped_sentence(tour.value)
        return self._home

    def note_change(self, before: TrainSettings, after: TrainSettings) -> None:
        """Settings are changed by hand: another λ or penalty ends a tour; what was said of one is no longer news."""
        pressures = [(one.penalty, one.lam, one.effective_l1_ratio) for one in (before, after)]
        if pressures[0] != pressures[1]:
            self._leave()
        self._ending = ""

    def forget(self) -> None:
        """Another run: nothing of this one is to be seen."""
        self._leave()
        self._last_lam, self._ending, self.value = None, "", None

    def owns(self, snapshot: TrainSnapshot) -> bool:
        """Whether the λ of ``snapshot`` was set by a tour."""
        if not self.is_on and snapshot.settings.effective_lam != self._last_lam:
            self._last_lam = None
        return self.is_on or self._last_lam is not None

    def _leave(self) -> None:
        if self._tour is not None:
            lam = self._tour.lam
            self._tour, self._last_lam = None, lam if lam != self._home else None

    def is_same_way(self) -> bool:
        """Whether a change of λ that arrives now goes on in the direction of the one before."""
        value = self._tour.value if self._tour is not None else None
        return value is not None and (len(value.up) >= 1 if value.direction == "up" else len(value.down) >= 2)

    def sentence(self, is_running: bool) -> str:
        """What there is to say of a tour under way or just ended; empty when there is nothing."""
        if self._tour is None:
            return self._ending
        from regdesk.core.words.hysteresis_words import tour_sentence

        return tour_sentence(self._tour, is_running)
