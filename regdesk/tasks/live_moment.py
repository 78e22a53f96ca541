"""What a window shows of its model at one moment, to be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regdesk.core.model.dataset import Dataset
    from regdesk.core.model.scale import ModelScale
    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.history import HistoryColumns
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.settings.configuration import Configuration
    from regdesk.core.sweep.curve import SweepCurve
    from regdesk.tasks.loading import Loaded


class ModelOfFile(NamedTuple):
    """A model that was opened and has not moved.

    ``command`` is what follows the program's name where it was made, empty where that is not known; ``note`` says what
    else the file knows of the command.
    """

    name: str
    command: tuple[str, ...]
    note: str


@dataclass(frozen=True, eq=False)
class LiveMoment:
    """What tables and pictures of one moment come from.

    Attributes:
        snapshot: the model, or the exact one that is shown in its place.
        history: of all the run.
        changes: of settings, and of weights that were put in, from the beginning of the run to this moment.
        curve: what a sweep has found; None without one, and where it is of something else than is in force.
        swept_scale: what the curve's weights belong to.
        file: the model's, where it is just as it was opened.
    """

    loaded: Loaded
    configuration: Configuration
    snapshot: TrainSnapshot
    history: HistoryColumns
    changes: tuple[SettingsChange, ...]
    curve: SweepCurve | None = None
    swept_scale: ModelScale | None = None
    file: ModelOfFile | None = None

    @property
    def dataset(self) -> Dataset:
        return self.loaded.dataset
