"""The live model and all choices, as what is not saved: kept as a model file from which a window goes on."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from regdesk.data.files.model_file import write_model
from regdesk.workers.model_work import live_model

if TYPE_CHECKING:
    from regdesk.core.settings.change import Change
    from regdesk.desktop.recovery.autosave import Writer
    from regdesk.session.controller import Controller

BY_A_PERSON = ("hand", "undo", "sweep")
WORK_GROUPS = ("data", "seed", "architecture", "training", "sweep")


class LiveWork(QObject):
    """Belongs to the controller. What a person has chosen since data were opened is work, and what the model does since
    then; training alone is none: it is there again in as many seconds.
    """

    def __init__(self, controller: Controller) -> None:
        super().__init__(controller)
        self._controller = controller
        self._n_choices = 0
        controller.session.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """The name of the data, and how far the model is."""
        moment = self._controller.moment()
        return "" if moment is None else f"{moment.loaded.source.title}, epoch {moment.snapshot.epoch:,.0f}"

    @property
    def mark(self) -> Hashable | None:
        """The choices, and the step of the model."""
        moment = self._controller.moment() if self._n_choices else None
        return None if moment is None else (self._n_choices, moment.snapshot.run, moment.snapshot.step)

    def gather(self, then: Callable[[Writer | None], None]) -> None:
        """Call ``then`` at once with what writes the model of now; with None where there is none."""
        moment = self._controller.moment()
        if moment is None:
            then(None)
            return
        words = self._controller.fit_words
        make = live_model(moment.loaded, moment.configuration, moment.snapshot, moment.n_changes, words)

        def write(path: Path) -> None:
            write_model(path, make())

        then(write)

    def note_restored(self) -> None:
        """The model that has come with its data is not saved."""
        self._n_choices = 1

    def _on_changed(self, change: Change) -> None:
        if change.touches("source"):
            self._n_choices = 0
        elif change.origin in BY_A_PERSON and any(change.touches(group) for group in WORK_GROUPS):
            self._n_choices += 1
