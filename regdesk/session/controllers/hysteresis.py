"""What the window asks of the up-and-down demonstration, and what its tour asks of the live model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from regdesk.core.run.live_trail import LiveTrail
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class HysteresisController(QObject):
    """Signal: ``began()`` when the model is to train. λ is changed by the tour and not by hand."""

    began = Signal()

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._data = window, session, services.data
        self._service = services.up_down
        window.up_down_toggled.connect(self._on_toggled)
        window.turn_requested.connect(self._on_turn_requested)

    def show(self) -> None:
        """What can be done with what is in force."""
        self._window.commands.show_up_down(self._unavailable_reason, self._service.is_on, self._service.is_going_up)

    def note_snapshot(self, snapshot: TrainSnapshot, trail: LiveTrail) -> float | None:
        """On with the demonstration, if there is one; λ that it visits are drawn as its own and leave no ``trail``.

        The λ to set when everybody has noted the snapshot, None when it stays; nothing is emitted here.
        """
        if not self._service.owns(snapshot):
            trail.note_snapshot(snapshot)
            return None
        return self._service.end() if snapshot.has_diverged else self._service.note_snapshot(snapshot)

    def stop(self) -> None:
        """End the demonstration, if there is one; λ returns to where it was."""
        lam = self._service.end()
        if lam is not None:
            self._session.change("training.lam", lam, "tour")

    @property
    def _unavailable_reason(self) -> str:
        return self._service.unavailable_reason(self._session.configuration.training, self._data.now is not None)

    def _on_toggled(self, is_on: bool) -> None:
        if not is_on:
            self.stop()
            return
        unavailable_reason, loaded = self._unavailable_reason, self._data.now
        if loaded is None or unavailable_reason:
            self.show()
            self._window.show_error(unavailable_reason)
            return
        lam = self._service.begin(loaded.dataset, self._session.configuration)
        self._session.change("training.lam", lam, "tour")
        self.began.emit()

    def _on_turn_requested(self) -> None:
        self._service.turn()
