"""What the window asks of the up-and-down demonstration, and what its course asks of the live model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.types import Configuration

if TYPE_CHECKING:
    from regdesk.core.run.live_trail import LiveTrail
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.session.hysteresis_service import UpDownDesk
    from regdesk.tasks.loading import Loaded
    from regdesk.views.window.main_window import MainWindow


class UpDownController(QObject):
    """Signals: ``lambda_chosen(float)`` by the course and not by hand, ``began()`` when the model is to train."""

    lambda_chosen = Signal(float)
    began = Signal()

    def __init__(self, window: MainWindow, desk: UpDownDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk
        self._loaded: Loaded | None = None
        self._configuration = Configuration()
        window.up_down_toggled.connect(self._on_toggled)
        window.turn_requested.connect(self._on_turn_requested)

    def show_configuration(self, loaded: Loaded | None, configuration: Configuration) -> None:
        """What is in force, and with it what can be done."""
        self._loaded, self._configuration = loaded, configuration
        self._show()

    def follow(self, snapshot: TrainSnapshot, trail: LiveTrail) -> None:
        """On with the demonstration, if there is one; λ that it visits are drawn as its own and leave no ``trail``."""
        if not self._desk.owns(snapshot):
            trail.note_snapshot(snapshot)
        elif snapshot.has_diverged:
            self.stop()
        else:
            lam = self._desk.note_snapshot(snapshot)
            if lam is not None:
                self.lambda_chosen.emit(lam)

    def stop(self) -> None:
        """End the demonstration, if there is one; λ returns to where it was."""
        lam = self._desk.end()
        if lam is not None:
            self.lambda_chosen.emit(lam)

    @property
    def _obstacle(self) -> str:
        return self._desk.obstacle(self._configuration.training, self._loaded is not None)

    def _show(self) -> None:
        self._window.commands.show_up_down(self._obstacle, self._desk.is_on, self._desk.is_going_up)

    def _on_toggled(self, is_on: bool) -> None:
        if not is_on:
            self.stop()
            return
        obstacle = self._obstacle
        if self._loaded is None or obstacle:
            self._show()
            self._window.show_error(obstacle)
            return
        self.lambda_chosen.emit(self._desk.begin(self._loaded.dataset, self._configuration))
        self.began.emit()

    def _on_turn_requested(self) -> None:
        self._desk.turn()
