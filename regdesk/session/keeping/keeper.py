"""What the window asks of sessions, but for saving them: open one, and what is to be done where its data are others."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from regdesk.core.timeline.facts import DataFinding
from regdesk.data.errors import DataError
from regdesk.session.keeping.gathering import Gatherer
from regdesk.session.keeping.opening import SessionOpener
from regdesk.session.keeping.recorder import TimelineRecorder
from regdesk.session.keeping.saver import NOTHING_TO_SAVE, SessionSaver
from regdesk.session.keeping.session_work import OpenedSession, is_session, opening
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


class SessionKeeper(QObject):
    """Signals: ``file_opened(str)`` when the session is in a file: it was saved or opened; ``load_failed(str)`` with
    the sentence that is shown when one cannot be opened; ``left()`` when it is given up and nothing is on screen.

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
        """``taken`` is what engines add to, whichever run they train."""
        super().__init__(parent)
        self._window, self._services, self._presenter = window, services, presenter
        self._models, self._files = models, services.sessions
        self.data_folder = Path(tempfile.gettempdir()) / "regdesk" / "session-data"
        self.recorder = TimelineRecorder(session, services.model, taken, clock, self)
        self._gatherer = Gatherer(window, session, services, presenter, runs, self.recorder, self)
        self._opener = SessionOpener(window, session, services, presenter, runs, self.recorder, self._gatherer, self)
        self._work = UnsavedWork(session, services, is_lesson_held, self)
        self.saver = SessionSaver(window, services, models, self._gatherer, self._work, self)
        # What was read, whose data are not there as they were.
        self._unfound: OpenedSession | None = None
        self._connect()
        self._show()

    def _connect(self) -> None:
        window, door, files = self._window, self._window.sessions, self._files
        door.opening_wanted.connect(self._on_opening_wanted)
        door.data_file_chosen.connect(self._on_data_file_chosen)
        door.look_requested.connect(self._on_look_requested)
        door.use_requested.connect(self._on_use_requested)
        door.finding_left.connect(self._on_finding_left)
        files.opening_began.connect(self._on_opening_began)
        files.progressed.connect(window.show_progress)
        files.opened.connect(self._on_opened)
        files.opening_failed.connect(self._on_opening_failed)
        files.left.connect(self._on_left)
        window.load_cancelled.connect(files.leave)
        window.commands.freeze.toggled.connect(self._on_freeze_toggled)
        for changing in (window.histogram.weight_set, window.solve_requested):
            changing.connect(self._on_weights_changed)
        self._work.changed.connect(self._show_title)
        self.saver.file_changed.connect(self._show_title)
        self.saver.saved.connect(self.file_opened)
        for moved in (self._services.model.begun, self._services.model.ended):
            moved.connect(self._show)
        self._presenter.frame_shown.connect(self._on_frame_shown)
        self._opener.shown.connect(self._on_shown)

    def gather(self, then: Callable[[Gathered | None], None]) -> None:
        """Call ``then``, soon and in the GUI thread, with all that the session holds; None where there is no model."""
        self._gatherer.gather(then)

    @property
    def unsaved_words(self) -> str:
        """What a person would lose who closes now; empty for nothing."""
        return self._work.words

    def restore(self, found: Gathered) -> None:
        """Have ``found`` on screen, in no file: it is work that is not saved."""
        self._opener.open(found, is_saved=False)

    def open(self, file: Path, place: Path | None = None) -> None:
        """Read the session in ``file``; ``place`` is where a person says that its data are."""
        self._files.open(file, opening(file, self.data_folder, place, self._files.report))

    def takes(self, file: str) -> bool:
        """Open ``file`` if it is a session, and say whether it is one."""
        is_one = is_session(file)
        if is_one:
            self.open(Path(file))
        return is_one

    def _on_opening_wanted(self, file: str) -> None:
        self.open(Path(file))

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
        self._opener.open(opened.found, is_saved=True)
        self.saver.take_up(opened.path, opened.embeds)

    def _on_shown(self, is_saved: bool) -> None:
        """The first moment of a session that was opened."""
        snapshot, file = self._services.model.snapshot, self.saver.file
        if is_saved and snapshot is not None:
            self._work.note_saved(snapshot.run, snapshot.step)
            if file is not None:
                self.file_opened.emit(str(file))
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
        """The data as they are now, and all that was chosen; the model begins anew."""
        unfound, self._unfound = self._unfound, None
        if unfound is not None and isinstance(unfound.found, DataFinding):
            self._opener.begin_with(unfound.configuration, unfound.found.file)

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

    def _on_weights_changed(self, *_values: object) -> None:
        self._work.note(WEIGHTS)

    def _on_frame_shown(self) -> None:
        self.recorder.read()
        self._work.note_moment()

    def _show(self, *_run: object) -> None:
        self._window.sessions.show_unavailable("" if self._gatherer.has_anything else NOTHING_TO_SAVE)
        self._show_title()

    def _show_title(self) -> None:
        file = self.saver.file
        self._window.show_session_file("" if file is None else file.name, bool(self._work.words))
