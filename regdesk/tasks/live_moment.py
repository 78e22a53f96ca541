"""What a window shows of its model at one moment, to be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.tasks.loading import Loaded


@dataclass(frozen=True, eq=False)
class LiveMoment:
    """What tables and pictures of one moment come from.

    Attributes:
        snapshot: the model, or the exact one that is shown in its place.
        history: of all the run.
        n_changes: how often settings were changed from the beginning of the run to this moment.
        curve: what a sweep has found; None without one, and where it is of something else than is in force.
        swept_scale: what the curve's weights belong to.
    """

    loaded: Loaded
    configuration: Configuration
    snapshot: TrainSnapshot
    history: HistoryColumns
    n_changes: int
    curve: SweepCurve | None = None
    swept_scale: ModelScale | None = None

    @property
    def dataset(self) -> Dataset:
        return self.loaded.dataset
