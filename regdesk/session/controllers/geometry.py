"""What the window asks of the constraint geometry, and what it answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class GeometryController(QObject):
    """The look at it is part of the configuration, and a budget that is spent changes λ; the rest is its service's."""

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._session, self._service = window.plane_geometry, session, services.geometry
        services.model.begun.connect(self._on_run_begun)
        services.model.ended.connect(self._service.end_run)
        self._service.made.connect(self._panel.show_view)
        self._service.refused.connect(self._panel.show_refusal)
        self._service.lambda_found.connect(self._on_lambda_found)
        self._panel.aspect_changed.connect(self._service.show_aspect)
        self._panel.pair_brought_back.connect(self._service.bring_back_pair)
        self._panel.seen_changed.connect(self._service.show_seen)
        self._panel.budget_chosen.connect(self._service.find_lambda)

    def _on_run_begun(self, run: Run) -> None:
        """What was chosen stays where the model has the same weight still; nobody has chosen another one."""
        weights, kept = self._service.begin_run(run)
        self._session.change("view.geometry", kept, "script")
        self._panel.show_weights(weights, run.is_linear)

    def _on_lambda_found(self, lam: float) -> None:
        self._session.change("training.lam", lam)
