"""The curve that is drawn of a sweep, while it goes on and at its end, of either kind of model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from regdesk.core.linear.cross_validation import SweepPoint
from regdesk.core.linear.problem import problem_of
from regdesk.core.sweep.curve import SweepCurve, curve_of
from regdesk.core.sweep.weight_path import PathFacts, knots_of, with_knots
from regdesk.tasks.linear_sweep import Sweep
from regdesk.tasks.network_sweep import NetworkResult
from regdesk.tasks.sweep_steps import LinearStep, NetworkStep, PreparedSweep, SweepStep

if TYPE_CHECKING:
    from regdesk.core.networks.points import NetworkSweep


class GrowingCurve(Protocol):
    """What the steps of a sweep have come to."""

    def add(self, step: SweepStep) -> bool:
        """Whether there is more to see than before."""

    def curve(self, is_done: bool) -> SweepCurve | None:
        """A frozen copy of what is there; None while no λ is complete."""

    def exact_curve(self, found: SweepCurve, goes_on: Callable[[], bool]) -> SweepCurve | None:
        """``found`` with the events of its path exactly, as far down as ``goes_on`` says; None without such events."""


class LinearCurve:
    """Grows by a point a step."""

    def __init__(self, prepared: PreparedSweep, n_lambdas: int) -> None:
        self._prepared, self._n_lambdas = prepared, n_lambdas
        self._points: list[SweepPoint] = []

    def add(self, step: SweepStep) -> bool:
        assert isinstance(step, LinearStep)
        self._points.append(step.point)
        return True

    def add_all(self, points: Sequence[SweepPoint]) -> None:
        self._points += points

    def curve(self, is_done: bool) -> SweepCurve | None:
        prepared, facts = self._prepared, self._prepared.facts
        assert isinstance(facts, PathFacts)
        n_folds = len(prepared.folds.folds)
        return curve_of(self._points, prepared.configuration.training, self._n_lambdas, n_folds, is_done, facts)

    def exact_curve(self, found: SweepCurve, goes_on: Callable[[], bool]) -> SweepCurve | None:
        prepared = self._prepared
        # The standardised rows are made once more and not kept beside those of the sweep.
        knots = knots_of(problem_of(prepared.folds.whole, prepared.configuration.training), self._points[-1].model)
        if knots is None or found.path is None:
            return None
        while goes_on() and knots.advance():
            pass
        return replace(found, path=with_knots(found.path, knots))


class NetworkCurve:
    """Is all that the newest step knows."""

    def __init__(self, prepared: PreparedSweep) -> None:
        self._prepared = prepared
        self._moment: NetworkSweep | None = None

    def add(self, step: SweepStep) -> bool:
        assert isinstance(step, NetworkStep)
        self._moment = step.moment
        return bool(step.moment.changed)

    def curve(self, is_done: bool) -> SweepCurve | None:
        # A sweep of a linear model does without, which takes a tenth of a second to load.
        from regdesk.core.networks.curve import NetworkFacts, complete_points, network_curve_of

        prepared, moment, facts = self._prepared, self._moment, self._prepared.facts
        assert isinstance(facts, NetworkFacts)
        if moment is None or not complete_points(moment.points):
            return None
        grid, n_folds = moment.lambdas, len(prepared.folds.folds)
        return network_curve_of(
            moment.points, prepared.configuration.training, len(grid), n_folds, is_done, facts, grid
        )

    def exact_curve(self, found: SweepCurve, goes_on: Callable[[], bool]) -> SweepCurve | None:
        """Of networks nobody knows such events."""
        return None


def growing_curve(step: SweepStep) -> GrowingCurve:
    """That of the sweep whose first step is ``step``, which is still to be added."""
    if isinstance(step, LinearStep):
        return LinearCurve(step.prepared, step.n_all)
    return NetworkCurve(step.prepared)


def curve_of_result(found: Sweep | NetworkResult) -> SweepCurve:
    """What a window's own sweep comes to: the points, and the path with all its events."""
    prepared, n_lambdas = found.prepared, len(found.points)
    if isinstance(found, NetworkResult):
        from regdesk.core.networks.curve import NetworkFacts, network_curve_of

        assert isinstance(prepared.facts, NetworkFacts)
        training, n_folds = prepared.configuration.training, len(prepared.folds.folds)
        return network_curve_of(found.points, training, n_lambdas, n_folds, True, prepared.facts)
    growing = LinearCurve(prepared, n_lambdas)
    growing.add_all(found.points)
    curve = growing.curve(True)
    assert curve is not None
    return growing.exact_curve(curve, lambda: True) or curve
