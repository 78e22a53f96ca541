"""What the window asks of sweeps over λ, and what they answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.sweep.view import SweepView
from regdesk.core.words.number_text import number_text
from regdesk.data.errors import DataError

if TYPE_CHECKING:
    from regdesk.session.session import Session
    from regdesk.session.sweep_service import SweepService
    from regdesk.tasks.loading import Loaded
    from regdesk.views.window.main_window import MainWindow

PREPARING_PATHS = "The sweep begins as soon as its code is compiled, which the first launch does in the background …"
SWEEPING = "Sweeping λ: the curve in Loss versus λ grows while it is computed."
SWEPT = "All {n} λ are swept: Use best sets the one with the lowest validation loss."
OLD_SWEEP = "Those weights are of other data or another penalty than are in force: sweep again, then load them."


class SweepController(QObject):
    """Signal: ``weights_chosen(float, object, str)`` with a λ of the sweep, the parameters of the model of all rows
    that it found there, on the scale of the live model, and what they are in words.
    """

    weights_chosen = Signal(float, object, str)

    def __init__(self, window: MainWindow, session: Session, sweeps: SweepService, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._sweeps = window, session, sweeps
        self._loaded: Loaded | None = None
        sweeps.changed.connect(self.show)
        sweeps.ended.connect(self._on_ended)
        sweeps.failed.connect(self._on_failed)
        window.sweep_requested.connect(self._on_requested)
        window.loss_curve.weights_requested.connect(self._on_weights_requested)
        window.loss_curve.starts_chosen.connect(lambda n_starts: session.change("sweep.n_starts", n_starts))

    def show_configuration(self, loaded: Loaded | None) -> None:
        """What is in force."""
        self._loaded = loaded
        self._sweeps.show_configuration(loaded, self._session.configuration)

    def show(self) -> None:
        """Bring the window to what has been found."""
        sweeps, is_linear = self._sweeps, self._session.configuration.architecture.is_linear
        self._window.show_sweep(
            SweepView(
                sweeps.curve,
                sweeps.is_busy,
                sweeps.is_waiting,
                sweeps.is_stale,
                sweeps.unavailable_reason,
                sweeps.progress,
                is_linear,
            )
        )

    def _on_requested(self) -> None:
        sweeps, loaded, configuration = self._sweeps, self._loaded, self._session.configuration
        if sweeps.is_busy:
            sweeps.cancel()
            return
        if loaded is None or sweeps.unavailable_reason:
            self._window.show_error(sweeps.unavailable_reason)
            return
        sweeps.start(loaded, configuration)
        # Said at once: a paused model has nothing to say that would take the place of an earlier sweep's end.
        self._window.show_status(PREPARING_PATHS if sweeps.is_waiting else SWEEPING)

    def _on_weights_requested(self, lam: float) -> None:
        if self._loaded is None:
            return
        from regdesk.core.model.scale import ModelScale

        parameters = self._sweeps.parameters_at(lam, ModelScale.of(self._loaded.dataset))
        if parameters is None:
            self._window.show_error(OLD_SWEEP)
            return
        self.weights_chosen.emit(lam, parameters, f"weights of the sweep at λ {number_text(lam)}")

    def _on_ended(self, n_done: int, n_all: int) -> None:
        unit = "fits" if self._sweeps.progress is not None else "λ"
        if n_done < n_all:
            stays = "; what is there stays." if n_done else "."
            self._window.show_error(f"The sweep was cancelled after {n_done} of {n_all} {unit}{stays}")
        elif self._sweeps.curve is not None:
            self._window.show_status(SWEPT.format(n=self._sweeps.curve.n_lambdas))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
