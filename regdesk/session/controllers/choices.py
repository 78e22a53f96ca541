"""What a person chooses at the controls, as changes of the session; and the lines of the log about changes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from regdesk.core.settings.configuration import value_at
from regdesk.core.settings.first_lambda import first_lambda

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.core.types import DataSettings, PenaltyKind
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow

_log = logging.getLogger("regdesk.session")
NOTE_EVERY_S = 1.0


def connect_choices(window: MainWindow, session: Session) -> None:
    """From now on every control of ``window`` changes its setting; a signal of one carries the value alone, or
    values by path."""
    controls = window.controls
    for signal, path in (
        (window.speed_changed, "view.steps_per_second"),
        (window.data_fit.picture_chosen, "view.slice"),
        (window.loss_curve.starts_chosen, "sweep.n_starts"),
        (controls.hidden_layers_entered, "architecture.hidden"),
        (controls.activation_chosen, "architecture.activation"),
        (controls.optimizer_chosen, "training.optimizer"),
        (controls.learning_rate_entered, "training.learning_rate"),
        (controls.batch_size_entered, "training.batch_size"),
        (controls.l1_ratio_moved, "training.l1_ratio"),
        (controls.lambda_chosen, "training.lam"),
    ):
        signal.connect(_setter(session, path))

    def choose(values: Mapping[str, Any]) -> None:
        session.change_all(values)

    def choose_data(settings: DataSettings, seed: int) -> None:
        session.change_all({"data": settings, "seed": seed})

    def choose_penalty(penalty: PenaltyKind) -> None:
        lam = first_lambda(session.configuration, penalty)
        session.change_all({"training.penalty": penalty, "training.lam": lam})

    controls.penalty_chosen.connect(choose_penalty)
    window.settings_chosen.connect(choose)
    controls.data.data_chosen.connect(choose_data)


def _setter(session: Session, path: str) -> Callable[[Any], None]:
    return lambda value: session.change(path, value)


class ChoiceLog:
    """A line for each change; of a slider that is moved, which chooses many times a second, one a second."""

    def __init__(self) -> None:
        self._noted: tuple[str, ...] = ()
        self._noted_s = float("-inf")

    def note(self, change: Change, now_s: float) -> None:
        if change.paths != self._noted or now_s - self._noted_s > NOTE_EVERY_S:
            self._noted, self._noted_s = change.paths, now_s
            chosen = (f"{path} {value_at(change.after, path)}" for path in change.paths)
            _log.info("Chosen (%s): %s.", change.origin, ", ".join(chosen))
