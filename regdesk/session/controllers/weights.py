"""Weights that are put into the live model by hand: those of the optimum, those of a sweep, and a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.linear.distance import penalty_key_of
from regdesk.core.run.scene import run_scene_of
from regdesk.core.weights.names import weight_name
from regdesk.core.words.number_text import number_text
from regdesk.core.words.safe_text import safe_line

if TYPE_CHECKING:
    from regdesk.core.linear.distance import Optimum
    from regdesk.core.types import Float64s
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.controllers.sweep import SweepController
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class WeightsController(QObject):
    """Each is put in under the settings that are in force when it is asked for.

    Signal: ``weights_chosen(str)`` when a person has wanted other weights, in words, before they are put in.
    """

    weights_chosen = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        sweeping: SweepController,
        presenter: Presenter,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._session = window, session
        self._model, self._optima = services.model, services.optima
        self._presenter = presenter
        # Whether a person waits for the optimum, and not a point that was moved.
        self._is_asked_for = False
        self._optima.changed.connect(self.show)
        self._optima.solved.connect(self._on_optimum_solved)
        self._optima.refused.connect(window.show_error)
        sweeping.weights_chosen.connect(self._on_sweep_weights_chosen)
        window.solve_requested.connect(self._on_solve_requested)
        window.histogram.weight_set.connect(self._on_weight_set)
        window.histogram.refused.connect(window.show_error)

    def show(self) -> None:
        """Whether one can jump to the optimum of what is in force."""
        self._window.commands.show_solve(self._optima.unavailable_reason(self._session.configuration.training))

    def _on_solve_requested(self) -> None:
        training = self._session.configuration.training
        self._is_asked_for = True
        self._optima.solve(training)
        waiting = self._optima.waiting_sentence(training)
        if waiting:
            self._window.show_status(waiting)

    def _on_optimum_solved(self, optimum: Optimum) -> None:
        training = self._session.configuration.training
        is_asked_for, self._is_asked_for = self._is_asked_for, False
        if optimum.parameters is None or optimum.penalty_key != penalty_key_of(training):
            return
        where = f"at λ {number_text(training.effective_lam)}" if training.effective_lam else "without a penalty"
        words = f"solved for the optimum {where}"
        if is_asked_for:
            self.weights_chosen.emit(words)
        self._model.put_in(optimum.parameters, words)

    def _on_weight_set(self, position: int, value: float) -> None:
        """The model that is shown goes on with another value of one weight; of a solved one all weights are put in."""
        run, shown = self._model.run, self._presenter.shown
        if run is None or shown is None or shown.run != run.number:
            return
        scene = run_scene_of(run.dataset)
        name = weight_name(shown.network, position, scene.input_names, scene.output_names)
        words = f"weight {safe_line(name)} set to {number_text(value)} by hand"
        # Of what was refused before nothing is left to say.
        self._window.forget_error()
        self.weights_chosen.emit(words.removesuffix(" by hand"))
        if shown.is_exact:
            parameters = shown.parameters.copy()
            parameters[position] = value
            self._model.put_in(parameters, words)
        else:
            self._model.set_weight(position, value, words)

    def _on_sweep_weights_chosen(self, lam: float, parameters: Float64s, words: str) -> None:
        self.weights_chosen.emit(words)
        self._session.change("training.lam", lam, "sweep")
        self._model.put_in(parameters, words)
