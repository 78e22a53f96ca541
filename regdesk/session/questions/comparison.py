"""What the window asks of three penalties side by side, and what it is shown of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class ComparisonController(QObject):
    """The panels of weights and of the path look at the same comparison."""

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service = services.comparison
        self._places = (window.histogram.comparison, window.weight_path.comparison)
        services.model.begun.connect(service.begin_run)
        services.model.ended.connect(service.end_run)
        session.changed.connect(self._on_changed)
        for place in self._places:
            place.wanted.connect(self._on_wanted)
            service.compared.connect(place.show_comparison)
            service.refused.connect(place.refuse)

    def _on_wanted(self) -> None:
        self._service.show_wanted(any(place.is_wanted for place in self._places))

    def _on_changed(self, change: Change) -> None:
        if change.touches("training"):
            self._service.follow()
