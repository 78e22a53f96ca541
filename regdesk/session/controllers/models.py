"""What the window asks of models that are taken away, and what it is answered: save, open, look at, go on training."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QObject, Signal

from regdesk.core.model.network import weights_digest
from regdesk.core.reading_options import ReadingOptions
from regdesk.core.settings.configuration import Configuration, SourceSettings, ViewSettings
from regdesk.core.words.safe_text import safe_line
from regdesk.data.errors import DataError
from regdesk.session.models.file_service import is_model, shown_model
from regdesk.session.run import source_settings
from regdesk.workers.model_work import GoingOn, live_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regdesk.core.run.changes import SettingsChange
    from regdesk.core.run.frame import Frame
    from regdesk.core.run.snapshot import TrainSnapshot
    from regdesk.core.types import Floats
    from regdesk.core.words.model_facts import ModelFacts
    from regdesk.data.files.model_file import SavedModel
    from regdesk.data.source import Source
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.run import Run
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.tasks.live_moment import ModelOfFile
    from regdesk.tasks.models.opened import OpenedModel
    from regdesk.views.window.main_window import MainWindow
    from regdesk.workers.model_work import CommandWords, MakeModel

NO_MODEL = "There is no model yet: open a file or a sample first."
LIVE_NAME = "The live model"
OWN_SETTINGS = "{name} comes with its own settings; those of the command line are not used."


class KeptModel(NamedTuple):
    """What is in the file called ``name``, and the parameters ``(n_parameters,)`` that the live model has of it.

    ``source`` are the data that it was opened with; None where it was saved from here.
    """

    name: str
    saved: SavedModel
    parameters: Floats
    source: Source | None = None

    def is_shown_by(self, snapshot: TrainSnapshot) -> bool:
        """Whether ``snapshot`` shows this model and no other."""
        return np.array_equal(self.parameters, snapshot.parameters)

    def is_told_by(self, snapshot: TrainSnapshot) -> bool:
        """Whether all that the file says holds of ``snapshot``: where it comes from, and how good a solution it is."""
        is_same = self.parameters is self.saved.model.parameters and self.is_shown_by(snapshot)
        return is_same and snapshot.settings == self.saved.model.configuration.training


class ModelController(QObject):
    """Signals: ``file_opened(str)`` when a model has been opened, ``load_failed(str)`` with the sentence that is shown
    when it cannot be, or is alone on the screen because its data are not there; ``left()`` when it is given up and
    nothing is.

    ``fit_words`` says by which command a live model can be made again.
    """

    file_opened = Signal(str)
    load_failed = Signal(str)
    left = Signal()

    def __init__(
        self, window: MainWindow, session: Session, services: Services, presenter: Presenter, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.fit_words: CommandWords = lambda file, _configuration: ("fit", file)
        self._window, self._session, self._presenter = window, session, presenter
        self._data, self._model = services.data, services.model
        self._models = models = services.models
        self._calculator = services.calculator
        self._going_on: GoingOn | None = None
        # Whether the command line has asked for settings too.
        self._is_asked_more = False
        # The live model as a file holds it.
        self._kept: KeptModel | None = None
        door = window.models
        models.opening_began.connect(self._on_opening_began)
        models.opened.connect(self._on_opened)
        models.described.connect(self._on_described)
        models.saved.connect(self._on_saved)
        models.left.connect(self._on_left)
        models.refused.connect(window.show_error)
        models.failed.connect(self._on_failed)
        models.opening_failed.connect(self._on_opening_failed)
        door.save_requested.connect(self._on_save_requested)
        door.save_place_chosen.connect(self._on_save_place_chosen)
        door.facts_requested.connect(self._on_facts_requested)
        door.going_on_requested.connect(self._go_on)
        window.load_cancelled.connect(models.leave)
        self._model.begun.connect(self._on_run_begun)
        self._model.left.connect(self._forget_kept)
        self._model.ended.connect(self._show_what_can_be_done)
        presenter.frame_shown.connect(self._on_frame_shown)
        self._show_what_can_be_done()

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a model; whether it is one."""
        if not is_model(file):
            return False
        self._models.open(Path(file))
        return True

    def open_without_data(self, file: Path) -> None:
        """Look at the model in ``file``, of which there are no data to train on."""
        self._models.open(file)

    @property
    def live(self) -> MakeModel | None:
        """What makes the model that is shown one that can be taken away; None before there is one."""
        frame = self._presenter.frame
        return None if frame is None else self._maker_of(frame.snapshot, frame.changes_before)

    @property
    def live_now(self) -> MakeModel | None:
        """The same of the model as it is, also while an earlier moment of it is looked at."""
        snapshot, frame = self._model.snapshot, self._presenter.frame
        if frame is None or snapshot is None or not self._presenter.is_earlier:
            return self.live
        return self._maker_of(snapshot, frame.changes)

    @property
    def shown_file(self) -> ModelOfFile | None:
        """Of the model that is shown, where it was opened and is just as it was."""
        kept, shown = self._kept, self._presenter.shown
        if kept is None or kept.source is None or shown is None or not kept.is_told_by(shown):
            return None
        return shown_model(kept.name, kept.saved, kept.source)

    def _maker_of(self, snapshot: TrainSnapshot, changes: Sequence[SettingsChange]) -> MakeModel | None:
        run = self._model.run
        if run is None:
            return None
        kept = self._kept
        if kept is not None and kept.is_told_by(snapshot):
            return lambda: kept.saved
        configuration = replace(
            self._session.configuration, source=source_settings(run.loaded.source), architecture=run.architecture
        )
        return live_model(run.loaded, configuration, snapshot, changes, self.fit_words)

    def _show_what_can_be_done(self) -> None:
        has_live, has_file = self.live is not None, self._models.model is not None
        self._window.models.show_unavailable("" if has_live else NO_MODEL, "" if has_live or has_file else NO_MODEL)

    def _on_frame_shown(self, frame: Frame) -> None:
        self._show_what_can_be_done()
        if self._kept is not None and not self._kept.is_shown_by(frame.snapshot):
            # It is looked at no more: a model that has moved does not come back.
            name, self._kept = self._kept.name, None
            self._window.show_model_file(name, True)

    def _on_save_requested(self) -> None:
        run = self._model.run
        if run is None or self.live is None:
            self._window.show_error(NO_MODEL)
            return
        opened = self._models.model
        is_of_file = opened is not None and self._going_on is not None and self._going_on.opened is opened
        source = run.loaded.source
        # Samples are where the program is, which is no place for a person's files.
        place = source.path if source.sample is None else Path(source.path.name)
        place = opened.path if is_of_file and opened is not None else place.with_suffix(".regdesk")
        self._window.models.ask_save_place(str(place))

    def _on_save_place_chosen(self, file: str) -> None:
        live, run = self.live, self._model.run
        if live is None or run is None:
            self._window.show_error(NO_MODEL)
            return
        source = run.loaded.source
        self._window.show_status(f"Writing {Path(file).name} …")
        self._models.save(Path(file), live, (source.path, *map(Path, source.reading.more_files)))

    def _on_saved(self, file: Path, saved: SavedModel) -> None:
        frame, kept = self._presenter.frame, KeptModel(file.name, saved, saved.model.parameters)
        is_shown = frame is not None and kept.is_shown_by(frame.snapshot)
        if is_shown:
            self._kept = kept
        self._window.show_model_file(file.name, not is_shown)
        self._window.show_status(f"The model is saved as {file.name}; regdesk show {file.name} says what is in it.")
        self.file_opened.emit(str(file))

    def _on_facts_requested(self) -> None:
        live = self.live
        if live is not None:
            self._models.describe(LIVE_NAME, live)
        else:
            self._show_opened()

    def _on_described(self, facts: ModelFacts) -> None:
        self._window.models.show_facts(facts, "", False, False)

    def _on_opening_began(self, name: str) -> None:
        self._window.show_status(f"Opening {name} …")
        self._window.show_busy(f"Opening {name}", can_cancel=True)

    def _on_opened(self, opened: OpenedModel) -> None:
        self._window.show_idle()
        self._show_what_can_be_done()
        self.file_opened.emit(str(opened.path))
        if self._data.opened is None and opened.source is not None:
            # Nothing is on screen that it would take the place of.
            self._is_asked_more = _has_settings(self._session.configuration)
            self._go_on()
            return
        self._window.show_status(f"{opened.path.name} is open: {opened.facts.summary}.")
        self._show_opened()
        if self._data.opened is None:
            self._calculator.show_model(opened.saved.model)
            self._window.docks.bring_up(self._window.calculator)
            self._window.show_model_file(opened.path.name, False)
            self.load_failed.emit(opened.problem)

    def _show_opened(self) -> None:
        opened = self._models.model
        if opened is None:
            self._window.show_error(NO_MODEL)
            return
        if opened.source is None:
            sentence = f"It predicts, but cannot train on: {opened.problem}"
        else:
            sentence = f"Its data are there ({opened.source.path}): it can train on, in place of what is on screen."
        self._window.models.show_facts(opened.facts, sentence, True, opened.source is not None)

    def _go_on(self) -> None:
        opened = self._models.model
        if opened is not None and opened.source is not None:
            self._going_on = GoingOn(opened)
            self._data.go_on(opened.source, self._going_on)

    def _on_run_begun(self, run: Run) -> None:
        going_on = self._going_on
        if going_on is None or run.loaded.source is not going_on.opened.source or going_on.parameters is None:
            return
        parameters, going_on.parameters = going_on.parameters, None
        name = going_on.opened.path.name
        digest = weights_digest(going_on.opened.saved.model.parameters)
        self._model.put_in(parameters, f"weights of {safe_line(name)}, sha256 {digest[:12]}")
        self._kept = KeptModel(name, going_on.opened.saved, parameters, run.loaded.source)
        self._window.show_model_file(name, False)
        if self._is_asked_more:
            self._is_asked_more = False
            self._window.show_error(OWN_SETTINGS.format(name=name))

    def _forget_kept(self) -> None:
        """The live model of a file is gone."""
        self._kept = None
        self._window.show_model_file("", False)

    def _on_left(self, name: str) -> None:
        self._window.show_idle()
        self._window.show_error(f"Opening {name} was cancelled; what is on screen stays.")
        if self._data.opened is None:
            self.left.emit()

    def _on_failed(self, error: Exception) -> None:
        self._window.show_idle()
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))

    def _on_opening_failed(self, error: Exception) -> None:
        self._on_failed(error)
        self.load_failed.emit(str(error))


def _has_settings(configuration: Configuration) -> bool:
    """Whether somebody has chosen more than what is opened, and how it is looked at."""
    chosen = replace(configuration, source=SourceSettings(), view=ViewSettings())
    return chosen != Configuration() or configuration.source.reading != ReadingOptions()
