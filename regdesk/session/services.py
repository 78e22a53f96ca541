"""Every service of a session, each with the threads that work for it; they end together."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from regdesk.session.calculator_service import CalculatorService
from regdesk.session.data_service import DataService
from regdesk.session.geometry_service import GeometryService
from regdesk.session.hysteresis_service import HysteresisService
from regdesk.session.import_service import ImportService
from regdesk.session.keeping.file_service import SessionFileService
from regdesk.session.live_model import LiveModel
from regdesk.session.models.export_service import ExportService
from regdesk.session.models.file_service import ModelService
from regdesk.session.models.prediction_service import PredictionService
from regdesk.session.optimum_service import OptimumService
from regdesk.session.questions.comparison_service import ComparisonService
from regdesk.session.questions.importance_service import ImportanceService
from regdesk.session.questions.published_service import PublishedService
from regdesk.session.questions.resampling_service import ResamplingService
from regdesk.session.service import Service
from regdesk.session.sweep_service import SweepService

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from regdesk.session.clock import Clock
    from regdesk.session.engine_readiness import EngineReadiness
    from regdesk.session.session import Session
    from regdesk.session.workers import Workers


@dataclass(frozen=True)
class Services:
    """One of each; ``up_down`` has no thread: its tour is that of the live model."""

    model: LiveModel
    data: DataService
    imports: ImportService
    sweeps: SweepService
    optima: OptimumService
    geometry: GeometryService
    calculator: CalculatorService
    up_down: HysteresisService
    models: ModelService
    predictions: PredictionService
    exports: ExportService
    published: PublishedService
    resampling: ResamplingService
    importance: ImportanceService
    comparison: ComparisonService
    sessions: SessionFileService

    @classmethod
    def of(
        cls, session: Session, workers: Workers, engine: EngineReadiness, clock: Clock, parent: QObject | None
    ) -> Services:
        """Those of ``session``, none of which has begun."""
        data = DataService(session, workers.reading, workers.previewing, parent)
        model = LiveModel(workers.training, session, engine, parent)
        return cls(
            model,
            data,
            ImportService(workers.importing, parent),
            SweepService(workers.sweeping, session, data, parent),
            OptimumService(workers.solving, clock, parent),
            GeometryService(workers.drawing, session, clock, parent),
            CalculatorService(workers.calculating, clock, parent),
            HysteresisService(),
            ModelService(workers.modelling, parent),
            PredictionService(workers.predicting, parent),
            ExportService(workers.exporting, parent),
            PublishedService(workers.finding, parent),
            ResamplingService(workers.resampling, session, model, clock, parent),
            ImportanceService(workers.permuting, clock, parent),
            ComparisonService(workers.comparing, lambda: session.configuration.training, parent),
            SessionFileService(workers.keeping, workers.fetching, parent),
        )

    def stop(self) -> None:
        """Give up what is under way, and wait until every thread has ended."""
        services = [one for one in (getattr(self, field.name) for field in fields(self)) if isinstance(one, Service)]
        for service in services:
            service.stop()
        for service in services:
            service.wait()
