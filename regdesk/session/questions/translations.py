"""Between the dialog of λ for other programs and the model: while it is open it shows those of what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.core.words.lambda_translations import lambda_translations
from regdesk.core.words.number_text import number_text
from regdesk.core.words.settings_text import PENALTY_NAMES

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.core.types import TrainSettings
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow


class TranslationsController(QObject):
    """Nothing is calculated while the dialog is closed."""

    def __init__(self, window: MainWindow, session: Session, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._door, self._session, self._model = window.translations, session, services.model
        self._door.requested.connect(self._on_requested)
        self._model.begun.connect(self._on_run_begun)
        self._model.ended.connect(self._on_run_ended)
        # A dialog does not go with its window by itself.
        window.closed.connect(self._on_run_ended)

    def follow(self, change: Change) -> None:
        """Another λ has other numbers; other data or layers come with another run."""
        if change.touches("training") and self._door.is_open:
            self._show()

    def _show(self) -> None:
        run = self._model.run
        if run is None:
            return
        configuration = self._session.configuration
        self._door.show(_pressure(configuration.training), lambda_translations(run.dataset, configuration))

    def _on_requested(self) -> None:
        self._show()

    def _on_run_begun(self, _run: Run) -> None:
        self._door.show_available(True)
        if self._door.is_open:
            self._show()

    def _on_run_ended(self) -> None:
        self._door.show_available(False)


def _pressure(settings: TrainSettings) -> str:
    """What presses, in words: λ = 0.01, elastic net with an L1 share of 0.5."""
    name = PENALTY_NAMES[settings.penalty]
    if settings.penalty == "none":
        return name[:1].upper() + name[1:]
    share = f" with an L1 share of {number_text(settings.l1_ratio)}" if settings.penalty == "elastic-net" else ""
    return f"λ = {number_text(settings.lam)}, {name}{share}"
