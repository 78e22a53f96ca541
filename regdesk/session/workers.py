"""Who works for a session: every thread and child process that it begins, and that it waits for in the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regdesk.workers.background import BackgroundThread
from regdesk.workers.engine import EnginePreparation
from regdesk.workers.gc_pacing import FairShare
from regdesk.workers.geometry import GeometryThread
from regdesk.workers.optimum import OptimumThread
from regdesk.workers.sweeping import SweepThread
from regdesk.workers.training import TrainingThread

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from regdesk.core.types import TrainSettings


@dataclass(frozen=True)
class Workers:
    """Each is handed to the one service that asks it; ``previewing`` prepares data that are only looked at,
    ``importing`` reads files that are, ``calculating`` asks the model about single points, ``modelling`` reads and
    writes models, ``predicting`` predicts files, ``exporting`` writes models as code, ``finding`` finds published
    results, ``resampling`` fits other samples of the rows, ``permuting`` asks a model about validation rows whose
    columns are permuted, ``comparing`` solves a linear model under three penalties, ``keeping`` writes sessions and
    ``fetching`` reads them."""

    training: TrainingThread
    reading: BackgroundThread
    previewing: BackgroundThread
    importing: BackgroundThread
    sweeping: SweepThread
    solving: OptimumThread
    drawing: GeometryThread
    calculating: BackgroundThread
    engine: EnginePreparation
    fair_share: FairShare
    modelling: BackgroundThread
    predicting: BackgroundThread
    exporting: BackgroundThread
    finding: BackgroundThread
    resampling: BackgroundThread
    permuting: BackgroundThread
    comparing: BackgroundThread
    keeping: BackgroundThread
    fetching: BackgroundThread

    @classmethod
    def for_a_window(cls, settings: TrainSettings, parent: QObject | None) -> Workers:
        """Those of the program, none of which has begun; the model begins under ``settings``."""
        return cls(
            TrainingThread(settings, parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            SweepThread(parent),
            OptimumThread(parent),
            GeometryThread(parent),
            BackgroundThread(parent),
            EnginePreparation(parent),
            FairShare(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
            BackgroundThread(parent),
        )
