"""What the window asks of the calculator, and what it answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from regdesk.session.services import Services
    from regdesk.views.window.main_window import MainWindow


class CalculatorController(QObject):
    """A row that is clicked on is loaded, and the calculator is shown: that is what it was clicked on for."""

    def __init__(self, window: MainWindow, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._panel, self._service = window, window.calculator, services.calculator
        self._models = services.models
        services.model.begun.connect(self._service.begin_run)
        services.model.ended.connect(self._service.end_run)
        services.model.begun.connect(self._show_live)
        services.model.ended.connect(self._panel.forget)
        self._service.model_changed.connect(self._panel.show_model)
        self._service.point_changed.connect(self._panel.show_point)
        self._service.calculated.connect(self._panel.show_calculation)
        self._service.refused.connect(window.show_error)
        self._panel.seen_changed.connect(self._service.show_seen)
        self._panel.columns_changed.connect(self._service.show_columns)
        self._panel.cell_chosen.connect(self._service.choose)
        self._panel.reset_requested.connect(self._service.reset)
        self._panel.line_chosen.connect(self._service.load_line)
        self._panel.live_requested.connect(self._on_live_requested)
        window.data_fit.row_chosen.connect(self._on_row_chosen)
        window.models.calculator_requested.connect(self._on_model_requested)

    def _show_live(self) -> None:
        self._panel.show_source("")

    def _on_live_requested(self) -> None:
        self._service.show_live()
        self._show_live()

    def _on_model_requested(self) -> None:
        """The model that was opened last is asked."""
        opened = self._models.model
        if opened is None:
            return
        self._panel.show_source(opened.path.name)
        self._window.docks.bring_up(self._panel)
        self._service.show_model(opened.saved.model)

    def _on_row_chosen(self, row: int) -> None:
        # It is a row of what the live model trains on.
        self._on_live_requested()
        self._window.docks.bring_up(self._panel)
        self._service.load_row(row)
