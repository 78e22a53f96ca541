"""What the window asks of reports: a file on the model that is shown, its data, and the sweep beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.session.controllers.models import NO_MODEL

if TYPE_CHECKING:
    from regdesk.session.controllers.models import ModelController
    from regdesk.session.services import Services
    from regdesk.views.window.main_window import MainWindow
    from regdesk.workers.model_work import PaintReport


class ReportController(QObject):
    """``paint`` makes PDF of a report, in a thread; None: there is HTML alone."""

    def __init__(self, window: MainWindow, services: Services, models: ModelController, parent: QObject) -> None:
        super().__init__(parent)
        self.paint: PaintReport | None = None
        self._window, self._models, self._services = window, models, services
        window.models.report_requested.connect(self._on_report_requested)
        window.models.report_place_chosen.connect(self._on_report_place_chosen)
        services.models.reported.connect(self._on_reported)

    def _on_report_requested(self) -> None:
        run = self._services.model.run
        if run is None or self._models.live is None:
            self._window.show_error(NO_MODEL)
            return
        source = run.loaded.source
        # Samples are where the program is, which is no place for a person's files.
        place = source.path if source.sample is None else Path(source.path.name)
        self._window.models.ask_report_place(str(place.with_suffix(".html")))

    def _on_report_place_chosen(self, file: str) -> None:
        live, run = self._models.live, self._services.model.run
        if live is None or run is None:
            self._window.show_error(NO_MODEL)
            return
        sweeps, source = self._services.sweeps, run.loaded.source
        # One that is under way, or of other settings, says nothing of the λ of this model.
        curve = sweeps.curve if sweeps.curve is not None and sweeps.curve.is_done and not sweeps.is_stale else None
        self._window.show_status(f"Writing {Path(file).name} …")
        sources = (source.path, *map(Path, source.reading.more_files))
        self._services.models.report(Path(file), live, run.loaded, curve, self.paint, sources)

    def _on_reported(self, file: Path) -> None:
        self._window.show_status(f"The report is written: {file}.")
