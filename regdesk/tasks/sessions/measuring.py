"""Moments of a run that was saved, as snapshots again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.fit.view import FitView
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.run.moment import Moment
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.training.measure import Measure
    from regdesk.core.types import Architecture, Floats, TrainSettings


class Measuring:
    """A measure of one model, which is made when it is first asked: that takes the compiled engine."""

    def __init__(self, dataset: Dataset, architecture: Architecture, seed: int, fit_view: FitView) -> None:
        self._of = dataset, architecture, seed, 0, fit_view
        self._measure: Measure | None = None

    def __call__(self, parameters: Floats, settings: TrainSettings, moment: Moment) -> TrainSnapshot:
        """The snapshot of ``parameters`` ``(n_parameters,)``. Raises ValueError, a sentence, for another number."""
        if self._measure is None:
            from regdesk.core.training.trainer import Trainer

            self._measure = Trainer(*self._of).measure
        n_parameters = self._measure.network.n_parameters
        if parameters.shape != (n_parameters,):
            raise ValueError(f"a model of {n_parameters} parameters is needed, not of {parameters.shape}")
        return self._measure(parameters, settings, moment)
