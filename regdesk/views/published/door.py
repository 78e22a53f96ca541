"""The window's side of published results: the action, and the dialog, made when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from regdesk.core.published.values import ComparedRow, PublishedResult
    from regdesk.views.published.dialog import PublishedDialog


class PublishedDoor(QObject):
    """Signals: ``result_requested(str)`` when somebody wants to see a result, empty for the first;
    ``data_requested(str)`` with the name of the one whose data are to be opened.
    """

    result_requested = Signal(str)
    data_requested = Signal(str)

    def __init__(self, window: QWidget, action: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._dialog: PublishedDialog | None = None
        action.triggered.connect(self._on_triggered)

    def show(
        self, results: Sequence[PublishedResult], chosen: PublishedResult, rows: Sequence[ComparedRow], problem: str
    ) -> None:
        """Open the dialog, or let it show ``chosen`` of ``results`` where it is open.

        ``problem`` says why there are no ``rows``; empty where there are.
        """
        if self._dialog is None:
            from regdesk.views.published.dialog import PublishedDialog

            self._dialog = PublishedDialog(self._window)
            self._dialog.result_chosen.connect(self.result_requested)
            self._dialog.data_requested.connect(self.data_requested)
        self._dialog.show_result(results, chosen, rows, problem)
        if not self._dialog.isVisible():
            self._dialog.show()

    def close(self) -> None:
        if self._dialog is not None:
            self._dialog.close()

    def _on_triggered(self) -> None:
        self.result_requested.emit("")
