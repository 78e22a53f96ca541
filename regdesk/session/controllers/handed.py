"""What the session's controller is handed by the program around it, and hands on to its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.crews.choice import CrewChoice
    from regdesk.session.controllers.importing import ImportController, ImportMemory
    from regdesk.session.controllers.models import ModelController
    from regdesk.session.controllers.reports import ReportController
    from regdesk.session.services import Services
    from regdesk.workers.model_work import CommandWords, PaintReport


class Handed(QObject):
    """Base of the controller, which makes the parts."""

    _services: Services
    _importing: ImportController
    _models: ModelController
    _reports: ReportController

    @property
    def import_memory(self) -> ImportMemory | None:
        """Where choices for files are kept; None: nobody is asked about a file that is opened."""
        return self._importing.memory

    @import_memory.setter
    def import_memory(self, memory: ImportMemory | None) -> None:
        self._importing.memory = memory

    @property
    def fit_words(self) -> CommandWords:
        """What follows the program's name in the command by which a live model can be made again."""
        return self._models.fit_words

    @fit_words.setter
    def fit_words(self, words: CommandWords) -> None:
        self._models.fit_words = words

    @property
    def paint_report(self) -> PaintReport | None:
        """What makes PDF of reports; None: nobody does."""
        return self._reports.paint

    @paint_report.setter
    def paint_report(self, paint: PaintReport | None) -> None:
        self._reports.paint = paint

    @property
    def sweep_workers(self) -> CrewChoice | None:
        """Who does sweeps that begin from now on; None: threads on every core."""
        return self._services.sweeps.workers

    @sweep_workers.setter
    def sweep_workers(self, workers: CrewChoice | None) -> None:
        self._services.sweeps.workers = workers
