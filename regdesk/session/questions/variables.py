"""What the window asks about the columns of the live model, and what it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.session.services import Services
    from regdesk.views.window.main_window import MainWindow


class VariablesController(QObject):
    """The table is told what permuting its columns does to the validation loss."""

    def __init__(self, window: MainWindow, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        service, panel = services.importance, window.variables
        services.model.begun.connect(service.begin_run)
        services.model.ended.connect(service.end_run)
        services.model.running_changed.connect(service.show_running)
        service.begun.connect(panel.show_permuting)
        service.found.connect(panel.show_permuted)
        service.forgotten.connect(panel.forget_permuted)
        service.refused.connect(panel.show_permuting_refused)
        panel.seen_changed.connect(service.show_seen)
        panel.permuting_requested.connect(service.ask)
