"""What the data fit asks of the fits of other samples, and what it is shown of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class ResamplingController(QObject):
    """The cloud goes with the run, and with its picture."""

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._panel, self._service = window.data_fit, services.resampling
        services.model.begun.connect(self._on_begun)
        services.model.ended.connect(self._service.end_run)
        services.model.scene_changed.connect(self._on_scene_changed)
        session.changed.connect(self._service.follow)
        self._service.changed.connect(self._show)
        self._service.failed.connect(self._on_failed)

    def _on_begun(self, _run: Run) -> None:
        self._service.begin_run()

    def _on_scene_changed(self, _scene: object) -> None:
        self._service.show_scene()

    def _on_failed(self, error: Exception) -> None:
        raise error

    def _show(self) -> None:
        service = self._service
        self._panel.show_resampling(service.unavailable_reason)
        self._panel.show_cloud(service.cloud, service.is_stale, service.is_working)
