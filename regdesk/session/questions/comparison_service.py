"""Owns what three penalties make of the rows of the live linear model: asked for while somebody looks at it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.words.penalty_words import NETWORK, NO_MODEL, NOT_READY, trouble_sentence
from regdesk.session.service import NOTHING, Service
from regdesk.workers.comparing import compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from regdesk.core.model.side_by_side import SideBySide
    from regdesk.core.types import TrainSettings
    from regdesk.session.run import Run
    from regdesk.workers.background import BackgroundThread


class ComparisonService(Service):
    """Signals: ``compared(SideBySide)``; ``refused(str)`` with why there is nothing to compare.

    What is expected is the one answer that is under way; λ that moves on meanwhile is asked about when it is there.
    """

    compared = Signal(object)
    refused = Signal(str)

    def __init__(
        self, thread: BackgroundThread, training: Callable[[], TrainSettings], parent: QObject | None = None
    ) -> None:
        """``training`` answers with the settings in force."""
        super().__init__(thread, parent=parent)
        self._thread, self._training = thread, training
        thread.succeeded.connect(self._on_succeeded)
        thread.failed.connect(self._on_failed)
        self._run: Run | None = None
        self._is_ready = self._is_wanted = False
        self._known: SideBySide | None = None

    def begin_run(self, run: Run) -> None:
        """Another trainer; what is known of the same rows stays known."""
        if self._run is None or self._run.dataset is not run.dataset:
            self._give_up()
            self._known = None
        self._run = run
        self.follow()

    def end_run(self) -> None:
        """There is no model any more."""
        self._give_up()
        self._run = self._known = None
        self.follow()

    def set_ready(self) -> None:
        """The compiled code of paths is there."""
        self._is_ready = True
        self.follow()

    def show_wanted(self, is_wanted: bool) -> None:
        """Whether anybody looks at it; nothing is solved for nobody."""
        self._is_wanted = is_wanted
        self.follow()

    def follow(self) -> None:
        """Bring what is shown to the settings in force."""
        if not self._is_wanted or self._is_stopped:
            return
        if self._run is None:
            self.refused.emit(NO_MODEL)
        elif not self._run.is_linear:
            self.refused.emit(NETWORK)
        elif not self._is_ready:
            self.refused.emit(NOT_READY)
        elif self._known is not None and self._is_of(self._training()):
            self.compared.emit(self._known)
        elif self._expected == NOTHING:
            self._expect(self._thread.submit(partial(compare, self._run.dataset, self._training(), self._known)))

    def _is_of(self, settings: TrainSettings) -> bool:
        known = self._known
        return known is not None and (known.lam, known.l1_ratio) == (settings.lam, settings.l1_ratio)

    def _give_up(self) -> None:
        self._thread.cancel()
        self._expect(NOTHING)

    def _on_succeeded(self, number: int, answer: SideBySide | str | None) -> None:
        if not self._is_expected(number):
            return
        self._expect(NOTHING)
        if isinstance(answer, str):
            self.refused.emit(trouble_sentence(answer))
        elif answer is not None:
            self._known = answer
            self.compared.emit(answer)
            if not self._is_of(self._training()):
                self.follow()

    def _on_failed(self, number: int, error: Exception) -> None:
        if self._is_expected(number):
            self._expect(NOTHING)
            self.failed.emit(error)
