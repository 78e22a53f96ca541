"""What the window asks of sweeps over λ, and what they answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.errors import RegdeskError
from regdesk.core.sweep.view import SweepView
from regdesk.core.words.number_text import number_text

if TYPE_CHECKING:
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

PREPARING_PATHS = "The sweep begins as soon as its code is compiled, which the first launch does in the background …"
SWEEPING = "Sweeping λ: the curve in Loss versus λ grows while it is computed."
SWEPT = (
    "All {n} λ are swept: Use best sets the one with the lowest validation loss of the sweep; that of your own model "
    "may rise."
)
OLD_SWEEP = "Those weights are of other data or another penalty than are in force: sweep again, then load them."

SHOWN_EVERY_S, BESIDE_EVERY_S = 0.1, 0.25
"""How often what a sweep has found is shown, and beside a model that trains: to draw it takes as long as two frames of
that, which come first.
"""


class SweepController(QObject):
    """Signal: ``weights_chosen(float, object, str)`` with a λ of the sweep, the parameters of the model of all rows
    that it found there, on the scale of the live model, and what they are in words.
    """

    weights_chosen = Signal(float, object, str)

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._session, self._data = window, session, services.data
        self._sweeps = sweeps = services.sweeps
        self._shown_s = float("-inf")
        sweeps.changed.connect(self.show)
        # Why the present one ends has been said, which is more than that it was cancelled.
        self._is_end_told = False
        sweeps.outdated.connect(self._on_outdated)
        sweeps.ended.connect(self._on_ended)
        sweeps.failed.connect(self._on_failed)
        window.sweep_requested.connect(self._on_requested)
        window.loss_curve.weights_requested.connect(self._on_weights_requested)
        window.loss_curve.lambda_followed.connect(self._on_lambda_followed)

    def tick(self, now_s: float, has_company: bool) -> None:
        """Show what has been found since the last time, where that is long enough ago; ``has_company``: beside a model
        that trains.
        """
        every_s = BESIDE_EVERY_S if has_company else SHOWN_EVERY_S
        if now_s - self._shown_s > every_s and self._sweeps.pull():
            self._shown_s = now_s
            self.show()

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
        sweeps = self._sweeps
        if sweeps.is_busy:
            sweeps.cancel()
            return
        if sweeps.unavailable_reason:
            self._window.show_error(sweeps.unavailable_reason)
            return
        self._is_end_told = False
        sweeps.start()
        # Said at once: a paused model has nothing to say that would take the place of an earlier sweep's end.
        self._window.show_status(PREPARING_PATHS if sweeps.is_waiting else SWEEPING)

    def _on_weights_requested(self, lam: float) -> None:
        loaded = self._data.now
        if loaded is None:
            return
        from regdesk.core.model.scale import ModelScale

        parameters = self._sweeps.parameters_at(lam, ModelScale.of(loaded.dataset))
        if parameters is None:
            self._window.show_error(OLD_SWEEP)
            return
        self.weights_chosen.emit(lam, parameters, f"weights of the sweep at λ {number_text(lam)}")

    def _on_lambda_followed(self, lam: float) -> None:
        """It was chosen by its rule: that the sweep has found another is nobody's step."""
        self._session.change("training.lam", lam, "sweep")

    def _on_outdated(self, sentence: str) -> None:
        self._is_end_told = True
        # A model that trains has news with every frame.
        self._window.show_aside(sentence)

    def _on_ended(self, n_done: int, n_all: int, unit: str) -> None:
        if self._is_end_told:
            return
        if not n_all:
            self._window.show_error(f"The sweep was cancelled before the first of its {unit} was done.")
        elif n_done < n_all:
            stays = "; what is there stays." if self._sweeps.curve is not None else "."
            self._window.show_error(f"The sweep was cancelled after {n_done} of {n_all} {unit}{stays}")
        elif self._sweeps.curve is not None:
            self._window.show_status(SWEPT.format(n=self._sweeps.curve.n_lambdas))

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, RegdeskError):
            raise error
        self._window.show_error(str(error))
