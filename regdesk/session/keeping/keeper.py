"""What the window asks of sessions: save, save as, open, and what is asked at closing."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.timeline.facts import DataFinding, SaveOffer, size_text
from regdesk.data.errors import DataError
from regdesk.session.keeping.gathering import Gatherer
from regdesk.session.keeping.opening import SessionOpener
from regdesk.session.keeping.recorder import TimelineRecorder
from regdesk.session.keeping.session_work import OpenedSession, opening, saving
from regdesk.session.keeping.unsaved import FROZEN, WEIGHTS, UnsavedWork

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from regdesk.core.run.taken import Taken
    from regdesk.session.clock import Clock
    from regdesk.session.controllers.models import ModelController
    from regdesk.session.controllers.presenter import Presenter
    from regdesk.session.keeping.gathered import Gathered
    from regdesk.session.runs.kept_runs import KeptRuns
    from regdesk.session.services import Services
    from regdesk.session.session import Session
    from regdesk.views.window.main_window import MainWindow
    from regdesk.workers.model_work import MakeModel

_log = logging.getLogger("regdesk.session")
NOTHING_TO_SAVE = "There is nothing to save yet: open a file or a sample first."
STILL_WRITING = "The session is still being written; try again when it is there."
SAVED = "The session is saved as {name}."
SUFFIX = ".regdesk"
EMBEDS = (
    "With them the session opens on any machine, and whoever has the file has the data. "
    "Without them it finds them again where they are: {file}."
)
SAMPLE = "They are a sample that comes with the program: there is nothing to write."


class SessionKeeper(QObject):
    """Signals: ``file_opened(str)`` when a session is in a file: it was saved or opened; ``load_failed(str)`` with the
    sentence that is shown when it cannot be opened; ``left()`` when it is given up and nothing is on screen.

    ``data_folder`` is where data that are embedded in a session are unpacked.
    """

    file_opened = Signal(str)
    load_failed = Signal(str)
    left = Signal()

    def __init__(
        self,
        window: MainWindow,
        session: Session,
        services: Services,
        presenter: Presenter,
        runs: KeptRuns,
        models: ModelController,
        taken: deque[Taken],
        is_lesson_held: Callable[[], bool],
        clock: Clock,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._services, self._presenter = window, services, presenter
        self._models, self._files = models, services.sessions
        self.data_folder: Path | None = None
        self.recorder = TimelineRecorder(session, services.model, taken, clock, self)
        self._gatherer = Gatherer(window, session, services, presenter, runs, self.recorder, self)
        self._opener = SessionOpener(window, session, services, presenter, runs, self.recorder, self._gatherer, self)
        self._work = UnsavedWork(session, services, is_lesson_held, self)
        # The file of the session, and whether its data are written into it.
        self._file: Path | None = None
        self._embeds = False
        # What is in the file that is being written: run and step.
        self._written: tuple[int, int] | None = None
        self._then: Callable[[], None] | None = None
        # What was read, whose data are not there as they were.
        self._unfound: OpenedSession | None = None
        self._connect()
        self._show()

    def _connect(self) -> None:
        door, window, files = self._window.sessions, self._window, self._files
        door.save_requested.connect(self.save)
        door.save_as_requested.connect(self.save_as)
        door.place_chosen.connect(self._on_place_chosen)
        door.place_left.connect(self._forget_closing)
        door.file_given.connect(lambda file: self._on_place_chosen(file, self._embeds))
        door.opening_wanted.connect(lambda file: self.open(Path(file)))
        door.data_file_chosen.connect(self._on_data_file_chosen)
        door.look_requested.connect(self._on_look_requested)
        door.use_requested.connect(self._on_use_requested)
        door.finding_left.connect(self._on_finding_left)
        files.saved.connect(self._on_saved)
        files.saving_failed.connect(self._on_saving_failed)
        files.opening_began.connect(self._on_opening_began)
        files.progressed.connect(window.show_progress)
        files.opened.connect(self._on_opened)
        files.opening_failed.connect(self._on_opening_failed)
        files.left.connect(self._on_left)
        window.load_cancelled.connect(files.leave)
        window.commands.freeze.toggled.connect(self._on_freeze_toggled)
        window.histogram.weight_set.connect(lambda _position, _value: self._work.note(WEIGHTS))
        window.solve_requested.connect(lambda: self._work.note(WEIGHTS))
        self._work.changed.connect(self._show_title)
        self._services.model.begun.connect(lambda _run: self._show())
        self._services.model.ended.connect(self._show)
        self._presenter.frame_shown.connect(self._on_frame_shown)
        self._opener.shown.connect(self._on_shown)

    def gather(self, then: Callable[[Gathered | None], None]) -> None:
        """Call ``then``, soon and in the GUI thread, with all that the session holds; None where there is no model."""
        self._gatherer.gather(then)

    @property
    def unsaved_words(self) -> str:
        """What a person would lose who closes now; empty for nothing."""
        return self._work.words

    def may_close(self) -> bool:
        """Ask a person who closes the window what is to become of what is not saved; whether it may close at once.

        Where it is to be saved the window stays until that is done, and closes then.
        """
        words = self._work.words
        if not words or not self._gatherer.has_anything:
            return True
        title = self._file.name if self._file is not None else self._title
        answer = self._window.sessions.ask_at_closing(title, words)
        if answer == "save":
            self._then = self._window.close
            self.save()
        return answer == "discard"

    def save(self) -> None:
        """Into the file of the session; ask for one where there is none."""
        if self._file is None:
            self.save_as()
        else:
            self._write(self._file)

    def save_as(self) -> None:
        """Ask where it is to be written, and whether with its data."""
        loaded = self._services.data.now
        if loaded is None or not self._gatherer.has_anything:
            self._window.show_error(NOTHING_TO_SAVE)
            self._forget_closing()
            return
        source = loaded.source
        place = self._file
        if place is None:
            # Samples are where the program is, which is no place for a person's files.
            place = (source.path if source.sample is None else Path.home() / source.path.name).with_suffix(SUFFIX)
        is_sample = source.sample is not None
        files = (source.path, *map(Path, source.reading.more_files))
        size = sum(one.stat().st_size for one in files if one.is_file())
        why = SAMPLE if is_sample else EMBEDS.format(file=source.path)
        offer = SaveOffer(str(place), size_text(size), self._embeds and not is_sample, why, not is_sample)
        self._window.sessions.ask_place(offer)

    def open(self, file: Path, place: Path | None = None) -> None:
        """Read the session in ``file``; ``place`` is where a person says that its data are."""
        self._files.open(file, opening(file, self.data_folder, place, self._files.report))

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a session, and say whether it is one."""
        from regdesk.session.keeping.session_work import is_session

        is_one = is_session(file)
        if is_one:
            self.open(Path(file))
        return is_one

    @property
    def _title(self) -> str:
        loaded = self._services.data.now
        return "" if loaded is None else loaded.source.title

    def _write(self, file: Path) -> None:
        if self._files.is_saving:
            self._window.show_error(STILL_WRITING)
            self._done(STILL_WRITING)
            return
        self._window.show_status(f"Writing {file.name} …")
        live = self._models.live
        self._gatherer.gather(lambda found: self._write_found(file, found, live))

    def _write_found(self, file: Path, found: Gathered | None, live: MakeModel | None) -> None:
        if found is None or live is None:
            self._window.show_error(NOTHING_TO_SAVE)
            self._done(NOTHING_TO_SAVE)
            return
        self._written = found.run.run.number, found.run.step
        self._files.save(file, saving(file, found, live, self._embeds))

    def _on_place_chosen(self, file: str, embeds: bool) -> None:
        self._embeds = embeds
        self._write(Path(file))

    def _on_saved(self, file: Path) -> None:
        self._file = file
        assert self._written is not None
        self._work.note_saved(*self._written)
        self._show_title()
        self._window.show_status(SAVED.format(name=file.name))
        self.file_opened.emit(str(file))
        then, self._then = self._then, None
        self._window.sessions.note_done()
        if then is not None:
            then()

    def _on_saving_failed(self, error: Exception) -> None:
        self._done(str(error))
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))

    def _done(self, problem: str) -> None:
        """What was asked for could not be done: a window that was to be closed stays."""
        self._forget_closing()
        self._window.sessions.note_done(problem)

    def _forget_closing(self) -> None:
        self._then = None

    def _on_opening_began(self, name: str) -> None:
        self._window.show_status(f"Opening {name} …")
        self._window.show_busy(f"Opening {name}", can_cancel=True)

    def _on_opened(self, opened: OpenedSession) -> None:
        self._window.show_idle()
        if isinstance(opened.found, DataFinding):
            self._unfound = opened
            self._window.sessions.show_finding(opened.found)
            self._window.sessions.note_done()
            return
        self._unfound = None
        self._file, self._embeds = opened.path, opened.embeds
        self._opener.open(opened.found)
        self._show_title()

    def _on_shown(self) -> None:
        """The first moment of a session that was opened."""
        snapshot = self._services.model.snapshot
        if snapshot is not None:
            self._work.note_saved(snapshot.run, snapshot.step)
        if self._file is not None:
            self.file_opened.emit(str(self._file))
        self._window.sessions.note_done()

    def _on_opening_failed(self, error: Exception) -> None:
        self._window.show_idle()
        self._window.sessions.note_done(str(error))
        if not isinstance(error, DataError):
            raise error
        self._window.show_error(str(error))
        self.load_failed.emit(str(error))

    def _on_left(self, name: str) -> None:
        self._window.show_idle()
        sentence = f"Opening {name} was cancelled; what is on screen stays."
        self._window.show_error(sentence)
        self._window.sessions.note_done(sentence)
        self._leave()

    def _on_data_file_chosen(self, file: str) -> None:
        if self._unfound is not None:
            self.open(self._unfound.path, Path(file))

    def _on_look_requested(self) -> None:
        unfound, self._unfound = self._unfound, None
        if unfound is not None:
            self._models.open_without_data(unfound.path)

    def _on_use_requested(self) -> None:
        unfound, self._unfound = self._unfound, None
        if unfound is not None:
            self._models.use_other_data(unfound)

    def _on_finding_left(self) -> None:
        if self._unfound is not None:
            self._unfound = None
            self._leave()

    def _leave(self) -> None:
        if self._services.data.opened is None:
            self.left.emit()

    def _on_freeze_toggled(self, is_frozen: bool) -> None:
        if is_frozen:
            self._gatherer.note_frozen(self._presenter.frame)
            self._work.note(FROZEN)

    def _on_frame_shown(self) -> None:
        self.recorder.read()
        self._work.note_moment()

    def _show(self) -> None:
        self._window.sessions.show_unavailable("" if self._gatherer.has_anything else NOTHING_TO_SAVE)
        self._show_title()

    def _show_title(self) -> None:
        name = "" if self._file is None else self._file.name
        self._window.show_session_file(name, bool(self._work.words))
